package iterators

import "iter"

// Naturals yields 0, 1, 2, … and never ends by itself.
func Naturals() iter.Seq[int] {
	return func(yield func(int) bool) {
		for n := 0; yield(n); n++ {
		}
	}
}

// Map yields f(v) for every v of seq.
func Map[T, U any](seq iter.Seq[T], f func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		for v := range seq {
			if !yield(f(v)) {
				return
			}
		}
	}
}

// Filter yields those values of seq that keep says yes to.
func Filter[T any](seq iter.Seq[T], keep func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := range seq {
			if keep(v) && !yield(v) {
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

// Zip yields pairs, one value from each side, until one of them has no more.
func Zip[A, B any](as iter.Seq[A], bs iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		next, stop := iter.Pull(bs)
		defer stop()
		for a := range as {
			b, ok := next()
			if !ok || !yield(a, b) {
				return
			}
		}
	}
}

// Chunk yields the values of seq in slices of n, the last of which may be
// shorter. Each slice is the caller's to keep. Chunk panics if n is less than 1.
func Chunk[T any](seq iter.Seq[T], n int) iter.Seq[[]T] {
	if n < 1 {
		panic("iterators: Chunk of less than 1")
	}
	return func(yield func([]T) bool) {
		var chunk []T
		for v := range seq {
			chunk = append(chunk, v)
			if len(chunk) == n {
				if !yield(chunk) {
					return
				}
				chunk = nil
			}
		}
		if len(chunk) > 0 {
			yield(chunk)
		}
	}
}
