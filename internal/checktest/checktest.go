// Package checktest proves that the exercises of a chapter are judged rightly:
// the starting point fails with its right first message, the solution passes
// again and again, so do answers that go another way, and each wrong answer is
// turned down for its own reason.
//
//	var all = []checktest.Exercise{{
//		Name:     "squares",
//		Stub:     checktest.Answer{Judge: func() check.Result { return exercises.CheckSquares(stub.Squares) }, Kind: check.Panicked},
//		Solution: func() check.Result { return exercises.CheckSquares(solution.Squares) },
//		Wrong:    map[string]checktest.Answer{...},
//	}}
//
//	func TestMain(m *testing.M)        { checktest.Main(m, all) }
//	func TestExercises(t *testing.T)   { checktest.Run(t, all) }
package checktest

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lanebook/kernelext/check"
)

// Exercise is one exercise with all its answers.
type Exercise struct {
	Name     string
	Stub     Answer
	Solution func() check.Result
	Right    map[string]func() check.Result // other good answers, which must pass as well
	Wrong    map[string]Answer
}

// Answer is an answer that must be turned down, and why.
type Answer struct {
	Judge func() check.Result // one call of the checker
	Kind  check.Kind
	Case  string // part of the name of the case that finds it, in English; empty: any
	// Also: what else it is turned down for when the goroutines meet in another way.
	Also []check.Kind
	// Racy: how the goroutines meet decides whether the race detector finds it,
	// too. The same case then says Race.
	Racy bool
}

// The environment of tests. programEnv names the answer a child is to judge,
// soakEnv how often each solution must pass. Other good answers must pass
// rightRounds times.
const (
	programEnv = "LANEBOOK_CHECKTEST"
	soakEnv    = "LANEBOOK_SOAK"
	rounds     = 10

	rightRounds = 2
)

// answers are all answers by the name of their test.
func answers(all []Exercise) map[string]Answer {
	byName := map[string]Answer{}
	for _, e := range all {
		byName[e.Name+"/stub"] = e.Stub
		byName[e.Name+"/solution"] = Answer{Judge: e.Solution}
		for name, judge := range e.Right {
			byName[e.Name+"/right/"+name] = Answer{Judge: judge}
		}
		for name, a := range e.Wrong {
			byName[e.Name+"/"+name] = a
		}
	}
	return byName
}

// Main is the TestMain of a package with exercises. In a child of a check it
// judges and never returns; in the tests it builds the program that a learner's
// kernel would build as well: without the race detector, or with it.
func Main(m *testing.M, all []Exercise) {
	if name, child := os.LookupEnv(programEnv); child {
		answers(all)[name].Judge()
		fmt.Fprintln(os.Stderr, "the child has not met the check it was started for")
		os.Exit(1)
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	if flag.Parse(); testing.Short() {
		return m.Run() // which skips what needs another binary
	}
	dir, err := os.MkdirTemp("", "checktest-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	if err := bothBinaries(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// bothBinaries tells check where this test program is without the race
// detector, and where with it. One of them is this process.
func bothBinaries(dir string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	other, flag := filepath.Join(dir, "other.test"), "-race"
	mine, theirs := "LANEBOOK_CHECK_PLAIN", "LANEBOOK_CHECK_RACE"
	if raceEnabled {
		mine, theirs, flag = theirs, mine, "-race=false"
	}
	os.Setenv(mine, self)
	if !raceEnabled && !hasCompiler() {
		return nil
	}
	if out, err := exec.Command("go", "test", "-c", flag, "-o", other, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("build the test once more with %s: %w\n%s", flag, err, out)
	}
	return os.Setenv(theirs, other)
}

// hasCompiler reports whether the race detector can be built in.
func hasCompiler() bool {
	out, err := exec.Command("go", "env", "CC").Output()
	if err == nil {
		_, err = exec.LookPath(strings.TrimSpace(string(out)))
	}
	return err == nil || runtime.GOOS == "darwin"
}

// Run tests all exercises.
func Run(t *testing.T, all []Exercise) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	t.Setenv("LANEBOOK_LANG", "en")
	n := rounds
	if s := os.Getenv(soakEnv); s != "" {
		n, _ = strconv.Atoi(s)
		defer load()()
	}
	for _, e := range all {
		t.Run(e.Name, func(t *testing.T) {
			t.Run("solution", func(t *testing.T) { passes(t, e.Name+"/solution", e.Solution, n) })
			t.Run("stub", func(t *testing.T) { turnedDown(t, e.Name+"/stub", e.Stub) })
			for name, judge := range e.Right {
				t.Run("right/"+name, func(t *testing.T) { passes(t, e.Name+"/right/"+name, judge, rightRounds) })
			}
			for name, a := range e.Wrong {
				t.Run(name, func(t *testing.T) { turnedDown(t, e.Name+"/"+name, a) })
			}
		})
	}
}

func passes(t *testing.T, name string, judge func() check.Result, n int) {
	t.Setenv(programEnv, name)
	for i := range n {
		r := judge()
		if !r.Passed {
			t.Fatalf("run %d of %d:\n%s", i+1, n, r.Text)
		}
		if r.Races != "none" && hasCompiler() {
			t.Fatalf("data races were not looked for:\n%s", r.Text)
		}
	}
}

func turnedDown(t *testing.T, name string, a Answer) {
	if a.Kind == check.Race && !hasCompiler() {
		t.Skip("the race detector needs a C compiler")
	}
	t.Setenv(programEnv, name)
	r := a.Judge()
	right := r.Kind == a.Kind || slices.Contains(a.Also, r.Kind) || a.Racy && r.Kind == check.Race
	if r.Passed || !right || !strings.Contains(r.Case, a.Case) {
		t.Errorf("turned down for %q in the case %q; want %q in %q\n%s", r.Kind, r.Case, a.Kind, a.Case, r.Text)
	}
}

// load keeps all cores busy, twice over, until the returned function is called.
func load() (stop func()) {
	quit := make(chan struct{})
	for range 2 * runtime.NumCPU() {
		go func() {
			for x := 0; ; x++ {
				if x%(1<<20) == 0 && closed(quit) {
					return
				}
			}
		}()
	}
	return func() { close(quit) }
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
