package goroutines

// The cells of chapter 10 that use declarations the learner has in front of
// them, in an earlier cell, and may change: no package name before them.

import (
	"fmt"
	"os"
	"sync"
	"time"

	"lanebook/kernelext"
)

func Example_inTurn() {
	const pause = 20 * time.Millisecond
	Perform(os.Stdout, "正在唱歌", pause) // singing
	Perform(os.Stdout, "正在跳舞", pause) // dancing
	// Output:
	// 正在唱歌...0
	// 正在唱歌...1
	// 正在唱歌...2
	// 正在跳舞...0
	// 正在跳舞...1
	// 正在跳舞...2
}

func Example_atOnce() {
	const pause = 20 * time.Millisecond
	kernelext.Lanes(func() {
		var wg sync.WaitGroup
		wg.Go(func() {
			kernelext.Name("sing")
			Perform(os.Stdout, "正在唱歌", pause)
		})
		wg.Go(func() {
			kernelext.Name("dance")
			Perform(os.Stdout, "正在跳舞", pause)
		})
		wg.Wait()
	})
}

func Example_capture() {
	squares := make([]int, 5)
	var wg sync.WaitGroup
	for i := range squares {
		wg.Go(func() { squares[i] = i * i }) // each round has an i of its own
	}
	wg.Wait()
	fmt.Println(squares)
	// Output: [0 1 4 9 16]
}

func Example_hello() {
	Hello(os.Stdout, 5, 20*time.Millisecond)
	// Output:
	// hello
	// hello
	// hello
	// hello
	// hello
}

func Example_gate() {
	kernelext.Lanes(func() {
		gate := NewGate()
		var wg sync.WaitGroup
		for n := range 5 {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("runner %d", n+1))
				gate.Wait()
				kernelext.Mark("runs")
				time.Sleep(time.Duration(n+1) * time.Millisecond)
			})
		}
		time.Sleep(5 * time.Millisecond) // on your marks
		kernelext.Mark("bang")
		gate.Open()
		wg.Wait()
	})
}
