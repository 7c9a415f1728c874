package coord_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lanebook/snippets/coord"
)

func TestEvent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		event := coord.NewEvent()
		var through atomic.Int32
		wait := func() {
			if event.Wait(t.Context()) == nil {
				through.Add(1)
			}
		}
		go wait()
		go wait()
		synctest.Wait()
		if through.Load() != 0 {
			t.Error("somebody passed while the flag was down")
		}
		event.Set()
		event.Set()
		synctest.Wait()
		if through.Load() != 2 {
			t.Errorf("%d passed, want 2", through.Load())
		}
		event.Clear()
		event.Clear()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := event.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("after Clear: %v", err)
		}
		event.Set()
		if err := event.Wait(t.Context()); err != nil {
			t.Errorf("a flag that is up: %v", err)
		}
	})
}

// In virtual time: never more than the limit inside, and never fewer as long
// as somebody waits.
func TestSemaphoreBound(t *testing.T) {
	for _, limit := range []int{1, 3, 10} {
		synctest.Test(t, func(t *testing.T) {
			sem := make(coord.Semaphore, limit)
			var mu sync.Mutex // guards inside and most; held only for a moment
			inside, most := 0, 0
			enter := func(change int) {
				mu.Lock()
				defer mu.Unlock()
				inside += change
				most = max(most, inside)
			}
			begin := time.Now()
			var wg sync.WaitGroup
			for range 30 {
				wg.Go(func() {
					if err := sem.Acquire(t.Context()); err != nil {
						t.Error(err)
						return
					}
					defer sem.Release()
					enter(+1)
					time.Sleep(time.Second)
					enter(-1)
				})
			}
			wg.Wait()
			if most != limit {
				t.Errorf("limit %d: %d inside", limit, most)
			}
			if took, want := time.Since(begin), time.Duration(30/limit)*time.Second; took != want {
				t.Errorf("limit %d: took %v, want %v", limit, took, want)
			}
		})
	}
}

// FuzzSemaphore follows any sequence of TryAcquire and Release beside a plain
// number.
func FuzzSemaphore(f *testing.F) {
	f.Add(uint8(1), []byte{1, 1, 0, 1})
	f.Add(uint8(3), []byte{1, 1, 1, 1, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, limit uint8, moves []byte) {
		sem := make(coord.Semaphore, limit)
		taken := 0
		for _, m := range moves {
			if m%2 == 1 {
				if got, want := sem.TryAcquire(), taken < int(limit); got != want {
					t.Fatalf("%d of %d taken: TryAcquire is %t", taken, limit, got)
				} else if got {
					taken++
				}
				continue
			}
			panicked := release(sem)
			if panicked != (taken == 0) {
				t.Fatalf("%d of %d taken: Release panicked: %t", taken, limit, panicked)
			}
			taken = max(0, taken-1)
		}
	})
}

func release(sem coord.Semaphore) (panicked bool) {
	defer func() { panicked = recover() != nil }()
	sem.Release()
	return false
}

func TestAcquireGivesUp(t *testing.T) {
	sem := make(coord.Semaphore, 1)
	sem.TryAcquire()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := sem.Acquire(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Nobody is ever a phase ahead: when somebody passes the barrier for the
// (p+1)th time, all have arrived at it p+1 times.
func TestBarrierPhases(t *testing.T) {
	const workers, phases = 5, 200
	barrier := coord.NewBarrier(workers)
	var arrived [workers]atomic.Int32
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for p := range phases {
				arrived[w].Add(1)
				if got := barrier.Wait(); got != p {
					t.Errorf("worker %d: phase %d ended, want %d", w, got, p)
				}
				for other := range arrived {
					if n := int(arrived[other].Load()); n < p+1 {
						t.Errorf("worker %d passed phase %d when %d had arrived %d times", w, p, other, n)
					}
				}
			}
		})
	}
	wg.Wait()
}

// FuzzBarrier lets workers take any time for each phase. In virtual time each
// phase ends, for everybody, at the moment at which its slowest is there.
func FuzzBarrier(f *testing.F) {
	f.Add(uint8(3), []byte{1, 2, 3, 3, 2, 1, 0, 0, 9})
	f.Add(uint8(0), []byte{4, 4})
	f.Fuzz(func(t *testing.T, n uint8, takes []byte) {
		workers := int(n)%6 + 1
		takes = takes[:min(len(takes), 60)]
		phases := len(takes) / workers
		synctest.Test(t, func(t *testing.T) {
			begin := time.Now()
			barrier := coord.NewBarrier(workers)
			var wg sync.WaitGroup
			for w := range workers {
				wg.Go(func() {
					var want time.Duration
					for p := range phases {
						ofPhase := takes[p*workers : (p+1)*workers]
						want += time.Duration(slices.Max(ofPhase)) * time.Second
						time.Sleep(time.Duration(ofPhase[w]) * time.Second)
						got := barrier.Wait()
						if ended := time.Since(begin); got != p || ended != want {
							t.Errorf("worker %d of %d, %v: phase %d ended after %v, want %d after %v", w, workers, takes, got, ended, p, want)
						}
					}
				})
			}
			wg.Wait()
		})
	})
}
