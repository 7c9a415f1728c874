// Package exercises judges the answers to the exercises on working together.
// Beside it, stub holds the starting points, solution one good answer each, and
// wrong the answers that must be turned down.
package exercises

import (
	"sync"

	"lanebook/kernelext/check"
)

// CheckFair judges an account in which one waits for money and is served in the
// order of coming.
func CheckFair[A interface {
	Deposit(amount int)
	Withdraw(amount int)
	Balance() int
}](open func() A) check.Result {
	return check.Run(check.Say("First come, first served", "先来先得"),
		check.That(check.Say("what is there can be withdrawn at once", "有钱就能马上取"), func(t *check.T) {
			t.Try("a.Deposit(30); a.Withdraw(10); a.Balance()")
			a := open()
			a.Deposit(30)
			t.Expect(check.Say("there is enough: Withdraw must return", "余额足够，Withdraw 应当返回"))
			a.Withdraw(10)
			check.Equal(t, a.Balance(), 20)
		}),
		check.That(check.Say("Withdraw waits until there is enough", "不够时，Withdraw 一直等到够为止"), func(t *check.T) {
			t.Try("go a.Withdraw(10); a.Deposit(5); a.Deposit(5)")
			a, served := open(), make(chan int, 1)
			go func() { a.Withdraw(10); served <- 10 }()
			check.Quiet()
			a.Deposit(5)
			check.Quiet()
			if len(served) > 0 {
				t.Fail(check.Say("10 were withdrawn when there were 5", "只有 5，却取走了 10"), check.Say("it waits", "要等"))
			}
			t.Expect(check.Say("there is enough now: Withdraw must return", "现在够了，Withdraw 应当返回"))
			a.Deposit(5)
			<-served
			check.Equal(t, a.Balance(), 0)
		}),
		check.That(check.Say("who comes later waits longer, even for less", "后来的人就算取得少，也排在后面"), func(t *check.T) {
			t.Try("go a.Withdraw(30); go a.Withdraw(10); a.Deposit(10); a.Deposit(20); a.Deposit(10)")
			t.Look(check.Say("how does the account remember who came first?", "账户怎么记住谁先来？"))
			a, served := open(), make(chan int, 2)
			for _, amount := range []int{30, 10} {
				go func() { a.Withdraw(amount); served <- amount }()
				check.Quiet() // it stands in the queue now
			}
			a.Deposit(10)
			check.Quiet()
			if len(served) > 0 {
				t.Fail(check.Say("10 overtook 30", "取 10 的插到了取 30 的前面"), check.Say("30 first", "先满足 30"))
			}
			t.Expect(check.Say("there are 30 now: the first one must be served", "现在有 30 了，应当满足第一个人"))
			a.Deposit(20)
			check.Equal(t, <-served, 30)
			t.Expect(check.Say("there are 10 now: the second one must be served", "现在有 10 了，应当满足第二个人"))
			a.Deposit(10)
			check.Equal(t, <-served, 10)
		}),
		check.That(check.Say("one payment may serve several, in their order", "一笔存款可以满足好几个人，次序不变"), func(t *check.T) {
			t.Try("go a.Withdraw(1); … go a.Withdraw(4); a.Deposit(1) … a.Deposit(4)")
			a, served := open(), make(chan int, 4)
			for amount := 1; amount <= 4; amount++ {
				go func() { a.Withdraw(amount); served <- amount }()
				check.Quiet()
			}
			for amount := 1; amount <= 4; amount++ {
				t.Expect(check.Say("somebody has enough now and must be served", "有人的钱够了，应当满足他"))
				a.Deposit(amount)
				check.Equal(t, <-served, amount)
			}
			go func() { a.Withdraw(5); served <- 5 }()
			check.Quiet()
			go func() { a.Withdraw(6); served <- 6 }()
			check.Quiet()
			a.Deposit(11)
			check.SameElements(t, []int{<-served, <-served}, []int{5, 6})
			check.Equal(t, a.Balance(), 0)
		}),
		check.That(check.Say("nothing is lost among many", "人再多，也一分不差"), func(t *check.T) {
			t.Try("5 × go { 30 × a.Deposit(3) } ∥ 5 × go { 30 × a.Withdraw(2) }")
			a := open()
			together(10, func(i int) {
				for range 30 {
					if i%2 == 0 {
						a.Deposit(3)
					} else {
						a.Withdraw(2)
					}
				}
			})
			check.Equal(t, a.Balance(), 150)
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
