// Package coord holds the code of chapter 12: goroutines that wait for each
// other in an agreed way. Conditions, channels as batons, events, semaphores
// and barriers. The programs under testdata go wrong on purpose.
package coord

import (
	"context"
	"sync"
)

// Account is a bank account in which one can wait for money. Make one with
// NewAccount.
type Account struct {
	mu      sync.Mutex // guards balance
	more    *sync.Cond // there is more money than before
	balance int
}

// NewAccount opens an empty account.
func NewAccount() *Account {
	a := &Account{}
	a.more = sync.NewCond(&a.mu)
	return a
}

// Deposit puts amount into the account and wakes everybody who waits. It
// returns the new balance.
func (a *Account) Deposit(amount int) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	a.more.Broadcast()
	return a.balance
}

// Withdraw takes amount out and returns the new balance. As long as there is
// not enough, it waits.
func (a *Account) Withdraw(amount int) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.balance < amount {
		a.more.Wait() // unlocks mu, sleeps, locks it again
	}
	a.balance -= amount
	return a.balance
}

// WithdrawContext is Withdraw for the impatient: it returns ctx's error if ctx
// ends before there is enough.
func (a *Account) WithdrawContext(ctx context.Context, amount int) error {
	stop := context.AfterFunc(ctx, func() {
		a.mu.Lock() // so that nobody is between looking at ctx and falling asleep
		defer a.mu.Unlock()
		a.more.Broadcast()
	})
	defer stop()

	a.mu.Lock()
	defer a.mu.Unlock()
	for a.balance < amount {
		if err := ctx.Err(); err != nil {
			return err
		}
		a.more.Wait()
	}
	a.balance -= amount
	return nil
}

// Balance is what is in the account.
func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// ChanAccount is the same account without a lock: one goroutine owns the
// balance, and everybody else talks to it. Make one with NewChanAccount.
type ChanAccount struct {
	deposits    chan int
	withdrawals chan withdrawal
	balances    chan int
	closed      chan struct{}
}

type withdrawal struct {
	amount int
	done   chan struct{} // closed when the money is there
}

// NewChanAccount opens an empty account. Close it when it is not needed any
// more.
func NewChanAccount() *ChanAccount {
	a := &ChanAccount{make(chan int), make(chan withdrawal), make(chan int), make(chan struct{})}
	go a.run()
	return a
}

// run owns the balance. Whoever has to wait stands in a queue and is served in
// the order of coming.
func (a *ChanAccount) run() {
	balance := 0
	var queue []withdrawal
	for {
		for len(queue) > 0 && queue[0].amount <= balance {
			balance -= queue[0].amount
			close(queue[0].done)
			queue = queue[1:]
		}
		select {
		case amount := <-a.deposits:
			balance += amount
		case w := <-a.withdrawals:
			queue = append(queue, w)
		case a.balances <- balance:
		case <-a.closed:
			return
		}
	}
}

// Deposit puts amount into the account.
func (a *ChanAccount) Deposit(amount int) { a.deposits <- amount }

// Withdraw takes amount out. It waits until there is enough, and until all who
// came earlier have been served.
func (a *ChanAccount) Withdraw(amount int) {
	w := withdrawal{amount, make(chan struct{})}
	a.withdrawals <- w
	<-w.done
}

// Balance is what is in the account.
func (a *ChanAccount) Balance() int { return <-a.balances }

// Close ends the account's goroutine. Nobody may use the account afterwards.
func (a *ChanAccount) Close() { close(a.closed) }
