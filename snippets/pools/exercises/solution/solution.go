// Package solution holds one good answer to each exercise on pools.
package solution

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Map applies f to every element of in, with at most the given number of
// workers at a time. Results keep the order of the input. The first error
// ends the whole thing.
func Map[T, U any](
	ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error),
) ([]U, error) {
	out := make([]U, len(in))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for i, v := range in {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			var err error
			out[i], err = f(ctx, v)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return out, nil
}

// errFound ends the group early; it is not a failure.
var errFound = errors.New("found")

// FirstComposite returns a number that isPrime says no to, and true; or false
// if there is none. As soon as one is found, no other number is begun.
func FirstComposite(
	ctx context.Context, numbers []int, workers int, isPrime func(int) bool,
) (int, bool) {
	var once sync.Once
	var composite int
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for _, n := range numbers {
		g.Go(func() error {
			if ctx.Err() != nil || isPrime(n) {
				return ctx.Err()
			}
			once.Do(func() { composite = n })
			return errFound
		})
	}
	found := errors.Is(g.Wait(), errFound)
	return composite, found
}

// IsPrime reports whether n is a prime number. Numbers below 2 are not, and 2
// is the only even one that is.
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

// CopyAll copies the files of src into dst. A file that cannot be copied does
// not stop the others; all errors come back together.
func CopyAll(ctx context.Context, src, dst *os.Root) (copied int, err error) {
	var failed []error
	err = fs.WalkDir(src.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			failed = append(failed, err)
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		if err := CopyFile(src, dst, name); err != nil {
			failed = append(failed, fmt.Errorf("copy %s: %w", name, err))
		} else {
			copied++
		}
		return ctx.Err() // a cancelled copy does stop
	})
	return copied, errors.Join(append(failed, err)...)
}

// CopyFile copies one file and makes the folders it stands in.
func CopyFile(src, dst *os.Root, name string) error {
	in, err := src.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := dst.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	out, err := dst.Create(name)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// Squares computes 1², 2², … n² with a few workers, in any order.
func Squares(n, workers int) []int {
	jobs, results := make(chan int), make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for v := range jobs {
				results <- v * v
			}
		})
	}
	go func() {
		for v := range n {
			jobs <- v + 1
		}
		close(jobs)
		wg.Wait()
		close(results) // nobody can send any more
	}()

	var squares []int
	for sq := range results {
		squares = append(squares, sq)
	}
	return squares
}
