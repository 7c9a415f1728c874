// Gap is broken on purpose: the three steps of num++, with a pause between them
// in which somebody else may have a turn.
package main

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"

	"lanebook/kernelext"
)

// GapCount lets two goroutines add 1 to a number, n times each. Now and then
// one gives way between reading and writing.
func GapCount(n int) int {
	num := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range n {
				register := num
				if rand.IntN(2) == 0 {
					runtime.Gosched() // somebody else's turn
				}
				num = register + 1
			}
		})
	}
	wg.Wait()
	return num
}

func main() {
	kernelext.Tally(100, func() string {
		return fmt.Sprintf("got %2d", GapCount(10)) // wanted: 20
	})
}
