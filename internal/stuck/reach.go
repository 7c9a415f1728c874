package stuck

import (
	"go/token"
	"slices"
)

// wakers are the operations that end a wait.
func wakers(kind string) []string {
	switch kind {
	case "lock", "rlock", "wlock":
		return []string{"unlock"}
	case "send":
		return []string{"receive"}
	case "receive":
		return []string{"send", "close"}
	case "waitgroup":
		return []string{"done"}
	case "cond":
		return []string{"signal"}
	}
	return nil
}

// edges draws a line to everybody who, by the source, could wake n. If there
// is nobody, it remembers the places that could.
func (b *builder) edges(g *Graph, n *Node) {
	if n.object == 0 && n.lock == 0 || len(n.spots) == 0 {
		return
	}
	for _, other := range g.Nodes {
		if e, ok := b.edge(n, other); ok {
			g.Edges = append(g.Edges, e)
		}
	}
	s := n.spots[0]
	for _, o := range s.ops() {
		if o.object == n.object && o.at != s.at && slices.Contains(wakers(n.Kind), o.do) {
			n.Sites = append(n.Sites, Site{o.do, b.place(s.file, s.f.toks[o.at].line, "")})
		}
	}
}

func (b *builder) edge(n, other *Node) (Edge, bool) {
	e := Edge{From: n.ID, To: other.ID}
	if n.isLock() {
		for _, h := range other.Holds {
			if h.lock != 0 && n.lock != 0 && h.lock != n.lock || (h.lock == 0 || n.lock == 0) && h.object != n.object {
				continue
			}
			e.Do, e.Held = "unlock", h.At
			if at, ok := b.willDo(other, wakers(n.Kind), h.object); ok {
				e.At = at.At
			}
			return e, true
		}
		return e, false
	}
	if n == other {
		return e, false
	}
	if site, ok := b.willDo(other, wakers(n.Kind), n.object); ok {
		e.Do, e.At = site.Do, site.At
		return e, true
	}
	if n.Kind == "waitgroup" && b.inGroup(other, n.object) {
		e.Do, e.At = "done", other.Started
		return e, true
	}
	return e, false
}

// inGroup reports whether a goroutine was started by the Go method of a
// WaitGroup: when it ends, it is done.
func (b *builder) inGroup(n *Node, object int) bool {
	if len(n.spots) == 0 {
		return false
	}
	s := n.spots[len(n.spots)-1]
	if s.fn < 0 || s.f.funcs[s.fn].via != "Go" {
		return false
	}
	_, root := s.f.before(s.f.funcs[s.fn].group)
	return root >= 0 && s.f.resolve(root) == object
}

// willDo looks for what a goroutine would still do to an object if it could go
// on: what stands behind its place in each of its functions, what is deferred,
// and what the loops around the place repeat.
func (b *builder) willDo(n *Node, what []string, object int) (Site, bool) {
	if object == 0 {
		return Site{}, false
	}
	for i, s := range n.spots {
		for _, o := range s.ops() {
			if o.fn != s.fn || i == 0 && o.at == s.at || s.fn < 0 && len(s.f.funcs) == 0 && o.at < s.at {
				continue
			}
			if o.at < s.at && !o.deferred && !s.f.sameLoop(s.fn, s.at, o.at) {
				continue
			}
			if site, ok := b.does(s, o, what, object, 0); ok {
				return site, true
			}
		}
	}
	return Site{}, false
}

// does reports whether an operation is one of those looked for, or calls a
// function that has one.
func (b *builder) does(s spot, o op, what []string, object, depth int) (Site, bool) {
	if o.object == object && slices.Contains(what, o.do) {
		return Site{o.do, b.place(s.file, s.f.toks[o.at].line, "")}, true
	}
	if o.do != "call" || depth > 3 {
		return Site{}, false
	}
	for fn, called := range s.f.funcs {
		if called.name != o.name {
			continue
		}
		for _, in := range s.f.ops {
			if in.fn == fn {
				if site, ok := b.does(s, in, what, object, depth+1); ok {
					return site, true
				}
			}
		}
	}
	return Site{}, false
}

// sameLoop reports whether a loop of a function has both tokens in its body.
func (f *file) sameLoop(fn, a, b int) bool {
	for i, t := range f.toks {
		if t.tok != token.FOR || f.funcAt(i) != fn {
			continue
		}
		open := i + 1
		for open < len(f.toks) && f.toks[open].tok != token.LBRACE {
			open++
		}
		if shut := f.partner(open); i < a && a < shut && i < b && b < shut {
			return true
		}
	}
	return false
}

func (f *file) partner(open int) int {
	if open >= len(f.match) {
		return -1
	}
	return f.match[open]
}

// known are the locks that a goroutine holds, by the runtime's own table.
func (b *builder) known(id int64) []Hold {
	var all []Hold
	for _, h := range b.r.Held {
		if h.Goroutine != id {
			continue
		}
		hold := Hold{Object: b.r.Labels[h.Lock], At: b.place(h.File, h.Line, ""), lock: h.Lock}
		f := b.file(h.File)
		for _, o := range f.ops {
			if (o.do == "lock" || o.do == "rlock") && f.toks[o.at].line == h.Line {
				if hold.object = o.object; hold.Object == "" {
					hold.Object = o.name
				}
				break
			}
		}
		all = append(all, hold)
	}
	return all
}
