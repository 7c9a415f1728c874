// Dining is broken on purpose: five philosophers, five forks, and everybody
// takes the left one first.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var forks [5]sync.Mutex
	var seated, wg sync.WaitGroup
	seated.Add(len(forks))
	for p := range forks {
		left, right := &forks[p], &forks[(p+1)%len(forks)]
		wg.Go(func() {
			left.Lock()
			defer left.Unlock()
			seated.Done()
			seated.Wait() // everybody has a left fork
			right.Lock()
			defer right.Unlock()
			fmt.Println("philosopher", p, "eats")
		})
	}
	wg.Wait()
}
