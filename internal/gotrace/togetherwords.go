package gotrace

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// together says by what goroutines made each other wait and go on, other than
// by locks and by handing over values.
func (s *teller) together() {
	s.semaphore()
	s.signals()
	s.atOnceWoken()
	s.selects()
	if names, _ := chainOf(s.t.criticalChain(), s.t.End); len(names) == 0 {
		s.lastDone()
	}
}

// semaphore says that a channel counts places: who waited to send on it took
// one, and gives it back by receiving.
func (s *teller) semaphore() {
	type channel struct {
		name         string
		takes, gives map[int64]bool
	}
	byName := map[string]*channel{}
	var all []*channel
	nameAt := nameCache{}
	for _, w := range s.t.Wakes {
		if w.Call != "receive" {
			continue
		}
		name := nameAt.of(Receive, w.Pos.Text)
		c := byName[name]
		if c == nil {
			c = &channel{name: name, takes: map[int64]bool{}, gives: map[int64]bool{}}
			byName[name] = c
			all = append(all, c)
		}
		c.takes[w.To], c.gives[w.From] = true, true
	}
	for _, c := range all {
		both := 0
		for id := range c.takes {
			if c.gives[id] {
				both++
			}
		}
		if c.name != "" && both > 0 {
			s.sayf(s.w.semaphore, c.name, len(c.takes))
			return
		}
	}
}

// call is what one goroutine did at one line to let others go on.
type call struct {
	from int64
	pos  *Pos
	call string
}

// signals says who woke others one at a time.
func (s *teller) signals() {
	count := map[call]int{}
	var order []call
	for _, w := range s.t.Wakes {
		if w.Call == "signal" || w.Call == "release" {
			c := call{w.From, w.Pos, w.Call}
			if count[c]++; count[c] == 1 {
				order = append(order, c)
			}
		}
	}
	slices.SortStableFunc(order, func(a, b call) int { return cmp.Compare(count[b], count[a]) })
	for _, c := range order[:min(len(order), 2)] {
		if g := s.t.goroutine(c.from); g != nil && count[c] > 1 {
			s.sayf(s.w.signalled, g.Name, count[c], s.place(c.pos))
		}
	}
}

// atOnceWoken says who woke several at once: close, Broadcast, a cancelled
// context.
func (s *teller) atOnceWoken() {
	count := map[call]map[int64]int{}
	var order []call
	for _, w := range s.t.Wakes {
		if w.Call != "close" && w.Call != "broadcast" && w.Call != "cancel" {
			continue
		}
		c := call{w.From, w.Pos, w.Call}
		if count[c] == nil {
			count[c] = map[int64]int{}
			order = append(order, c)
		}
		count[c][w.To]++
	}
	said := 0
	for _, c := range order {
		if len(count[c]) < 2 || said == 2 {
			continue
		}
		g := s.t.goroutine(c.from)
		if g == nil {
			continue
		}
		said++
		rounds, often := 0, ""
		for _, n := range count[c] {
			rounds = max(rounds, n)
		}
		if rounds > 1 {
			often = fmt.Sprintf(s.w.rounds, rounds)
		}
		s.sayf(s.w.wokeMany, g.Name, len(count[c]), s.w.calls[c.call], s.place(c.pos), often)
	}
}

// selects says who ended the waits in the select that took longest.
func (s *teller) selects() {
	type waits struct {
		pos   *Pos
		sum   time.Duration
		ended map[string]int // by whom
		count int
	}
	byID := make(map[int64]*Goroutine, len(s.t.Goroutines))
	for _, g := range s.t.Goroutines {
		byID[g.ID] = g
	}
	byPos := map[*Pos]*waits{}
	for _, w := range s.t.Wakes {
		g := byID[w.To]
		if g == nil {
			continue
		}
		i := g.waitEnding(w.At)
		if i.Reason != Select {
			continue
		}
		ws := byPos[i.Pos]
		if ws == nil {
			ws = &waits{pos: i.Pos, ended: map[string]int{}}
			byPos[i.Pos] = ws
		}
		who := s.w.aTimer
		if by := byID[w.From]; by != nil {
			who = by.Name
		}
		ws.sum += i.Len()
		ws.ended[who]++
		ws.count++
	}
	var most *waits
	for _, ws := range byPos {
		if most == nil || ws.sum > most.sum || ws.sum == most.sum && ws.pos.Line < most.pos.Line {
			most = ws
		}
	}
	if most == nil || most.count < 2 || share(most.sum, s.t.End) < tellingShare {
		return
	}
	if len(most.ended) == 1 && most.ended[s.w.aTimer] == 0 {
		return // one goroutine ended all: it is told what it did
	}
	var who []string
	for name := range most.ended {
		who = append(who, name)
	}
	slices.SortFunc(who, func(a, b string) int {
		return cmp.Or(cmp.Compare(most.ended[b], most.ended[a]), strings.Compare(a, b))
	})
	for i, name := range who {
		who[i] = fmt.Sprintf(s.w.timesBy, name, most.ended[name])
	}
	s.sayf(s.w.selectEnded, s.place(most.pos), s.list(who))
}

// lastDone says for whom the first goroutine waited in a WaitGroup.
func (s *teller) lastDone() {
	root := s.t.Goroutines[0]
	for _, w := range slices.Backward(s.t.Wakes) {
		if w.To != root.ID || w.Call != "done" || len(s.t.Goroutines) < 3 {
			continue
		}
		by, i := s.t.goroutine(w.From), root.waitEnding(w.At)
		if by != nil && i.Reason == WaitGroup && share(i.Len(), s.t.End) >= tellingShare {
			s.sayf(s.w.lastDone, root.Name, s.what(WaitGroup, i.Pos), by.Name)
			return
		}
	}
}
