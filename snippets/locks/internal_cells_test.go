package locks

// The cells of chapter 11 that use declarations the learner has in front of
// them, in an earlier cell, and may change: no package name before them.

import (
	"context"
	"fmt"
	"sync"
	"time"

	"lanebook/kernelext"
)

func Example_mutex() {
	const n = 1_000_000
	fmt.Printf("wanted %d, got %d\n", 2*n, MutexCount(n))
	// Output: wanted 2000000, got 2000000
}

func Example_account() {
	for _, workers := range []int{1, 10, 100} {
		var account Account
		DepositAll(&account, 100, workers)
		fmt.Println("workers:", workers, "balance:", account.Balance())
	}
	// Output:
	// workers: 1 balance: 100
	// workers: 10 balance: 100
	// workers: 100 balance: 100
}

func Example_purse() {
	var purse Purse
	purse.AddTwice(5)
	purse.Add(1)
	fmt.Println("coins:", purse.coins)
	// Output: coins: 11
}

func Example_lockLanes() {
	var account Account
	kernelext.Deep(func() {
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				kernelext.Name(fmt.Sprintf("deposit %d", i+1))
				account.Deposit(1)
				kernelext.Mark("paid")
			})
		}
		wg.Wait()
	})
	fmt.Println("balance:", account.Balance())
}

func Example_ways() {
	const n = 100_000
	fmt.Println("lock:           ", MutexCount(n))
	fmt.Println("atomic:         ", AtomicCount(n))
	fmt.Println("each for itself:", ConfinedCount(n))
	// Output:
	// lock:            200000
	// atomic:          200000
	// each for itself: 200000
}

func Example_tryLock() {
	var mutexA, mutexB sync.Mutex
	jobs := 0
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 1000 {
			LockBoth(&mutexA, &mutexB)
			jobs++
			mutexB.Unlock()
			mutexA.Unlock()
		}
	})
	wg.Go(func() {
		for range 1000 {
			LockBoth(&mutexB, &mutexA) // the other way round
			jobs++
			mutexA.Unlock()
			mutexB.Unlock()
		}
	})
	wg.Wait()
	fmt.Println("jobs done:", jobs)
	// Output: jobs done: 2000
}

func Example_timeout() {
	lock := NewChanMutex()
	lock.Lock(context.Background()) // somebody holds it, and does not give it back

	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if err := lock.Lock(ctx); err != nil {
		fmt.Println("not got:", err)
	}
	// Output: not got: context deadline exceeded
}
