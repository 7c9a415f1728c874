// Panics is broken on purpose: a panic in one goroutine ends all of them.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	defer fmt.Println("main says goodbye") // never printed
	var wg sync.WaitGroup
	wg.Go(func() {
		time.Sleep(time.Second)
		fmt.Println("the careful one is done")
	})
	wg.Go(func() {
		var prices map[string]int
		prices["tea"] = 3
	})
	wg.Wait()
}
