package generators

import "context"

// LeakyGen sends 0, 1, … n-1 from a goroutine of its own. If the receiver loses
// interest before the last one, that goroutine waits for ever.
func LeakyGen(n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			ch <- i
		}
	}()
	return ch
}

// ChanGen sends 0, 1, … n-1 from a goroutine of its own, which ends when all are
// sent or when ctx is done, whichever comes first.
func ChanGen(ctx context.Context, n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			select {
			case ch <- i:
			case <-ctx.Done():
				return
			}
		}
	}()
	return ch
}
