// Package stub holds the starting points of the exercises on working together:
// they compile, and they are wrong or unfinished.
package stub

import (
	"runtime"
	"sync"
)

// FairAccount is a bank account in which one can wait for money. It should
// serve those who wait in the order in which they came.
type FairAccount struct {
	mu      sync.Mutex // guards balance
	more    *sync.Cond // there is more money than before
	balance int
}

// NewFairAccount opens an empty account.
func NewFairAccount() *FairAccount {
	a := &FairAccount{}
	a.more = sync.NewCond(&a.mu)
	return a
}

// Deposit puts amount into the account.
func (a *FairAccount) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	a.more.Broadcast()
}

// Withdraw takes amount out, and waits as long as there is not enough or
// somebody else was there first.
func (a *FairAccount) Withdraw(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.balance < amount {
		a.more.Wait()
	}
	a.balance -= amount
}

// Balance is what is in the account.
func (a *FairAccount) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// Talk lets three speakers take turns, each in a goroutine of their own:
// speaker 0 says the first of their lines, then 1, then 2, then 0 again. All
// have the same number of lines.
func Talk(lines [3][]string, say func(speaker int, line string)) {
	var wg sync.WaitGroup
	for speaker := range 3 {
		wg.Go(func() {
			for _, line := range lines[speaker] {
				say(speaker, line)
			}
		})
	}
	wg.Wait()
}

// Barrier makes a number of goroutines wait for each other, again and again.
type Barrier struct {
	wg sync.WaitGroup
}

// NewBarrier returns a barrier for so many goroutines.
func NewBarrier(parties int) *Barrier {
	b := &Barrier{}
	b.wg.Add(parties)
	return b
}

// Wait returns when as many goroutines have called it as there are parties.
func (b *Barrier) Wait() {
	b.wg.Done()
	b.wg.Wait()
}

// Buffer holds a limited number of values.
type Buffer struct {
	mu     sync.Mutex // guards values
	places int
	values []int
}

// NewBuffer returns an empty buffer with so many places.
func NewBuffer(places int) *Buffer {
	return &Buffer{places: places}
}

// Put adds a value. It should wait while the buffer is full.
func (b *Buffer) Put(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.values = append(b.values, v)
}

// Get takes the oldest value out. It should wait while the buffer is empty.
func (b *Buffer) Get() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.values) == 0 {
		return 0
	}
	v := b.values[0]
	b.values = b.values[1:]
	return v
}

// Eat takes both forks, dines, and puts them back. Five sit at the table, each
// fork lies between two of them.
func Eat(seat int, left, right *sync.Mutex, dine func()) {
	left.Lock()
	defer left.Unlock()
	runtime.Gosched() // a philosopher thinks
	right.Lock()
	defer right.Unlock()
	dine()
}
