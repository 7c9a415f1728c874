package stuck

import (
	"encoding/json"
	"slices"
)

// Data is a verdict as data: the MIME type application/vnd.lanebook+json with
// kind "verdict". A field named line is an index into Lines, where 0 means that
// the line is not known. docs/pictures.md describes it.
type Data struct {
	Version    int             `json:"version"` // 1
	Kind       string          `json:"kind"`    // "verdict"
	Verdict    string          `json:"verdict"` // "ok", "deadlock", "partial-deadlock", "leak", "panic", "exit"
	Unsure     bool            `json:"unsure,omitempty"`
	Title      string          `json:"title,omitempty"`
	Message    string          `json:"message,omitempty"` // of a panic
	Sentences  []string        `json:"sentences"`
	After      int64           `json:"after"` // nanoseconds since Watch was called
	Collector  bool            `json:"collector,omitempty"`
	Caller     int64           `json:"caller"`
	Goroutines []DataGoroutine `json:"goroutines,omitempty"`
	Edges      []DataEdge      `json:"edges,omitempty"`
	Cycle      []int64         `json:"cycle,omitempty"`
	Hidden     int             `json:"hidden,omitempty"`
	Lines      []DataLine      `json:"lines"`
}

// DataGoroutine is a goroutine of a verdict.
type DataGoroutine struct {
	ID      int64      `json:"id"`
	Name    string     `json:"name"`
	State   string     `json:"state"`            // "waiting", "running", "syscall"
	Reason  string     `json:"reason,omitempty"` // what a waiting goroutine waits for
	Object  string     `json:"object,omitempty"`
	Line    int        `json:"line,omitempty"`
	Started int        `json:"started,omitempty"` // line of the go statement
	Parent  int64      `json:"parent,omitempty"`
	Forever string     `json:"forever"` // "never": nobody can wake it; "perhaps"; "no": it does not wait for a goroutine
	Holds   []DataHold `json:"holds,omitempty"`
	Sites   []DataSite `json:"sites,omitempty"`
}

// DataHold is a lock that is held, by the source.
type DataHold struct {
	Object string `json:"object"`
	Line   int    `json:"line,omitempty"`
}

// DataSite is a place in the source that could wake a goroutine.
type DataSite struct {
	Do   string `json:"do"`
	Line int    `json:"line"`
}

// DataEdge says who could wake whom, by the source.
type DataEdge struct {
	From  int64  `json:"from"` // who waits
	To    int64  `json:"to"`   // who could wake it
	Do    string `json:"do"`
	Line  int    `json:"line,omitempty"` // where it would do that
	Held  int    `json:"held,omitempty"` // where it took the lock
	Cycle bool   `json:"cycle,omitempty"`
}

// DataLine is a line of the learner's program.
type DataLine struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Func string `json:"func,omitempty"`
	Text string `json:"text,omitempty"`
}

// How much fits into the data. // arbitrary
const (
	maxDataNodes = 1000
	maxDataEdges = 2000
	maxDataSites = 10
)

func (t *teller) data(told []string) string {
	d := Data{
		Version: 1, Kind: "verdict", Verdict: t.verdict, Unsure: t.verdict == "deadlock" && t.unsure(), Title: t.r.Title, Sentences: told,
		After: int64(t.r.After), Collector: t.r.Collector, Caller: t.r.Caller, Cycle: t.g.Cycle, Hidden: t.g.Hidden, Lines: []DataLine{{}},
	}
	if t.verdict == "panic" {
		d.Message = t.opt.Message
	}
	index := map[Place]int{}
	line := func(p Place) int {
		if p.Line == 0 {
			return 0
		}
		if index[p] == 0 {
			index[p] = len(d.Lines)
			file := p.File
			if t.opt.Name != nil {
				file = t.opt.Name(file)
			}
			d.Lines = append(d.Lines, DataLine{file, p.Line, p.Func, p.Text})
		}
		return index[p]
	}
	nodes := t.ranked()
	if len(nodes) > maxDataNodes {
		d.Hidden += len(nodes) - maxDataNodes
		nodes = nodes[:maxDataNodes]
	}
	kept := map[int64]bool{}
	for _, n := range nodes {
		kept[n.ID] = true
		g := DataGoroutine{
			ID: n.ID, Name: n.Name, State: "waiting", Reason: n.Kind, Object: n.Object, Line: line(n.At),
			Started: line(n.Started), Parent: n.Parent, Forever: t.forever(n),
		}
		if n.Kind == "running" || n.Kind == "syscall" {
			g.State, g.Reason = n.Kind, ""
		}
		for _, h := range n.Holds {
			g.Holds = append(g.Holds, DataHold{h.Object, line(h.At)})
		}
		for _, s := range n.Sites[:min(len(n.Sites), maxDataSites)] {
			g.Sites = append(g.Sites, DataSite{s.Do, line(s.At)})
		}
		d.Goroutines = append(d.Goroutines, g)
	}
	for _, e := range t.g.Edges {
		if len(d.Edges) < maxDataEdges && kept[e.From] && kept[e.To] {
			d.Edges = append(d.Edges, DataEdge{e.From, e.To, e.Do, line(e.At), line(e.Held), e.Cycle})
		}
	}
	text, err := json.Marshal(d)
	if err != nil {
		return "{}" // strings and numbers only: this cannot happen
	}
	return string(text)
}

// forever says whether n can go on.
func (t *teller) forever(n *Node) string {
	switch {
	case n.Never || n.Waits() && t.verdict == "deadlock" && !t.unsure():
		return "never"
	case n.Waits():
		return "perhaps"
	}
	return "no"
}

// ranked are the goroutines in the order in which they matter: the caller, the
// circle, who is stuck, the others.
func (t *teller) ranked() []*Node {
	rank := func(n *Node) int {
		switch at := slices.Index(t.g.Cycle, n.ID); {
		case t.verdict == "panic":
			return 0
		case n.ID == t.r.Caller:
			return 1
		case at >= 0:
			return 2 + at
		case n.Waits():
			return 1 << 20
		}
		return 1 << 21
	}
	ns := slices.Clone(t.g.Nodes)
	slices.SortStableFunc(ns, func(a, b *Node) int { return rank(a) - rank(b) })
	return ns
}
