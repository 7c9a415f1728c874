// Package exercises_test proves that every stub fails and every solution
// passes the same checks.
package exercises_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lanebook/snippets/pools/exercises/solution"
	"lanebook/snippets/pools/exercises/stub"
)

// answers is one person's set of answers.
type answers struct {
	mapInts        func(ctx context.Context, in []int, workers int, f func(context.Context, int) (string, error)) ([]string, error)
	firstComposite func(ctx context.Context, numbers []int, workers int, isPrime func(int) bool) (int, bool)
	isPrime        func(int) bool
	copyAll        func(ctx context.Context, src, dst *os.Root) (int, error)
}

func stubs() answers {
	return answers{stub.Map[int, string], stub.FirstComposite, stub.IsPrime, stub.CopyAll}
}

func solutions() answers {
	return answers{solution.Map[int, string], solution.FirstComposite, solution.IsPrime, solution.CopyAll}
}

// checks says what is wrong with an answer; nil means that it is right.
var checks = map[string]func(*testing.T, answers) error{
	"map":       checkMap,
	"composite": checkComposite,
	"isprime":   checkIsPrime,
	"copyall":   checkCopyAll,
}

func TestSolutionsPass(t *testing.T) {
	for name, check := range checks {
		t.Run(name, func(t *testing.T) {
			if err := check(t, solutions()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestStubsFail(t *testing.T) {
	for name, check := range checks {
		t.Run(name, func(t *testing.T) {
			if check(t, stubs()) == nil {
				t.Error("the stub passes: there is nothing left to do")
			}
		})
	}
}

func checkMap(t *testing.T, a answers) error {
	var err error
	synctest.Test(t, func(t *testing.T) {
		var running, most atomic.Int32
		f := func(_ context.Context, v int) (string, error) {
			if now := running.Add(1); now > most.Load() {
				most.Store(now)
			}
			defer running.Add(-1)
			time.Sleep(time.Duration(10-v) * time.Millisecond) // later ones finish first
			return fmt.Sprint(v), nil
		}
		got, e := a.mapInts(t.Context(), []int{1, 2, 3, 4, 5, 6}, 3, f)
		switch {
		case e != nil:
			err = e
		case !slices.Equal(got, []string{"1", "2", "3", "4", "5", "6"}):
			err = fmt.Errorf("got %q", got)
		case most.Load() != 3:
			err = fmt.Errorf("%d at the same time, want 3", most.Load())
		}
	})
	if err != nil {
		return err
	}
	broken := errors.New("broken")
	_, e := a.mapInts(t.Context(), []int{1, 2}, 2, func(context.Context, int) (string, error) { return "", broken })
	if !errors.Is(e, broken) {
		return fmt.Errorf("error %v, want %v", e, broken)
	}
	return nil
}

func checkComposite(t *testing.T, a answers) error {
	numbers := []int{2, 3, 9, 5, 7, 11, 13, 17, 19, 23}
	if got, ok := a.firstComposite(t.Context(), numbers, 1, solution.IsPrime); got != 9 || !ok {
		return fmt.Errorf("got %d, %t; want 9, true", got, ok)
	}
	var tested atomic.Int32
	a.firstComposite(t.Context(), numbers, 1, func(n int) bool { tested.Add(1); return solution.IsPrime(n) })
	if tested.Load() != 3 {
		return fmt.Errorf("tested %d numbers, want 3", tested.Load())
	}
	if got, ok := a.firstComposite(t.Context(), []int{2, 3, 5}, 2, solution.IsPrime); ok {
		return fmt.Errorf("found %d among primes", got)
	}
	return nil
}

func checkIsPrime(_ *testing.T, a answers) error {
	for n, want := range map[int]bool{-7: false, 0: false, 1: false, 2: true, 3: true, 4: false, 9: false, 97: true} {
		if got := a.isPrime(n); got != want {
			return fmt.Errorf("IsPrime(%d) = %t, want %t", n, got, want)
		}
	}
	return nil
}

func checkCopyAll(t *testing.T, a answers) error {
	srcDir := t.TempDir()
	src, dst := openRoot(t, srcDir), openRoot(t, t.TempDir())
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		if err := src.WriteFile(name, []byte(name), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// A folder stands where b.txt should go: that one file cannot be copied.
	if err := dst.MkdirAll("b.txt/x", 0o755); err != nil {
		t.Fatal(err)
	}
	n, err := a.copyAll(t.Context(), src, dst)
	if n != 2 || err == nil || !strings.Contains(err.Error(), "b.txt") {
		return fmt.Errorf("copied %d, error %v; want 2 and one about b.txt", n, err)
	}
	return nil
}

func openRoot(t *testing.T, dir string) *os.Root {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}

func TestSquaresSolution(t *testing.T) {
	got := solution.Squares(5, 3)
	slices.Sort(got)
	if want := []int{1, 4, 9, 16, 25}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The stub of Squares dies in a goroutine of its own, which nobody can
// recover from, so it runs in a child process.
func TestSquaresStubPanics(t *testing.T) {
	if os.Getenv("RUN_SQUARES_STUB") != "" {
		for {
			stub.Squares(100, 4)
		}
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSquaresStubPanics$")
	cmd.Env = append(os.Environ(), "RUN_SQUARES_STUB=1")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "closed channel") {
		t.Errorf("err %v, output:\n%s", err, out)
	}
}
