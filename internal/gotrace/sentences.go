package gotrace

import (
	"fmt"
	"strings"
	"time"
	"unicode"
)

// teller says in sentences what a timeline shows.
type teller struct {
	t   *Timeline
	w   *words
	opt Options
	out []string
}

// sentences are what the picture says: its caption and its alt text. Source
// text stands between backquotes.
func sentences(t *Timeline, opt Options) []string {
	s := &teller{t: t, w: wordsOf(opt.Lang), opt: opt}
	s.summary()
	stuck := t.Still > 0
	s.ending()
	s.pool()
	if !stuck {
		s.waits()
		s.locks()
		s.handOvers()
		s.together()
		s.freeCores()
		s.chain()
		s.neverWaited()
		s.leftOver()
	}
	s.objects()
	s.timers()
	s.collector()
	s.crowd()
	if opt.HideLines && s.anyPlace() {
		s.say(s.w.noNumbers)
	}
	if opt.Note != "" {
		s.say(opt.Note)
	}
	return s.out
}

func (s *teller) say(sentence string) { s.out = append(s.out, closeUp(sentence)) }

// closeUp takes out the space between two Chinese characters. Sentences set
// names off by spaces, which is right for Latin ones; a name may be Chinese.
// Source text, between backquotes, stays as it is.
func closeUp(sentence string) string {
	runes := []rune(sentence)
	var b strings.Builder
	source := false
	for i, r := range runes {
		source = source != (r == '`')
		if r == ' ' && !source && i > 0 && i+1 < len(runes) && unicode.Is(unicode.Han, runes[i-1]) && unicode.Is(unicode.Han, runes[i+1]) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (s *teller) sayf(format string, args ...any) { s.say(fmt.Sprintf(format, args...)) }

// summary says who took how long, unless ending has something better to say.
func (s *teller) summary() {
	if s.t.Still == 0 {
		s.sayf(s.w.took, s.everybody(), short(s.t.End), fmt.Sprintf("%.2f", float64(s.t.Busy())/float64(s.t.End)), s.cores())
	}
}

func (s *teller) everybody() string {
	root := s.t.Goroutines[0].Name
	switch n := len(s.t.Goroutines) - 1; n {
	case 0:
		return fmt.Sprintf(s.w.alone, root)
	case 1:
		return fmt.Sprintf(s.w.one, root)
	default:
		return fmt.Sprintf(s.w.many, root, n)
	}
}

func (s *teller) cores() string {
	if s.t.Procs == 1 {
		return s.w.oneCore
	}
	return fmt.Sprintf(s.w.allCores, s.t.Procs)
}

// ending says how it ended, unless it ended well.
func (s *teller) ending() {
	t := s.t
	switch {
	case t.Problem != "":
		s.say(s.w.broken)
	case t.Still > 0:
		s.sayf(s.w.stillness, s.everybody(), short(s.lastMove()), short(t.Still))
		if !s.opt.Cut {
			s.say(s.w.wentOn)
			return
		}
		s.stuck()
		switch {
		case s.inCircle() != nil: // it is told below, and there is no doubt
		case s.opt.Deadlock:
			s.say(s.w.deadlock)
		default:
			s.say(s.w.maybeDead)
		}
	case t.How == "panic":
		s.say(s.w.panicked)
	case t.How == "":
		s.say(s.w.cutShort)
	}
}

// lastMove is when the last lane changed its state.
func (s *teller) lastMove() time.Duration {
	var last time.Duration
	for _, g := range s.t.Goroutines {
		last = max(last, g.Start)
		for _, i := range g.Intervals {
			last = max(last, i.From)
		}
		if !g.Alive {
			last = max(last, g.End)
		}
	}
	return last
}

const manyStuck = 5

// stuck names everybody who waits at the end.
func (s *teller) stuck() {
	n := 0
	circle := s.inCircle()
	for _, g := range s.t.Goroutines {
		last, ok := g.last()
		if !g.Alive || !ok || last.State != Waiting || circle[g.ID] {
			continue
		}
		if n++; n <= manyStuck {
			s.sayf(s.w.stuckIn, g.Name, s.what(last.Reason, last.Pos), s.place(last.Pos))
		}
	}
	if n > manyStuck {
		s.sayf(s.w.moreStuck, n-manyStuck)
	}
}

func (g *Goroutine) last() (Interval, bool) {
	if len(g.Intervals) == 0 {
		return Interval{}, false
	}
	return g.Intervals[len(g.Intervals)-1], true
}

func (s *teller) list(names []string) string {
	const most = 4
	if len(names) > most {
		return strings.Join(names[:most-1], s.w.comma) + fmt.Sprintf(s.w.andMore, len(names)-most+1)
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], s.w.comma) + s.w.and + names[len(names)-1]
}

// leftOver says who was still alive when the function returned.
func (s *teller) leftOver() {
	if s.t.How != "returned" {
		return
	}
	var order []spot
	waiting := map[spot][]string{}
	for _, g := range s.t.Goroutines[1:] {
		last, ok := g.last()
		if !g.Alive || !ok {
			continue
		}
		if last.State == Waiting {
			sp := spot{last.Reason, last.Pos}
			if waiting[sp] == nil {
				order = append(order, sp)
			}
			waiting[sp] = append(waiting[sp], g.Name)
		} else if share(s.t.End-last.From, s.t.End) >= tellingShare {
			s.sayf(s.w.aliveBusy, g.Name)
		}
	}
	for _, sp := range order {
		format := s.w.stillAlive
		if len(waiting[sp]) > 1 {
			format = s.w.allAlive
		}
		s.sayf(format, s.list(waiting[sp]), s.what(sp.reason, sp.pos), s.place(sp.pos))
	}
}

// timers says what the goroutine is that no line of the program has started.
func (s *teller) timers() {
	for _, g := range s.t.Goroutines {
		if g.timer == "context" {
			s.sayf(s.w.timeUp, g.Name)
			return
		}
	}
}

func (s *teller) collector() {
	n := 0
	for _, r := range s.t.Ranges {
		if r.Kind == "gc" {
			n++
		}
	}
	switch {
	case n == 1:
		s.say(s.w.onceGC)
	case n > 1:
		s.sayf(s.w.collector, n)
	}
}

// place is " at cell[3]:12 `mu.Lock()`", or nothing if it is not known.
func (s *teller) place(p *Pos) string {
	if text := placeText(p, s.opt); text != "" {
		return s.w.at + text
	}
	return ""
}

func placeText(p *Pos, opt Options) string {
	if p == nil {
		return ""
	}
	var parts []string
	if where := p.where(opt); where != "" {
		parts = append(parts, where)
	}
	if p.Text != "" {
		parts = append(parts, "`"+strings.ReplaceAll(p.Text, "`", "'")+"`")
	}
	return strings.Join(parts, " ")
}

// where is "cell[3]:12", or nothing where numbers would mislead.
func (p *Pos) where(opt Options) string {
	if p.File == "" || opt.HideLines && kindOf(p.Func) == learners {
		return ""
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

func (s *teller) anyPlace() bool {
	for _, g := range s.t.Goroutines {
		for _, i := range g.Intervals {
			if i.Pos.File != "" && kindOf(i.Pos.Func) == learners {
				return true
			}
		}
	}
	return false
}
