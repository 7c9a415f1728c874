package process

import (
	"context"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// quietTime is how long a program that reads standard input must be quiet
	// before the learner is asked for a line, where we cannot see what it
	// waits for. // arbitrary
	quietTime = 300 * time.Millisecond
	// firstLook is how long a program must be quiet before we look what it
	// waits for; each later look comes after twice the time, up to lastLook.
	firstLook = 20 * time.Millisecond
	lastLook  = 200 * time.Millisecond
	// stuckTime is how long nothing may move in a program before it is taken
	// to be stuck.
	stuckTime = time.Second
)

// mayAsk reports whether a program that waits for a line may be given one: its
// input is open, nobody is being asked, and it has read what it got.
func (r *run) mayAsk() bool {
	in := r.stdin
	return in.fd >= 0 && in.askf != nil && !in.busy && len(in.pending) == 0
}

// mayWait reports whether the program may be waiting for a line that nobody
// was asked for, on systems where we cannot look. One that asks by itself once
// is trusted to do so always.
func (r *run) mayWait() bool { return r.cmd.AskWhenQuiet && r.mayAsk() && !r.stdin.explicit }

// attention is how long we may wait before we attend to a quiet program; false
// if there is nothing to attend to.
func (r *run) attention(now time.Time) (time.Duration, bool) {
	switch {
	case r.blind && r.mayWait():
		return max(0, quietTime-now.Sub(r.news)), true
	case !r.blind && r.look != nil && (r.mayAsk() || r.cmd.QuitWhenStuck):
		return max(0, r.look.next(r.news).Sub(now)), true
	}
	return 0, false
}

// attend asks for a line when the program waits for one, and ends a program
// that is stuck.
func (r *run) attend(ctx context.Context) {
	now := time.Now()
	if wait, ok := r.attention(now); !ok || wait > 0 {
		return
	}
	switch {
	case r.blind:
		r.news = now // one that is not asked is left alone as long again
		r.offerLine(ctx)
		return
	case r.mayAsk() && r.look.readsInput():
		r.offerLine(ctx)
	case r.cmd.QuitWhenStuck && r.look.stuck(now):
		r.cmd.QuitWhenStuck = false
		_ = r.link.send(order{Quit: r.number})
	}
	r.look.last = now
}

// offerLine asks for a line without a prompt. Before it began to read, the
// program may have put a question of its own into the display pipe, which then
// is the one to ask: the next look will show. One that has yet to take what it
// was given waits for nothing.
func (r *run) offerLine(ctx context.Context) {
	if r.show != nil && r.show.pending() || r.unread() {
		return
	}
	// What it printed before stands above the question.
	r.readPresent(pollStdout, r.stdout)
	r.readPresent(pollStderr, r.stderr)
	r.out.flush(time.Now())
	r.stdin.ask(ctx, inputRequest{})
}

// unread reports whether the program has yet to take what it was given.
func (r *run) unread() bool {
	n, err := unix.IoctlGetInt(r.stdin.fd, fionread)
	return err == nil && n > 0
}

// look is what we see of a program from outside.
type look struct {
	pid   int
	input string    // its standard input, as it shows in lists of open files
	pipes []string  // its display pipes
	last  time.Time // when we looked last
	still string    // what the threads waited for, if only for each other
	since time.Time // since when that has been so
}

// next is when to look again at a program that was last heard of at news.
func (l *look) next(news time.Time) time.Time {
	if l.last.Before(news) {
		return news.Add(firstLook)
	}
	return l.last.Add(min(max(firstLook, l.last.Sub(news)), lastLook))
}

// stuck reports whether for a while nobody but each other could wake any of
// the program's threads.
func (l *look) stuck(now time.Time) bool {
	still := l.stillness()
	if still != l.still {
		l.still, l.since = still, now
	}
	return still != "" && now.Sub(l.since) >= stuckTime
}
