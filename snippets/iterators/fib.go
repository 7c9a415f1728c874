// Package iterators shows how Go iterates: with a method that returns the next
// value, with a function that range can call (iter.Seq), and with iter.Pull,
// which turns the second into the first. Every sequence here can be ranged over
// again, and starts from the beginning each time, unless its comment says so.
package iterators

import "iter"

// FibIter hands out the first Fibonacci numbers, one for each call of Next. All
// that it remembers stands in its fields.
type FibIter struct {
	left int // how many are still to come
	a, b int
}

// NewFibIter returns an iterator over the first n Fibonacci numbers: 1, 1, 2, …
func NewFibIter(n int) *FibIter { return &FibIter{left: n, b: 1} }

// Next returns the next number and true, or 0 and false when there are no more.
func (f *FibIter) Next() (int, bool) {
	if f.left <= 0 {
		return 0, false
	}
	f.left--
	f.a, f.b = f.b, f.a+f.b
	return f.a, true
}

// Fib yields the first n Fibonacci numbers: 1, 1, 2, 3, 5, …
func Fib(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		a, b := 0, 1
		for range n {
			a, b = b, a+b
			if !yield(a) {
				return // the loop wants no more
			}
		}
	}
}

// Fib0 yields the first n numbers of the sequence that begins with 0: 0, 1, 1,
// 2, 3, …
func Fib0(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		a, b := 0, 1
		for range n {
			if !yield(a) {
				return
			}
			a, b = b, a+b
		}
	}
}
