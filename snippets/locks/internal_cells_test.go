package locks

// The cells of chapter 11 that use declarations the learner has in front of
// them, in an earlier cell, and may change: no package name before them.

import (
	"fmt"
	"sync"

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
