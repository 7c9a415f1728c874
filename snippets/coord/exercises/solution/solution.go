// Package solution holds one good answer to each exercise on working together.
package solution

import (
	"runtime"
	"sync"
)

// FairAccount serves those who wait for money in the order in which they came.
type FairAccount struct {
	mu      sync.Mutex // guards balance and queue
	balance int
	queue   []waiter
}

type waiter struct {
	amount int
	served chan struct{} // closed when the money is there
}

// NewFairAccount opens an empty account.
func NewFairAccount() *FairAccount { return &FairAccount{} }

// Deposit puts amount into the account and serves whom it can, from the front
// of the queue.
func (a *FairAccount) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	for len(a.queue) > 0 && a.queue[0].amount <= a.balance {
		a.balance -= a.queue[0].amount
		close(a.queue[0].served)
		a.queue = a.queue[1:]
	}
}

// Withdraw takes amount out. It stands in the queue if there is one, or if
// there is not enough.
func (a *FairAccount) Withdraw(amount int) {
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

// Balance is what is in the account.
func (a *FairAccount) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// Talk lets three speakers take turns, each in a goroutine of their own.
func Talk(lines [3][]string, say func(speaker int, line string)) {
	var turns [3]chan struct{}
	for i := range turns {
		turns[i] = make(chan struct{}, 1) // room for the last baton, which nobody takes
	}
	var wg sync.WaitGroup
	for speaker := range 3 {
		wg.Go(func() {
			for _, line := range lines[speaker] {
				<-turns[speaker]
				say(speaker, line)
				turns[(speaker+1)%3] <- struct{}{}
			}
		})
	}
	turns[0] <- struct{}{}
	wg.Wait()
}

// Barrier makes a number of goroutines wait for each other, again and again.
type Barrier struct {
	mu      sync.Mutex // guards waiting and round
	next    *sync.Cond // a new round has begun
	parties int
	waiting int
	round   int
}

// NewBarrier returns a barrier for so many goroutines.
func NewBarrier(parties int) *Barrier {
	b := &Barrier{parties: parties}
	b.next = sync.NewCond(&b.mu)
	return b
}

// Wait returns when as many goroutines have called it as there are parties.
func (b *Barrier) Wait() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting++
	if b.waiting == b.parties {
		b.waiting = 0
		b.round++
		b.next.Broadcast()
		return
	}
	for round := b.round; b.round == round; {
		b.next.Wait()
	}
}

// Buffer holds a limited number of values.
type Buffer struct {
	mu       sync.Mutex // guards values
	notFull  *sync.Cond
	notEmpty *sync.Cond
	places   int
	values   []int
}

// NewBuffer returns an empty buffer with so many places.
func NewBuffer(places int) *Buffer {
	b := &Buffer{places: places}
	b.notFull = sync.NewCond(&b.mu)
	b.notEmpty = sync.NewCond(&b.mu)
	return b
}

// Put adds a value. It waits while the buffer is full.
func (b *Buffer) Put(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.values) == b.places {
		b.notFull.Wait()
	}
	b.values = append(b.values, v)
	b.notEmpty.Signal()
}

// Get takes the oldest value out. It waits while the buffer is empty.
func (b *Buffer) Get() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.values) == 0 {
		b.notEmpty.Wait()
	}
	v := b.values[0]
	b.values = b.values[1:]
	b.notFull.Signal()
	return v
}

// Eat takes both forks, dines, and puts them back. On odd seats the right fork
// comes first.
func Eat(seat int, left, right *sync.Mutex, dine func()) {
	first, second := left, right
	if seat%2 == 1 {
		first, second = right, left
	}
	first.Lock()
	defer first.Unlock()
	runtime.Gosched()
	second.Lock()
	defer second.Unlock()
	dine()
}
