package iterators

import (
	"fmt"
	"iter"
	"time"

	"lanebook/kernelext"
)

// Parcels packs n parcels, one after the other, and hands each one out as soon
// as it is packed. Each takes two milliseconds, so that it is seen in a picture.
func Parcels(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			kernelext.Mark(fmt.Sprintf("pack %d", i+1))
			Work(2 * time.Millisecond)
			if !yield(i + 1) {
				return
			}
		}
	}
}

// Work keeps a core busy for a while.
func Work(d time.Duration) {
	for begin := time.Now(); time.Since(begin) < d; {
	}
}
