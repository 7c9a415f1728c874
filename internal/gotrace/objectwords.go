package gotrace

import (
	"cmp"
	"slices"
	"time"
)

// objectWords are the words for what only a deep recording knows.
type objectWords struct {
	kind                                            map[ObjectKind]string
	heldLegend, queueLegend, fillLegend, shutLegend string

	edge     string // who, holds, taken where, wants, where, held by whom
	circle   string
	itself   string // who, what, where, taken where
	blocked  string // who, what, where, by whom, taken where
	busiest  string // lock, share held, longest waiter, how long
	idleLock string // lock, how often, share
	full     string // channel, cap, share
	empty    string // channel, share
	left     string // channel, how many values
}

var englishObjects = objectWords{
	kind:       map[ObjectKind]string{Channel: "channel", Mutex: "lock", RWMutex: "lock"},
	heldLegend: "a lock is held, by whom", queueLegend: "somebody waits for it",
	fillLegend: "values in the buffer", shutLegend: "closed",
	edge:     "%s holds `%s` (taken at %s) and waits at %s for `%s`, which %s holds.",
	circle:   "They wait in a circle, so nobody can ever go on. If all of them take the locks in the same order, no circle can form.",
	itself:   "%s waits for `%s` at %s and holds it itself, since %s: a Go lock cannot be taken twice.",
	blocked:  "%s waits for `%s` at %s; %s holds it, since %s.",
	busiest:  "`%s` was held %d %% of the time; %s waited longest for it: %s in all.",
	idleLock: "`%s` was taken %d times and held %d %% of the time; nobody had to wait for it.",
	full:     "The buffer of `%s` (room for %d) was full %d %% of the time: whoever sends then has to wait.",
	empty:    "The buffer of `%s` was empty %d %% of the time: whoever receives then has to wait.",
	left:     "In the end `%s` still held values nobody had received: %d.",
}

var chineseObjects = objectWords{
	kind:       map[ObjectKind]string{Channel: "通道", Mutex: "锁", RWMutex: "锁"},
	heldLegend: "锁被谁持有", queueLegend: "有人在等它", fillLegend: "缓冲区里的值", shutLegend: "已关闭",
	edge:     "%s 持有 `%s`（在 %s 取得），同时在 %s 等 `%s`，而后者被 %s 持有。",
	circle:   "它们首尾相接地互相等待，谁也无法再前进。如果大家都按同一顺序取锁，就不会形成这样的环。",
	itself:   "%s 在等 `%s`（%s），而这把锁正由它自己持有（在 %s 取得）：Go 的锁不能重复取得。",
	blocked:  "%s 在等 `%s`（%s）；它被 %s 持有（在 %s 取得）。",
	busiest:  "`%s` 有 %d%% 的时间被持有；%s 为它等得最久，共 %s。",
	idleLock: "`%s` 被取得 %d 次，有 %d%% 的时间被持有，没有人为它等待。",
	full:     "`%s` 的缓冲区（容量 %d）有 %d%% 的时间是满的：这时要发送，就得等。",
	empty:    "`%s` 的缓冲区有 %d%% 的时间是空的：这时要接收，就得等。",
	left:     "结束时 `%s` 里还有没人接收的值：%d 个。",
}

// objects says what the channels and locks of a deep recording did.
func (s *teller) objects() {
	if s.circle() {
		return
	}
	for _, o := range s.t.Objects {
		if o.Kind == Channel {
			s.channel(o)
		} else {
			s.lock(o)
		}
	}
}

// circle tells who waits for whom at the end, and reports whether there was
// anything to tell.
func (s *teller) circle() bool {
	w := s.w.objects
	cycle := s.t.Cycle()
	switch {
	case len(cycle) == 1:
		e := cycle[0]
		s.sayf(w.itself, s.name(e.Wait.Goroutine), e.Object.Name, s.bare(e.Wait.Pos), s.bare(e.By.Pos))
	case len(cycle) > 1:
		for i, e := range cycle {
			before := cycle[(i+len(cycle)-1)%len(cycle)] // whose lock this one's goroutine holds
			s.sayf(w.edge, s.name(e.Wait.Goroutine), before.Object.Name, s.bare(before.By.Pos), s.bare(e.Wait.Pos), e.Object.Name, s.name(e.By.Goroutine))
		}
		s.say(w.circle)
	case s.t.Still > 0:
		for _, e := range s.t.Blocked() {
			s.sayf(w.blocked, s.name(e.Wait.Goroutine), e.Object.Name, s.bare(e.Wait.Pos), s.name(e.By.Goroutine), s.bare(e.By.Pos))
		}
	}
	return s.t.Still > 0 || len(cycle) > 0
}

// inCircle are the goroutines of a known circle, or nil.
func (s *teller) inCircle() map[int64]bool {
	var in map[int64]bool
	for _, e := range s.t.Cycle() {
		if in == nil {
			in = map[int64]bool{}
		}
		in[e.Wait.Goroutine] = true
	}
	return in
}

// bare is a place without its source text.
func (s *teller) bare(p *Pos) string {
	if where := p.where(s.opt); where != "" {
		return where
	}
	return "`" + p.Text + "`"
}

func (s *teller) name(id int64) string {
	for _, g := range s.t.Goroutines {
		if g.ID == id {
			return g.Name
		}
	}
	return "?"
}

// lock says how much a lock was held and who waited for it.
func (s *teller) lock(o *Object) {
	if len(o.Holds) < 2 {
		return
	}
	held, waited := o.held(), map[int64]time.Duration{}
	for _, w := range o.Waits {
		waited[w.Goroutine] += w.To - w.From
	}
	if len(waited) == 0 {
		s.sayf(s.w.objects.idleLock, o.Name, len(o.Holds), share(held, s.t.End))
		return
	}
	var who []int64
	for id := range waited {
		who = append(who, id)
	}
	longest := slices.MaxFunc(who, func(a, b int64) int { return cmp.Or(cmp.Compare(waited[a], waited[b]), cmp.Compare(b, a)) })
	s.sayf(s.w.objects.busiest, o.Name, share(held, s.t.End), s.name(longest), short(waited[longest]))
}

// held is how long somebody held a lock.
func (o *Object) held() time.Duration {
	var sum, until time.Duration
	for _, h := range o.Holds { // in the order of From
		if from := max(h.From, until); h.To > from {
			sum += h.To - from
			until = h.To
		}
	}
	return sum
}

// channel says how full a buffer was.
func (s *teller) channel(o *Object) {
	if o.Cap == 0 || len(o.Fill) == 0 {
		return
	}
	var full, empty time.Duration
	for i, l := range o.Fill {
		to := s.t.End
		if i+1 < len(o.Fill) {
			to = o.Fill[i+1].At
		}
		switch l.N {
		case o.Cap:
			full += to - l.At
		case 0:
			empty += to - l.At
		}
	}
	seen := s.t.End - o.Fill[0].At
	switch last := o.Fill[len(o.Fill)-1].N; {
	case share(full, seen) >= 50:
		s.sayf(s.w.objects.full, o.Name, o.Cap, share(full, seen))
	case share(empty, seen) >= 50:
		s.sayf(s.w.objects.empty, o.Name, share(empty, seen))
	case last > 0 && s.t.How == "returned":
		s.sayf(s.w.objects.left, o.Name, last)
	}
}
