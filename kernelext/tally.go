package kernelext

import (
	"strings"
	"time"

	"lanebook/internal/cell"
)

// Tally runs f many times and draws how often each outcome came out: which
// order, which result of a race. f returns the outcome as a text; it should
// not print. Tally returns how often each outcome came out.
//
// Marks that f makes are noted in the order in which they happen, so runs are
// also told apart by what happened first (see Mark). Tally stops early when
// its time is up; Budget gives it more.
func Tally(runs int, f func() string, options ...Option) map[string]int {
	p := planFor(options)
	if f == nil || runs < 1 {
		complain("Tally needs a number of runs and a function that returns the outcome: Tally(200, func() string { ... })",
			"Tally 需要运行次数和一个返回结果的函数：Tally(200, func() string { ... })")
		return nil
	}
	t := &tally{wanted: runs, budget: p.budget, counts: map[string]int{}, start: time.Now()}
	kept := cell.NewKept()
	outer := marking.Load()
	defer marking.Store(outer)
	for t.runs < runs && (t.runs == 0 || time.Since(t.start) < p.budget) {
		if kept.Due() {
			kept.Write(t.data(true))
		}
		notes := new(notes)
		marking.Store(notes)
		t.add(f(), notes)
		t.meter.show(max(float64(t.runs)/float64(runs), float64(time.Since(t.start))/float64(p.budget)), t.start)
	}
	kept.Remove()
	cell.Draw(t.data(false), t.meter.id())
	if p.rarest {
		t.showRarest(f)
	}
	return t.counts
}

// How much of a tally is kept. // arbitrary
const (
	maxOutcomes  = 1000
	maxSchedules = 20
	maxOutcome   = 200 // characters
)

// tally counts outcomes.
type tally struct {
	wanted, runs int
	budget       time.Duration
	start        time.Time
	counts       map[string]int
	outcomes     []*outcome // in the order in which they first came out
	meter        meter
}

// outcome is one of the texts that f returned.
type outcome struct {
	text      string
	first     int // the run in which it came out first, from 1
	count     int
	schedules []*schedule
	more      int // runs with schedules that were not kept
}

// schedule is an order of marks.
type schedule struct {
	marks []string
	count int
}

func (t *tally) add(text string, n *notes) {
	t.runs++
	t.counts[text]++
	var o *outcome
	for _, known := range t.outcomes {
		if known.text == text {
			o = known
			break
		}
	}
	if o == nil {
		if len(t.outcomes) >= maxOutcomes {
			return
		}
		o = &outcome{text: text, first: t.runs}
		t.outcomes = append(t.outcomes, o)
	}
	o.count++
	o.addSchedule(n.taken())
}

func (o *outcome) addSchedule(marks []string) {
	if len(marks) == 0 {
		return
	}
	for _, s := range o.schedules {
		if strings.Join(s.marks, "\x00") == strings.Join(marks, "\x00") {
			s.count++
			return
		}
	}
	if len(o.schedules) >= maxSchedules {
		o.more++
		return
	}
	o.schedules = append(o.schedules, &schedule{marks, 1})
}

// data describes the tally so far. cut says that the next run may never come back.
func (t *tally) data(cut bool) cell.Object {
	var outcomes cell.List
	kept := 0
	for _, o := range t.outcomes {
		var schedules cell.List
		for _, s := range o.schedules {
			schedules = append(schedules, cell.Object{"marks", s.marks, "count", s.count})
		}
		outcomes = append(outcomes, cell.Object{
			"text", shorten(o.text), "count", o.count, "first", o.first, "schedules", schedules, "more", o.more,
		})
		kept += o.count
	}
	return cell.Object{
		"version", 1, "kind", "tally", "wanted", t.wanted, "runs", t.runs, "took", time.Since(t.start), "budget", t.budget,
		"cut", cut, "outcomes", outcomes, "uncounted", t.runs - kept,
	}
}

func shorten(s string) string {
	if r := []rune(s); len(r) > maxOutcome {
		return string(r[:maxOutcome]) + "…"
	}
	return s
}
