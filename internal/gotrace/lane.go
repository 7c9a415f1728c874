package gotrace

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/exp/trace"
)

// lane is a goroutine while it is being read.
type lane struct {
	Goroutine
	since   time.Duration
	state   State // "" once it is gone
	reason  Reason
	proc    int
	pos     *Pos
	entry   string // as the runtime knows it: for wg.Go, a function of sync
	outer   string // the learner's outermost function seen in its stacks
	skipped bool   // not for the picture
	depth   int    // of the regions it is in
	task    int    // the outermost of them, among the tasks; -1: none
}

func (b *builder) transition(ev trace.Event) {
	st := ev.StateTransition()
	id := st.Resource.Goroutine()
	from, to := st.Goroutine()
	at := b.at(ev)
	g := b.lanes[id]
	if g == nil {
		if from == trace.GoNotExist {
			b.create(ev, id)
		}
		return
	}
	if from == trace.GoUndetermined || from == to || g.skipped {
		return // a reminder at the start of a new part of the trace
	}
	b.last = ev.Time()
	pl := b.places.of(st.Stack)
	if pl.outer != "" {
		g.outer = pl.outer
	}
	switch to {
	case trace.GoRunning:
		g.change(at, Running, "", int(ev.Proc()), b.places.nowhere())
	case trace.GoRunnable:
		if from == trace.GoWaiting {
			b.wake(ev, g)
		}
		g.change(at, Ready, "", -1, pl.pos)
	case trace.GoWaiting:
		reason := reasonOf(st.Reason, pl.calls)
		if st.Reason == "" && st.Stack == trace.NoStack {
			reason = Coroutine // what the reader makes of a direct switch; nothing else is so bare
		}
		g.change(at, Waiting, reason, -1, pl.pos)
	case trace.GoSyscall:
		g.change(at, Syscall, "", int(ev.Proc()), pl.pos)
	case trace.GoNotExist:
		g.change(at, "", "", -1, pl.pos)
		g.End = at
	}
}

// change ends the current interval and begins the next. Where a goroutine stops
// to run is known only now, so that is filled in.
func (g *lane) change(at time.Duration, s State, r Reason, proc int, pos *Pos) {
	if g.state != "" && at > g.since {
		where := g.pos
		if g.state == Running {
			where = pos
		}
		i := Interval{From: g.since, To: at, State: g.state, Reason: g.reason, Proc: g.proc, Pos: where}
		if n := len(g.Intervals); n > 0 && g.Intervals[n-1].joins(i) {
			g.Intervals[n-1].To = at
		} else {
			g.Intervals = append(g.Intervals, i)
		}
	}
	g.since, g.state, g.reason, g.proc, g.pos = at, s, r, proc, pos
}

// joins reports whether next is the same thing going on.
func (i Interval) joins(next Interval) bool {
	return i.To == next.From && i.State == next.State && i.Reason == next.Reason && i.Proc == next.Proc && i.Pos == next.Pos
}

func (b *builder) create(ev trace.Event, id trace.GoID) {
	st := ev.StateTransition()
	_, to := st.Goroutine()
	by := b.places.of(ev.Stack())
	entry := b.places.of(st.Stack).bare
	g := &lane{state: Ready, proc: -1, entry: entry}
	if to == trace.GoWaiting {
		g.state, g.reason = Waiting, Coroutine // runs when the other side asks
	}
	parent := b.lanes[ev.Goroutine()]
	g.skipped = isSystem(entry) || parent != nil && parent.skipped
	timed := ev.Goroutine() == trace.NoGoroutine || timerStarted(by.calls) // a core without work looks after timers by itself
	switch {
	case timed && strings.HasPrefix(entry, "context."):
		g.timer = "context"
	case timed:
		g.timer = "AfterFunc"
	case parent != nil:
		g.Parent, g.Created = parent.ID, by.pos
	}
	if g.skipped {
		b.lanes[id] = g
		return
	}
	b.last = ev.Time()
	b.add(id, b.at(ev), g)
}

// coroutineEntry is where the goroutine behind an iter.Pull begins.
const coroutineEntry = "runtime.corostart"

// isSystem is true for goroutines of the runtime, the tracer and the watchdog.
func isSystem(entry string) bool {
	if entry == coroutineEntry {
		return false // iter.Pull: what runs on it is the learner's sequence
	}
	return strings.HasPrefix(entry, "runtime.") || strings.HasPrefix(entry, "runtime/") ||
		strings.Contains(entry, "kernelext.(*recording)") || strings.Contains(entry, "kernelext.record.")
}

// timerStarted is true for time.AfterFunc: the goroutine that happens to find
// the timer due is not the one that asked for it.
func timerStarted(calls []string) bool {
	return slices.Contains(calls, "time.goFunc")
}

func (b *builder) wake(ev trace.Event, g *lane) {
	w := Wake{At: b.at(ev), To: g.ID, Pos: b.places.nowhere(), Ended: b.at(ev) - g.since}
	if by := b.lanes[ev.Goroutine()]; by != nil && !by.skipped && by != g && g.reason != Collector {
		pl := b.places.of(ev.Stack())
		w.From, w.Call, w.Pos = by.ID, wakeCall(pl.calls), pl.pos
		if g.reason == Coroutine {
			w.Call = "switch"
		}
	}
	b.t.Wakes = append(b.t.Wakes, w)
}
