package check

import (
	"os"
	"runtime"
	"strconv"
	"strings"

	"lanebook/internal/cell"
)

// Case is one thing that must be true of an answer.
type Case struct {
	name  string
	times int
	run   func(*T)
	serve func(*attempts)
}

// That is a case: name says what must be true, f tries it. f runs in a process
// of its own and ends at the first thing that is wrong.
func That(name string, f func(t *T)) Case {
	return Case{name: name, times: 1, run: f}
}

// Times tries the case n times: for what goes wrong only now and then.
func (c Case) Times(n int) Case {
	c.times = n
	return c
}

// Kind is a reason for which an answer is rejected.
type Kind string

// The kinds of verdicts. The empty Kind is that of an answer that passed.
const (
	Wrong      Kind = "wrong"      // another value than expected
	Panicked   Kind = "panic"      // in whichever goroutine
	Deadlock   Kind = "deadlock"   // everybody waits
	Leak       Kind = "leak"       // a goroutine was left behind
	Race       Kind = "race"       // two goroutines use a variable without order
	Sequential Kind = "sequential" // calls that must overlap come one by one
	Crowded    Kind = "crowded"    // more calls at once than allowed
	Order      Kind = "order"      // calls in another order, or not once each
	Late       Kind = "late"       // new work was begun after the end was known
	Costly     Kind = "costly"     // more allocations than allowed
	Endless    Kind = "endless"    // it computes and computes
	Stuck      Kind = "stuck"      // nothing has happened for long, though a timer or input may be due
	Exited     Kind = "exit"       // the answer ended the program
	Crashed    Kind = "crash"      // another fatal error
)

// Result is how an answer was judged. The learner gets it as a display; tests
// look at it.
type Result struct {
	Title string
	// Passed: nothing was found. Data races may not have been looked for,
	// see Races.
	Passed bool
	Kind   Kind
	// Case is the name of the case that failed; empty if all passed, or if
	// only the race detector has something to say.
	Case             string
	Tried, Got, Want string
	// Races is "none", "found", or "unchecked"; empty if an earlier failure
	// made the question idle.
	Races string
	// Text is the verdict as the learner reads it where there is no notebook.
	Text string
}

// Run tries the cases in order, until one fails, and shows the verdict.
func Run(title string, cases ...Case) Result {
	key := title + " " + caller()
	if asked, child := os.LookupEnv(envKey); child {
		if asked == key {
			serve(cases)
			os.Exit(0)
		}
		return Result{Title: title} // another check of the same cell is meant
	}
	j := &judge{title: title, key: key, cases: cases}
	return j.judge()
}

// caller is the line that called the checker: two checks of one cell must be
// told apart, in the child too.
func caller() string {
	pc := make([]uintptr, 2)
	frames := runtime.CallersFrames(pc[:runtime.Callers(4, pc)])
	f, _ := frames.Next()
	return f.File[strings.LastIndexByte(f.File, '/')+1:] + ":" + strconv.Itoa(f.Line)
}

// Say picks the text in the learner's language.
func Say(en, zh string) string { return cell.Say(en, zh) }
