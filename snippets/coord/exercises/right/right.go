// Package right holds good answers to the exercises on working together that
// go another way than the solutions. They must pass.
package right

import (
	"runtime"
	"slices"
	"sync"
)

// TicketAccount is a FairAccount that gives everybody a number, as an office
// does.
type TicketAccount struct {
	mu            sync.Mutex // guards all that follows
	changed       sync.Cond
	balance       int
	next, serving int // numbers
}

// NewTicketAccount opens an empty account.
func NewTicketAccount() *TicketAccount {
	a := &TicketAccount{}
	a.changed.L = &a.mu
	return a
}

// Deposit puts amount into the account.
func (a *TicketAccount) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	a.changed.Broadcast()
}

// Withdraw waits for its number, and then for the money.
func (a *TicketAccount) Withdraw(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	number := a.next
	a.next++
	for a.serving != number || a.balance < amount {
		a.changed.Wait()
	}
	a.balance -= amount
	a.serving++
	a.changed.Broadcast()
}

// Balance is what is in the account.
func (a *TicketAccount) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// QueuedAccount is a FairAccount with two locks: whoever holds the first is the
// one who may wait for money. A mutex alone would not promise the order, so the
// first is a queue of channels.
type QueuedAccount struct {
	mu      sync.Mutex
	balance int
	queue   []chan struct{}
	amounts []int
}

// Deposit pays in, and lets go all whose turn it is.
func (a *QueuedAccount) Deposit(amount int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	a.serve()
}

// Withdraw joins the queue, even if it will be served at once.
func (a *QueuedAccount) Withdraw(amount int) {
	a.mu.Lock()
	turn := make(chan struct{}, 1)
	a.queue, a.amounts = append(a.queue, turn), append(a.amounts, amount)
	a.serve()
	a.mu.Unlock()
	<-turn
}

// Balance is what is in the account.
func (a *QueuedAccount) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

func (a *QueuedAccount) serve() {
	for len(a.queue) > 0 && a.amounts[0] <= a.balance {
		a.balance -= a.amounts[0]
		a.queue[0] <- struct{}{}
		a.queue, a.amounts = slices.Delete(a.queue, 0, 1), slices.Delete(a.amounts, 0, 1)
	}
}

// CondTalk keeps the turn in a variable.
func CondTalk(lines [3][]string, say func(int, string)) {
	var mu sync.Mutex
	turned := sync.NewCond(&mu)
	turn := 0
	var wg sync.WaitGroup
	for speaker := range 3 {
		wg.Go(func() {
			for _, line := range lines[speaker] {
				mu.Lock()
				for turn != speaker {
					turned.Wait()
				}
				say(speaker, line)
				turn = (turn + 1) % 3
				turned.Broadcast()
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

// LedTalk has somebody who leads the conversation: each turn is given by the
// caller and reported back.
func LedTalk(lines [3][]string, say func(int, string)) {
	var turns [3]chan string
	spoken := make(chan struct{})
	for speaker := range turns {
		turns[speaker] = make(chan string)
		go func() {
			for line := range turns[speaker] {
				say(speaker, line)
				spoken <- struct{}{}
			}
			spoken <- struct{}{}
		}()
	}
	for round := range lines[0] {
		for speaker := range 3 {
			turns[speaker] <- lines[speaker][round]
			<-spoken
		}
	}
	for _, turn := range turns {
		close(turn)
		<-spoken
	}
}

// GateBarrier has a channel for each round, which the last one closes.
type GateBarrier struct {
	mu       sync.Mutex
	parties  int
	waiting  int
	released chan struct{}
}

// NewGateBarrier returns a barrier for so many goroutines.
func NewGateBarrier(parties int) *GateBarrier {
	return &GateBarrier{parties: parties, released: make(chan struct{})}
}

// Wait waits until the gate of its round is closed.
func (b *GateBarrier) Wait() {
	b.mu.Lock()
	released := b.released
	b.waiting++
	if b.waiting == b.parties {
		b.waiting = 0
		b.released = make(chan struct{})
		close(released)
	}
	b.mu.Unlock()
	<-released
}

// DoorBarrier has two doors, of which only one is ever open: to come in, and to
// leave. Whoever is through waits for the door to change.
type DoorBarrier struct {
	parties int
	inside  chan int // holds how many are inside, and is the lock
	in, out chan struct{}
}

// NewDoorBarrier returns a barrier for so many goroutines.
func NewDoorBarrier(parties int) *DoorBarrier {
	b := &DoorBarrier{parties, make(chan int, 1), make(chan struct{}, parties), make(chan struct{}, parties)}
	b.inside <- 0
	return b
}

// Wait goes through both doors.
func (b *DoorBarrier) Wait() {
	n := <-b.inside + 1
	if n == b.parties {
		for range b.parties {
			b.in <- struct{}{}
		}
	}
	b.inside <- n
	<-b.in

	n = <-b.inside - 1
	if n == 0 {
		for range b.parties {
			b.out <- struct{}{}
		}
	}
	b.inside <- n
	<-b.out
}

// ChanBuffer is what Go has for this.
type ChanBuffer chan int

// NewChanBuffer returns an empty buffer with so many places.
func NewChanBuffer(places int) ChanBuffer { return make(ChanBuffer, places) }

// Put adds a value.
func (b ChanBuffer) Put(v int) { b <- v }

// Get takes the oldest value out.
func (b ChanBuffer) Get() int { return <-b }

// RingBuffer has one condition for both kinds of waiting, and wakes all.
type RingBuffer struct {
	mu         sync.Mutex
	changed    *sync.Cond
	ring       []int
	first, len int
}

// NewRingBuffer returns an empty buffer with so many places.
func NewRingBuffer(places int) *RingBuffer {
	b := &RingBuffer{ring: make([]int, places)}
	b.changed = sync.NewCond(&b.mu)
	return b
}

// Put adds a value.
func (b *RingBuffer) Put(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.len == len(b.ring) {
		b.changed.Wait()
	}
	b.ring[(b.first+b.len)%len(b.ring)] = v
	b.len++
	b.changed.Broadcast()
}

// Get takes the oldest value out.
func (b *RingBuffer) Get() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.len == 0 {
		b.changed.Wait()
	}
	v := b.ring[b.first]
	b.first = (b.first + 1) % len(b.ring)
	b.len--
	b.changed.Broadcast()
	return v
}

// LastEat lets one of the five begin at the right.
func LastEat(seat int, left, right *sync.Mutex, dine func()) {
	if seat == 4 {
		left, right = right, left
	}
	left.Lock()
	defer left.Unlock()
	runtime.Gosched()
	right.Lock()
	defer right.Unlock()
	dine()
}

// TryingEat gives the first fork back if the second is taken.
func TryingEat(_ int, left, right *sync.Mutex, dine func()) {
	for {
		left.Lock()
		if right.TryLock() {
			break
		}
		left.Unlock()
		runtime.Gosched()
		left, right = right, left
	}
	dine()
	left.Unlock()
	right.Unlock()
}

// ButlerEat lets only four sit down. The butler belongs to one table.
func ButlerEat() func(seat int, left, right *sync.Mutex, dine func()) {
	chairs := make(chan struct{}, 4)
	return func(_ int, left, right *sync.Mutex, dine func()) {
		chairs <- struct{}{}
		defer func() { <-chairs }()
		left.Lock()
		defer left.Unlock()
		runtime.Gosched()
		right.Lock()
		defer right.Unlock()
		dine()
	}
}

// PolicedEat lets one at a time take forks, and any number eat.
func PolicedEat() func(seat int, left, right *sync.Mutex, dine func()) {
	var taking sync.Mutex
	return func(_ int, left, right *sync.Mutex, dine func()) {
		taking.Lock()
		left.Lock()
		right.Lock()
		taking.Unlock()
		defer left.Unlock()
		defer right.Unlock()
		dine()
	}
}
