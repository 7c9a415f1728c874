// Package exercises judges the answers to the exercises on locks. Beside it,
// stub holds the starting points, solution one good answer each, and wrong the
// answers that must be turned down.
package exercises

import (
	"runtime"
	"sync"
	"sync/atomic"

	"lanebook/kernelext/check"
)

// account is what an account of the learner's must be able to do.
type account interface {
	Deposit(amount int)
	Withdraw(amount int) bool
	Balance() int
}

// CheckAccount judges an account that many goroutines use at the same time.
func CheckAccount[A account](open func() A) check.Result {
	return check.Run(check.Say("An account for many", "许多人共用的账户"),
		check.That(check.Say("what is withdrawn was there before, and is gone afterwards", "取得出来的是原来有的，取走就没有了"), func(t *check.T) {
			t.Try("a.Deposit(100); a.Withdraw(30); a.Withdraw(80)")
			a := open()
			a.Deposit(100)
			check.Equal(t, a.Withdraw(30), true)
			check.Equal(t, a.Withdraw(80), false)
			check.Equal(t, a.Balance(), 70)
		}),
		check.That(check.Say("10 goroutines, 100 deposits of 1: nothing is lost", "10 个 goroutine 共存 100 次，每次 1：一分不少"), func(t *check.T) {
			t.Try("10 × go for range 10 { a.Deposit(1) }; a.Balance()")
			t.Look(check.Say("who else may be between reading and writing?", "读和写之间，还可能有谁插进来？"))
			a := open()
			together(10, func(int) {
				for range 10 {
					a.Deposit(1)
				}
			})
			check.Equal(t, a.Balance(), 100)
		}).Times(20),
		check.That(check.Say("20 goroutines withdraw 10 out of 100: ten get it", "20 个 goroutine 各取 10，余额只有 100：十个取得到"), func(t *check.T) {
			t.Try("a.Deposit(100); 20 × go a.Withdraw(10)")
			t.Look(check.Say("checking and taking must happen under one lock", "检查余额和取钱，要在同一次加锁里"))
			a := open()
			a.Deposit(100)
			var got atomic.Int32
			together(20, func(int) {
				if a.Withdraw(10) {
					got.Add(1)
				}
			})
			check.Equal(t, got.Load(), 10)
			check.Equal(t, a.Balance(), 0)
		}).Times(20),
		check.That(check.Say("the balance can be read while others pay in", "别人存钱的时候，也能查余额"), func(t *check.T) {
			t.Try("a.Deposit(1) ∥ a.Balance()")
			t.Look(check.Say("reading needs the lock, too", "读也要上锁"))
			a := open()
			together(4, func(i int) {
				for range 25 {
					if i%2 == 0 {
						a.Deposit(1)
					} else {
						a.Balance()
					}
					runtime.Gosched() // take turns, also on a single core
				}
			})
			check.Equal(t, a.Balance(), 50)
		}),
	)
}

// together runs f(0), f(1), … f(n-1) at the same time: all of them are there
// before the first one begins.
func together(n int, f func(i int)) {
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-start
			f(i)
		})
	}
	close(start)
	wg.Wait()
}
