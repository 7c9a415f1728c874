package pools_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lanebook/snippets/pools"
)

// In virtual time the plan of Workers is exact: whoever is free takes the next
// task.
func TestWorkersPlan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		spans := pools.Workers(3, pools.Naps(100*time.Millisecond))
		busyUntil := map[int]time.Duration{}
		for i, s := range spans {
			if s.Task != i+1 {
				t.Errorf("span %d is of task %d", i, s.Task)
			}
			if s.Start < busyUntil[s.Worker] {
				t.Errorf("worker %d began task %d while it was busy", s.Worker, s.Task)
			}
			busyUntil[s.Worker] = s.End
		}
		if len(busyUntil) != 3 {
			t.Errorf("%d workers were used, want 3", len(busyUntil))
		}
		var end time.Duration
		for _, until := range busyUntil {
			end = max(end, until)
		}
		if want := 430 * time.Millisecond; end != want {
			t.Errorf("all done after %v, want %v", end, want)
		}
	})
}

func TestWorkersBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex // guards running and most; held only for a moment
		running, most := 0, 0
		count := func(change int) {
			mu.Lock()
			defer mu.Unlock()
			running += change
			most = max(most, running)
		}
		task := func() {
			count(+1)
			time.Sleep(time.Second)
			count(-1)
		}
		pools.Workers(4, slices.Repeat([]func(){task}, 20))
		if most != 4 {
			t.Errorf("%d tasks ran at the same time, want 4", most)
		}
	})
}

func TestFuture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := pools.Async(func() (int, error) { time.Sleep(time.Second); return 42, nil })

		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := slow.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("impatient: error %v", err)
		}
		for range 2 {
			if v, err := slow.Wait(t.Context()); v != 42 || err != nil {
				t.Errorf("patient: %d, %v", v, err)
			}
		}
	})
}

func TestFuturePanic(t *testing.T) {
	_, err := pools.Async(func() (int, error) { panic("no luck") }).Wait(t.Context())
	if err == nil || !strings.Contains(err.Error(), "no luck") {
		t.Errorf("error %v", err)
	}
}

func TestSubmitBound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pool := pools.NewPool(2)
		begin := time.Now()
		for range 6 {
			pools.Submit(pool, func() (int, error) { time.Sleep(time.Second); return 0, nil })
		}
		pool.Close()
		if took := time.Since(begin); took != 3*time.Second {
			t.Errorf("six seconds of work on two slots took %v", took)
		}
	})
}

func TestPrimes(t *testing.T) {
	results, err := pools.CheckAll(t.Context(), pools.Primes(), 4)
	if err != nil {
		t.Fatal(err)
	}
	primes := 0
	for i, r := range results {
		if r.N != pools.Primes()[i] {
			t.Fatalf("result %d is about %d", i, r.N)
		}
		if r.Prime {
			primes++
		} else if r.N != 1099726899285419 {
			t.Errorf("%d is said not to be a prime", r.N)
		}
	}
	if len(results) != 65 || primes != 60 {
		t.Errorf("%d of %d are primes, want 60 of 65", primes, len(results))
	}
}

func TestIsPrimeSmall(t *testing.T) {
	var got []int
	for n := -3; n < 30; n++ {
		if pools.IsPrime(n) {
			got = append(got, n)
		}
	}
	if want := []int{2, 3, 5, 7, 11, 13, 17, 19, 23, 29}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestCheckAllCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := pools.CheckAll(ctx, pools.Primes(), 2); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestPipeline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		square := func(n int) int { return n * n }
		sum := 0
		for v := range pools.Merge(ctx, pools.FanOut(ctx, pools.Generate(ctx, 1, 2, 3, 4, 5), 3, square)...) {
			sum += v
		}
		if sum != 55 {
			t.Errorf("sum %d, want 55", sum)
		}
	})
}

// A pipeline that nobody reads any more ends with its context. synctest fails
// the test if a goroutine is left.
func TestPipelineAbandoned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		identity := func(n int) int { return n }
		out := pools.Merge(ctx, pools.FanOut(ctx, pools.Generate(ctx, 1, 2, 3, 4, 5), 2, identity)...)
		<-out
		cancel()
	})
}

func TestRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		n := 0
		for range pools.RateLimit(t.Context(), pools.Generate(t.Context(), 1, 2, 3, 4), time.Second) {
			n++
		}
		if took := time.Since(begin); n != 4 || took != 4*time.Second {
			t.Errorf("%d values in %v", n, took)
		}
	})
}

// FuzzWorkers: whatever the number of workers and tasks, every task runs
// exactly once and results stay in order.
func FuzzWorkers(f *testing.F) {
	f.Add(uint8(1), uint8(0))
	f.Add(uint8(3), uint8(10))
	f.Fuzz(func(t *testing.T, workers, tasks uint8) {
		runs := make([]atomic.Int32, tasks)
		var todo []func()
		for i := range runs {
			todo = append(todo, func() { runs[i].Add(1) })
		}
		for i, s := range pools.Workers(int(workers)%16+1, todo) {
			if s.Task != i+1 || runs[i].Load() != 1 {
				t.Fatal(fmt.Sprint("task ", i+1, " ran ", runs[i].Load(), " times, span ", s))
			}
		}
	})
}
