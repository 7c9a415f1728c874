package exercises

import (
	"fmt"
	"sync/atomic"

	"lanebook/kernelext/check"
)

// CheckBarrier judges a barrier that can be used again and again.
func CheckBarrier[B interface{ Wait() }](open func(parties int) B) check.Result {
	return check.Run(check.Say("A barrier for many rounds", "可以反复使用的屏障"),
		check.That(check.Say("nobody passes before the last one has come", "最后一个到之前，谁也过不去"), func(t *check.T) {
			t.Try("b := NewBarrier(3); 3 × go b.Wait()")
			b, through := open(3), make(chan int, 3)
			for n := range 3 {
				if check.Quiet(); len(through) > 0 {
					t.Fail(fmt.Sprintf(check.Say("%d of 3 had come, and somebody passed", "3 个里来了 %d 个，就有人过去了"), n), check.Say("all wait for the last one", "都等最后一个"))
				}
				go func() { b.Wait(); through <- n }()
			}
			t.Expect(check.Say("all three have come: they must pass", "三个都到了，应当放行"))
			for range 3 {
				<-through
			}
		}),
		check.That(check.Say("4 workers, 5 rounds: nobody is a round ahead", "4 个 worker，5 轮：谁也不会领先一轮"), func(t *check.T) {
			t.Try("4 × go { 5 × { work(); b.Wait() } }")
			t.Look(check.Say("can a fast one be back before a slow one has left?", "快的人会不会在慢的人离开之前就又回来了？"))
			b := open(4)
			var arrived [4]atomic.Int32
			var ahead atomic.Bool
			together(4, func(w int) {
				for round := range 5 {
					arrived[w].Add(1)
					b.Wait()
					for other := range arrived {
						if int(arrived[other].Load()) <= round {
							ahead.Store(true)
						}
					}
				}
			})
			if ahead.Load() {
				t.Fail(check.Say("somebody passed when not all had arrived", "还没有到齐，就有人过去了"), check.Say("each round waits for all four", "每一轮都等齐四个"))
			}
		}).Times(50),
		check.That(check.Say("a barrier for one lets everybody through", "只等一个人的屏障，谁来都放行"), func(t *check.T) {
			t.Try("b := NewBarrier(1); b.Wait(); b.Wait()")
			b := open(1)
			b.Wait()
			b.Wait()
		}),
	)
}
