// Package wrong holds answers to the exercises on working together that must
// be turned down, each for the reason in its comment.
package wrong

import "sync"

// queueAccount is what the wrong accounts have in common.
type queueAccount struct {
	mu      sync.Mutex
	balance int
	queue   []waiter
}

type waiter struct {
	amount int
	served chan struct{}
}

func (a *queueAccount) Withdraw(amount int) {
	a.mu.Lock()
	if len(a.queue) == 0 && a.balance >= amount {
		a.balance -= amount
		a.mu.Unlock()
		return
	}
	w := waiter{amount, make(chan struct{})}
	a.queue = append(a.queue, w)
	a.mu.Unlock()
	<-w.served
}

func (a *queueAccount) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// SkippingAccount has a queue, and serves whoever fits.
type SkippingAccount struct{ queueAccount }

func (a *SkippingAccount) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	var rest []waiter
	for _, w := range a.queue {
		if w.amount <= a.balance {
			a.balance -= w.amount
			close(w.served)
		} else {
			rest = append(rest, w)
		}
	}
	a.queue = rest
}

// LastAccount serves the one who came last.
type LastAccount struct{ queueAccount }

func (a *LastAccount) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	for n := len(a.queue); n > 0 && a.queue[n-1].amount <= a.balance; n-- {
		a.balance -= a.queue[n-1].amount
		close(a.queue[n-1].served)
		a.queue = a.queue[:n-1]
	}
}

// OneAccount serves at most one for each payment: the others wait for ever.
type OneAccount struct{ queueAccount }

func (a *OneAccount) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	if len(a.queue) > 0 && a.queue[0].amount <= a.balance {
		a.balance -= a.queue[0].amount
		close(a.queue[0].served)
		a.queue = a.queue[1:]
	}
}

// BareAccount pays in without the lock: a race.
type BareAccount struct{ queueAccount }

func (a *BareAccount) Deposit(amount int) {
	a.balance += amount
	for len(a.queue) > 0 && a.queue[0].amount <= a.balance {
		a.balance -= a.queue[0].amount
		close(a.queue[0].served)
		a.queue = a.queue[1:]
	}
}

// SignalAccount hopes that Signal keeps the order. It wakes the one who has
// waited longest, who then goes to the end of the queue.
type SignalAccount struct {
	mu      sync.Mutex
	more    *sync.Cond
	balance int
}

// NewSignalAccount opens an empty account.
func NewSignalAccount() *SignalAccount {
	a := &SignalAccount{}
	a.more = sync.NewCond(&a.mu)
	return a
}

// Deposit wakes one.
func (a *SignalAccount) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	a.more.Signal()
}

// Withdraw waits until there is enough.
func (a *SignalAccount) Withdraw(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.balance < amount {
		a.more.Wait()
	}
	a.balance -= amount
}

// Balance is what is in the account.
func (a *SignalAccount) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}
