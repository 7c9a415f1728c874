package gotrace

import (
	"cmp"
	"slices"
	"time"
)

// spot is one reason at one line, and what one goroutine spent there.
type spot struct {
	reason Reason
	pos    *Pos
}

// spots sums up where g waited.
func (g *Goroutine) spots() map[spot]time.Duration {
	sum := map[spot]time.Duration{}
	for _, i := range g.Intervals {
		if i.State == Waiting {
			sum[spot{i.Reason, i.Pos}] += i.Len()
		}
	}
	return sum
}

// longestSpot is where g waited longest.
func (g *Goroutine) longestSpot() (where spot, spent time.Duration) {
	for sp, d := range g.spots() {
		if d > spent || d == spent && (sp.pos.Line < where.pos.Line || sp.pos.Line == where.pos.Line && sp.reason < where.reason) {
			where, spent = sp, d
		}
	}
	return where, spent
}

// worth telling: shares of a life below this are noise.
const tellingShare = 10

// waits says who waited longest for what: the costliest line of those the
// first goroutine started, then the first goroutine's own.
func (s *teller) waits() {
	type total struct {
		spot
		sum     time.Duration
		who     *Goroutine
		longest time.Duration
		count   int
	}
	totals := map[spot]*total{}
	for _, g := range s.t.Goroutines[1:] {
		for sp, d := range g.spots() {
			tt := totals[sp]
			if tt == nil {
				tt = &total{spot: sp}
				totals[sp] = tt
			}
			tt.sum += d
			tt.count++
			if d > tt.longest {
				tt.longest, tt.who = d, g
			}
		}
	}
	var list []*total
	for _, tt := range totals {
		if share(tt.longest, tt.who.Life()) >= tellingShare {
			list = append(list, tt)
		}
	}
	slices.SortFunc(list, func(a, b *total) int {
		return cmp.Or(cmp.Compare(b.sum, a.sum), cmp.Compare(a.pos.Line, b.pos.Line), cmp.Compare(a.reason, b.reason))
	})
	for _, tt := range list[:min(2, len(list))] {
		what, where, part := s.what(tt.reason, tt.pos), s.place(tt.pos), share(tt.longest, tt.who.Life())
		switch {
		case tt.reason == Sleep && tt.count == 1:
			s.sayf(s.w.slept, tt.who.Name, part, where)
		case tt.reason == Sleep:
			s.sayf(s.w.crowdSlept, tt.count, where, short(tt.sum), tt.who.Name, part)
		case tt.count == 1:
			s.sayf(s.w.longest, tt.who.Name, part, what, where)
		default:
			s.sayf(s.w.crowd, tt.count, what, where, short(tt.sum), tt.who.Name, part)
		}
	}
	root := s.t.Goroutines[0]
	sp, d := root.longestSpot()
	switch {
	case share(d, root.Life()) < tellingShare || sp.reason == WaitGroup && len(s.out) > 1:
		// That it waits for those it has started is what everybody expects.
	case sp.reason == Sleep:
		s.sayf(s.w.slept, root.Name, share(d, root.Life()), s.place(sp.pos))
	default:
		s.sayf(s.w.longest, root.Name, share(d, root.Life()), s.what(sp.reason, sp.pos), s.place(sp.pos))
	}
}

// freeCores says how much was lost because there are more goroutines than
// cores, or because a core took its time to come.
func (s *teller) freeCores() {
	taken, free := s.t.readyTimes()
	worth := func(d time.Duration) bool {
		return share(d, s.t.Busy()+d) >= tellingShare && d > s.t.End/10
	}
	if worth(taken) {
		s.sayf(s.w.noCore, short(taken))
	}
	if worth(free) && free > taken/2 {
		s.sayf(s.w.lateCore, short(free))
	}
}

func (s *teller) neverWaited() {
	var free []string
	for _, g := range s.t.Goroutines[1:] {
		if g.Total(Waiting) == 0 && len(g.Intervals) > 0 && g.timer == "" {
			free = append(free, g.Name)
		}
	}
	all := len(s.t.Goroutines) - 1
	switch {
	case all > 0 && len(free) == all && s.t.Goroutines[0].Total(Waiting) == 0:
		s.say(s.w.neverAny)
	case len(free) > 0 && len(free) <= 3 && len(free) < all:
		s.sayf(s.w.never, s.list(free))
	}
}
