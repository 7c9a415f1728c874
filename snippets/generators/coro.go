package generators

import (
	"iter"
)

// Coro is a coroutine: a function that stops at every yield, hands out a value,
// and goes on with the value it is sent next. It runs only while Send or Close
// does, so the two sides never run at the same time and need no lock. A Coro
// belongs to one goroutine at a time.
type Coro[In, Out any] struct {
	in   In
	next func() (Out, bool)
	stop func()
}

// New makes a coroutine of body, which does not begin before the first Send.
// That Send's value comes as first; those of the later ones are what yield
// returns. When yield returns false, nobody will send any more: body must return.
func New[In, Out any](body func(first In, yield func(Out) (In, bool))) *Coro[In, Out] {
	c := &Coro[In, Out]{}
	c.next, c.stop = iter.Pull(func(yield func(Out) bool) {
		body(c.in, func(out Out) (In, bool) {
			ok := yield(out)
			return c.in, ok
		})
	})
	return c
}

// Send lets the coroutine go on with v and returns what it yields next, and
// true; or false if it has ended.
func (c *Coro[In, Out]) Send(v In) (Out, bool) {
	c.in = v
	return c.next()
}

// Close ends the coroutine where it stands. Without it, one that has not ended
// by itself stays in memory as long as the program runs.
func (c *Coro[In, Out]) Close() { c.stop() }

// Averager makes a coroutine that answers every number with the mean of all
// numbers so far.
func Averager() *Coro[float64, float64] {
	return New(func(v float64, yield func(float64) (float64, bool)) {
		total, count := 0.0, 0.0
		for ok := true; ok; v, ok = yield(total / count) {
			total += v
			count++
		}
	})
}
