package engine

import (
	"fmt"
	"slices"

	"lanebook/internal/crash"
	"lanebook/internal/display"
	"lanebook/internal/process"
)

// races is what the race detector has reported of one run.
type races struct {
	rest   string // the beginning of a report whose end is still to come
	places []crash.Race
	keys   []string // of places
}

const (
	// mostRaces are shown in full; the rest is listed at the end. // arbitrary
	mostRaces  = 3
	mostListed = 10 // arbitrary
	// raceExit is how a program ends, by default, that raced. A test has an
	// exit status of its own.
	raceExit = 66
)

// teller tells of races in the learner's language and with the cells' names as
// the learner knows them.
func (x *execution) teller() crash.Teller {
	return crash.Teller{Lang: x.Lang(), Source: x.sourceLine, Name: x.shownName}
}

// race shows a report, unless that pair of places is known already.
func (w *watcher) race(r crash.Race) {
	if slices.Contains(w.races.keys, r.Key()) {
		return
	}
	w.races.keys = append(w.races.keys, r.Key())
	w.races.places = append(w.races.places, r)
	if len(w.races.places) > mostRaces {
		return
	}
	w.sink.Show(display.Display{Data: display.Bundle{
		display.Text: w.teller().Text(r),
		display.HTML: w.teller().HTML(r),
	}})
}

// raced reports whether races are what the program died of.
func (w *watcher) raced(exit process.Exit) bool {
	return w.races != nil && len(w.races.places) > 0 && exit.Code == raceExit && exit.Reason == ""
}

// raceProblem sums up what was shown.
func (x *execution) raceProblem(found *races) *Problem {
	first := found.places[0]
	p := &Problem{Name: "DataRace", Message: x.teller().Short(first)}
	if f, ok := first.Accesses[0].Cell(); ok {
		at, _ := f.Cell()
		p.Pos = x.shownPos(at)
	}
	n := len(found.places)
	if n > 1 {
		p.Message += fmt.Sprintf(x.say.andMore, n-1)
	}
	p.Traceback = []string{red + p.Message + reset}
	if n == 1 {
		return p
	}
	p.Traceback[0] = red + fmt.Sprintf(x.say.races, n) + reset
	for _, r := range found.places[:min(n, mostListed)] {
		p.Traceback = append(p.Traceback, "    "+x.teller().Short(r))
	}
	if n > mostListed {
		p.Traceback = append(p.Traceback, "    …"+fmt.Sprintf(x.say.andMore, n-mostListed))
	}
	return p
}
