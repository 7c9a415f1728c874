package coord

// The cells of chapter 12 that use declarations the learner has in front of
// them, in an earlier cell, and may change: no package name before them.

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"lanebook/kernelext"
	"lanebook/kernelext/figure"
)

func Example_log() {
	account := NewAccount()
	var wg sync.WaitGroup
	for n := range 2 {
		wg.Go(func() {
			for _, money := range []int{8, 5, 10, 7} {
				balance := account.Deposit(money)
				fmt.Printf("depositor %d : %d ====> %d\n", n+1, money, balance)
				time.Sleep(5 * time.Millisecond)
			}
		})
		wg.Go(func() {
			for _, money := range []int{12, 18} {
				balance := account.Withdraw(money)
				fmt.Printf("withdrawer %d : %d <==== %d\n", n+1, money, balance)
				time.Sleep(10 * time.Millisecond)
			}
		})
	}
	wg.Wait()
	fmt.Println("in the end:", account.Balance())
}

func Example_balance() {
	account := NewAccount()
	picture := figure.NewGauge("the balance", "")
	look := func(note string) {
		account.mu.Lock() // so that what is noted is in order
		defer account.mu.Unlock()
		picture.Set(float64(account.balance))
		if note != "" {
			picture.Note(note)
		}
	}
	var wg sync.WaitGroup
	for _, money := range []int{12, 30} {
		wg.Go(func() {
			look(fmt.Sprint("wants ", money))
			account.Withdraw(money)
			look(fmt.Sprint("has ", money))
		})
		time.Sleep(3 * time.Millisecond)
	}
	for range 6 {
		account.Deposit(7)
		look("")
		time.Sleep(3 * time.Millisecond)
	}
	wg.Wait()
	picture.Draw()
}

func Example_condLanes() {
	kernelext.Lanes(func() {
		account := NewAccount()
		var wg sync.WaitGroup
		for n := range 3 {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("withdraws %d", 10*(n+1)))
				account.Withdraw(10 * (n + 1))
				kernelext.Mark("got it")
			})
		}
		for range 6 {
			time.Sleep(3 * time.Millisecond)
			kernelext.Mark("+10")
			account.Deposit(10)
		}
		wg.Wait()
	})
}

func Example_dialogue() {
	Dialogue(os.Stdout)
	// Output:
	// 天猫精灵:小爱同学
	// 小爱同学:在
	// 天猫精灵:现在几点了?
	// 小爱同学:你猜猜现在几点了
}

func Example_semaphore() {
	sem := make(Semaphore, 3)
	kernelext.Deep(func() {
		var wg sync.WaitGroup
		for n := range 8 {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("guest %d", n+1))
				sem.Acquire(context.Background())
				defer sem.Release()
				kernelext.Mark("in")
				time.Sleep(5 * time.Millisecond)
			})
		}
		wg.Wait()
	})
}

func Example_barrier() {
	kernelext.Lanes(func() {
		barrier := NewBarrier(4)
		var wg sync.WaitGroup
		for n := range 4 {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("worker %d", n+1))
				for phase := range 3 {
					time.Sleep(time.Duration(1+(n+phase)%4) * 2 * time.Millisecond) // work
					barrier.Wait()
					kernelext.Mark(fmt.Sprintf("phase %d over", phase+1))
				}
			})
		}
		wg.Wait()
	})
}

func Example_event() {
	lights := NewEvent()
	var wg sync.WaitGroup
	seen := make([]string, 3)
	for car := range seen {
		wg.Go(func() {
			lights.Wait(context.Background())
			seen[car] = fmt.Sprintf("car %d drives", car+1)
		})
	}
	fmt.Println("red")
	lights.Set()
	wg.Wait()
	for _, car := range seen {
		fmt.Println(car)
	}

	lights.Clear()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	fmt.Println("red again:", lights.Wait(ctx))
	// Output:
	// red
	// car 1 drives
	// car 2 drives
	// car 3 drives
	// red again: context deadline exceeded
}
