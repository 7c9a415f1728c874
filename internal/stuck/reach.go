package stuck

import (
	"go/token"
	"slices"
	"strings"
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

// holds are the locks that a goroutine has taken on its way to where it is.
func (b *builder) holds(x Goroutine, n *Node) []Hold {
	var all []Hold
	own := x.own()
	for i, s := range n.spots {
		for _, h := range b.heldIn(s) {
			if address := b.address(own[i], s, n, h.Object); address != 0 {
				h.lock = address
				if label := b.r.Labels[address]; label != "" {
					h.Object = label
				}
			}
			all = append(all, h)
		}
	}
	return all
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

// heldIn goes through a function from its beginning to the spot. A block that
// ends in a return, or in a jump, has not been on the way.
func (b *builder) heldIn(s spot) []Hold {
	start := 0
	if s.fn >= 0 {
		start = s.f.funcs[s.fn].open + 1
	}
	var held []Hold
	var saved [][]Hold
	for i := start; i < s.at; i++ {
		switch s.f.toks[i].tok {
		case token.FUNC: // runs later, or elsewhere
			for _, fn := range s.f.funcs {
				if fn.at == i && fn.shut < s.at {
					i = fn.shut
				}
			}
		case token.LBRACE:
			saved = append(saved, slices.Clone(held))
		case token.RBRACE:
			if k := len(saved); k > 0 {
				if s.f.leaves(i) {
					held = saved[k-1]
				}
				saved = saved[:k-1]
			}
		default:
			held = b.step(s, i, held)
		}
	}
	return held
}

// step takes or gives back a lock.
func (b *builder) step(s spot, i int, held []Hold) []Hold {
	for _, o := range s.f.ops {
		if o.at != i || o.fn != s.fn || o.deferred {
			continue
		}
		switch o.do {
		case "lock", "rlock":
			return append(held, Hold{Object: o.name, At: b.place(s.file, s.f.toks[i].line, ""), object: o.object})
		case "unlock":
			for k := len(held) - 1; k >= 0; k-- {
				if held[k].object == o.object && held[k].Object == o.name {
					return slices.Delete(held, k, k+1)
				}
			}
		}
	}
	return held
}

// leaves reports whether the block that token shut closes ends in a jump.
func (f *file) leaves(shut int) bool {
	i := shut - 1
	if f.is(i, token.SEMICOLON) {
		i--
	}
	for i > f.match[shut] && !f.is(i, token.SEMICOLON) && !f.is(i, token.LBRACE) {
		switch f.toks[i].tok {
		case token.RETURN, token.BREAK, token.CONTINUE, token.GOTO:
			return true
		}
		if f.word(i, "panic") {
			return true
		}
		i--
	}
	return false
}

// address finds the lock that a parameter points to: the stack shows what a
// function was called with, and the lock that the goroutine waits for proves
// which word belongs to which parameter.
func (b *builder) address(fr Frame, s spot, n *Node, name string) uint64 {
	if s.fn < 0 || n.lock == 0 || len(n.spots) == 0 || n.spots[0].fn != s.fn {
		return 0
	}
	params := s.f.funcs[s.fn].params
	waits, holds := slices.Index(params, waitName(n)), slices.Index(params, name)
	if waits < 0 || holds < 0 || waits >= len(fr.Args) || holds >= len(fr.Args) || fr.Args[waits].Value != n.lock {
		return 0
	}
	if w := fr.Args[holds]; holds < waits || w.Sure {
		return w.Value
	}
	return 0
}

// waitName is what the source calls the lock that n waits for.
func waitName(n *Node) string {
	s := n.spots[0]
	for _, o := range s.ops() {
		if o.at == s.at {
			return o.name
		}
	}
	return ""
}

// findCycle looks for goroutines that wait for one another in a circle.
func (g *Graph) findCycle() {
	next := map[int64][]int{}
	for i, e := range g.Edges {
		next[e.From] = append(next[e.From], i)
	}
	waits := map[int64]bool{}
	for _, n := range g.Nodes {
		waits[n.ID] = n.Waits()
	}
	var path []int // edges
	done := map[int64]bool{}
	var walk func(id int64) bool
	walk = func(id int64) bool {
		for k, i := range path {
			if g.Edges[i].From == id {
				path = path[k:]
				return true
			}
		}
		if done[id] || !waits[id] {
			return false
		}
		for _, i := range next[id] {
			path = append(path, i)
			if walk(g.Edges[i].To) {
				return true
			}
			path = path[:len(path)-1]
		}
		done[id] = true
		return false
	}
	for _, n := range g.Nodes {
		path = path[:0]
		if walk(n.ID) {
			for _, i := range path {
				g.Edges[i].Cycle = true
				g.Cycle = append(g.Cycle, g.Edges[i].From)
			}
			return
		}
	}
}

// nameAll names goroutines by kernelext.Name, by their function, or by number.
func nameAll(nodes []*Node, r *Report) {
	short := func(n *Node) string {
		if len(n.spots) == 0 {
			return "goroutine"
		}
		s := n.spots[len(n.spots)-1]
		if s.fn < 0 || s.f.funcs[s.fn].name == "" || s.f.funcs[s.fn].name == "main" {
			return "goroutine"
		}
		return s.f.funcs[s.fn].name
	}
	count := map[string]int{}
	for _, n := range nodes {
		if r.Names[n.ID] == "" && n.ID != r.Caller {
			count[short(n)]++
		}
	}
	number := map[string]int{}
	sorted := slices.SortedFunc(slices.Values(nodes), func(a, b *Node) int { return int(a.ID - b.ID) })
	for _, n := range sorted {
		switch name := short(n); {
		case r.Names[n.ID] != "":
			n.Name = r.Names[n.ID]
		case n.ID == r.Caller && n.ID == 1:
			n.Name = "main"
		case n.ID == r.Caller:
			n.Name = "caller"
		case count[name] == 1 && name != "goroutine":
			n.Name = name
		default:
			number[name]++
			n.Name = strings.TrimSpace(name + " " + digits(number[name]))
		}
	}
}
