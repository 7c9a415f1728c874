// Package solution holds one good answer to each exercise on locks.
package solution

import (
	"maps"
	"runtime"
	"slices"
	"sync"
)

// Account is a bank account that any number of goroutines may use.
type Account struct {
	mu      sync.Mutex // guards balance
	balance int
}

// Deposit puts amount into the account.
func (a *Account) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	balance := a.balance
	runtime.Gosched()
	a.balance = balance + amount
}

// Withdraw takes amount out and returns true, or returns false if there is not
// enough.
func (a *Account) Withdraw(amount int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.balance < amount {
		return false
	}
	runtime.Gosched()
	a.balance -= amount
	return true
}

// Balance is what is in the account.
func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

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
// enough. Everybody locks the vault with the smaller number first.
func Transfer(from, to *Vault, amount int) bool {
	if from == to {
		return true
	}
	first, second := from, to
	if second.Number < first.Number {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	runtime.Gosched()
	second.mu.Lock()
	defer second.mu.Unlock()

	if from.balance < amount {
		return false
	}
	from.balance -= amount
	to.balance += amount
	return true
}

// Cache remembers values that take long to load. Each key is loaded once, and
// different keys at the same time.
type Cache struct {
	mu      sync.Mutex // guards entries
	entries map[string]*entry
}

type entry struct {
	once  sync.Once
	value int
}

// Get returns the value of key. If it is not known yet, load brings it.
func (c *Cache) Get(key string, load func(key string) int) int {
	e := c.entry(key)
	e.once.Do(func() { e.value = load(key) })
	return e.value
}

// entry finds the entry of key, or makes an empty one.
func (c *Cache) entry(key string) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries == nil {
		c.entries = map[string]*entry{}
	}
	e, ok := c.entries[key]
	if !ok {
		e = new(entry)
		c.entries[key] = e
	}
	return e
}

// Stats counts words.
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

// Counts returns a copy of how often each word was added.
func (s *Stats) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.counts)
}

// Safe reports whether all customers can be served in full, one after the
// other.
func Safe(free []int, has, most [][]int) bool {
	purse := slices.Clone(free)
	served := make([]bool, len(has))
	for range has { // each round serves at least one more, or nobody ever will be
		for c := range has {
			if !served[c] && fits(purse, has[c], most[c]) {
				served[c] = true
				for i := range purse {
					purse[i] += has[c][i]
				}
			}
		}
	}
	return !slices.Contains(served, false)
}

// fits reports whether the purse holds what is missing from has to most.
func fits(purse, has, most []int) bool {
	for i := range purse {
		if most[i]-has[i] > purse[i] {
			return false
		}
	}
	return true
}
