// Package stub holds the starting points of the exercises on locks: they
// compile, and they are wrong or unfinished.
package stub

import (
	"runtime"
	"sync"
)

// Account is a bank account. Make it safe for many goroutines.
type Account struct {
	balance int
}

// Deposit puts amount into the account.
func (a *Account) Deposit(amount int) {
	balance := a.balance
	runtime.Gosched() // a slow bank: somebody else may have a turn here
	a.balance = balance + amount
}

// Withdraw takes amount out and returns true, or returns false if there is not
// enough.
func (a *Account) Withdraw(amount int) bool {
	if a.balance < amount {
		return false
	}
	runtime.Gosched() // a slow bank
	a.balance -= amount
	return true
}

// Balance is what is in the account.
func (a *Account) Balance() int { return a.balance }

// Vault is one of several accounts. Each has a number of its own.
type Vault struct {
	Number  int
	mu      sync.Mutex // guards balance
	balance int
}

// NewVault opens a vault.
func NewVault(number, balance int) *Vault {
	return &Vault{Number: number, balance: balance}
}

// Balance is what is in the vault.
func (v *Vault) Balance() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.balance
}

// Transfer moves amount and returns true, or returns false if there is not
// enough. It works, as long as nobody transfers in the other direction.
func Transfer(from, to *Vault, amount int) bool {
	from.mu.Lock()
	defer from.mu.Unlock()
	runtime.Gosched() // a slow bank
	to.mu.Lock()
	defer to.mu.Unlock()

	if from.balance < amount {
		return false
	}
	from.balance -= amount
	to.balance += amount
	return true
}

// Cache remembers values that take long to load. It is right, but everybody
// waits for everybody.
type Cache struct {
	mu     sync.Mutex // guards values
	values map[string]int
}

// Get returns the value of key. If it is not known yet, load brings it.
func (c *Cache) Get(key string, load func(key string) int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.values[key]
	if !ok {
		if c.values == nil {
			c.values = map[string]int{}
		}
		v = load(key)
		c.values[key] = v
	}
	return v
}

// Stats counts words. It passes its test, it locks everywhere, and it has a
// data race.
type Stats struct {
	mu     sync.Mutex // guards counts
	counts map[string]int
}

// Add counts a word.
func (s *Stats) Add(word string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	s.counts[word]++
}

// Counts returns how often each word was added.
func (s *Stats) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts
}

// Safe reports whether all customers can be served in full, one after the
// other. free is what is left of each resource; customer c has has[c] and will
// want most[c] at most; who is served gives everything back. It must not change
// its arguments.
func Safe(free []int, has, most [][]int) bool {
	return false // your code
}
