package pools

import (
	"context"
	"fmt"
	"sync"
)

// Future is a value that somebody is still working out.
type Future[T any] struct {
	done  chan struct{} // closed once value and err are set
	value T
	err   error
}

// Async starts f in a goroutine of its own and returns at once.
func Async[T any](f func() (T, error)) *Future[T] {
	fut := &Future[T]{done: make(chan struct{})}
	go fut.run(f)
	return fut
}

// run computes the value. A panic in f becomes the future's error: otherwise
// it would end the whole program, far away from the code that waits.
func (fut *Future[T]) run(f func() (T, error)) {
	defer close(fut.done)
	defer func() {
		if p := recover(); p != nil {
			fut.err = fmt.Errorf("future: panic: %v", p)
		}
	}()
	fut.value, fut.err = f()
}

// Wait returns the value as soon as it is there, or ctx's error if ctx ends
// first. Any number of goroutines may wait, any number of times.
func (fut *Future[T]) Wait(ctx context.Context) (T, error) {
	select {
	case <-fut.done:
		return fut.value, fut.err
	case <-ctx.Done():
		var zero T
		return zero, ctx.Err()
	}
}

// Pool bounds how many submitted functions run at the same time. Make one
// with NewPool.
type Pool struct {
	slots chan struct{}
	wg    sync.WaitGroup
}

// NewPool returns a pool that runs at most n functions at a time.
func NewPool(n int) *Pool {
	return &Pool{slots: make(chan struct{}, n)}
}

// Submit waits for a free slot of the pool, starts f there, and returns its
// future. It is a function and not a method because it has a type parameter
// of its own.
func Submit[T any](p *Pool, f func() (T, error)) *Future[T] {
	p.slots <- struct{}{}
	p.wg.Add(1)
	return Async(func() (T, error) {
		defer p.wg.Done()
		defer func() { <-p.slots }()
		return f()
	})
}

// Close waits until everything submitted has finished. Nothing may be
// submitted after it.
func (p *Pool) Close() { p.wg.Wait() }
