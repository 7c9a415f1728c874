package pools

import (
	"context"
	"math"

	"golang.org/x/sync/errgroup"
)

// Primes returns the 65 numbers of a well-known Python exercise: 13 large
// numbers, five times over. One of the 13 is not a prime, and one occurs
// twice.
func Primes() []int {
	numbers := []int{
		1116281, 1297337, 104395303, 472882027, 533000389, 817504243, 982451653,
		112272535095293, 112582705942171, 112272535095293, 115280095190773,
		115797848077099, 1099726899285419,
	}
	var all []int
	for range 5 {
		all = append(all, numbers...)
	}
	return all
}

// IsPrime reports whether n is a prime number, by trying every odd divisor up
// to the square root of n. It is slow on purpose: work for a pool.
func IsPrime(n int) bool {
	if n < 2 || n%2 == 0 {
		return n == 2
	}
	root := int(math.Sqrt(float64(n)))
	for d := 3; d <= root; d += 2 {
		if n%d == 0 {
			return false
		}
	}
	return true
}

// Result is the answer for one number.
type Result struct {
	N     int
	Prime bool
}

// CheckAll tests every number with at most the given number of workers at a
// time. Results are in the order of the input, whoever finished first. When
// ctx ends, numbers not yet begun are skipped and ctx's error is returned.
func CheckAll(ctx context.Context, numbers []int, workers int) ([]Result, error) {
	results := make([]Result, len(numbers))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for i, n := range numbers {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			results[i] = Result{N: n, Prime: IsPrime(n)} // an element of its own
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return results, nil
}
