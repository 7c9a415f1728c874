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

// critical goes back from the end: what a goroutine did last; if it was woken,
// what the one did that woke it; if it had just been started, what the one did
// that started it. Everything else could have taken longer without making the
// whole longer. It returns nil when the recording does not hold the end.
func (t *Timeline) critical() []step {
	if t.How != "returned" || len(t.Goroutines) < 2 || t.crowded() {
		return nil
	}
	back := make(map[int64]*backward, len(t.Goroutines))
	for _, g := range t.Goroutines {
		back[g.ID] = &backward{g: g, rest: g.Intervals}
	}
	for i := range t.Wakes {
		if b := back[t.Wakes[i].To]; b != nil {
			b.woken = append(b.woken, &t.Wakes[i])
		}
	}
	var chain []step
	b, at := back[t.Goroutines[0].ID], t.End
	jumps := 0 // from goroutine to goroutine at the same moment
	for at > 0 && jumps <= len(t.Goroutines) {
		i, ok := b.endingAt(at)
		next := back[b.g.Parent]
		if w := b.wokenAt(at); ok && w != nil && i.State == Waiting && i.To == at {
			ok, next = false, back[w.From]
		}
		if !ok && next != nil {
			b = next
			jumps++
			continue
		}
		if !ok {
			break
		}
		chain = append(chain, step{b.g, i.From, at, i.State, i.Reason})
		at, jumps = i.From, 0
	}
	slices.Reverse(chain)
	return joined(chain)
}

// backward looks at a goroutine at ever earlier moments.
type backward struct {
	g     *Goroutine
	rest  []Interval // that begin before the last moment asked for
	woken []*Wake    // not after it
}

// endingAt is the interval in which the moment before at lies.
func (b *backward) endingAt(at time.Duration) (Interval, bool) {
	n := len(b.rest)
	for n > 0 && b.rest[n-1].From >= at {
		n--
	}
	b.rest = b.rest[:n]
	if n == 0 || b.rest[n-1].To < at {
		return Interval{}, false
	}
	return b.rest[n-1], true
}

// wokenAt is who ended a wait at that moment, or nil.
func (b *backward) wokenAt(at time.Duration) *Wake {
	n := len(b.woken)
	for n > 0 && b.woken[n-1].At > at {
		n--
	}
	b.woken = b.woken[:n]
	if n == 0 || b.woken[n-1].At < at || b.woken[n-1].From == 0 {
		return nil
	}
	return b.woken[n-1]
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
	before, drawn := -1, 0.0 // the row, and how far the line has come
	for _, s := range chain {
		row, ok := c.row[s.g.ID]
		if !ok {
			before = -1
			continue
		}
		x0, x1, y := c.x(s.from), c.x(s.to), c.barEnd(row)+1.5
		if before >= 0 && x1-drawn < .3 {
			continue // too short to be followed
		}
		if before < 0 {
			fmt.Fprintf(&d, "M%.1f %.1f", x0, y)
		} else if before != row {
			fmt.Fprintf(&d, "H%.1fV%.1f", x0, y)
		}
		fmt.Fprintf(&d, "H%.1f", x1)
		before, drawn = row, x1
	}
	c.used["chain"] = true
	c.printf(`<path class="chain" d="%s"/>`, d.String())
}

// coreDigits writes on what is running, where there is room, on which core.
func (c *canvas) coreDigits(row int, g *Goroutine) {
	if c.size.bar < 18 || c.t.Procs < 2 || len(c.tasks[row]) > 0 {
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
