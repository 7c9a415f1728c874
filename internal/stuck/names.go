package stuck

import (
	"slices"
	"strings"
)

// ambiguous are the variables that stand for several locks: the stacks show
// goroutines that wait for different ones in their name.
func ambiguous(nodes []*Node) map[int]bool {
	seen := map[int]uint64{}
	unclear := map[int]bool{}
	for _, n := range nodes {
		if n.object == 0 || n.lock == 0 {
			continue
		}
		if first, ok := seen[n.object]; ok && first != n.lock {
			unclear[n.object] = true
		}
		seen[n.object] = n.lock
	}
	return unclear
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
