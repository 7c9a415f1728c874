// Package stub holds the starting points of the exercises on pools: they
// compile, and they are wrong or unfinished.
package stub

import (
	"context"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"sync"
)

// Map applies f to every element of in, with at most the given number of
// workers at a time. Results keep the order of the input. The first error
// ends the whole thing.
func Map[T, U any](
	ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error),
) ([]U, error) {
	return nil, nil // your code
}

// FirstComposite returns a number that isPrime says no to, and true; or false
// if there is none. As soon as one is found, no other number is begun.
func FirstComposite(
	ctx context.Context, numbers []int, workers int, isPrime func(int) bool,
) (int, bool) {
	return 0, false // your code
}

// IsPrime is the test of the Python original, carried over line by line.
// What does it say about 2, 1, 0 and -7?
func IsPrime(n int) bool {
	if n%2 == 0 {
		return false
	}
	root := int(math.Sqrt(float64(n)))
	for d := 3; d <= root; d += 2 {
		if n%d == 0 {
			return false
		}
	}
	return true
}

// CopyAll copies the files of src into dst. It gives up at the first file it
// cannot read. Make it go on, and return all errors in the end.
func CopyAll(ctx context.Context, src, dst *os.Root) (copied int, err error) {
	err = fs.WalkDir(src.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if err := CopyFile(src, dst, name); err != nil {
			return err
		}
		copied++
		return ctx.Err()
	})
	return copied, err
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

// Squares should compute 1², 2², … n² with a few workers. It dies with "send
// on closed channel" or "close of closed channel". Why, and what is the cure?
func Squares(n, workers int) []int {
	jobs, results := make(chan int), make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for v := range jobs {
				results <- v * v
			}
			close(results)
		})
	}
	go func() {
		for v := range n {
			jobs <- v + 1
		}
		close(jobs)
	}()

	var squares []int
	for sq := range results {
		squares = append(squares, sq)
	}
	wg.Wait()
	return squares
}
