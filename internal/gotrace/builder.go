package gotrace

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/exp/trace"
)

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
