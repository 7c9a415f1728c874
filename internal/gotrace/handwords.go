package gotrace

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// waitOn is a call that waits for a WaitGroup, a Cond or a group of tasks.
var waitOn = regexp.MustCompile(expression + `\.Wait\(`)

// placeIn is a call that waits for a free place.
var placeIn = regexp.MustCompile(expression + `\.(?:Acquire|Go)\(`)

// object is what a line calls the thing that is waited for, or "".
func object(reason Reason, text string) string {
	pattern := waitOn
	switch reason {
	case Lock, RLock, WLock:
		pattern = lockCall
	case Send:
		pattern = sendTo
	case Receive:
		pattern = receiveFrom
	case Place:
		pattern = placeIn
	case WaitGroup, Cond:
	default:
		return ""
	}
	found := pattern.FindAllStringSubmatchIndex(text, 2)
	if len(found) != 1 {
		return ""
	}
	from, to := found[0][2], found[0][3]
	if to < len(text) && text[to] == '(' {
		return "" // a function's result has no name
	}
	return strings.TrimSpace(text[from:to])
}

// nameCache remembers what lines call things: there are few lines and many waits.
type nameCache map[string]string

func (nc nameCache) of(reason Reason, text string) string {
	key := string(reason) + text
	name, known := nc[key]
	if !known {
		name = object(reason, text)
		nc[key] = name
	}
	return name
}

// what says what is waited for: "for the lock `mu`".
func (s *teller) what(reason Reason, p *Pos) string {
	if name := object(reason, p.Text); name != "" && s.w.waitsForIt[reason] != "" {
		return fmt.Sprintf(s.w.waitsForIt[reason], name)
	}
	return s.w.waitsFor[reason]
}

func (s *teller) share(percent int, look string) string {
	return fmt.Sprintf(s.w.groupShare, percent, s.w.states[look])
}

// contention is what waiting for one lock came to.
type contention struct {
	name    string
	waits   int
	sum     time.Duration
	longest time.Duration
	who     *Goroutine
	over    time.Duration // when the longest wait was over
	wake    Wake          // what ended the longest wait
	again   int           // times somebody was woken and had to wait again at once
}

// atOnce is how little a goroutine can do between being woken and waiting
// again, if it did not get the lock.
const atOnce = 20 * time.Microsecond

// contentions are the locks that were waited for, by the name in the source,
// the costliest first.
func (t *Timeline) contentions() []*contention {
	byName := map[string]*contention{}
	var all []*contention
	nameAt := nameCache{}
	for _, g := range t.Goroutines {
		for n, i := range g.Intervals {
			if i.State != Waiting || i.look() != "lock" {
				continue
			}
			name := nameAt.of(i.Reason, i.Pos.Text)
			if name == "" {
				continue
			}
			c := byName[name]
			if c == nil {
				c = &contention{name: name}
				byName[name] = c
				all = append(all, c)
			}
			c.waits++
			c.sum += i.Len()
			if i.Len() > c.longest {
				c.longest, c.who, c.over = i.Len(), g, i.To
			}
			if g.waitsAgain(n) {
				c.again++
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *contention) int { return cmp.Compare(b.sum, a.sum) })
	for _, c := range all[:min(len(all), toldLocks)] {
		at := slices.IndexFunc(t.Wakes, func(w Wake) bool { return w.To == c.who.ID && w.At == c.over })
		if at >= 0 {
			c.wake = t.Wakes[at]
		}
	}
	return all
}

// toldLocks is of how many locks the sentences speak.
const toldLocks = 2

// waitsAgain reports whether after wait n the goroutine ran for a moment only
// and then waited in the same line again.
func (g *Goroutine) waitsAgain(n int) bool {
	wait := g.Intervals[n]
	var ran time.Duration
	for _, i := range g.Intervals[n+1:] {
		switch i.State {
		case Running:
			ran += i.Len()
		case Waiting:
			return ran > 0 && ran < atOnce && i.Reason == wait.Reason && i.Pos == wait.Pos
		case Syscall:
			return false
		}
	}
	return false
}

// locks says what the locks cost; how much, a deep recording says better.
func (s *teller) locks() {
	deep := len(s.t.Objects) > 0 // there is more to say below
	for n, c := range s.t.contentions() {
		if n == toldLocks || c.waits < 2 || share(c.sum, s.t.End) < tellingShare {
			break
		}
		if !deep {
			s.sayf(s.w.lockCost, c.name, c.waits, short(c.sum), short(c.longest), c.who.Name)
		}
		if by := s.t.goroutine(c.wake.From); by != nil && c.wake.Call == "unlock" && !deep {
			s.sayf(s.w.lockFreed, by.Name, s.place(c.wake.Pos))
		}
		switch {
		case c.again == 1:
			s.sayf(s.w.lostOnce, c.name)
		case c.again > 1:
			s.sayf(s.w.lostRace, c.again, c.name)
		}
	}
}

func (t *Timeline) goroutine(id int64) *Goroutine {
	for _, g := range t.Goroutines {
		if g.ID == id && id != 0 {
			return g
		}
	}
	return nil
}

// handOvers says between whom the channels passed values directly: one was
// already waiting when the other came.
func (s *teller) handOvers() {
	type channel struct {
		name     string
		count    int
		from, to map[int64]bool
	}
	byName := map[string]*channel{}
	var all []*channel
	nameAt := nameCache{}
	for _, w := range s.t.Wakes {
		name, from, to := "", w.From, w.To
		switch w.Call {
		case "send":
			name = nameAt.of(Send, w.Pos.Text)
		case "receive":
			name, from, to = nameAt.of(Receive, w.Pos.Text), w.To, w.From
		}
		if name == "" || w.From == 0 {
			continue
		}
		c := byName[name]
		if c == nil {
			c = &channel{name: name, from: map[int64]bool{}, to: map[int64]bool{}}
			byName[name] = c
			all = append(all, c)
		}
		c.count++
		c.from[from], c.to[to] = true, true
	}
	slices.SortStableFunc(all, func(a, b *channel) int { return cmp.Compare(b.count, a.count) })
	for _, c := range all[:min(len(all), 2)] {
		both := func(id int64) bool { return c.to[id] }                             // a semaphore: who puts also takes
		known := s.t.Pool != nil && s.t.Pool.Channel == c.name && s.t.Pool.reused() // and told
		if c.count >= 3 && !known && !slices.ContainsFunc(slices.Collect(maps.Keys(c.from)), both) {
			s.sayf(s.w.handOver, c.name, c.count, s.who(c.from), s.who(c.to))
		}
	}
}

// who is one goroutine by name, or several by number.
func (s *teller) who(ids map[int64]bool) string {
	if len(ids) == 1 {
		for id := range ids {
			if g := s.t.goroutine(id); g != nil {
				return g.Name
			}
		}
	}
	return fmt.Sprintf(s.w.several, len(ids))
}
