package coord_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
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

func (a condAccount) deposit(n int) { a.Deposit(n) }

func (a condAccount) withdraw(n int) { a.Withdraw(n) }

type chanAccount struct{ *coord.ChanAccount }

func (a chanAccount) deposit(n int) { a.Deposit(n) }

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

// FuzzAccounts follows any sequence of deposits and withdrawals beside plain
// numbers. Nobody has to wait without a reason: with the condition as long as
// there is enough for them, with the channels as long as it is their turn and
// there is enough.
func FuzzAccounts(f *testing.F) {
	f.Add([]byte{withdrawal | 30, withdrawal | 10, 10, 20, 10})
	f.Add([]byte{5, withdrawal | 5, withdrawal, 1, withdrawal | 2, 1})
	f.Fuzz(func(t *testing.T, moves []byte) {
		moves = moves[:min(len(moves), 40)]
		synctest.Test(t, func(t *testing.T) {
			play(t, condAccount{coord.NewAccount()}, moves, slices.Min)
			channels := coord.NewChanAccount()
			defer channels.Close()
			first := func(waiting []int) int { return waiting[0] }
			play(t, chanAccount{channels}, moves, first)
		})
	})
}

// withdrawal is the bit of a move that tells it from a deposit.
const withdrawal = 0x80

// play makes the moves, and looks at the account after each of them. next says
// which of the amounts that are waited for has to be paid first.
func play(t *testing.T, a account, moves []byte, next func(waiting []int) int) {
	want := 0                           // the balance
	waitsFor := make([]int, len(moves)) // by move; 0: does not wait
	var wg sync.WaitGroup
	for i, move := range moves {
		if amount := int(move &^ withdrawal); move&withdrawal == 0 {
			want += amount
			a.deposit(amount)
		} else {
			waitsFor[i] = amount
			want -= amount
			wg.Go(func() { a.withdraw(amount); waitsFor[i] = 0 })
		}
		synctest.Wait()
		waiting := slices.DeleteFunc(slices.Clone(waitsFor), func(n int) bool { return n == 0 })
		balance := want
		for _, n := range waiting {
			balance += n // not taken out yet
		}
		if got := a.Balance(); got != balance || got < 0 {
			t.Fatalf("move %d of %v: balance %d, want %d", i, moves, got, balance)
		}
		if len(waiting) > 0 && next(waiting) <= balance {
			t.Fatalf("move %d of %v: balance %d, and %d still waits", i, moves, balance, next(waiting))
		}
	}
	left := 0 // added up before anybody is served, and goes on
	for _, n := range waitsFor {
		left += n
	}
	a.deposit(left)
	wg.Wait()
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
