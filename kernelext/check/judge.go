package check

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"lanebook/internal/cell"
)

// judge is one check on its way to a verdict.
type judge struct {
	title string
	key   string
	cases []Case
	report
}

// report is what is told of a check; see report.json.
type report struct {
	id      string // of the display
	running bool   // more is to come
	passed  int    // so many cases
	found   *found
	races   string // as Result.Races
	why     string // races are unchecked: "flag", "compiler", or what the build said
	race    string // what the race detector said
	trace   string // a file with the recording of the failed case
}

// found is what was found wrong.
type found struct {
	kind      Kind
	at        int // index of the case
	got, want string
	outcome
}

// Values of Result.Races.
const (
	noRaces   = "none"
	someRaces = "found"
	unchecked = "unchecked"
)

// judge runs the cases and shows the verdict. What takes longer, the race
// detector and the recording, comes after a first showing.
func (j *judge) judge() Result {
	j.id = fmt.Sprintf("lanebook-check-%d-%x", os.Getpid(), j.key)
	self, err := plainBinary()
	goroutines := true
	if err == nil {
		goroutines, err = j.phase(self.path, self.races)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, Say("check: the answer could not be tried: %v\n", "check：无法检查这个答案：%v\n"), err)
		return Result{Title: j.title}
	}
	if j.running = true; interactive() {
		j.show()
	}
	j.lookForRaces(self, goroutines)
	if f := j.found; f != nil && f.at >= 0 && f.ended == "" {
		j.record(self)
	}
	j.running = false
	return j.result(j.show())
}

func (j *judge) result(text string) Result {
	r := Result{Title: j.title, Passed: j.found == nil, Races: j.races, Text: text}
	if f := j.found; f != nil {
		r.Kind, r.Tried, r.Got, r.Want = f.kind, f.tried, f.got, f.want
		if f.at >= 0 {
			r.Case = j.cases[f.at].name
		}
	}
	return r
}

// phase tries all cases in children of one binary, until one fails. It takes
// more than one child when a case has left goroutines that Go had to judge.
func (j *judge) phase(binary string, racing bool) (goroutines bool, err error) {
	for at, attempt := 0, 0; ; {
		out, err := j.child(binary, racing, fmt.Sprintf("%s=%d.%d", envFrom, at, attempt))
		if err != nil {
			return false, err
		}
		j.passed = max(j.passed, out.passed)
		if out.done {
			return goroutines || out.goroutines, nil
		}
		if j.found = diagnose(out); j.found != nil {
			return goroutines || out.goroutines, nil
		}
		goroutines = true
		if at, attempt = out.begun, out.attempt+1; j.cases[at].serve != nil || attempt >= j.cases[at].times {
			at, attempt = at+1, 0
			j.passed = max(j.passed, at)
		}
	}
}

const (
	asleep    = "fatal error: all goroutines are asleep - deadlock!"
	dataRace  = "WARNING: DATA RACE"
	mapRace   = "fatal error: concurrent map "
	lastWords = "fatal error: "
)

// diagnose says what ended a child early. It is nil if that was only the
// question whether goroutines are left, and none are.
func diagnose(out outcome) *found {
	f := &found{at: out.begun, outcome: out}
	switch {
	case strings.Contains(out.stderr, dataRace):
		f.kind = Race
	case out.failed != nil:
		f.kind, f.got, f.want = out.failed.kind, out.failed.got, out.failed.want
	case out.ended == Endless && out.left:
		f.kind = Leak
	case out.ended == Endless:
		f.kind = Endless
	case out.ended == Stuck, strings.Contains(out.stderr, asleep):
		f.kind = out.standing()
	case strings.Contains(out.stderr, mapRace):
		f.kind = Race
	case strings.HasPrefix(out.stderr, "panic: "), strings.Contains(out.stderr, "\npanic: "):
		f.kind = Panicked
	case strings.Contains(out.stderr, lastWords):
		f.kind = Crashed
	default:
		f.kind = Exited
		f.got = fmt.Sprint(out.code)
	}
	if f.kind == "" {
		return nil
	}
	return f
}

// standing says what it means that everybody waits.
func (out outcome) standing() Kind {
	switch {
	case out.left && out.ended != Stuck && strings.Count(out.stderr, "\ngoroutine ") < 2:
		return "" // only the one who asked
	case out.left:
		return Leak
	case out.met < out.meet:
		return Sequential
	case out.ended == Stuck:
		return Stuck
	}
	return Deadlock
}

// lookForRaces tries the cases again under the race detector, if that can
// change the verdict or explain it.
func (j *judge) lookForRaces(self binary, goroutines bool) {
	switch {
	case j.found != nil && j.found.kind == Race:
		j.races = someRaces
		j.race = j.found.stderr
		if self.races {
			return
		}
	case self.races || j.found == nil && !goroutines:
		j.races = noRaces
		return
	case j.found != nil && !(goroutines && mayHideRace[j.found.kind]):
		return
	}
	racing, why := raceBinary()
	if racing == "" {
		if j.races == "" {
			j.races, j.why = unchecked, why
		}
		return
	}
	first := j.found
	_, err := j.phase(racing, true)
	switch {
	case err != nil:
		j.found, j.races, j.why = first, unchecked, err.Error()
	case j.found != nil && j.found.kind == Race:
		j.races, j.race = someRaces, j.found.stderr
		if first != nil { // what it leads to is told, too
			j.found.at = first.at
			j.found.tried, j.found.got, j.found.want = first.tried, first.got, first.want
		}
	default:
		if first != nil {
			j.found = first
		}
		if j.races == "" {
			j.races = noRaces
		}
	}
}

// binary is a program that holds this check.
type binary struct {
	path  string
	races bool // it has the race detector built in
}

// mayHideRace are the kinds of failures that a data race may be behind.
var mayHideRace = map[Kind]bool{Wrong: true, Order: true, Crowded: true, Race: true}

// record tries the failed case once more, with a recording. If it passes this
// time, there is no picture.
func (j *judge) record(self binary) {
	dir, err := tempDir()
	if err != nil {
		return
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "lanes.trace")
	// So that what was recorded has arrived when the child dies.
	debug := strings.TrimPrefix(os.Getenv("GODEBUG")+",traceadvanceperiod=10000000", ",")
	out, err := j.child(self.path, self.races, fmt.Sprintf("%s=%d.0", envFrom, j.found.at), envRecord+"=1", cell.RecordingEnv+"="+file, "GODEBUG="+debug)
	if err != nil || out.done {
		return
	}
	j.trace = keep(file)
}
