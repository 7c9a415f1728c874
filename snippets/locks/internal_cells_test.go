package locks

// The cells of chapter 11 that use declarations the learner has in front of
// them, in an earlier cell, and may change: no package name before them.

import "fmt"

func Example_mutex() {
	const n = 1_000_000
	fmt.Printf("wanted %d, got %d\n", 2*n, MutexCount(n))
	// Output: wanted 2000000, got 2000000
}

func Example_account() {
	for _, workers := range []int{1, 10, 100} {
		var account Account
		DepositAll(&account, 100, workers)
		fmt.Printf("100 deposits, workers: %d, balance: %d\n", workers, account.Balance())
	}
	// Output:
	// 100 deposits, workers: 1, balance: 100
	// 100 deposits, workers: 10, balance: 100
	// 100 deposits, workers: 100, balance: 100
}

func Example_purse() {
	var purse Purse
	purse.AddTwice(5)
	purse.Add(1)
	fmt.Println("coins:", purse.coins)
	// Output: coins: 11
}
