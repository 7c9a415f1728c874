// Command race adds to one variable from two goroutines without order.
package main

import (
	"fmt"
	"sync"
)

func main() {
	eggs := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			eggs++ // both read it, both write it
		})
	}
	wg.Wait()
	fmt.Println("eggs:", eggs)
}
