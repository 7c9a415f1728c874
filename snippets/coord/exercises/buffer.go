package exercises

import (
	"fmt"
	"sync"

	"lanebook/kernelext/check"
)

// CheckBuffer judges a buffer with a limited number of places: Put waits for a
// free place, Get for a value.
func CheckBuffer[B interface {
	Put(v int)
	Get() int
}](open func(places int) B) check.Result {
	return check.Run(check.Say("A bounded buffer", "有界缓冲区"),
		check.That(check.Say("what comes in first comes out first", "先进先出"), func(t *check.T) {
			t.Try("b := NewBuffer(3); b.Put(1); b.Put(2); b.Put(3); b.Get(), b.Get(), b.Get()")
			b := open(3)
			for v := 1; v <= 3; v++ {
				b.Put(v)
			}
			check.Equal(t, []int{b.Get(), b.Get(), b.Get()}, []int{1, 2, 3})
		}),
		check.That(check.Say("Put waits while the buffer is full", "满了，Put 就等"), func(t *check.T) {
			t.Try("b := NewBuffer(2); b.Put(1); b.Put(2); go b.Put(3); b.Get()")
			b, put := open(2), make(chan int, 1)
			b.Put(1)
			b.Put(2)
			go func() { b.Put(3); put <- 3 }()
			if check.Quiet(); len(put) > 0 {
				t.Fail(check.Say("a third value was put into two places", "两个位置放进了第三个值"), check.Say("Put waits", "Put 要等"))
			}
			check.Equal(t, b.Get(), 1)
			t.Expect(check.Say("there is a free place now: Put must return", "有空位了，Put 应当返回"))
			<-put
			check.Equal(t, []int{b.Get(), b.Get()}, []int{2, 3})
		}),
		check.That(check.Say("Get waits while the buffer is empty", "空了，Get 就等"), func(t *check.T) {
			t.Try("b := NewBuffer(2); go b.Get(); b.Put(7)")
			b, got := open(2), make(chan int, 1)
			go func() { got <- b.Get() }()
			if check.Quiet(); len(got) > 0 {
				t.Fail(fmt.Sprintf(check.Say("Get returned %d, though nobody had put anything in", "没有人放过东西，Get 却返回了 %d"), <-got), check.Say("Get waits", "Get 要等"))
			}
			t.Expect(check.Say("there is a value now: Get must return", "有值了，Get 应当返回"))
			b.Put(7)
			check.Equal(t, <-got, 7)
		}),
		check.That(check.Say("many put and many get: every value comes out once", "许多人放、许多人取：每个值恰好出来一次"), func(t *check.T) {
			t.Try("b := NewBuffer(1); 4 × go { 25 × b.Put(…) } ∥ 4 × go { 25 × b.Get() }")
			t.Look(check.Say("who is woken: one who can use it?", "被唤醒的，是用得上的那一个吗？"))
			b := open(1)
			var mu sync.Mutex
			var got, want []int
			for v := range 100 {
				want = append(want, v)
			}
			together(8, func(i int) {
				for n := range 25 {
					if i < 4 {
						b.Put(25*i + n)
						continue
					}
					v := b.Get()
					mu.Lock()
					got = append(got, v)
					mu.Unlock()
				}
			})
			check.SameElements(t, got, want)
		}).Times(20),
	)
}
