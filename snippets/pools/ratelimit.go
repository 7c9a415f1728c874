package pools

import (
	"context"
	"time"
)

// RateLimit passes on what arrives on in, at most one value per interval. It
// closes its output when in is closed. When ctx ends it waits neither for its
// turn nor for a reader any more.
func RateLimit[T any](ctx context.Context, in <-chan T, interval time.Duration) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		tick := time.NewTicker(interval)
		defer tick.Stop()
		for v := range in {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
