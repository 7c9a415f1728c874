package check

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"

	"lanebook/kernelext"
)

// The environment of a child.
const (
	envKey    = "LANEBOOK_CHECK"        // which check of the cell is meant
	envFrom   = "LANEBOOK_CHECK_FROM"   // the case and the attempt to begin with, "2.0"
	envRecord = "LANEBOOK_CHECK_RECORD" // set: only this case, and record it
)

// journalFD is the file that the parent has opened for the journal.
const journalFD = 3

// serve is the child: it tries the cases and writes the journal.
func serve(cases []Case) {
	_, record := os.LookupEnv(envRecord)
	log := &journal{file: os.NewFile(journalFD, "journal"), before: created(), terse: record}
	first, attempt, _ := strings.Cut(os.Getenv(envFrom), ".")
	begin, from := number(first), number(attempt)
	for i := begin; i < len(cases) && (!record || i == begin); i++ {
		log.write("case", strconv.Itoa(i))
		a := &attempts{name: cases[i].name, log: log, record: record, number: from}
		if cases[i].serve != nil {
			cases[i].serve(a)
		}
		for cases[i].run != nil && a.number < cases[i].times {
			a.hard(cases[i].run)
		}
		log.write("pass", strconv.Itoa(i))
		from = 0
	}
	log.write("done")
	log.started()
}

// exit ends the child. What it has to say is in the journal.
func exit() { os.Exit(0) }

// attempts are the attempts at one case.
type attempts struct {
	name   string
	log    *journal
	record bool
	number int // of the next attempt
}

// hard is an attempt whose failure, of whatever kind, is the verdict.
func (a *attempts) hard(f func(*T)) {
	a.log.write("attempt", strconv.Itoa(a.number))
	a.number++
	before := runtime.NumGoroutine()
	if a.record {
		a.recorded(before, f)
		return
	}
	f(&T{log: a.log})
	if gone(before) {
		return
	}
	// Whether anybody can still end them is for Go to say: see stand.
	a.log.write("left")
	stand(before)
}

// soft is an attempt whose failure is returned, a panic of the case's own
// goroutine included. It is nil if all went well.
func (a *attempts) soft(f func(*T)) (failed *failure) {
	t := &T{log: a.log, soft: true}
	defer func() {
		if r := recover(); r != nil && t.failed == nil {
			t.failed = &failure{kind: Panicked, got: fmt.Sprint(r)}
		}
		failed = t.failed
	}()
	f(t)
	return nil
}

// recorded is an attempt under the eyes of kernelext.Lanes. The first attempt
// that fails is the last, so its recording stays.
func (a *attempts) recorded(before int, f func(*T)) {
	t := &T{log: a.log, soft: true}
	kernelext.Lanes(func() {
		defer func() {
			if r := recover(); r != nil {
				if _, ours := r.(stop); !ours {
					panic(r)
				}
			}
		}()
		f(t)
	}, a.name)
	switch {
	case t.failed != nil:
		a.log.fail(*t.failed)
		exit()
	case !gone(before):
		a.log.write("left")
		exit()
	}
}

// gone waits for goroutines that are about to end, and reports whether all are
// gone that were not there before.
func gone(before int) bool {
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return true
		}
		runtime.Gosched()
	}
	Quiet()
	return runtime.NumGoroutine() <= before
}
