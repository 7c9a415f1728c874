// Unlocked is broken on purpose: an account that forgets deposits.
package main

import (
	"fmt"
	"sync"
	"time"
)

// Account is a bank account without a lock.
type Account struct {
	balance int
}

// Deposit reads the balance, thinks for a millisecond, and writes it.
func (a *Account) Deposit(amount int) {
	balance := a.balance + amount
	time.Sleep(time.Millisecond)
	a.balance = balance
}

// Balance is what is in the account.
func (a *Account) Balance() int { return a.balance }

// DepositAll makes n deposits of 1, shared out among some workers.
func DepositAll(a *Account, n, workers int) {
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				a.Deposit(1)
			}
		})
	}
	wg.Wait()
}

func main() {
	for _, workers := range []int{1, 10, 100} {
		var account Account
		DepositAll(&account, 100, workers)
		fmt.Println("workers:", workers, "balance:", account.Balance())
	}
}
