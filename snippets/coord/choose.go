package coord

import (
	"context"
	"time"
)

// Remind sends text after d, unless ctx ends first. The channel is closed in
// either case.
func Remind(ctx context.Context, d time.Duration, text string) <-chan string {
	out := make(chan string, 1)
	go func() {
		defer close(out)
		select {
		case <-time.After(d):
			out <- text
		case <-ctx.Done():
		}
	}()
	return out
}

// Urgent receives from both channels until both are closed, and calls serve
// with everything. What is urgent and waiting already comes first; of two that
// arrive while it waits, it takes either.
func Urgent(urgent, normal <-chan string, serve func(string)) {
	for urgent != nil || normal != nil {
		select { // is there anything urgent right now?
		case v, ok := <-urgent:
			if !ok {
				urgent = nil // nothing can ever come from a nil channel
				continue
			}
			serve(v)
			continue
		default:
		}
		select {
		case v, ok := <-urgent:
			if ok {
				serve(v)
			} else {
				urgent = nil
			}
		case v, ok := <-normal:
			if ok {
				serve(v)
			} else {
				normal = nil
			}
		}
	}
}
