package check

import (
	"iter"
	"math/rand/v2"
)

// Inputs makes values to try, and knows for a value which ones are smaller.
type Inputs[In any] struct {
	// Make returns a value of about the given size; sizes begin at 0 and grow.
	Make func(r *rand.Rand, size int) In
	// Smaller yields values that are simpler than in, the simplest first.
	Smaller func(in In) iter.Seq[In]
}

// tries is how many values ForAll tries, and shrinks how many simpler ones it
// tries when it has found one that fails. // arbitrary
const (
	tries   = 200
	shrinks = 1000
)

// ForAll is a case that tries f with many values, small ones first. When one
// fails it looks for the smallest that does, and tells of that one. The values
// are the same in every run. f should call t.Try first.
func ForAll[In any](name string, inputs Inputs[In], f func(t *T, in In)) Case {
	return Case{name: name, times: 1, serve: func(a *attempts) {
		r := rand.New(rand.NewPCG(1, 2))
		for i := range tries {
			in := inputs.Make(r, i/4)
			if a.soft(func(t *T) { f(t, in) }) == nil {
				continue
			}
			in = smallest(in, inputs.Smaller, func(in In) bool {
				return a.soft(func(t *T) { f(t, in) }) != nil
			})
			a.hard(func(t *T) { f(t, in) })
		}
	}}
}

// smallest follows the simpler values that fail, too, as far as they go.
func smallest[In any](in In, smaller func(In) iter.Seq[In], fails func(In) bool) In {
	left := shrinks
	for found := smaller != nil; found && left > 0; {
		found = false
		for simpler := range smaller(in) {
			if left--; left < 0 {
				break
			}
			if fails(simpler) {
				in, found = simpler, true
				break
			}
		}
	}
	return in
}

// Ints are whole numbers from low to high.
func Ints(low, high int) Inputs[int] {
	zero := min(max(0, low), high)
	return Inputs[int]{
		Make: func(r *rand.Rand, size int) int {
			span := uint64(size)*uint64(size) + 3
			n := zero + int(r.Uint64N(2*span+1)) - int(span)
			return min(max(n, low), high)
		},
		Smaller: func(n int) iter.Seq[int] {
			return func(yield func(int) bool) {
				for _, m := range []int{zero, zero + (n-zero)/2, n - sign(n-zero)} {
					if m != n && low <= m && m <= high && !yield(m) {
						return
					}
				}
			}
		},
	}
}

func sign(n int) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}

// Slices are slices of at most most elements.
func Slices[E any](of Inputs[E], most int) Inputs[[]E] {
	return Inputs[[]E]{
		Make: func(r *rand.Rand, size int) []E {
			s := make([]E, r.IntN(min(size, most)+1))
			for i := range s {
				s[i] = of.Make(r, size)
			}
			return s
		},
		Smaller: func(s []E) iter.Seq[[]E] {
			return func(yield func([]E) bool) {
				// Halves first, then without one, then with a simpler one.
				if n := len(s); n > 1 && (!yield(clone(s[:n/2])) || !yield(clone(s[n/2:]))) {
					return
				}
				for i := range s {
					if !yield(append(clone(s[:i]), s[i+1:]...)) {
						return
					}
				}
				for i := range s {
					for e := range of.Smaller(s[i]) {
						c := clone(s)
						c[i] = e
						if !yield(c) {
							return
						}
					}
				}
			}
		},
	}
}

func clone[E any](s []E) []E { return append([]E(nil), s...) }

// Strings are texts of at most most characters from an alphabet, whose first
// character is the simplest.
func Strings(alphabet string, most int) Inputs[string] {
	letters := []rune(alphabet)
	of := Slices(Inputs[rune]{
		Make: func(r *rand.Rand, _ int) rune { return letters[r.IntN(len(letters))] },
		Smaller: func(c rune) iter.Seq[rune] {
			return func(yield func(rune) bool) {
				if c != letters[0] {
					yield(letters[0])
				}
			}
		},
	}, most)
	return Inputs[string]{
		Make: func(r *rand.Rand, size int) string { return string(of.Make(r, size)) },
		Smaller: func(s string) iter.Seq[string] {
			return func(yield func(string) bool) {
				for simpler := range of.Smaller([]rune(s)) {
					if !yield(string(simpler)) {
						return
					}
				}
			}
		},
	}
}
