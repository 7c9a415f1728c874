package gotrace

import (
	"cmp"
	"slices"
	"time"
)

// turns are what goroutines that were started at one line took out of one
// channel: each takes a value, works, and comes back for the next.
type turns struct {
	workers []*Goroutine
	pos     *Pos                      // of the receive
	takes   map[int64][]time.Duration // by goroutine: it got a value
	wants   map[int64][]time.Duration // it began to wait for one
	gives   map[int64]bool            // who handed one over
	sends   map[*Pos]bool             // lines where others waited to hand one over
	object  *Object                   // the channel, in a deep recording
	count   int                       // of all takes
}

// take is a receive that a deep recording has seen.
type take struct {
	at  time.Duration
	who int64
	pos *Pos
}

// allTurns finds them, those with the most values first. A plain recording
// shows a receive when either side had to wait, which for a channel without a
// buffer is always.
func (t *Timeline) allTurns() []*turns {
	f := &turnFinder{byID: make(map[int64]*Goroutine, len(t.Goroutines)), siblings: map[*Pos][]*Goroutine{}, found: map[turnKey]*turns{}}
	for _, g := range t.Goroutines {
		f.byID[g.ID] = g
		f.siblings[g.Created] = append(f.siblings[g.Created], g)
	}
	if len(t.Objects) > 0 {
		f.reports(t.Objects)
	} else {
		f.waits(t)
	}
	var all []*turns
	for _, ts := range f.found {
		for id := range ts.takes {
			slices.Sort(ts.takes[id])
			ts.count += len(ts.takes[id])
		}
		if ts.count > 0 {
			all = append(all, ts)
		}
	}
	slices.SortFunc(all, func(a, b *turns) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.workers[0].ID, b.workers[0].ID), cmp.Compare(a.pos.Line, b.pos.Line))
	})
	return all
}

// turnFinder puts receives together by who does them where.
type turnFinder struct {
	byID     map[int64]*Goroutine
	siblings map[*Pos][]*Goroutine // by the line that started them
	found    map[turnKey]*turns
}

type turnKey struct {
	created, pos *Pos
	object       *Object
}

// at is where receives of a goroutine at a line belong; nil if nobody shares
// the work with it.
func (f *turnFinder) at(id int64, pos *Pos, o *Object) *turns {
	g := f.byID[id]
	if g == nil || g.Created.File == "" || pos.File == "" || len(f.siblings[g.Created]) < 2 {
		return nil
	}
	k := turnKey{g.Created, pos, o}
	ts := f.found[k]
	if ts == nil {
		ts = &turns{
			workers: f.siblings[g.Created], pos: pos, object: o, takes: map[int64][]time.Duration{},
			wants: map[int64][]time.Duration{}, sends: map[*Pos]bool{}, gives: map[int64]bool{},
		}
		if o != nil {
			ts.gives = o.gives
		}
		f.found[k] = ts
	}
	return ts
}

// reports reads them from what a deep recording says of channels.
func (f *turnFinder) reports(objects []*Object) {
	for _, o := range objects {
		for _, tk := range o.takes {
			if ts := f.at(tk.who, tk.pos, o); ts != nil {
				ts.takes[tk.who] = append(ts.takes[tk.who], tk.at)
			}
		}
		for _, w := range o.Waits {
			if w.Reason != Receive {
				continue
			}
			if ts := f.at(w.Goroutine, w.Pos, o); ts != nil {
				ts.wants[w.Goroutine] = append(ts.wants[w.Goroutine], w.From)
			}
		}
	}
}

// waits reads them from who waited to receive, and from who was woken by a
// receive.
func (f *turnFinder) waits(t *Timeline) {
	for _, w := range t.Wakes {
		switch w.Call {
		case "send":
			i := f.byID[w.To].waitEnding(w.At)
			if i.Reason != Receive {
				continue
			}
			if ts := f.at(w.To, i.Pos, nil); ts != nil {
				ts.takes[w.To] = append(ts.takes[w.To], w.At)
				ts.sends[w.Pos], ts.gives[w.From] = true, true
			}
		case "receive":
			ts := f.at(w.From, w.Pos, nil)
			if ts == nil {
				continue
			}
			ts.takes[w.From] = append(ts.takes[w.From], w.At)
			if i := f.byID[w.To].waitEnding(w.At); i.Reason == Send {
				ts.sends[i.Pos], ts.gives[w.To] = true, true
			}
		}
	}
	for _, g := range t.Goroutines {
		for _, i := range g.Intervals {
			if i.State != Waiting || i.Reason != Receive {
				continue
			}
			if ts := f.at(g.ID, i.Pos, nil); ts != nil {
				ts.wants[g.ID] = append(ts.wants[g.ID], i.From)
			}
		}
	}
}

// waitEnding is the wait of g that ended at a moment, or none.
func (g *Goroutine) waitEnding(at time.Duration) Interval {
	n, ok := slices.BinarySearchFunc(g.Intervals, at, func(i Interval, at time.Duration) int { return cmp.Compare(i.To, at) })
	if !ok || g.Intervals[n].State != Waiting {
		return Interval{}
	}
	return g.Intervals[n]
}

// takesTurns reports whether several goroutines share the values, and somebody
// comes back for another. Who puts in what it takes out uses the channel for
// something else, as a semaphore for one.
func (ts *turns) takesTurns() bool {
	for id := range ts.takes {
		if ts.gives[id] {
			return false
		}
	}
	return len(ts.takes) > 1 && ts.count > len(ts.takes)
}

// tasks are the stretches from taking a value to wanting the next.
func (ts *turns) tasks() []Task {
	var all []Task
	for _, g := range ts.workers {
		takes, wants := ts.takes[g.ID], ts.wants[g.ID]
		for i, from := range takes {
			task := Task{Goroutine: g.ID, From: from, To: g.End, Open: g.Alive, Pos: ts.pos}
			if i+1 < len(takes) {
				task.To, task.Open = takes[i+1], false
			}
			if n, _ := slices.BinarySearch(wants, from); n < len(wants) && wants[n] <= task.To {
				task.To, task.Open = wants[n], false
			}
			all = append(all, task)
		}
	}
	slices.SortStableFunc(all, func(a, b Task) int { return cmp.Compare(a.From, b.From) })
	for i := range all {
		all[i].Name = numbered(i + 1)
	}
	return all
}

// queue is how many values waited to be taken: those in the buffer, if the
// recording knows it, and those that somebody stands waiting to send.
func (ts *turns) queue(t *Timeline) []Level {
	var ch changes
	if ts.object != nil {
		before := 0
		for _, l := range ts.object.Fill {
			ch = append(ch, change{l.At, l.N - before})
			before = l.N
		}
		for _, w := range ts.object.Waits {
			if w.Reason == Send {
				ch.count(w.From, w.To)
			}
		}
		return ch.levels()
	}
	for _, g := range t.Goroutines {
		for _, i := range g.Intervals {
			if i.State == Waiting && i.Reason == Send && ts.sends[i.Pos] {
				ch.count(i.From, i.To)
			}
		}
	}
	return ch.levels()
}

// name is what the source calls the channel, or "".
func (ts *turns) name() string {
	if ts.object != nil {
		return ts.object.Name
	}
	return object(Receive, ts.pos.Text)
}
