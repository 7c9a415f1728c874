// Hang is broken on purpose: two goroutines are stuck, and nobody notices,
// because a third one is not.
package main

import (
	"fmt"
	"runtime/pprof"
	"strings"
	"sync"
	"time"
)

// Crossed is the deadlock of two locks.
func Crossed() {
	var mutexA, mutexB sync.Mutex
	var up, wg sync.WaitGroup
	up.Add(2)
	wg.Go(func() {
		mutexA.Lock()
		up.Done()
		up.Wait()
		mutexB.Lock()
		mutexB.Unlock()
		mutexA.Unlock()
	})
	wg.Go(func() {
		mutexB.Lock()
		up.Done()
		up.Wait()
		mutexA.Lock()
		mutexA.Unlock()
		mutexB.Unlock()
	})
	wg.Wait()
}

func main() {
	finished := make(chan struct{})
	go func() {
		Crossed()
		close(finished)
	}()
	select {
	case <-finished:
	case <-time.After(time.Second): // so not everybody is asleep
		fmt.Println("No end after a second. Who waits where?")
		var dump strings.Builder
		pprof.Lookup("goroutine").WriteTo(&dump, 2) // an empty line between goroutines
		for g := range strings.SplitSeq(dump.String(), "\n\n") {
			if strings.Contains(g, "[sync.Mutex.Lock]") {
				fmt.Println(g)
			}
		}
	}
}
