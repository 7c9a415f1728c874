// Package right holds good answers to the exercises on iterators that go
// another way than the solutions. They must pass.
package right

import (
	"cmp"
	"iter"
	"slices"
)

// LibraryBackward asks the library.
func LibraryBackward(items []int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, item := range slices.Backward(items) {
			if !yield(item) {
				return
			}
		}
	}
}

// ReversedBackward walks over a copy that is the other way round.
func ReversedBackward(items []int) iter.Seq[int] {
	return func(yield func(int) bool) {
		reversed := slices.Clone(items)
		slices.Reverse(reversed)
		slices.Values(reversed)(yield)
	}
}

// PullTake asks n times.
func PullTake[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		next, stop := iter.Pull(seq)
		defer stop()
		for range n {
			if v, ok := next(); !ok || !yield(v) {
				return
			}
		}
	}
}

// CallTake calls the sequence by hand.
func CallTake[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		left := n
		if left > 0 {
			seq(func(v T) bool {
				left--
				return yield(v) && left > 0
			})
		}
	}
}

// HalfEqual ranges over one and pulls the other.
func HalfEqual[T comparable](a, b iter.Seq[T]) bool {
	next, stop := iter.Pull(b)
	defer stop()
	for va := range a {
		if vb, ok := next(); !ok || va != vb {
			return false
		}
	}
	_, more := next()
	return !more
}

// TidyEqual stops before each return.
func TidyEqual[T comparable](a, b iter.Seq[T]) bool {
	nextB, stopB := iter.Pull(b)
	nextA, stopA := iter.Pull(a)
	for {
		vb, okB := nextB()
		va, okA := nextA()
		if okA && okB && va == vb {
			continue
		}
		stopA()
		stopB()
		return !okA && !okB
	}
}

// PullPairwise holds the last value in its hand.
func PullPairwise[T any](seq iter.Seq[T]) iter.Seq2[T, T] {
	return func(yield func(T, T) bool) {
		next, stop := iter.Pull(seq)
		defer stop()
		before, ok := next()
		if !ok {
			return
		}
		for {
			v, ok := next()
			if !ok || !yield(before, v) {
				return
			}
			before = v
		}
	}
}

// PointerPairwise knows by nil that there was none before.
func PointerPairwise[T any](seq iter.Seq[T]) iter.Seq2[T, T] {
	return func(yield func(T, T) bool) {
		var before *T
		for v := range seq {
			if before != nil && !yield(*before, v) {
				return
			}
			before = &v
		}
	}
}

// PullMerge pulls from both.
func PullMerge[T cmp.Ordered](a, b iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		nextA, stopA := iter.Pull(a)
		defer stopA()
		nextB, stopB := iter.Pull(b)
		defer stopB()
		va, okA := nextA()
		vb, okB := nextB()
		for okA || okB {
			if okA && (!okB || va <= vb) {
				if !yield(va) {
					return
				}
				va, okA = nextA()
			} else {
				if !yield(vb) {
					return
				}
				vb, okB = nextB()
			}
		}
	}
}

// AheadMerge has asked for the next value before it hands one out.
func AheadMerge[T cmp.Ordered](a, b iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		nextA, stopA := iter.Pull(a)
		defer stopA()
		nextB, stopB := iter.Pull(b)
		defer stopB()
		va, okA := nextA()
		vb, okB := nextB()
		for okA || okB {
			var v T
			if okA && (!okB || va < vb) {
				v = va
				va, okA = nextA()
			} else {
				v = vb
				vb, okB = nextB()
			}
			if !yield(v) {
				return
			}
		}
	}
}
