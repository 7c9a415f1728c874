package pools

import (
	"context"
	"sync"
)

// Generate sends the values one after another and then closes the channel.
func Generate[T any](ctx context.Context, values ...T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for _, v := range values {
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// Stage applies f to everything that arrives on in, and closes its output when
// in is closed. When ctx ends it no longer waits for a reader: a chain of
// stages with the same ctx winds itself up.
func Stage[T, U any](ctx context.Context, in <-chan T, f func(T) U) <-chan U {
	out := make(chan U)
	go func() {
		defer close(out)
		for v := range in {
			select {
			case out <- f(v):
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

// FanOut starts n stages that share one input: whoever is free takes the next
// value.
func FanOut[T, U any](ctx context.Context, in <-chan T, n int, f func(T) U) []<-chan U {
	outs := make([]<-chan U, n)
	for i := range outs {
		outs[i] = Stage(ctx, in, f)
	}
	return outs
}

// Merge forwards everything from all inputs, in whatever order it comes, and
// closes its output when the last input is closed. When ctx ends it no longer
// waits for a reader.
func Merge[T any](ctx context.Context, ins ...<-chan T) <-chan T {
	out := make(chan T)
	var wg sync.WaitGroup
	for _, in := range ins {
		wg.Go(func() {
			for v := range in {
				select {
				case out <- v:
				case <-ctx.Done():
					return
				}
			}
		})
	}
	go func() {
		wg.Wait()
		close(out) // only after the last sender is gone
	}()
	return out
}
