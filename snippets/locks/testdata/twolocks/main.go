// Twolocks is broken on purpose: everybody takes a lock, but not the same one.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func main() {
	var muA, muB sync.Mutex
	num := 0
	add := func(mu *sync.Mutex) {
		for range 1000 {
			mu.Lock()
			n := num
			runtime.Gosched() // somebody else's turn
			num = n + 1
			mu.Unlock()
		}
	}

	var wg sync.WaitGroup
	wg.Go(func() { add(&muA) })
	wg.Go(func() { add(&muB) })
	wg.Wait()
	fmt.Println("wanted 2000, got", num)
}
