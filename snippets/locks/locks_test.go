package locks_test

import (
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lanebook/snippets/locks"
)

func TestCountsAreRight(t *testing.T) {
	for name, count := range map[string]func(int) int{
		"mutex": locks.MutexCount, "atomic": locks.AtomicCount, "confined": locks.ConfinedCount,
	} {
		if got := count(10_000); got != 20_000 {
			t.Errorf("%s: %d, want 20000", name, got)
		}
	}
	for _, way := range locks.Ways() {
		for _, goroutines := range []int{1, 4} {
			if got := way.Count(goroutines, 5000); got != goroutines*5000 {
				t.Errorf("%s, %d goroutines: %d", way.Name, goroutines, got)
			}
		}
	}
}

func TestSchedules(t *testing.T) {
	all := slices.Collect(locks.Schedules())
	if len(all) != 20 {
		t.Errorf("%d schedules, want 20", len(all))
	}
	for _, s := range all {
		again, err := locks.ParseSchedule(s.String())
		if err != nil || again != s {
			t.Errorf("%v is read as %v, %v", s, again, err)
		}
		// Nothing is lost exactly when one has stored before the other loads.
		serial := s.String() == "AAABBB" || s.String() == "BBBAAA"
		if want := map[bool]int{true: 2, false: 1}[serial]; s.Result() != want {
			t.Errorf("%v ends with %d, want %d", s, s.Result(), want)
		}
	}
	if _, err := locks.ParseSchedule("AABBBB"); err == nil {
		t.Error("four steps of B were accepted")
	}
}

// Each deposit holds the lock for a millisecond, so a hundred of them take a
// hundred milliseconds, however many workers there are. (Not in virtual time:
// that stands still while somebody waits for a mutex.)
func TestDepositAll(t *testing.T) {
	for _, workers := range []int{1, 7, 100} {
		var account locks.Account
		begin := time.Now()
		locks.DepositAll(&account, 100, workers)
		if account.Balance() != 100 {
			t.Errorf("balance %d, want 100", account.Balance())
		}
		if took := time.Since(begin); took < 100*time.Millisecond {
			t.Errorf("%d workers: took %v, want at least 100ms", workers, took)
		}
	}
}

// Whatever is transferred by whomever: no money appears or disappears, and no
// vault is ever overdrawn.
func TestTransferKeepsTheSum(t *testing.T) {
	vaults := []*locks.Vault{locks.NewVault(1, 100), locks.NewVault(2, 100), locks.NewVault(3, 100)}
	var refused atomic.Int32
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(uint64(g), 1))
			for range 2000 {
				from, to := vaults[random.IntN(3)], vaults[random.IntN(3)]
				switch err := locks.Transfer(from, to, random.IntN(60)); {
				case errors.Is(err, locks.ErrShort):
					refused.Add(1)
				case err != nil:
					t.Error(err)
				}
				if b := from.Balance(); b < 0 || b > 300 {
					t.Errorf("vault %d holds %d", from.Number, b)
				}
			}
		})
	}
	wg.Wait()
	sum := 0
	for _, v := range vaults {
		sum += v.Balance()
	}
	if sum != 300 {
		t.Errorf("the vaults hold %d together, want 300", sum)
	}
	if refused.Load() == 0 {
		t.Error("no transfer was refused: the test asks for too little")
	}
}

func TestLockBoth(t *testing.T) {
	var a, b sync.Mutex
	n := 0
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for range 2000 {
				if i%2 == 0 {
					locks.LockBoth(&a, &b)
				} else {
					locks.LockBoth(&b, &a)
				}
				n++
				a.Unlock()
				b.Unlock()
			}
		})
	}
	wg.Wait()
	if n != 8000 {
		t.Errorf("counted %d, want 8000", n)
	}
}

func TestChanMutex(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := locks.NewChanMutex()
		if err := m.Lock(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		if err := m.Lock(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a taken lock was got, or: %v", err)
		}
		if took := time.Since(begin); took != time.Second {
			t.Errorf("gave up after %v, want 1s", took)
		}
		m.Unlock()
		if err := m.Lock(t.Context()); err != nil {
			t.Errorf("an open lock: %v", err)
		}
	})
}

// Two who take the same two locks crosswise, with a deadline: both get their
// work done, and both locks are free again.
func TestTimed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := locks.NewChanMutex(), locks.NewChanMutex()
		gaveUp, done := 0, 0
		try := func(first, second locks.ChanMutex, patience time.Duration) {
			for {
				err := locks.Timed(first, second, patience, func() { done++ }) // both locks guard done and gaveUp
				if err == nil {
					return
				}
				if !errors.Is(err, context.DeadlineExceeded) {
					t.Error(err)
				}
				gaveUp++ // only the impatient one ever gets here
			}
		}
		var wg sync.WaitGroup
		wg.Go(func() { try(a, b, time.Second) })
		wg.Go(func() { try(b, a, time.Minute) })
		wg.Wait()
		if done != 2 || gaveUp == 0 {
			t.Errorf("done %d, gave up %d times", done, gaveUp)
		}
		for _, m := range []locks.ChanMutex{a, b} {
			if err := m.Lock(t.Context()); err != nil {
				t.Errorf("a lock was not given back: %v", err)
			}
		}
	})
}

// Two who keep exactly the same beat never get past each other; by chance they
// do.
func TestPolite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		left, right, ok := corridor(20, locks.Same)
		if ok || left != 20 || right != 20 {
			t.Errorf("same beat: %d and %d tries, got through: %t", left, right, ok)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		if left, right, ok := corridor(1000, locks.Random); !ok {
			t.Errorf("by chance: not through after %d and %d tries", left, right)
		}
	})
}

func corridor(most int, pause func() time.Duration) (left, right int, ok bool) {
	var l, r sync.Mutex
	var okLeft, okRight bool
	var wg sync.WaitGroup
	wg.Go(func() { left, okLeft = locks.Polite(&l, &r, most, pause) })
	wg.Go(func() { right, okRight = locks.Polite(&r, &l, most, pause) })
	wg.Wait()
	return left, right, okLeft && okRight
}

// Nobody starves: the modest one gets the lock again and again.
func TestGreedy(t *testing.T) {
	for d := 100 * time.Millisecond; ; d *= 4 { // a busy machine needs longer
		greedy, modest := locks.Greedy(d)
		if modest >= 5 && greedy >= modest {
			return
		}
		if d > 10*time.Second {
			t.Fatalf("greedy %d, modest %d", greedy, modest)
		}
	}
}

func TestRWCache(t *testing.T) {
	var cache locks.RWCache[int, int]
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() { cache.Set(i%10, i%10*2) })
		wg.Go(func() {
			if v, ok := cache.Get(i % 10); ok && v != i%10*2 {
				t.Errorf("key %d: %d", i%10, v)
			}
		})
	}
	wg.Wait()
	if _, ok := cache.Get(11); ok {
		t.Error("key 11 was never set")
	}
}

func TestShardedMap(t *testing.T) {
	m := locks.NewShardedMap[int, int]()
	want := map[int]int{}
	var wg sync.WaitGroup
	for key := range 50 {
		want[key] = 20
		for range 20 {
			wg.Go(func() { m.Update(key, func(n int) int { return n + 1 }) })
		}
	}
	wg.Wait()
	if got := m.All(); !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}
