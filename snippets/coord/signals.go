package coord

import (
	"context"
	"sync"
)

// Event is a flag that goroutines can wait for. It can be taken down again.
// Make one with NewEvent.
type Event struct {
	mu  sync.Mutex    // guards set, and the channel that stands for it
	set bool          // the flag is up
	up  chan struct{} // closed while the flag is up
}

// NewEvent returns an event with its flag down.
func NewEvent() *Event { return &Event{up: make(chan struct{})} }

// Set puts the flag up: everybody who waits goes on.
func (e *Event) Set() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.set {
		e.set = true
		close(e.up)
	}
}

// Clear takes the flag down: who waits from now on has to wait.
func (e *Event) Clear() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.set {
		e.set = false
		e.up = make(chan struct{})
	}
}

// Wait returns when the flag is up, or with ctx's error.
func (e *Event) Wait(ctx context.Context) error {
	e.mu.Lock()
	up := e.up
	e.mu.Unlock()
	select {
	case <-up:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Semaphore lets a limited number of goroutines in. Its capacity is the limit:
// make(Semaphore, 3).
type Semaphore chan struct{}

// Acquire waits for a place, or returns ctx's error.
func (s Semaphore) Acquire(ctx context.Context) error {
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// TryAcquire takes a place if one is free now.
func (s Semaphore) TryAcquire() bool {
	select {
	case s <- struct{}{}:
		return true
	default:
		return false
	}
}

// Release gives a place back. It panics if nobody holds one.
func (s Semaphore) Release() {
	select {
	case <-s:
	default:
		panic("coord: Release without Acquire")
	}
}

// Barrier makes a number of goroutines wait until all of them have arrived;
// then it starts over. Make one with NewBarrier.
type Barrier struct {
	mu      sync.Mutex // guards waiting and phase
	next    *sync.Cond // a new phase has begun
	parties int
	waiting int
	phase   int
}

// NewBarrier returns a barrier for so many goroutines.
func NewBarrier(parties int) *Barrier {
	b := &Barrier{parties: parties}
	b.next = sync.NewCond(&b.mu)
	return b
}

// Wait returns when as many goroutines wait as there are parties. It returns
// the number of the phase that has ended, counted from 0.
func (b *Barrier) Wait() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	phase := b.phase
	b.waiting++
	if b.waiting == b.parties { // the last one opens the barrier
		b.waiting = 0
		b.phase++
		b.next.Broadcast()
		return phase
	}
	for b.phase == phase {
		b.next.Wait()
	}
	return phase
}
