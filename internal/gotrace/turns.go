package gotrace

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
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
	byID := make(map[int64]*Goroutine, len(t.Goroutines))
	siblings := map[*Pos]int{}
	for _, g := range t.Goroutines {
		byID[g.ID] = g
		siblings[g.Created]++
	}
	type key struct {
		created, pos *Pos
		object       *Object
	}
	found := map[key]*turns{}
	at := func(id int64, pos *Pos, o *Object) *turns {
		g := byID[id]
		if g == nil || g.Created.File == "" || pos.File == "" || siblings[g.Created] < 2 {
			return nil
		}
		k := key{g.Created, pos, o}
		ts := found[k]
		if ts == nil {
			ts = &turns{pos: pos, object: o, takes: map[int64][]time.Duration{}, wants: map[int64][]time.Duration{}, sends: map[*Pos]bool{}, gives: map[int64]bool{}}
			for _, s := range t.Goroutines {
				if s.Created == g.Created {
					ts.workers = append(ts.workers, s)
				}
			}
			found[k] = ts
		}
		return ts
	}
	if len(t.Objects) > 0 {
		for _, o := range t.Objects {
			for _, tk := range o.takes {
				if ts := at(tk.who, tk.pos, o); ts != nil {
					ts.takes[tk.who] = append(ts.takes[tk.who], tk.at)
				}
			}
			for _, ts := range found {
				if ts.object == o {
					ts.gives = o.gives
				}
			}
			for _, w := range o.Waits {
				if ts := at(w.Goroutine, w.Pos, o); ts != nil && w.Reason == Receive {
					ts.wants[w.Goroutine] = append(ts.wants[w.Goroutine], w.From)
				}
			}
		}
	} else {
		t.plainTurns(byID, func(id int64, pos *Pos) *turns { return at(id, pos, nil) })
	}
	var all []*turns
	for _, ts := range found {
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

// plainTurns reads them from who waited to receive, and from who was woken by
// a receive.
func (t *Timeline) plainTurns(byID map[int64]*Goroutine, at func(int64, *Pos) *turns) {
	for _, w := range t.Wakes {
		switch w.Call {
		case "send":
			i := byID[w.To].waitEnding(w.At)
			if i.Reason == Receive {
				if ts := at(w.To, i.Pos); ts != nil {
					ts.takes[w.To] = append(ts.takes[w.To], w.At)
					ts.sends[w.Pos], ts.gives[w.From] = true, true
				}
			}
		case "receive":
			if ts := at(w.From, w.Pos); ts != nil {
				ts.takes[w.From] = append(ts.takes[w.From], w.At)
				if i := byID[w.To].waitEnding(w.At); i.Reason == Send {
					ts.sends[i.Pos], ts.gives[w.To] = true, true
				}
			}
		}
	}
	for _, g := range t.Goroutines {
		for _, i := range g.Intervals {
			if i.State == Waiting && i.Reason == Receive {
				if ts := at(g.ID, i.Pos); ts != nil {
					ts.wants[g.ID] = append(ts.wants[g.ID], i.From)
				}
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

// unbuffered reports whether the source shows that the channel has no buffer:
// all channels of the names that senders and receivers use are made so.
func (ts *turns) unbuffered(opt Options) bool {
	names := map[string]bool{object(Receive, ts.pos.Text): true}
	for p := range ts.sends {
		names[object(Send, p.Text)] = true
	}
	if opt.Source == nil || names[""] {
		return false
	}
	made := false
	for line := range linesOf(ts.pos.path, opt) {
		for name, buffered := range channelsMade(line) {
			if names[name] {
				if buffered {
					return false
				}
				made = true
			}
		}
	}
	return made
}

// maxSourceLines bounds the search in one file. // arbitrary: far more than a cell has
const maxSourceLines = 5000

// linesOf are the lines of a file. A Source does not say where the file ends.
func linesOf(path string, opt Options) func(yield func(string) bool) {
	if opt.Text != nil {
		if text := opt.Text(path); text != "" {
			return strings.Lines(text)
		}
	}
	return func(yield func(string) bool) {
		for n := 1; n <= maxSourceLines; n++ {
			if text := opt.Source(path, n); text != "" && !yield(text) {
				return
			}
		}
	}
}

// channelsMade are the channels that a line of source makes, by name, and
// whether they have a buffer.
func channelsMade(line string) map[string]bool {
	if !strings.Contains(line, "make(chan") {
		return nil
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p; func _() { "+strings.TrimSpace(line)+"\n}", parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	made := map[string]bool{}
	note := func(name, value ast.Expr) {
		id, ok := name.(*ast.Ident)
		call, isCall := value.(*ast.CallExpr)
		if !ok || !isCall || len(call.Args) == 0 {
			return
		}
		if _, isChan := call.Args[0].(*ast.ChanType); isChan {
			made[id.Name] = made[id.Name] || len(call.Args) > 1
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i := range min(len(n.Lhs), len(n.Rhs)) {
				note(n.Lhs[i], n.Rhs[i])
			}
		case *ast.ValueSpec:
			for i := range min(len(n.Names), len(n.Values)) {
				note(n.Names[i], n.Values[i])
			}
		}
		return true
	})
	return made
}
