package start

// The cells of chapter 00 that use declarations the learner has in front of
// them, in an earlier cell, and may change.

import (
	"fmt"
	"sync"
	"testing"

	"lanebook/kernelext"
)

func Example_hello() {
	fmt.Println("Hello, gopher!")
	fmt.Println("2 and 2 is", 2+2)
	// Output:
	// Hello, gopher!
	// 2 and 2 is 4
}

func ExampleVisit() {
	fmt.Println("visit", Visit())
	fmt.Println("visit", Visit())
	// Output:
	// visit 1
	// visit 2
}

func Example_oneByOne() {
	kernelext.Lanes(func() {
		for _, dish := range Breakfast() {
			kernelext.Mark(dish.Name)
			dish.Cook()
		}
	})
}

func Example_together() {
	kernelext.Lanes(func() {
		var wg sync.WaitGroup
		for _, dish := range Breakfast() {
			wg.Go(func() { // each in a goroutine of its own
				kernelext.Name(dish.Name)
				dish.Cook()
			})
		}
		wg.Wait()
		kernelext.Mark("breakfast!")
	})
}

func TestAverage(t *testing.T) {
	if got := Average(1, 2, 3, 4); got != 2.5 {
		t.Errorf("Average(1, 2, 3, 4) = %v, want 2.5", got)
	}
	if got := Average(); got != 0 {
		t.Errorf("Average() = %v, want 0", got)
	}
}
