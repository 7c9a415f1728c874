package stuck

import (
	"slices"
	"strings"
)

// Node is a goroutine in the picture.
type Node struct {
	ID      int64
	Name    string
	Kind    string // what it waits for: "lock", "rlock", "wlock", "once", "waitgroup", "cond", "send", "receive", "select", "forever", "coroutine"; or "sleep", "network", "syscall", "running", "other"
	Object  string // the lock, channel, … it waits for, as the source calls it, or its label
	At      Place
	Started Place
	Parent  int64
	Never   bool // nobody can ever wake it
	Holds   []Hold
	Sites   []Site // what could wake it, in the source
	Ranges  bool   // it receives in a "for range"

	object int    // the variable behind Object; 0: not known
	lock   uint64 // its address, if the stack says it
	spots  []spot
}

// Place is a line of the learner's program.
type Place struct {
	File string
	Line int
	Func string
	Text string
}

// Hold is a lock that a goroutine has taken and not given back, by the source.
type Hold struct {
	Object string
	At     Place // where it was taken

	object int
	lock   uint64
}

// Site is a place in the source that could wake a goroutine.
type Site struct {
	Do string // "unlock", "send", "receive", "close", "done", "signal"
	At Place
}

// Edge says that From waits for something that only To could do, by the source.
type Edge struct {
	From, To int64
	Do       string // "unlock", "send", "receive", "close", "done", "signal"
	At       Place  // where To would do it; zero if the source has no such place
	Held     Place  // for "unlock": where To took the lock
	Cycle    bool   // it is part of the circle
}

// Graph is who waits for whom.
type Graph struct {
	Nodes  []*Node
	Edges  []Edge
	Cycle  []int64 // goroutines that wait in a circle, in order
	Hidden int     // goroutines that are left out
}

// spot is where a goroutine stands in one of its functions.
type spot struct {
	f    *file
	file string
	fn   int
	at   int // token
}

// builder makes a graph. The source is read once per file.
type builder struct {
	text  Source
	files map[string]*file
	r     *Report
}

// stuckKinds are the waits that only another goroutine can end.
var stuckKinds = []string{"lock", "rlock", "wlock", "once", "waitgroup", "cond", "send", "receive", "select", "forever", "coroutine"}

// Waits reports whether n waits for another goroutine.
func (n *Node) Waits() bool { return slices.Contains(stuckKinds, n.Kind) }

// isLock reports whether n waits for a mutex.
func (n *Node) isLock() bool { return n.Kind == "lock" || n.Kind == "rlock" || n.Kind == "wlock" }

func newGraph(r *Report, text Source) *Graph {
	b := &builder{text: text, files: map[string]*file{}, r: r}
	g := &Graph{Hidden: r.Total - len(r.Goroutines)}
	for _, x := range r.Goroutines {
		g.Nodes = append(g.Nodes, b.node(x))
	}
	nameAll(g.Nodes, r)
	unclear := ambiguous(g.Nodes)
	for i, n := range g.Nodes {
		if r.Holders {
			n.Holds = b.known(n.ID)
			continue
		}
		n.Holds = b.holds(r.Goroutines[i], n)
		n.Holds = slices.DeleteFunc(n.Holds, func(h Hold) bool { return h.lock == 0 && unclear[h.object] })
	}
	for _, n := range g.Nodes {
		if n.Waits() {
			b.edges(g, n)
		}
	}
	g.findCycle()
	return g
}

// node reads one stack.
func (b *builder) node(x Goroutine) *Node {
	n := &Node{ID: x.ID, Kind: kindOf(x), Parent: x.Parent, Never: x.Leaked, lock: x.lock()}
	own := x.own()
	for i, f := range own {
		n.spots = append(n.spots, b.spot(f, n.Kind, i, own))
	}
	if len(own) > 0 && n.spots[0].at >= 0 {
		n.read()
	}
	if len(own) > 0 {
		n.At = b.place(own[0].File, own[0].Line, own[0].Func)
	} else {
		for _, f := range x.Frames {
			if strings.Contains(f.Func, "/") || !isStandard(f.Func) {
				n.At = b.place(f.File, f.Line, f.Func)
				break
			}
		}
	}
	if label := b.r.Labels[n.lock]; n.lock != 0 && label != "" {
		n.Object = label
	}
	n.Started = b.started(x, n)
	return n
}

// read finds the object that n waits for in its line. A line with several of
// them does not say which.
func (n *Node) read() {
	s := n.spots[0]
	found := 0
	for _, o := range s.ops() {
		if o.fn != s.fn || !waitsIn(n.Kind, o.do) || s.f.toks[o.at].line != s.f.toks[s.at].line {
			continue
		}
		if found > 0 && o.object != n.object {
			n.Object, n.object = "", 0
			return
		}
		found++
		n.Object, n.object = o.name, o.object
		n.Ranges = o.do == "receive" && s.f.toks[o.at].text == "range"
	}
}

// isStandard is true for Go's own library.
func isStandard(fn string) bool {
	first, _, _ := strings.Cut(fn, "/")
	pkg, _, _ := strings.Cut(first, ".")
	return !strings.Contains(pkg, "main")
}

// kindOf says what a goroutine waits for.
func kindOf(x Goroutine) string {
	switch x.State {
	case "sync.RWMutex.RLock":
		return "rlock"
	case "sync.RWMutex.Lock":
		return "wlock"
	case "sync.WaitGroup.Wait":
		return "waitgroup"
	case "sync.Cond.Wait":
		return "cond"
	case "chan send":
		return "send"
	case "chan receive":
		return "receive"
	case "select":
		return "select"
	case "chan receive (nil chan)", "chan send (nil chan)", "select (no cases)":
		return "forever"
	case "coroutine":
		return "coroutine"
	case "sleep":
		return "sleep"
	case "IO wait":
		return "network"
	case "syscall":
		return "syscall"
	case "running", "runnable":
		return "running"
	case "sync.Mutex.Lock", "semacquire":
	default:
		return "other"
	}
	kind := "lock"
	for _, f := range x.Frames {
		switch {
		case learners(f.Func):
			return kind
		case f.Func == "sync.(*RWMutex).Lock":
			kind = "wlock"
		case strings.HasPrefix(f.Func, "sync.(*Once)"):
			kind = "once"
		}
	}
	return kind
}

// waitsIn reports whether a wait of this kind can happen in an operation.
func waitsIn(kind, do string) bool {
	switch kind {
	case "lock", "wlock":
		return do == "lock"
	case "rlock":
		return do == "rlock"
	case "waitgroup", "cond":
		return do == "wait"
	case "send", "receive", "select", "once":
		return do == kind
	case "forever":
		return do == "send" || do == "receive"
	}
	return false
}

// spot finds where a frame stands in the source.
func (b *builder) spot(fr Frame, kind string, depth int, own []Frame) spot {
	s := spot{f: b.file(fr.File), file: fr.File, fn: -1, at: -1}
	for i, t := range s.f.toks {
		if t.line == fr.Line {
			s.at, s.fn = i, s.f.funcAt(i)
			break
		}
	}
	for _, o := range s.f.ops {
		if s.f.toks[o.at].line != fr.Line {
			continue
		}
		if depth == 0 && waitsIn(kind, o.do) || depth > 0 && o.do == "call" && strings.HasSuffix(own[depth-1].Func, "."+o.name) {
			s.at, s.fn = o.at, s.f.funcAt(o.at)
			break
		}
	}
	return s
}

// ops are the operations in the spot's file.
func (s spot) ops() []op { return s.f.ops }

func (b *builder) file(name string) *file {
	f, ok := b.files[name]
	if !ok {
		text := ""
		if b.text != nil {
			text = b.text(name)
		}
		f = newFile(text)
		b.files[name] = f
	}
	return f
}

func (b *builder) place(file string, line int, fn string) Place {
	p := Place{File: file, Line: line, Func: fn}
	if b.text != nil {
		p.Text = lineOf(b.text(file), line)
	}
	return p
}

func lineOf(text string, line int) string {
	for l := range strings.Lines(text) {
		if line--; line == 0 {
			return strings.TrimSpace(l)
		}
	}
	return ""
}

// started finds the go statement. For wg.Go the stack names a line of package
// sync; the source says where that was called.
func (b *builder) started(x Goroutine, n *Node) Place {
	if learners(x.Created.Func) {
		return b.place(x.Created.File, x.Created.Line, x.Created.Func)
	}
	if len(n.spots) == 0 {
		return Place{}
	}
	s := n.spots[len(n.spots)-1]
	if s.fn >= 0 && s.f.funcs[s.fn].via == "Go" {
		return b.place(s.file, s.f.toks[s.f.funcs[s.fn].call].line, "")
	}
	return Place{}
}
