// Package solution holds one good answer to each exercise on iterators.
package solution

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
		for i := len(l.items) - 1; i >= 0; i-- {
			if !yield(l.items[i]) {
				return
			}
		}
	}
}

// Take yields the first n values of seq, and asks seq for no more than these.
func Take[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		if n <= 0 {
			return
		}
		taken := 0
		for v := range seq {
			taken++
			if !yield(v) || taken == n {
				return
			}
		}
	}
}

// Equal reports whether a and b yield the same values.
func Equal[T comparable](a, b iter.Seq[T]) bool {
	nextA, stopA := iter.Pull(a)
	defer stopA()
	nextB, stopB := iter.Pull(b)
	defer stopB()
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
		var before T
		first := true
		for v := range seq {
			if !first && !yield(before, v) {
				return
			}
			before, first = v, false
		}
	}
}

// Merge yields the values of two sorted sequences, sorted. Of equal values that
// of a comes first.
func Merge[T cmp.Ordered](a, b iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		vb, more := next()
		for va := range a {
			for more && vb < va {
				if !yield(vb) {
					return
				}
				vb, more = next()
			}
			if !yield(va) {
				return
			}
		}
		for more {
			if !yield(vb) {
				return
			}
			vb, more = next()
		}
	}
}
