package coord_test

// The cells of chapter 12 that draw, time or differ from run to run. They are
// compiled here and run with the chapter.

import (
	"context"
	"fmt"
	"sync"
	"time"

	"lanebook/kernelext"
	"lanebook/snippets/coord"

	"golang.org/x/sync/semaphore"
)

func Example_dialogueLanes() {
	kernelext.Lanes(func() {
		toGenie, toAI := make(chan struct{}), make(chan struct{})
		speak := func(text string) {
			kernelext.Mark(text)
			time.Sleep(3 * time.Millisecond)
		}
		var wg sync.WaitGroup
		wg.Go(func() {
			kernelext.Name("天猫精灵")
			speak("小爱同学")
			toAI <- struct{}{}
			<-toGenie
			speak("现在几点了?")
			toAI <- struct{}{}
		})
		wg.Go(func() {
			kernelext.Name("小爱同学")
			<-toAI
			speak("在")
			toGenie <- struct{}{}
			<-toAI
			speak("你猜猜现在几点了")
		})
		wg.Wait()
	})
}

func Example_handOff() {
	kernelext.Compare(
		kernelext.Case("channels", func() { coord.PingPong(1000) }),
		kernelext.Case("condition", func() { coord.PingPongCond(1000) }),
		kernelext.Budget(800*time.Millisecond),
	)
}

func Example_sweep() {
	kernelext.Sweep("places", []int{1, 3, 10}, func(places int) {
		sem := make(coord.Semaphore, places)
		var wg sync.WaitGroup
		for range 30 {
			wg.Go(func() {
				sem.Acquire(context.Background())
				defer sem.Release()
				time.Sleep(time.Millisecond)
			})
		}
		wg.Wait()
	}, kernelext.Budget(800*time.Millisecond))
}

func Example_weighted() {
	kernelext.Lanes(func() {
		ram := semaphore.NewWeighted(8) // 8 GB
		var wg sync.WaitGroup
		for _, need := range []int64{2, 5, 6, 1, 3} {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("needs %d GB", need))
				if err := ram.Acquire(context.Background(), need); err != nil {
					return
				}
				defer ram.Release(need)
				kernelext.Mark("starts")
				time.Sleep(15 * time.Millisecond)
			})
			time.Sleep(2 * time.Millisecond) // they come one after the other
		}
		wg.Wait()
	})
}
