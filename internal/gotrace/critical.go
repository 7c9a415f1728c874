package gotrace

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// step is a stretch of the chain that decided when the function was over.
type step struct {
	g        *Goroutine
	from, to time.Duration
	state    State
	reason   Reason
}

// maxSteps bounds the chain; a recording has at most as many hand-overs.
const maxSteps = 200_000 // arbitrary

// critical goes back from the end: what a goroutine did last; if it was woken,
// what the one did that woke it; if it had just been started, what the one did
// that started it. Everything else could have taken longer without making the
// whole longer. It returns nil when the recording does not hold the end.
func (t *Timeline) critical() []step {
	if t.How != "returned" || len(t.Goroutines) < 2 || t.crowded() {
		return nil
	}
	byID := make(map[int64]*Goroutine, len(t.Goroutines))
	for _, g := range t.Goroutines {
		byID[g.ID] = g
	}
	wakes := map[int64][]Wake{}
	for _, w := range t.Wakes {
		wakes[w.To] = append(wakes[w.To], w)
	}
	var chain []step
	g, at := t.Goroutines[0], t.End
	jumps := 0 // from goroutine to goroutine at the same moment
	for len(chain) < maxSteps && at > 0 && jumps <= len(t.Goroutines) {
		i, ok := g.endingAt(at)
		next := byID[g.Parent]
		if w, woken := wakeAt(wakes[g.ID], at); ok && woken && i.State == Waiting && i.To == at {
			ok, next = false, byID[w.From]
		}
		if !ok && next != nil {
			g = next
			jumps++
			continue
		}
		if !ok {
			break
		}
		chain = append(chain, step{g, i.From, at, i.State, i.Reason})
		at, jumps = i.From, 0
	}
	slices.Reverse(chain)
	return joined(chain)
}

// endingAt is the interval of g in which the moment before at lies.
func (g *Goroutine) endingAt(at time.Duration) (Interval, bool) {
	n, _ := slices.BinarySearchFunc(g.Intervals, at, func(i Interval, at time.Duration) int {
		return cmp.Compare(i.To, at)
	})
	if n == len(g.Intervals) || g.Intervals[n].From >= at {
		return Interval{}, false
	}
	return g.Intervals[n], true
}

// wakeAt finds who ended a wait.
func wakeAt(ws []Wake, at time.Duration) (Wake, bool) {
	n, ok := slices.BinarySearchFunc(ws, at, func(w Wake, at time.Duration) int { return cmp.Compare(w.At, at) })
	if !ok || ws[n].From == 0 {
		return Wake{}, false
	}
	return ws[n], true
}

// joined puts neighbours together that are the same thing going on.
func joined(chain []step) []step {
	var out []step
	for _, s := range chain {
		if n := len(out); n > 0 && out[n-1].g == s.g && out[n-1].state == s.state && out[n-1].reason == s.reason && out[n-1].to == s.from {
			out[n-1].to = s.to
			continue
		}
		out = append(out, s)
	}
	return out
}

// chainOf sums a chain up: who has part in it, most of it first, and how much.
// It returns nobody when one goroutine did it all, which surprises nobody, or
// when a timer did.
func chainOf(chain []step, end time.Duration) (names []string, spent map[string]time.Duration) {
	spent = map[string]time.Duration{}
	sum := map[*Goroutine]time.Duration{}
	var who []*Goroutine
	for _, c := range chain {
		spent[Interval{State: c.state, Reason: c.reason}.look()] += c.to - c.from
		if _, known := sum[c.g]; !known {
			who = append(who, c.g)
		}
		sum[c.g] += c.to - c.from
	}
	slices.SortStableFunc(who, func(a, b *Goroutine) int { return cmp.Compare(sum[b], sum[a]) })
	if len(who) < 2 || share(sum[who[0]], end) > 95 {
		return nil, spent
	}
	for _, g := range who {
		names = append(names, g.Name)
	}
	if chain[0].from > end/2 {
		return nil, spent // it begins at a timer, and that took most of the time
	}
	return names, spent
}

// chain says why it ended when it did.
func (s *teller) chain() {
	names, spent := chainOf(s.t.criticalChain(), s.t.End)
	if len(names) == 0 {
		return
	}
	var parts []string
	for _, l := range looks {
		if p := share(spent[l], s.t.End); p >= 5 {
			parts = append(parts, s.share(p, l))
		}
	}
	s.sayf(s.w.decided, s.list(names), strings.Join(parts, s.w.comma))
	if late := spent["ready"]; share(late, s.t.End) >= tellingShare {
		s.sayf(s.w.moreCores, short(s.t.End-late))
	}
}

// chain draws what decided the end as a line along the lanes.
func (c *canvas) chain() {
	chain := c.t.criticalChain()
	if names, _ := chainOf(chain, c.t.End); len(names) == 0 {
		return
	}
	var d strings.Builder
	before := -1
	for _, s := range chain {
		row, ok := c.row[s.g.ID]
		if !ok {
			before = -1
			continue
		}
		x0, x1, y := c.x(s.from), c.x(s.to), c.barEnd(row)+1.5
		if x1-x0 < .3 && before >= 0 && before != row {
			continue // too short to be followed
		}
		if before < 0 {
			fmt.Fprintf(&d, "M%.1f %.1f", x0, y)
		} else if before != row {
			fmt.Fprintf(&d, "H%.1fV%.1f", x0, y)
		}
		fmt.Fprintf(&d, "H%.1f", x1)
		before = row
	}
	c.used["chain"] = true
	c.printf(`<path class="chain" d="%s"/>`, d.String())
}

// coreDigits writes on what is running, where there is room, on which core.
func (c *canvas) coreDigits(row int, g *Goroutine) {
	if c.size.bar < 18 || c.t.Procs < 2 {
		return
	}
	end := -1.0
	for _, i := range g.Intervals {
		x0, x1 := c.x(i.From), c.x(i.To)
		if i.State != Running || x1-x0 < 14 || x0 < end+4 {
			continue
		}
		end = x1
		c.used["core"] = true
		c.printf(`<text class="core" x="%.1f" y="%.1f">%d</text>`, x0+3, c.barEnd(row)-4, i.Proc)
	}
}
