// Package wrong holds answers to the exercises on iterators that must be turned
// down, each for a reason of its own. They are common mistakes.
package wrong

import (
	"cmp"
	"iter"
	"slices"
)

// ForwardBackward walks in the usual direction.
func ForwardBackward(numbers ...int) iter.Seq[int] { return slices.Values(numbers) }

// ShortBackward stops before the index 0.
func ShortBackward(numbers ...int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := len(numbers) - 1; i > 0; i-- {
			if !yield(numbers[i]) {
				return
			}
		}
	}
}

// DeafBackward does not look at what yield returns.
func DeafBackward(numbers ...int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := len(numbers) - 1; i >= 0; i-- {
			yield(numbers[i])
		}
	}
}

// OnceBackward keeps the place outside of the loop.
func OnceBackward(numbers ...int) iter.Seq[int] {
	i := len(numbers) - 1
	return func(yield func(int) bool) {
		for ; i >= 0; i-- {
			if !yield(numbers[i]) {
				return
			}
		}
	}
}

// LateTake stops when the value after the last one has been made.
func LateTake[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		taken := 0
		for v := range seq {
			if taken == n || !yield(v) {
				return
			}
			taken++
		}
	}
}

// FirstTake is in time, but for n = 0.
func FirstTake[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		taken := 0
		for v := range seq {
			if n == 0 {
				return
			}
			taken++
			if !yield(v) || taken == n {
				return
			}
		}
	}
}

// OnceTake counts all loops together.
func OnceTake[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	taken := 0
	return func(yield func(T) bool) {
		if taken >= n {
			return
		}
		for v := range seq {
			taken++
			if !yield(v) || taken == n {
				return
			}
		}
	}
}

// CollectTake makes a slice of everything first.
func CollectTake[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	all := slices.Collect(seq)
	return slices.Values(all[:min(n, len(all))])
}

// HalfEqual stops one of its two sequences.
func HalfEqual[T comparable](a, b iter.Seq[T]) bool {
	next, stop := iter.Pull(a)
	defer stop()
	nextB, _ := iter.Pull(b)
	for {
		va, okA := next()
		vb, okB := nextB()
		if okA != okB || va != vb {
			return false
		}
		if !okA {
			return true
		}
	}
}

// ShortEqual is content when the shorter one has ended.
func ShortEqual[T comparable](a, b iter.Seq[T]) bool {
	next, stop := iter.Pull(b)
	defer stop()
	for va := range a {
		if vb, ok := next(); ok && va != vb {
			return false
		}
	}
	return true
}

// CollectEqual makes slices of both.
func CollectEqual[T comparable](a, b iter.Seq[T]) bool {
	return slices.Equal(slices.Collect(a), slices.Collect(b))
}

// FirstPairwise pairs the first value with nothing.
func FirstPairwise[T any](seq iter.Seq[T]) iter.Seq2[T, T] {
	return func(yield func(T, T) bool) {
		var before T
		for v := range seq {
			if !yield(before, v) {
				return
			}
			before = v
		}
	}
}

// ZeroPairwise takes the value 0 for "there is none yet".
func ZeroPairwise[T comparable](seq iter.Seq[T]) iter.Seq2[T, T] {
	return func(yield func(T, T) bool) {
		var before, zero T
		for v := range seq {
			if before != zero && !yield(before, v) {
				return
			}
			before = v
		}
	}
}

// OncePairwise remembers the last value of the loop before.
func OncePairwise[T any](seq iter.Seq[T]) iter.Seq2[T, T] {
	var before T
	first := true
	return func(yield func(T, T) bool) {
		for v := range seq {
			if !first && !yield(before, v) {
				return
			}
			before, first = v, false
		}
	}
}

// DeafPairwise does not look at what yield returns.
func DeafPairwise[T any](seq iter.Seq[T]) iter.Seq2[T, T] {
	return func(yield func(T, T) bool) {
		var before T
		first := true
		for v := range seq {
			if !first {
				yield(before, v)
			}
			before, first = v, false
		}
	}
}

// SortMerge collects both and sorts.
func SortMerge[T cmp.Ordered](a, b iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		all := append(slices.Collect(a), slices.Collect(b)...)
		slices.Sort(all)
		slices.Values(all)(yield)
	}
}

// ShortMerge forgets what is left of b when a has ended.
func ShortMerge[T cmp.Ordered](a, b iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		vb, more := next()
		for va := range a {
			for ; more && vb < va; vb, more = next() {
				if !yield(vb) {
					return
				}
			}
			if !yield(va) {
				return
			}
		}
	}
}

// LeakyMerge is right, but never stops what it pulls from.
func LeakyMerge[T cmp.Ordered](a, b iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		next, _ := iter.Pull(b)
		vb, more := next()
		for va := range a {
			for ; more && vb < va; vb, more = next() {
				if !yield(vb) {
					return
				}
			}
			if !yield(va) {
				return
			}
		}
		for ; more; vb, more = next() {
			if !yield(vb) {
				return
			}
		}
	}
}
