package exercises

import (
	"runtime"
	"sync"
	"sync/atomic"

	"lanebook/kernelext/check"
)

// CheckEat judges how philosophers take their forks. eat is called for the one
// on a seat, with the forks at the left and at the right.
func CheckEat(eat func(seat int, left, right *sync.Mutex, dine func())) check.Result {
	return check.Run(check.Say("Dining philosophers", "哲学家就餐"),
		check.That(check.Say("one alone eats with both forks, and puts them back", "一个人吃，用两把叉子，吃完放回"), func(t *check.T) {
			t.Try("Eat(0, left, right, dine)")
			var left, right sync.Mutex
			meals, held := 0, 0
			eat(0, &left, &right, func() {
				meals++
				for _, fork := range []*sync.Mutex{&left, &right} {
					if fork.TryLock() {
						fork.Unlock()
					} else {
						held++
					}
				}
			})
			check.Equal(t, meals, 1)
			if held != 2 {
				t.Fail(check.Say("forks in hand while eating: ", "吃的时候拿着的叉子：")+check.Show(held), "2")
			}
			t.Expect(check.Say("the forks must be free again", "叉子应当都放回来了"))
			left.Lock()
			right.Lock()
		}),
		check.That(check.Say("who share no fork eat at the same time", "没有共用叉子的人，可以同时吃"), func(t *check.T) {
			t.Try("Eat(0, fork0, fork1, dine) ∥ Eat(2, fork2, fork3, dine)")
			var forks [4]sync.Mutex
			calls := check.CallsOf[int](t).Together(2)
			together(2, func(i int) {
				eat(2*i, &forks[2*i], &forks[2*i+1], func() { calls.Begin(2 * i)() })
			})
			calls.OnceEach(0, 2)
		}),
		check.That(check.Say("five at one table reach for their forks at the same moment: all get to eat", "一张桌子五个人，同时伸手：人人都吃得上"), func(t *check.T) {
			t.Try("5 × go Eat(seat, forks[seat], forks[(seat+1)%%5], dine)")
			t.Look(check.Say("what if everybody has taken the left fork?", "要是每个人都拿起了左边的叉子呢？"))
			// The judge holds all forks until everybody waits for one, and then
			// gives them out one by one: who waits for a fork longest gets it.
			var forks [5]sync.Mutex
			for i := range forks {
				forks[i].Lock()
			}
			var wg sync.WaitGroup
			for seat := range 5 {
				wg.Go(func() { eat(seat, &forks[seat], &forks[(seat+1)%5], func() {}) })
			}
			for i := range forks {
				check.Quiet()
				forks[i].Unlock()
			}
			wg.Wait()
		}),
		check.That(check.Say("five at one table, 50 meals each: nobody waits for ever", "五个人一张桌子，每人吃 50 次：没有人永远等下去"), func(t *check.T) {
			t.Try("5 × go { 50 × Eat(seat, forks[seat], forks[(seat+1)%%5], dine) }")
			t.Look(check.Say("what if everybody has taken the left fork?", "要是每个人都拿起了左边的叉子呢？"))
			var forks [5]sync.Mutex
			var meals atomic.Int32
			together(5, func(seat int) {
				for range 50 {
					eat(seat, &forks[seat], &forks[(seat+1)%5], func() {
						meals.Add(1)
						runtime.Gosched()
					})
				}
			})
			check.Equal(t, meals.Load(), 250)
		}),
	)
}
