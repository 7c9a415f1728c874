package exercises

import (
	"reflect"
	"sync"
	"unsafe"

	"lanebook/kernelext/check"
)

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
		check.That(check.Say("one each way at the very same moment: both come to an end", "两个方向各一笔，同一瞬间：都做得完"), func(t *check.T) {
			t.Try("Transfer(a, b, 1) ∥ Transfer(b, a, 1)")
			t.Look(check.Say("in which order does each of them take the two locks?", "两边各按什么次序拿这两把锁？"))
			a, b := open(1, 100), open(2, 100)
			// Whoever is quick is lucky for long. So the judge holds both locks until
			// both transfers wait, and gives back one after the other.
			var held []*sync.Mutex
			for _, v := range []V{a, b} {
				if mu := mutexOf(v); mu != nil {
					mu.Lock()
					held = append(held, mu)
				}
			}
			var wg sync.WaitGroup
			wg.Go(func() { transfer(a, b, 1) })
			wg.Go(func() { transfer(b, a, 1) })
			for _, mu := range held {
				check.Quiet()
				mu.Unlock()
			}
			wg.Wait()
			check.Equal(t, []int{a.Balance(), b.Balance()}, []int{100, 100})
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

// mutexOf is the mutex among the fields of a vault; nil if there is none, or if
// the vault is no pointer to a struct.
func mutexOf(vault any) *sync.Mutex {
	v := reflect.ValueOf(vault)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return nil
	}
	for _, field := range v.Elem().Fields() {
		if field.Type() == reflect.TypeFor[sync.Mutex]() {
			return (*sync.Mutex)(unsafe.Pointer(field.UnsafeAddr())) // the learner's, so it is not exported
		}
	}
	return nil
}
