package check_test

import (
	"errors"
	"fmt"
	"iter"
	"log"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lanebook/internal/checktest"
	"lanebook/kernelext/check"
)

func TestMain(m *testing.M) { checktest.Main(m, slices.Concat(all, printing)) }

// TestVerdicts gives every kind of answer to small checkers. What must be
// turned down is turned down for the right reason; what is right passes.
func TestVerdicts(t *testing.T) { checktest.Run(t, all) }

var all = []checktest.Exercise{
	{
		Name: "plain",
		Stub: checktest.Answer{Judge: func() check.Result { return callIt(func() { panic("not written yet") }) }, Kind: check.Panicked},
		Solution: func() check.Result {
			return callIt(func() {
				// A goroutine that ends a little later is not left behind.
				go func() { time.Sleep(20 * time.Millisecond) }()
			})
		},
		Wrong: map[string]checktest.Answer{
			"panics elsewhere": {Judge: func() check.Result {
				return callIt(func() {
					var wg sync.WaitGroup
					wg.Go(func() { panic("in a goroutine") })
					wg.Wait()
				})
			}, Kind: check.Panicked},
			"exits":   {Judge: func() check.Result { return callIt(func() { os.Exit(0) }) }, Kind: check.Exited},
			"logs":    {Judge: func() check.Result { return callIt(func() { log.Fatal("panic is another word") }) }, Kind: check.Exited},
			"goexits": {Judge: func() check.Result { return callIt(runtime.Goexit) }, Kind: check.Crashed},
			"sends":   {Judge: func() check.Result { return callIt(func() { make(chan int) <- 1 }) }, Kind: check.Deadlock},
			"locks":   {Judge: func() check.Result { return callIt(func() { var mu sync.Mutex; mu.Lock(); mu.Lock() }) }, Kind: check.Deadlock},
			"leaves":  {Judge: func() check.Result { return callIt(func() { go func() { select {} }() }) }, Kind: check.Leak},
			"pulls": {Judge: func() check.Result {
				return callIt(func() { next, _ := iter.Pull(slices.Values([]int{1, 2})); next() })
			}, Kind: check.Leak},
			"maps":       {Judge: func() check.Result { return callIt(writeMap) }, Kind: check.Race},
			"races":      {Judge: func() check.Result { return callIt(race) }, Kind: check.Race},
			"never ends": {Judge: func() check.Result { return callIt(func() { forEver() }) }, Kind: check.Endless},
			"overflows":  {Judge: func() check.Result { return callIt(func() { _ = deeper(1, 2) }) }, Kind: check.Crashed},
			"ticks": {Judge: func() check.Result {
				return callIt(func() {
					go func() {
						for range time.Tick(time.Millisecond) {
						}
					}()
				})
			}, Kind: check.Leak},
			"sleeps": {Judge: func() check.Result { return callIt(func() { time.Sleep(time.Hour) }) }, Kind: check.Stuck},
		},
	},
	{
		Name:     "values",
		Stub:     checktest.Answer{Judge: func() check.Result { return doubled(func(n int) int { return n }) }, Kind: check.Wrong, Case: "1"},
		Solution: func() check.Result { return doubled(func(n int) int { return 2 * n }) },
		Wrong: map[string]checktest.Answer{
			"small only": {Judge: func() check.Result { return doubled(func(n int) int { return min(2*n, 100) }) }, Kind: check.Wrong, Case: "all"},
			"allocates":  {Judge: func() check.Result { return doubled(func(n int) int { return 2 * len(fmt.Sprintf("%*d", n, 1)) }) }, Kind: check.Costly},
		},
	},
	{
		Name:     "calls",
		Stub:     checktest.Answer{Judge: func() check.Result { return each(func([]int, func(int) error) error { return nil }) }, Kind: check.Wrong},
		Solution: func() check.Result { return each(inThrees) },
		Wrong: map[string]checktest.Answer{
			"sequential": {Judge: func() check.Result { return each(oneByOne) }, Kind: check.Sequential},
			"crowded":    {Judge: func() check.Result { return each(allAtOnce) }, Kind: check.Crowded},
			"twice": {Judge: func() check.Result {
				return each(func(in []int, f func(int) error) error { _ = inThrees(in, f); return inThrees(in, f) })
			}, Kind: check.Order},
			// Calls must not put goroutines in order that are in none.
			"racy": {Judge: func() check.Result {
				return each(func(in []int, f func(int) error) error {
					ended := 0
					return inThrees(in, func(v int) error { err := f(v); ended++; return err })
				})
			}, Kind: check.Race},
		},
	},
}

// callIt asks for nothing but an end.
func callIt(answer func()) check.Result {
	return check.Run("call it", check.That("it comes to an end", func(t *check.T) {
		t.Try("answer()")
		answer()
	}), check.That("and again", func(*check.T) { answer() }))
}

func doubled(answer func(int) int) check.Result {
	return check.Run("double",
		check.That("1", func(t *check.T) {
			t.Try("double(%v)", 1)
			check.Equal(t, answer(1), 2)
		}),
		check.That("it allocates nothing", func(t *check.T) { check.Allocates(t, 0, func() { answer(21) }) }),
		check.ForAll("all", check.Ints(0, 100_000), func(t *check.T, n int) {
			t.Try("double(%v)", n)
			check.Equal(t, answer(n), 2*n)
		}),
	)
}

var errBroken = errors.New("broken")

func each(answer func([]int, func(int) error) error) check.Result {
	return check.Run("each",
		check.That("the error comes back", func(t *check.T) {
			check.ErrorIs(t, answer([]int{1}, func(int) error { return errBroken }), errBroken)
		}),
		check.That("three at a time, each once", func(t *check.T) {
			calls := check.CallsOf[int](t).Together(3).AtMost(3)
			check.NoError(t, answer([]int{1, 2, 3, 4, 5, 6}, func(v int) error { defer calls.Begin(v)(); return nil }))
			calls.OnceEach(1, 2, 3, 4, 5, 6)
		}).Times(5),
	)
}

func oneByOne(in []int, f func(int) error) (err error) {
	for _, v := range in {
		err = errors.Join(err, f(v))
	}
	return err
}

func allAtOnce(in []int, f func(int) error) error { return atMost(len(in), in, f) }
func inThrees(in []int, f func(int) error) error  { return atMost(3, in, f) }

func atMost(n int, in []int, f func(int) error) error {
	errs := make([]error, len(in))
	places := make(chan struct{}, n)
	var wg sync.WaitGroup
	for i, v := range in {
		places <- struct{}{}
		wg.Go(func() {
			errs[i] = f(v)
			<-places
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// race is the lost update: hardly ever visible in the value, always in the order.
func race() {
	n := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { n++ })
	}
	wg.Wait()
}

// writeMap writes a map from two goroutines until Go notices.
func writeMap() {
	m := map[int]int{}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := range 1_000_000 {
				m[i%8] = i
			}
		})
	}
	wg.Wait()
}

func forEver() {
	for i := 0; ; i++ {
		if i < 0 {
			return
		}
	}
}

// deeper calls itself until the stack is full: nothing ever makes m zero.
func deeper(n, m int) int {
	if m == 0 {
		return n
	}
	return deeper(n+1, m+2) + n
}

// TestSmallest wants the smallest input told, not the first that failed.
func TestSmallest(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	t.Setenv("LANEBOOK_CHECKTEST", "values/small only")
	t.Setenv("LANEBOOK_LANG", "en")
	r := all[1].Wrong["small only"].Judge()
	if r.Tried != "double(51)" || r.Got != "100" || r.Want != "102" {
		t.Errorf("told of %s: got %s, want %s", r.Tried, r.Got, r.Want)
	}
}

// What the answer prints is told, of the last try only.
func TestPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	t.Setenv("LANEBOOK_CHECKTEST", "printing/answer")
	t.Setenv("LANEBOOK_LANG", "zh")
	r := printing[0].Wrong["answer"].Judge()
	if r.Passed || !strings.Contains(r.Text, "second") || strings.Contains(r.Text, "first") || !strings.Contains(r.Text, "还没有通过") {
		t.Errorf("got\n%s", r.Text)
	}
}

var printing = []checktest.Exercise{{
	Name:     "printing",
	Solution: func() check.Result { return check.Result{} },
	Stub:     checktest.Answer{Judge: func() check.Result { return check.Result{} }},
	Wrong: map[string]checktest.Answer{"answer": {Kind: check.Wrong, Judge: func() check.Result {
		return printed()
	}}},
}}

func printed() check.Result {
	return check.Run("printing", check.That("it prints", func(t *check.T) {
		t.Try("f()")
		fmt.Println("first")
		t.Try("g()")
		fmt.Println("second")
		t.Fail("nothing", "something")
	}))
}
