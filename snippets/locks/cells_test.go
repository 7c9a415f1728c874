package locks_test

// The cells of chapter 11 that draw, time or differ from run to run. They are
// compiled here and run with the chapter.

import (
	"fmt"
	"sync"
	"time"

	"lanebook/kernelext"
	"lanebook/kernelext/figure"
	"lanebook/snippets/locks"
)

func Example_interleaving() {
	order, err := locks.ParseSchedule("AABABB") // whose turn it is
	if err != nil {
		fmt.Println(err)
		return
	}
	picture := figure.NewSteps("num++ by A and by B", "A", "B")
	for _, step := range order.Play() {
		picture.Do(step.Who, step.Does, fmt.Sprintf("num = %d", step.Num))
	}
	picture.Draw()
	fmt.Println("in the end:", order.Result())
}

func Example_readers() {
	kernelext.Lanes(func() {
		var mu sync.RWMutex
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("reader %d", i+1))
				for range 2 {
					mu.RLock()
					time.Sleep(5 * time.Millisecond) // reading
					mu.RUnlock()
				}
			})
		}
		wg.Go(func() {
			kernelext.Name("writer")
			time.Sleep(2 * time.Millisecond)
			mu.Lock()
			kernelext.Mark("writes")
			time.Sleep(5 * time.Millisecond)
			mu.Unlock()
		})
		wg.Wait()
	})
}

func Example_waysTime() {
	const n = 400_000 // additions, shared out among the goroutines
	rows := [][]string{{"how", "1 goroutine", "2", "4", "8"}}
	for _, way := range locks.Ways() {
		row := []string{way.Name}
		for _, goroutines := range []int{1, 2, 4, 8} {
			begin := time.Now()
			way.Count(goroutines, n/goroutines)
			nanoseconds := float64(time.Since(begin).Nanoseconds()) / n
			row = append(row, fmt.Sprintf("%.1f ns", nanoseconds))
		}
		rows = append(rows, row)
	}
	fmt.Println("time for one addition:")
	kernelext.Table(rows)
}

func Example_accountTime() {
	for _, workers := range []int{1, 10, 100} {
		var account locks.Account
		begin := time.Now()
		locks.DepositAll(&account, 100, workers)
		took := time.Since(begin).Round(time.Millisecond)
		fmt.Println("workers:", workers, "balance:", account.Balance(), "time:", took)
	}
}

func Example_timeoutCrossed() {
	kernelext.Lanes(func() {
		mutexA, mutexB := locks.NewChanMutex(), locks.NewChanMutex()
		work := func() { time.Sleep(3 * time.Millisecond) }
		var wg sync.WaitGroup
		wg.Go(func() {
			kernelext.Name("do1")
			for locks.Timed(mutexA, mutexB, 8*time.Millisecond, work) != nil {
				kernelext.Mark("gave up")
			}
			kernelext.Mark("done")
		})
		wg.Go(func() {
			kernelext.Name("do2")
			for locks.Timed(mutexB, mutexA, 20*time.Millisecond, work) != nil {
				kernelext.Mark("gave up")
			}
			kernelext.Mark("done")
		})
		wg.Wait()
	})
}

func Example_corridor() {
	for _, pause := range []func() time.Duration{locks.Same, locks.Random} {
		var left, right sync.Mutex
		var wg sync.WaitGroup
		for _, person := range []struct {
			name       string
			own, other *sync.Mutex
		}{{"Ann", &left, &right}, {"Bo", &right, &left}} {
			wg.Go(func() {
				tries, ok := locks.Polite(person.own, person.other, 25, pause)
				fmt.Printf("%s: tries %d, got past: %t\n", person.name, tries, ok)
			})
		}
		wg.Wait()
		fmt.Println()
	}
}

func Example_greedy() {
	greedy, modest := locks.Greedy(100 * time.Millisecond)
	fmt.Println("greedy had the lock", greedy, "times, modest", modest, "times")
}
