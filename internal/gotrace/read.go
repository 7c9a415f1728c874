package gotrace

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/exp/trace"
)

// The categories of the log events by which a recording describes itself;
// kernelext writes them.
const (
	logStart = "lanebook.lanes"
	logEnd   = "lanebook.end"
	logStill = "lanebook.still"
	logName  = "lanebook.name"
	logMark  = "lanebook.mark"
	logLabel = "lanebook.label"
)

// maxEvents is how much of a recording is read: enough for the largest lesson,
// and a bound on memory for one that got out of hand.
const maxEvents = 4_000_000

// errNoLanes says that a trace has no recording by kernelext.Lanes in it.
var errNoLanes = errors.New("read recording: it does not say where Lanes began")

// Read reads a recording. One that was cut off is read as far as it goes, and
// says so in Problem; an error means that nothing can be drawn.
func Read(r io.Reader) (*Timeline, error) {
	b := newBuilder()
	err := feed(r, b.event)
	if b.root == trace.NoGoroutine {
		if err != nil {
			return nil, fmt.Errorf("read recording: %w", err)
		}
		return nil, errNoLanes
	}
	t := b.timeline()
	if err != nil && t.How == "" {
		t.Problem = err.Error()
	}
	return t, nil
}

// errEnough stops feed without being an error.
var errEnough = errors.New("enough")

// feed hands over all events. The trace reader panics on some broken input;
// that becomes an error like any other.
func feed(r io.Reader, event func(trace.Event) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("broken recording: %v", p)
		}
	}()
	tr, err := trace.NewReader(r)
	if err != nil {
		return err
	}
	for range maxEvents {
		ev, err := tr.ReadEvent()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := event(ev); err == errEnough {
			return nil
		} else if err != nil {
			return err
		}
	}
	return fmt.Errorf("more than %d events", maxEvents)
}

// builder makes a Timeline from events, in these steps:
//
//  1. Until the log event "lanebook.lanes", it only keeps track of GOMAXPROCS.
//     That event says which goroutine called Lanes, and when time begins.
//  2. From then on every goroutine that is created gets a lane, unless it is
//     the runtime's or ours, and every change of a lane's state ends one
//     interval and begins the next.
//  3. "lanebook.end" by the first goroutine ends time. "lanebook.still" by the
//     watchdog ends it a little after the last change of a lane, and without
//     either it ends with the last event of all.
type builder struct {
	root   trace.GoID
	zero   trace.Time
	last   trace.Time // of the newest event that concerns a lane
	newest trace.Time // of all events
	lanes  map[trace.GoID]*lane
	order  []*lane
	places places
	t      Timeline
	open   map[string]trace.Time // ranges that have begun
	over   bool
	known  map[trace.TaskID]*Object // by address, in a deep recording
	labels map[trace.TaskID]string  // by address, given by kernelext.Label
	wants  map[int64][]want         // by goroutine
}

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

func newBuilder() *builder {
	return &builder{
		root: trace.NoGoroutine, lanes: map[trace.GoID]*lane{}, places: newPlaces(),
		open: map[string]trace.Time{}, known: map[trace.TaskID]*Object{}, wants: map[int64][]want{},
	}
}

func (b *builder) event(ev trace.Event) error {
	if ev.Kind() == trace.EventSync {
		return nil // its time may lie before that of events already seen
	}
	b.newest = max(b.newest, ev.Time())
	switch ev.Kind() {
	case trace.EventMetric:
		if m := ev.Metric(); m.Name == "/sched/gomaxprocs:threads" && m.Value.Kind() == trace.ValueUint64 {
			b.t.Procs = int(m.Value.Uint64())
		}
	case trace.EventLog:
		b.log(ev)
	case trace.EventRegionBegin, trace.EventRegionEnd:
		b.region(ev)
	case trace.EventStateTransition:
		if b.root != trace.NoGoroutine && ev.StateTransition().Resource.Kind == trace.ResourceGoroutine {
			b.transition(ev)
		}
	case trace.EventRangeBegin, trace.EventRangeActive:
		b.open[ev.Range().Name] = ev.Time()
	case trace.EventRangeEnd:
		b.rangeEnd(ev)
	}
	if b.over {
		return errEnough
	}
	return nil
}

func (b *builder) at(ev trace.Event) time.Duration { return time.Duration(ev.Time() - b.zero) }

func (b *builder) log(ev trace.Event) {
	l := ev.Log()
	if l.Category == logStart && b.root == trace.NoGoroutine {
		b.root, b.zero, b.last = ev.Goroutine(), ev.Time(), ev.Time()
		b.t.Title = l.Message
		b.add(b.root, 0, &lane{state: Running, proc: int(ev.Proc())})
		return
	}
	if b.root == trace.NoGoroutine {
		return
	}
	g := b.lanes[ev.Goroutine()]
	switch l.Category {
	case logEnd:
		if ev.Goroutine() == b.root {
			b.last, b.t.How, b.over = ev.Time(), l.Message, true
		}
	case logStill:
		ms, _ := strconv.ParseInt(l.Message, 10, 64)
		b.t.Still, b.over = time.Duration(ms)*time.Millisecond, true
	case logName:
		if g != nil {
			g.Name, g.named = l.Message, true
		}
	case logLabel:
		b.label(l.Message)
	case logDeep:
		b.deep(ev, l)
	case logMark:
		if g != nil && !g.skipped {
			b.t.Marks = append(b.t.Marks, Mark{b.at(ev), g.ID, l.Message, b.places.of(ev.Stack()).pos})
		}
	}
}

// region begins or ends a task: kernelext.Task makes a region of the trace, and
// who makes one without it means the same. Those inside of another are part of it.
func (b *builder) region(ev trace.Event) {
	g := b.lanes[ev.Goroutine()]
	if g == nil || g.skipped {
		return
	}
	if ev.Kind() == trace.EventRegionEnd {
		if g.depth = max(g.depth-1, 0); g.depth == 0 && g.task >= 0 {
			b.t.tasks[g.task].To, b.t.tasks[g.task].Open = b.at(ev), false
			g.task = -1
		}
		return
	}
	if g.depth++; g.depth == 1 {
		g.task = len(b.t.tasks)
		b.t.tasks = append(b.t.tasks, Task{Name: ev.Region().Type, Goroutine: g.ID, From: b.at(ev), Open: true, Pos: b.places.of(ev.Stack()).pos})
	}
}

func (b *builder) add(id trace.GoID, at time.Duration, l *lane) {
	l.ID, l.Start, l.since, l.task = int64(id), at, at, -1
	l.pos = b.places.nowhere()
	if l.Created == nil {
		l.Created = l.pos
	}
	b.lanes[id] = l
	b.order = append(b.order, l)
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

func (b *builder) rangeEnd(ev trace.Event) {
	name := ev.Range().Name
	began, ok := b.open[name]
	delete(b.open, name)
	if !ok || b.root == trace.NoGoroutine {
		return
	}
	kind := ""
	switch {
	case name == "GC concurrent mark phase":
		kind = "gc"
	case strings.HasPrefix(name, "stop-the-world (GC"):
		kind = "stop"
	}
	if kind != "" && ev.Time() > b.zero {
		from := max(0, time.Duration(began-b.zero))
		b.t.Ranges = append(b.t.Ranges, Range{from, b.at(ev), kind})
	}
}

// timeline closes all lanes and names them.
func (b *builder) timeline() *Timeline {
	t := &b.t
	if t.How == "" && t.Still == 0 {
		b.last = b.newest // it was cut off while something may still have gone on
	}
	t.End = max(time.Duration(b.last-b.zero), 1)
	if t.How == "" && t.Still > 0 {
		// Leave room to see what everybody was waiting for when it ended.
		t.End += max(min(t.Still, t.End/2), time.Microsecond)
	}
	b.adoptEntries()
	for _, g := range b.order {
		if g.state != "" {
			g.change(t.End, "", "", -1, b.places.nowhere())
			g.Alive, g.End = true, t.End
		}
		g.Entry = g.outer
		if g.Entry == "" {
			g.Entry = g.entry
		}
		t.Goroutines = append(t.Goroutines, &g.Goroutine)
	}
	if t.How == "returned" {
		t.Goroutines[0].Alive = false // it goes on, but what we asked it to do is done
	}
	for i := range t.tasks {
		if task := &t.tasks[i]; task.Open {
			task.To = b.lanes[trace.GoID(task.Goroutine)].End
		}
	}
	nameAll(t.Goroutines)
	b.endObjects()
	t.places = slices.Collect(maps.Values(b.places.byPos))
	return t
}
