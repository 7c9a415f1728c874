// Package wrong holds answers to the exercises on locks that must be turned
// down, each for the reason in its comment.
package wrong

import (
	"runtime"
	"sync"
)

// PeekingAccount reads its balance without the lock: a race.
type PeekingAccount struct {
	mu      sync.Mutex
	balance int
}

func (a *PeekingAccount) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
}

func (a *PeekingAccount) Withdraw(amount int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.balance < amount {
		return false
	}
	a.balance -= amount
	return true
}

func (a *PeekingAccount) Balance() int { return a.balance }

// GappyAccount locks the check and the taking each for itself: overdrawn
// without any race.
type GappyAccount struct {
	mu      sync.Mutex
	balance int
}

func (a *GappyAccount) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
}

func (a *GappyAccount) Withdraw(amount int) bool {
	if a.Balance() < amount {
		return false
	}
	runtime.Gosched()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance -= amount
	return true
}

func (a *GappyAccount) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// KeepingAccount keeps the lock when there is not enough: the next one waits
// for ever.
type KeepingAccount struct {
	mu      sync.Mutex
	balance int
}

func (a *KeepingAccount) Deposit(amount int) {
	a.mu.Lock()
	a.balance += amount
	a.mu.Unlock()
}

func (a *KeepingAccount) Withdraw(amount int) bool {
	a.mu.Lock()
	if a.balance < amount {
		return false
	}
	a.balance -= amount
	a.mu.Unlock()
	return true
}

func (a *KeepingAccount) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}
