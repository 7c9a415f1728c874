// Mapwrite is broken on purpose: two goroutines write to one map.
package main

import (
	"fmt"
	"sync"
)

func main() {
	hits := map[string]int{}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range 10_000_000 {
				hits["index.html"]++
			}
		})
	}
	wg.Wait()
	fmt.Println("lucky, or there is only one core:", hits)
}
