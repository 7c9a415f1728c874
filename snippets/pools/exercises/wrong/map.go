// Package wrong holds answers to the exercises on pools that must be turned
// down, each for a reason of its own. They are common mistakes.
package wrong

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// SequentialMap is right but for one thing: nothing happens at the same time.
func SequentialMap[T, U any](ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error)) ([]U, error) {
	var out []U
	for _, v := range in {
		u, err := f(ctx, v)
		if err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, nil
}

// UnboundedMap starts a goroutine for each element at once.
func UnboundedMap[T, U any](ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error)) ([]U, error) {
	out := make([]U, len(in))
	g, ctx := errgroup.WithContext(ctx)
	for i, v := range in {
		g.Go(func() (err error) {
			out[i], err = f(ctx, v)
			return err
		})
	}
	return out, g.Wait()
}

// UnorderedMap collects results as they come.
func UnorderedMap[T, U any](ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error)) ([]U, error) {
	var mu sync.Mutex
	var out []U
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for _, v := range in {
		g.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			u, err := f(ctx, v)
			mu.Lock()
			defer mu.Unlock()
			out = append(out, u)
			return err
		})
	}
	return out, g.Wait()
}

// RacyMap notes the first error in a variable that all workers share. The
// results have places of their own and are safe.
func RacyMap[T, U any](ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error)) ([]U, error) {
	out := make([]U, len(in))
	var failed error
	var wg sync.WaitGroup
	jobs := make(chan int)
	for range workers {
		wg.Go(func() {
			for i := range jobs {
				if failed == nil && ctx.Err() == nil {
					u, err := f(ctx, in[i])
					out[i] = u
					if err != nil {
						failed = err
					}
				}
			}
		})
	}
	for i := range in {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	return out, failed
}

// StubbornMap goes on after an error.
func StubbornMap[T, U any](ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error)) ([]U, error) {
	out := make([]U, len(in))
	var g errgroup.Group
	g.SetLimit(workers)
	for i, v := range in {
		g.Go(func() (err error) {
			out[i], err = f(ctx, v)
			return err
		})
	}
	return out, g.Wait()
}

// StuckMap waits for its workers before it takes their results.
func StuckMap[T, U any](ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error)) ([]U, error) {
	out := make([]U, len(in))
	done := make(chan int)
	var wg sync.WaitGroup
	for i, v := range in {
		wg.Go(func() {
			out[i], _ = f(ctx, v)
			done <- i
		})
	}
	wg.Wait()
	return out, nil
}

// LeakyMap returns at the first error and leaves the others to themselves.
func LeakyMap[T, U any](ctx context.Context, in []T, workers int, f func(context.Context, T) (U, error)) ([]U, error) {
	out := make([]U, len(in))
	places, errs := make(chan struct{}, workers), make(chan error)
	stop := make(chan struct{})
	halt := sync.OnceFunc(func() { close(stop) })
	go func() {
		for i, v := range in {
			places <- struct{}{}
			select {
			case <-stop:
				return
			default:
			}
			go func() {
				var err error
				out[i], err = f(ctx, v)
				if err != nil {
					halt()
				}
				<-places
				errs <- err
			}()
		}
	}()
	for range in {
		if err := <-errs; err != nil {
			return nil, err
		}
	}
	return out, nil
}

// DeafMap gives f a context that nobody can cancel.
func DeafMap[T, U any](_ context.Context, in []T, workers int, f func(context.Context, T) (U, error)) ([]U, error) {
	out := make([]U, len(in))
	g, ctx := errgroup.WithContext(context.Background())
	g.SetLimit(workers)
	for i, v := range in {
		g.Go(func() (err error) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			out[i], err = f(ctx, v)
			return err
		})
	}
	return out, g.Wait()
}
