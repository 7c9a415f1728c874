package exercises

import "lanebook/kernelext/check"

// CheckTransfer judges a transfer between vaults that are used by many at the
// same time, in all directions.
func CheckTransfer[V interface{ Balance() int }](open func(number, balance int) V, transfer func(from, to V, amount int) bool) check.Result {
	return check.Run(check.Say("Transfer without deadlock", "不会死锁的转账"),
		check.That(check.Say("what one loses the other one gets", "一边少多少，另一边就多多少"), func(t *check.T) {
			t.Try("Transfer(a, b, 30) // a: 100, b: 0")
			a, b := open(1, 100), open(2, 0)
			check.Equal(t, transfer(a, b, 30), true)
			check.Equal(t, []int{a.Balance(), b.Balance()}, []int{70, 30})
		}),
		check.That(check.Say("what is not there is not moved", "没有那么多，就一点也不转"), func(t *check.T) {
			t.Try("Transfer(a, b, 200) // a: 100, b: 0")
			t.Look(check.Say("does every way out give the locks back?", "每条出路都把锁还回去了吗？"))
			a, b := open(1, 100), open(2, 0)
			check.Equal(t, transfer(a, b, 200), false)
			check.Equal(t, []int{a.Balance(), b.Balance()}, []int{100, 0})
		}),
		check.That(check.Say("1000 transfers each way, at the same time: all come to an end", "两个方向各 1000 笔，同时进行：全部做得完"), func(t *check.T) {
			t.Try("1000 × Transfer(a, b, 1) ∥ 1000 × Transfer(b, a, 1)")
			t.Look(check.Say("in which order does each of them take the two locks?", "两边各按什么次序拿这两把锁？"))
			a, b := open(1, 1000), open(2, 1000)
			together(2, func(i int) {
				for range 1000 {
					if i == 0 {
						transfer(a, b, 1)
					} else {
						transfer(b, a, 1)
					}
				}
			})
			check.Equal(t, a.Balance()+b.Balance(), 2000)
		}),
		check.That(check.Say("three in a circle", "三个金库转一圈"), func(t *check.T) {
			t.Try("500 × Transfer(a, b, 1) ∥ 500 × Transfer(b, c, 1) ∥ 500 × Transfer(c, a, 1)")
			vaults := []V{open(3, 100), open(1, 100), open(2, 100)}
			together(3, func(i int) {
				for range 500 {
					transfer(vaults[i], vaults[(i+1)%3], 1)
				}
			})
			sum := 0
			for _, v := range vaults {
				sum += v.Balance()
			}
			check.Equal(t, sum, 300)
		}),
		check.That(check.Say("a transfer to oneself changes nothing, and ends", "转给自己，什么也不变，而且会结束"), func(t *check.T) {
			t.Try("Transfer(a, a, 10)")
			t.Look(check.Say("a mutex cannot be locked twice by the same goroutine", "同一个 goroutine 不能把一把互斥锁锁两次"))
			a := open(1, 100)
			transfer(a, a, 10)
			check.Equal(t, a.Balance(), 100)
		}),
	)
}
