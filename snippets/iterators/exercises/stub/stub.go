// Package stub holds the starting points of the exercises on iterators: they
// compile, and they are wrong or unfinished.
package stub

import (
	"cmp"
	"iter"
)

// MyList is a container of numbers.
type MyList struct {
	items []int
}

// Add puts a number at the end.
func (l *MyList) Add(item int) { l.items = append(l.items, item) }

// Backward yields the numbers of the list, the last one first.
func (l *MyList) Backward() iter.Seq[int] {
	return func(yield func(int) bool) {
		// your code
	}
}

// Take yields the first n values of seq. What it yields is right. What does it
// do when it has yielded them all?
func Take[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		taken := 0
		for v := range seq {
			taken++
			if taken <= n && !yield(v) {
				return
			}
		}
	}
}

// Equal reports whether a and b yield the same values. Its answers are right.
// What does it leave behind?
func Equal[T comparable](a, b iter.Seq[T]) bool {
	nextA, _ := iter.Pull(a)
	nextB, _ := iter.Pull(b)
	for {
		va, okA := nextA()
		vb, okB := nextB()
		if okA != okB || va != vb {
			return false
		}
		if !okA {
			return true
		}
	}
}

// Pairwise yields each value together with the one after it: of 1, 2, 3 the
// pairs (1, 2) and (2, 3).
func Pairwise[T any](seq iter.Seq[T]) iter.Seq2[T, T] {
	return func(yield func(T, T) bool) {
		// your code
	}
}

// Merge yields the values of two sorted sequences, sorted. It has all of them,
// but not in order.
func Merge[T cmp.Ordered](a, b iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range a {
			if !yield(v) {
				return
			}
		}
		for v := range b {
			if !yield(v) {
				return
			}
		}
	}
}
