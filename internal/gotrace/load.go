package gotrace

import (
	"cmp"
	"slices"
	"time"
)

// load is how many goroutines were running and ready in a stretch of time.
type load struct {
	from, to       time.Duration
	running, ready int
}

// findLoads cuts the timeline wherever somebody starts or stops to run or to be ready.
func (t *Timeline) findLoads() []load {
	type change struct {
		at             time.Duration
		running, ready int32
	}
	n := 0
	for _, g := range t.Goroutines {
		n += len(g.Intervals)
	}
	changes := make([]change, 0, 2*n)
	for _, g := range t.Goroutines {
		for _, i := range g.Intervals {
			switch i.State {
			case Running:
				changes = append(changes, change{i.From, 1, 0}, change{i.To, -1, 0})
			case Ready:
				changes = append(changes, change{i.From, 0, 1}, change{i.To, 0, -1})
			}
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	ls := make([]load, 0, len(changes))
	now := load{}
	for _, c := range changes {
		if c.at > now.from {
			now.to = c.at
			ls = append(ls, now)
			now.from = c.at
		}
		now.running += int(c.running)
		now.ready += int(c.ready)
	}
	return ls
}

// readyTimes is how long goroutines were ready, added up: while all
// processors were taken, and while one was free.
func (t *Timeline) readyTimes() (taken, free time.Duration) {
	for _, l := range t.loads() {
		d := time.Duration(l.ready) * (l.to - l.from)
		if l.running >= t.Procs {
			taken += d
		} else {
			free += d
		}
	}
	return taken, free
}
