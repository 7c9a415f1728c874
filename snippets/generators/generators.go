// Package generators shows functions that hand out values one at a time: as
// sequences (iter.Seq), as coroutines that can also be sent values (Coro), and
// as goroutines behind a channel. Records reads an input of any size record by
// record.
package generators

import (
	"errors"
	"iter"
	"math"
)

// Range yields 0, 1, … n-1.
func Range(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n && yield(i); i++ {
		}
	}
}

// Between yields m, m+1, … n, and leaves the counting to Range.
func Between(m, n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range Range(n - m + 1) {
			if !yield(m + i) {
				return
			}
		}
	}
}

// Create yields the first n Fibonacci numbers from 0 on. When they have all been
// taken, result holds the generator's last words; before that it is empty.
func Create(n int) (seq iter.Seq[int], result *string) {
	result = new("")
	seq = func(yield func(int) bool) {
		a, b := 0, 1
		for range n {
			if !yield(a) {
				return
			}
			a, b = b, a+b
		}
		*result = "ok..."
	}
	return seq, result
}

// ErrOverflow says that the next number does not fit into an int.
var ErrOverflow = errors.New("the next number is too large")

// FibErr yields the Fibonacci numbers from 0 on, as far as they fit into an
// int. Then it yields ErrOverflow, and ends.
func FibErr() iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		a, b := 0, 1
		for yield(a, nil) {
			if b > math.MaxInt-a {
				if yield(b, nil) {
					yield(0, ErrOverflow)
				}
				return
			}
			a, b = b, a+b
		}
	}
}
