package exercises

import (
	"context"
	"runtime"

	"lanebook/kernelext/check"
)

// CheckChanGen judges a goroutine that sends numbers and ends when its context
// is done.
func CheckChanGen(gen func(ctx context.Context, n int) <-chan int) check.Result {
	return check.Run(check.Say("ChanGen", "用通道做生成器"),
		check.That(check.Say("all numbers come, and the channel is closed", "所有的数都来了，通道也关闭了"), func(t *check.T) {
			t.Try("for v := range ChanGen(ctx, 5) {}")
			t.Expect(check.Say("after the last number the channel must be closed", "最后一个数之后，通道应当关闭"))
			var got []int
			for v := range gen(context.Background(), 5) {
				got = append(got, v)
			}
			check.Equal(t, got, []int{0, 1, 2, 3, 4})
		}),
		check.That(check.Say("cancelled while it waits to send, it ends", "正等着发送时取消，它就结束"), func(t *check.T) {
			t.Try("one value of ChanGen(ctx, 1000), then cancel()")
			t.Look(check.Say("a test before `ch <- i` does not help while it waits at `ch <- i`", "它停在 `ch <- i` 时，前面的检查帮不上忙"))
			ctx, cancel := context.WithCancel(context.Background())
			check.Equal(t, <-gen(ctx, 1000), 0)
			for range 50 {
				runtime.Gosched() // let it come to its next send
			}
			cancel()
		}).Times(20),
		check.That(check.Say("cancelled before anybody receives, it ends, too", "没有人接收就取消，它也会结束"), func(t *check.T) {
			t.Try("cancel(), then ChanGen(ctx, 1000)")
			ctx, cancel := context.WithCancel(context.Background())
			cancel()
			gen(ctx, 1000)
		}).Times(20),
		check.That(check.Say("it makes numbers only when they are wanted", "有人要，它才造数"), func(t *check.T) {
			t.Try("one value of ChanGen(ctx, 1<<60), then cancel()")
			ctx, cancel := context.WithCancel(context.Background())
			check.Equal(t, <-gen(ctx, 1<<60), 0)
			cancel()
		}),
	)
}
