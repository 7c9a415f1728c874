// Ifwait is broken on purpose: who has waited does not look again whether
// there is anything left.
package main

import (
	"fmt"
	"sync"
	"time"
)

// Hasty is an account in which one can wait for money, and does not look again.
type Hasty struct {
	mu      sync.Mutex
	more    *sync.Cond // there is more money than before
	balance int
}

// NewHasty opens an empty account.
func NewHasty() *Hasty {
	a := &Hasty{}
	a.more = sync.NewCond(&a.mu)
	return a
}

// Deposit puts amount into the account and wakes everybody who waits.
func (a *Hasty) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	a.more.Broadcast()
}

// Withdraw takes amount out. If there is not enough, it waits first.
func (a *Hasty) Withdraw(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.balance < amount {
		a.more.Wait()
	}
	a.balance -= amount
}

func main() {
	account := NewHasty()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { account.Withdraw(10) })
	}
	time.Sleep(100 * time.Millisecond) // both wait by now
	account.Deposit(10)                // enough for one
	wg.Wait()
	fmt.Println("balance:", account.balance)
}
