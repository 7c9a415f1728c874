// Torn is broken on purpose: one goroutine writes, another reads, and the
// reader sees pairs that were never written.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Pair is always written with twice the same number.
type Pair struct{ A, B int }

// Torn lets one goroutine write pairs and another one read them for a while.
// It returns how many were read, and in how many of them A and B differed.
func Torn(d time.Duration) (reads, torn int) {
	var pair Pair
	var stop atomic.Bool
	var wg sync.WaitGroup
	wg.Go(func() { // the only one who writes
		for k := 0; !stop.Load(); k++ {
			pair = Pair{k, k}
		}
	})
	for begin := time.Now(); time.Since(begin) < d; reads++ {
		if p := pair; p.A != p.B {
			torn++
		}
	}
	stop.Store(true)
	wg.Wait()
	return reads, torn
}

func main() {
	reads, torn := Torn(100 * time.Millisecond)
	fmt.Println("pairs read:", reads)
	fmt.Println("pairs that nobody ever wrote:", torn)
}
