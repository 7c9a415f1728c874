// Package right holds good answers to the exercises on pools that go another
// way than the solutions. They must pass.
package right

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// WorkerMap has as many goroutines as workers, which share a queue of indexes.
func WorkerMap[T, U any](ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error)) ([]U, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	out := make([]U, len(in))
	jobs := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range jobs {
				if ctx.Err() != nil {
					return
				}
				v, err := f(ctx, in[i])
				if err != nil {
					cancel(err)
					return
				}
				out[i] = v
			}
		})
	}
feeding:
	for i := range in {
		select {
		case jobs <- i:
		case <-ctx.Done():
			break feeding
		}
	}
	close(jobs)
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	return out, nil
}

// SemaphoreMap starts a goroutine for each element, of which only some may work.
func SemaphoreMap[T, U any](ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error)) ([]U, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	places := make(chan struct{}, workers)
	out := make([]U, len(in))
	var once sync.Once
	var first error
	fail := func(err error) {
		once.Do(func() { first = err; cancel() })
	}
	var wg sync.WaitGroup
	for i, v := range in {
		wg.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			if err := ctx.Err(); err != nil {
				fail(err)
				return
			}
			result, err := f(ctx, v)
			if err != nil {
				fail(err)
				return
			}
			out[i] = result
		})
	}
	wg.Wait()
	return out, first
}

// CountingMap lets each worker take the next index from an atomic number.
func CountingMap[T, U any](ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error)) ([]U, error) {
	out := make([]U, len(in))
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range workers {
		g.Go(func() error {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(in) {
					return nil
				}
				v, err := f(ctx, in[i])
				if err != nil {
					return err
				}
				out[i] = v
			}
			return ctx.Err()
		})
	}
	return out, g.Wait()
}

// FlagComposite remembers in an atomic pointer what was found.
func FlagComposite(_ context.Context, numbers []int, workers int, isPrime func(int) bool) (int, bool) {
	var found atomic.Pointer[int]
	places := make(chan struct{}, workers)
	var wg sync.WaitGroup
	for _, n := range numbers {
		places <- struct{}{}
		if found.Load() != nil {
			<-places
			break
		}
		wg.Go(func() {
			defer func() { <-places }()
			if !isPrime(n) {
				found.CompareAndSwap(nil, &n)
			}
		})
	}
	wg.Wait()
	if n := found.Load(); n != nil {
		return *n, true
	}
	return 0, false
}

// PoolComposite has workers that share a queue, and a channel with room for
// what they find.
func PoolComposite(ctx context.Context, numbers []int, workers int, isPrime func(int) bool) (int, bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	jobs, found := make(chan int), make(chan int, workers)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for n := range jobs {
				if !isPrime(n) {
					found <- n
					cancel()
					return
				}
			}
		})
	}
	go func() {
		defer close(jobs)
		for _, n := range numbers {
			if ctx.Err() != nil {
				return
			}
			select {
			case jobs <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	wg.Wait()
	close(found)
	n, ok := <-found
	return n, ok
}

// BigIsPrime asks the library. Below 2⁶⁴ its answer is exact.
func BigIsPrime(n int) bool { return big.NewInt(int64(n)).ProbablyPrime(0) }

// SixIsPrime tries 2, 3, and numbers beside multiples of 6.
func SixIsPrime(n int) bool {
	if n < 4 {
		return n > 1
	}
	if n%2 == 0 || n%3 == 0 {
		return false
	}
	for d := 5; d*d <= n; d += 6 {
		if n%d == 0 || n%(d+2) == 0 {
			return false
		}
	}
	return true
}

// ParallelCopyAll copies files at the same time.
func ParallelCopyAll(ctx context.Context, src, dst *os.Root) (int, error) {
	var mu sync.Mutex
	var failed []error
	copied := 0
	var g errgroup.Group
	g.SetLimit(4)
	walked := fs.WalkDir(src.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return err
		case d.IsDir():
			return dst.MkdirAll(name, 0o755)
		}
		g.Go(func() error {
			err := copyFile(src, dst, name)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = append(failed, fmt.Errorf("%s: %w", name, err))
				return nil
			}
			copied++
			return nil
		})
		return nil
	})
	g.Wait()
	return copied, errors.Join(append(failed, walked)...)
}

func copyFile(src, dst *os.Root, name string) error {
	content, err := src.ReadFile(name)
	if err != nil {
		return err
	}
	return dst.WriteFile(name, content, 0o644)
}

// IndexSquares gives each result a place of its own.
func IndexSquares(n, workers int) []int {
	squares := make([]int, n)
	jobs := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range jobs {
				squares[i] = (i + 1) * (i + 1)
			}
		})
	}
	for i := range n {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	return squares
}

// CountedSquares never closes results: it knows how many there will be.
func CountedSquares(n, workers int) []int {
	jobs, results := make(chan int, n), make(chan int)
	for i := range n {
		jobs <- i + 1
	}
	close(jobs)
	for range workers {
		go func() {
			for v := range jobs {
				results <- v * v
			}
		}()
	}
	var squares []int
	for range n {
		squares = append(squares, <-results)
	}
	return squares
}

// LastSquares lets the last worker close.
func LastSquares(n, workers int) []int {
	jobs, results := make(chan int), make(chan int)
	var working atomic.Int64
	working.Store(int64(workers))
	for range workers {
		go func() {
			for v := range jobs {
				results <- v * v
			}
			if working.Add(-1) == 0 {
				close(results)
			}
		}()
	}
	go func() {
		defer close(jobs)
		for v := range n {
			jobs <- v + 1
		}
	}()
	var squares []int
	for sq := range results {
		squares = append(squares, sq)
	}
	return squares
}
