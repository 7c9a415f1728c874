package stuck

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
