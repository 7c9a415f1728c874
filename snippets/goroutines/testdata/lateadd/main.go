// Lateadd is broken on purpose: goroutines report for work only when they run,
// and main may have stopped waiting by then.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var done atomic.Int32
	var wg sync.WaitGroup
	late := make(chan struct{}) // closed when Wait has returned: so late are they
	work := func() {
		<-late
		wg.Add(1) // too late: this belongs before the go statement
		defer wg.Done()
		done.Add(1)
	}
	for range 5 {
		go work()
	}
	wg.Wait()
	fmt.Println("done before Wait returned:", done.Load(), "of 5")
	close(late)
}
