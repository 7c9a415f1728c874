// Lostupdate is broken on purpose: two goroutines change one variable and
// nothing keeps them apart.
package main

import (
	"fmt"
	"sync"
)

var gNum int

// RacyCount lets two goroutines add 1 to gNum, n times each.
func RacyCount(n int) int {
	gNum = 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range n {
				gNum++
			}
		})
	}
	wg.Wait()
	return gNum
}

func main() {
	for _, n := range []int{100, 100_000, 50_000_000} {
		fmt.Printf("wanted %d, got %d\n", 2*n, RacyCount(n))
	}
}

// Few runs the race only a thousand times, too rarely to see it by its result.
func Few() {
	fmt.Println("wanted 2000, got", RacyCount(1000))
}
