package coord_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lanebook/snippets/coord"
)

// account is what both accounts have in common.
type account interface {
	deposit(int)
	withdraw(int)
	Balance() int
}

type condAccount struct{ *coord.Account }

func (a condAccount) deposit(n int)  { a.Deposit(n) }
func (a condAccount) withdraw(n int) { a.Withdraw(n) }

type chanAccount struct{ *coord.ChanAccount }

func (a chanAccount) deposit(n int)  { a.Deposit(n) }
func (a chanAccount) withdraw(n int) { a.Withdraw(n) }

// Whoever deposits and withdraws whatever: the balance is never negative, and
// in the end it is what came in minus what went out.
func TestAccounts(t *testing.T) {
	channels := coord.NewChanAccount()
	defer channels.Close()
	for name, a := range map[string]account{
		"cond": condAccount{coord.NewAccount()}, "channels": chanAccount{channels},
	} {
		t.Run(name, func(t *testing.T) {
			var in, out atomic.Int64
			var wg sync.WaitGroup
			for g := range 5 {
				wg.Go(func() { // five depositors, as in the tutorial: 5 to 10 each time
					random := rand.New(rand.NewPCG(uint64(g), 1))
					for range 200 {
						n := 5 + random.IntN(6)
						a.deposit(n)
						in.Add(int64(n))
					}
				})
				wg.Go(func() { // five withdrawers: 10 to 30, in all less than comes in
					random := rand.New(rand.NewPCG(uint64(g), 2))
					for range 30 {
						n := 10 + random.IntN(21)
						a.withdraw(n)
						out.Add(int64(n))
						if b := a.Balance(); b < 0 {
							t.Errorf("balance %d", b)
						}
					}
				})
			}
			wg.Wait()
			if got, want := int64(a.Balance()), in.Load()-out.Load(); got != want {
				t.Errorf("balance %d, want %d", got, want)
			}
		})
	}
}

func TestWithdrawWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := coord.NewAccount()
		var got atomic.Int32
		for range 3 {
			go func() { a.Withdraw(10); got.Add(1) }()
		}
		for i, want := range []int32{0, 1, 1, 2, 3} { // 5, 10, 15, 20, 30 have come in
			a.Deposit([]int{5, 5, 5, 5, 10}[i])
			synctest.Wait()
			if got.Load() != want {
				t.Errorf("after deposit %d: %d have their money, want %d", i+1, got.Load(), want)
			}
		}
	})
}

func TestWithdrawContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := coord.NewAccount()
		a.Deposit(5)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		if err := a.WithdrawContext(ctx, 10); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(begin); took != time.Second {
			t.Errorf("gave up after %v", took)
		}
		if err := a.WithdrawContext(t.Context(), 5); err != nil || a.Balance() != 0 {
			t.Errorf("error %v, balance %d", err, a.Balance())
		}
	})
}

// Who came first is served first, even if a later one wants less.
func TestChanAccountIsFair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := coord.NewChanAccount()
		defer a.Close()
		var order []int
		var wg sync.WaitGroup
		for _, n := range []int{30, 10} {
			wg.Go(func() { a.Withdraw(n); order = append(order, n) }) // one after the other, or the test fails
			synctest.Wait()
		}
		a.Deposit(10)
		synctest.Wait()
		if len(order) != 0 {
			t.Errorf("%v were served before the first one", order)
		}
		a.Deposit(20)
		synctest.Wait()
		if len(order) != 1 || order[0] != 30 {
			t.Errorf("served: %v, want [30]", order)
		}
		a.Deposit(10)
		wg.Wait()
	})
}

func TestDialogue(t *testing.T) {
	const want = "天猫精灵:小爱同学\n小爱同学:在\n天猫精灵:现在几点了?\n小爱同学:你猜猜现在几点了\n"
	for name, talk := range map[string]func(*strings.Builder){
		"channels": func(w *strings.Builder) { coord.Dialogue(w) },
		"cond":     func(w *strings.Builder) { coord.DialogueCond(w) },
	} {
		for range 100 {
			var w strings.Builder
			talk(&w)
			if w.String() != want {
				t.Fatalf("%s: got\n%s", name, w.String())
			}
		}
	}
}

// Everybody gets the value of exactly one other, and that one gets theirs.
func TestRendezvous(t *testing.T) {
	meet := make(coord.Rendezvous[int])
	const n = 100
	var got [n]int
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { got[i] = meet.Exchange(i) })
	}
	wg.Wait()
	for i, other := range got {
		if other == i || got[other] != i {
			t.Errorf("%d got %d, who got %d", i, other, got[other])
		}
	}
}

func TestPingPong(t *testing.T) {
	if coord.PingPong(100) <= 0 || coord.PingPongCond(100) <= 0 {
		t.Error("no time at all")
	}
}

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
			var inside, most atomic.Int32
			begin := time.Now()
			var wg sync.WaitGroup
			for range 30 {
				wg.Go(func() {
					if err := sem.Acquire(t.Context()); err != nil {
						t.Error(err)
						return
					}
					defer sem.Release()
					if now := inside.Add(1); now > most.Load() {
						most.Store(now)
					}
					time.Sleep(time.Second)
					inside.Add(-1)
				})
			}
			wg.Wait()
			if most.Load() != int32(limit) {
				t.Errorf("limit %d: %d inside", limit, most.Load())
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

func TestUrgent(t *testing.T) {
	urgent, normal := make(chan string, 2), make(chan string, 2)
	urgent <- "u1"
	urgent <- "u2"
	normal <- "n1"
	normal <- "n2"
	close(urgent)
	close(normal)
	var got []string
	coord.Urgent(urgent, normal, func(s string) { got = append(got, s) })
	if s := strings.Join(got, " "); s != "u1 u2 n1 n2" {
		t.Errorf("served %s", s)
	}
}
