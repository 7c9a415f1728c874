package process

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Run runs cmd to its end and gives what it puts out to h. When ctx is
// cancelled the program is interrupted, and killed after cmd.Grace. When Run
// returns, all output was handled and no process of cmd is left. The error
// says that the program could not be run at all.
func (s *Supervisor) Run(ctx context.Context, cmd Command, h Handler) (Exit, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() != nil {
		return Exit{Code: -1, Reason: Interrupted}, nil
	}
	if err := s.ensure(); err != nil {
		return Exit{}, err
	}
	cmd = cmd.withDefaults()
	if s.buf == nil {
		s.buf = make([]byte, maxRead)
	}
	s.runs++
	r := &run{cmd: cmd, number: s.runs, h: h, link: s.link, blind: s.Blind || !canLook, out: newOutput(cmd.Output, cmd.Spill, s.buf, h)}
	defer r.close()
	if err := r.start(); err != nil {
		return Exit{}, fmt.Errorf("run: %w", err)
	}
	// The interrupt must get through even while a slow handler holds us up.
	stop := context.AfterFunc(ctx, func() { _ = r.link.send(order{Interrupt: r.number}) })
	rep, err := r.loop(ctx)
	stop()
	if err != nil { // the supervisor has gone; what it ran dies with it
		_ = s.cmd.Process.Kill() // lest it removes our folder
		_ = s.end()
		return Exit{}, fmt.Errorf("run: supervisor: %w", err)
	}
	if rep.Err != "" {
		return Exit{}, errors.New("run: " + rep.Err)
	}
	return rep.Exit, nil
}

// run is one program's run, seen from the engine: a poll loop over the link
// to the supervisor and the program's pipes. All methods belong to one
// goroutine, but for the one that waits for an answer.
type run struct {
	cmd    Command
	number int
	h      Handler
	link   *link
	out    *output

	stdout, stderr int // read ends, -1 when at their end
	stdin          *input
	show           *showPipe
	news           time.Time // when the program was last heard of, given a line, or found not to be asked
	blind          bool      // nobody can see what the program waits for
	look           *look     // what the program waits for; nil until it has started
	mail           *mailbox  // values of widgets; nil without a front end for them
	subscribed     map[string]bool
	noWidgets      bool // the learner was told that they have no place
	closers        []int
}

// start makes the pipes and orders the program's start.
func (r *run) start() error {
	var theirs [3]int
	opened := 0
	defer func() {
		for _, fd := range theirs[:opened] {
			_ = unix.Close(fd)
		}
	}()
	var err error
	if r.stdin, theirs[0], err = newInput(r.cmd.Ask, r.cmd.Input); err != nil {
		return err
	}
	opened++
	for i, end := range []*int{&r.stdout, &r.stderr} {
		read, write, err := pipe()
		if err != nil {
			return err
		}
		widen(read)
		*end, theirs[1+i] = read, write
		r.closers = append(r.closers, read)
		opened++
	}
	env := r.cmd.Env
	if r.cmd.Pipes != "" {
		if r.show, err = openShowPipe(r.cmd.Pipes); err != nil {
			return err
		}
		env = append(env[:len(env):len(env)], r.show.env()...)
	}
	if r.cmd.Front != nil && r.show != nil {
		if r.mail, err = newMailbox(); err != nil {
			return err
		}
		r.subscribed = map[string]bool{}
		r.cmd.Front.Listen(r.mail.put)
	}
	return r.link.send(order{Start: &startOrder{
		Run: r.number, Path: r.cmd.Path, Argv: append([]string{r.cmd.Path}, r.cmd.Args...), Dir: r.cmd.Dir, Env: env,
		Memory: r.cmd.Memory, Processes: r.cmd.Processes, Grace: r.cmd.Grace,
	}}, theirs[:]...)
}

func (r *run) close() {
	for _, fd := range r.closers {
		_ = unix.Close(fd)
	}
	if r.stdin != nil {
		r.stdin.close()
	}
	if r.show != nil {
		r.show.close()
	}
	if r.mail != nil {
		r.cmd.Front.Listen(nil)
		r.mail.close()
	}
}

// pause is how long we wait after a small piece of output before looking for
// more: a program that prints line by line shall not wake us for each.
const pause = 2 * time.Millisecond

// smallRead is what counts as a small piece.
const smallRead = 16 << 10

// loop handles output, displays and answers until the supervisor reports the
// end of the program.
func (r *run) loop(ctx context.Context) (report, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // ends an open question
	var quiet time.Time
	r.news = time.Now()
	for {
		set, now := r.pollSet(quiet)
		if err := poll(set, r.timeout(now, quiet)); err != nil {
			return report{}, err
		}
		if ready(set[pollShow]) {
			r.displays(ctx)
			r.news = time.Now()
		}
		n := 0
		for _, i := range []int{pollStdout, pollStderr} {
			if ready(set[i]) {
				n += r.read(i, maxRead)
			}
		}
		if n > 0 {
			r.news = time.Now()
		}
		if n > 0 && n < smallRead {
			quiet = time.Now().Add(pause)
		}
		if ready(set[pollAnswer]) {
			r.stdin.takeAnswer(ctx)
			r.news = time.Now()
		}
		r.attend(ctx)
		if ready(set[pollMail]) {
			r.deliver()
		}
		if ready(set[pollBack]) && r.show != nil {
			r.show.write()
		}
		if ready(set[pollStdin]) {
			r.stdin.write()
		}
		r.out.flushIfDue(time.Now())
		if !ready(set[pollLink]) {
			continue
		}
		rep, ended, err := r.reports()
		if err != nil {
			return report{}, err
		}
		if ended {
			cancel()
			r.finish(ctx)
			return rep, nil
		}
	}
}

// reports takes what the supervisor has sent: that the program was started,
// that it has ended, or both at once.
func (r *run) reports() (rep report, ended bool, err error) {
	for {
		rep = report{}
		if _, err := r.link.receive(&rep); err != nil {
			return report{}, false, err
		}
		if rep.Pid == 0 {
			return rep, true, nil
		}
		var pipes []string
		if r.show != nil {
			pipes = []string{r.show.inPath, r.show.backPath}
		}
		r.look = newLook(rep.Pid, r.stdin.fd, pipes)
		if !r.link.pending() {
			return report{}, false, nil
		}
	}
}

// maxRead is how much one read takes at most.
const maxRead = 256 << 10

// read takes up to limit bytes of one stream and returns how many came.
func (r *run) read(which, limit int) int {
	fd, name := &r.stdout, "stdout"
	if which == pollStderr {
		fd, name = &r.stderr, "stderr"
	}
	if *fd < 0 {
		return 0
	}
	n, err := r.out.readFrom(*fd, name, limit)
	if err == io.EOF {
		*fd = -1
	}
	return n
}

// displays publishes the displays that have arrived and reports whether there
// may be more. What was printed before a display was in the stream's pipe
// before it, so the bytes present now go first; not more, or a chatty goroutine
// would hold up every picture.
func (r *run) displays(ctx context.Context) (more bool) {
	items, more, err := r.show.receive()
	if len(items) > 0 {
		r.readPresent(pollStdout, r.stdout)
		r.readPresent(pollStderr, r.stderr)
		r.out.flush(time.Now())
	}
	for _, item := range items {
		r.handle(ctx, item)
	}
	if err != nil {
		r.h.Notice(Notice{Kind: Junk, Detail: err.Error()})
		r.show.remove()
		r.show.close()
		r.show = nil
		return false
	}
	return more
}

func (r *run) readPresent(which, fd int) {
	if fd < 0 {
		return
	}
	present, err := unix.IoctlGetInt(fd, fionread)
	for err == nil && present > 0 {
		n := r.read(which, min(present, maxRead))
		if n == 0 {
			return
		}
		present -= n
	}
}

// handle deals with one message of the display pipe.
func (r *run) handle(ctx context.Context, item item) {
	switch {
	case item.sync != nil:
		r.show.acknowledge(*item.sync)
	case item.ask != nil:
		r.stdin.explicit = true
		if !r.stdin.ask(ctx, *item.ask) {
			r.h.Notice(Notice{Kind: NoAnswer, Detail: strings.TrimSpace(item.ask.Prompt)})
		}
	case item.value != nil, item.subscription != nil:
		r.widget(item)
	default:
		r.h.Display(item.display)
	}
}

// finish takes what is left in the pipes of a program that has ended.
func (r *run) finish(ctx context.Context) {
	for _, i := range []int{pollStdout, pollStderr} {
		for r.read(i, maxRead) > 0 {
		}
	}
	r.out.flush(time.Now())
	for r.show != nil && r.displays(ctx) {
	}
	r.out.end()
}

// pipe makes a pipe whose read end does not block.
func pipe() (read, write int, err error) {
	var fds [2]int
	if err := cloexecPipe(&fds); err != nil {
		return 0, 0, err
	}
	if err := unix.SetNonblock(fds[0], true); err != nil {
		return 0, 0, os.NewSyscallError("pipe", err)
	}
	return fds[0], fds[1], nil
}
