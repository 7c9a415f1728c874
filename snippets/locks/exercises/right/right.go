// Package right holds good answers to the exercises on locks that go another
// way than the solutions. They must pass.
package right

import (
	"maps"
	"runtime"
	"sync"
	"sync/atomic"
)

// RWAccount lets several ask for the balance at the same time.
type RWAccount struct {
	mu      sync.RWMutex
	balance int
}

// Deposit puts amount into the account.
func (a *RWAccount) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	balance := a.balance
	runtime.Gosched()
	a.balance = balance + amount
}

// Withdraw takes amount out, if it is there.
func (a *RWAccount) Withdraw(amount int) bool {
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
func (a *RWAccount) Balance() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.balance
}

// AtomicAccount compares and swaps until nobody was faster.
type AtomicAccount struct{ balance atomic.Int64 }

// Deposit puts amount into the account.
func (a *AtomicAccount) Deposit(amount int) {
	runtime.Gosched()
	a.balance.Add(int64(amount))
}

// Withdraw takes amount out, if it is there.
func (a *AtomicAccount) Withdraw(amount int) bool {
	for {
		balance := a.balance.Load()
		if balance < int64(amount) {
			return false
		}
		runtime.Gosched()
		if a.balance.CompareAndSwap(balance, balance-int64(amount)) {
			return true
		}
	}
}

// Balance is what is in the account.
func (a *AtomicAccount) Balance() int { return int(a.balance.Load()) }

// ChanAccount keeps its balance in a channel with room for one: whoever has
// received it is the only one who knows it.
type ChanAccount chan int

// NewChanAccount opens an empty account.
func NewChanAccount() ChanAccount {
	a := make(ChanAccount, 1)
	a <- 0
	return a
}

// Deposit puts amount into the account.
func (a ChanAccount) Deposit(amount int) {
	balance := <-a
	runtime.Gosched()
	a <- balance + amount
}

// Withdraw takes amount out, if it is there.
func (a ChanAccount) Withdraw(amount int) bool {
	balance := <-a
	enough := balance >= amount
	if enough {
		balance -= amount
	}
	a <- balance
	return enough
}

// Balance is what is in the account.
func (a ChanAccount) Balance() int {
	balance := <-a
	a <- balance
	return balance
}

// Vault is one of several accounts.
type Vault struct {
	mu      sync.Mutex
	balance int
}

// NewVault opens a vault.
func NewVault(_, balance int) *Vault { return &Vault{balance: balance} }

// Balance is what is in the vault.
func (v *Vault) Balance() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.balance
}

// PolicedTransfer lets one at a time transfer, whatever the vaults.
func PolicedTransfer() func(from, to *Vault, amount int) bool {
	var one sync.Mutex
	return func(from, to *Vault, amount int) bool {
		one.Lock()
		defer one.Unlock()
		if !take(from, amount) {
			return false
		}
		give(to, amount)
		return true
	}
}

// TwoStepTransfer never holds two locks: the money is on its way for a moment.
func TwoStepTransfer(from, to *Vault, amount int) bool {
	if !take(from, amount) {
		return false
	}
	runtime.Gosched()
	give(to, amount)
	return true
}

// TryingTransfer gives the first lock back if the second is taken.
func TryingTransfer(from, to *Vault, amount int) bool {
	if from == to {
		return from.Balance() >= amount
	}
	for {
		from.mu.Lock()
		if to.mu.TryLock() {
			break
		}
		from.mu.Unlock()
		runtime.Gosched()
	}
	defer from.mu.Unlock()
	defer to.mu.Unlock()
	if from.balance < amount {
		return false
	}
	from.balance -= amount
	to.balance += amount
	return true
}

func take(v *Vault, amount int) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.balance < amount {
		return false
	}
	v.balance -= amount
	return true
}

func give(v *Vault, amount int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.balance += amount
}

// SyncMapCache keeps functions that load once.
type SyncMapCache struct{ values sync.Map }

// Get returns the value of key.
func (c *SyncMapCache) Get(key string, load func(string) int) int {
	value, _ := c.values.LoadOrStore(key, sync.OnceValue(func() int { return load(key) }))
	return value.(func() int)()
}

// PromiseCache keeps a channel for each key, which is closed when the value is
// there.
type PromiseCache struct {
	mu     sync.Mutex
	values map[string]*promise
}

type promise struct {
	kept  chan struct{}
	value int
}

// Get returns the value of key.
func (c *PromiseCache) Get(key string, load func(string) int) int {
	c.mu.Lock()
	p, ok := c.values[key]
	if !ok {
		if c.values == nil {
			c.values = map[string]*promise{}
		}
		p = &promise{kept: make(chan struct{})}
		c.values[key] = p
	}
	c.mu.Unlock()
	if !ok {
		p.value = load(key)
		close(p.kept)
	}
	<-p.kept
	return p.value
}

// KeyLockCache has a lock for each key and one for the map.
type KeyLockCache struct {
	mu     sync.RWMutex
	values map[string]int
	locks  map[string]*sync.Mutex
}

// Get returns the value of key.
func (c *KeyLockCache) Get(key string, load func(string) int) int {
	if v, ok := c.known(key); ok {
		return v
	}
	lock := c.lock(key)
	lock.Lock()
	defer lock.Unlock()
	if v, ok := c.known(key); ok { // somebody was faster
		return v
	}
	v := load(key)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.values == nil {
		c.values = map[string]int{}
	}
	c.values[key] = v
	return v
}

func (c *KeyLockCache) known(key string) (int, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.values[key]
	return v, ok
}

func (c *KeyLockCache) lock(key string) *sync.Mutex {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.locks == nil {
		c.locks = map[string]*sync.Mutex{}
	}
	if c.locks[key] == nil {
		c.locks[key] = new(sync.Mutex)
	}
	return c.locks[key]
}

// SnapshotStats never changes a map that somebody may have seen.
type SnapshotStats struct {
	mu     sync.Mutex
	counts map[string]int
}

// Add counts a word.
func (s *SnapshotStats) Add(word string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := maps.Clone(s.counts)
	if counts == nil {
		counts = map[string]int{}
	}
	counts[word]++
	s.counts = counts
}

// Counts returns how often each word was added.
func (s *SnapshotStats) Counts() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts
}

// ListStats keeps the words, and counts when it is asked.
type ListStats struct {
	mu    sync.RWMutex
	words []string
}

// Add counts a word.
func (s *ListStats) Add(word string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.words = append(s.words, word)
}

// Counts returns how often each word was added.
func (s *ListStats) Counts() map[string]int {
	s.mu.RLock()
	words := s.words // what is in it never changes
	s.mu.RUnlock()
	counts := map[string]int{}
	for _, word := range words {
		counts[word]++
	}
	return counts
}

// RecursiveSafe serves one who can be served, and asks about the rest.
func RecursiveSafe(free []int, has, most [][]int) bool {
	if len(has) == 0 {
		return true
	}
customers:
	for c := range has {
		after := make([]int, len(free))
		for i := range free {
			if most[c][i]-has[c][i] > free[i] {
				continue customers
			}
			after[i] = free[i] + has[c][i]
		}
		return RecursiveSafe(after, without(has, c), without(most, c))
	}
	return false
}

func without(rows [][]int, c int) [][]int {
	rest := append([][]int(nil), rows[:c]...)
	return append(rest, rows[c+1:]...)
}
