package stuck

import (
	"go/token"
	"slices"
)

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
