package stub

// What the exercise cells run. The stubs are wrong, so nothing is compared.

import (
	"fmt"
	"iter"
	"slices"
)

func ExampleMyList_Backward() {
	var list MyList
	list.Add(1)
	list.Add(2)
	list.Add(3)
	fmt.Println(slices.Collect(list.Backward())) // wanted: [3 2 1]
}

func ExampleTake() {
	made := 0
	source := func(yield func(int) bool) {
		for made = 1; made < 1000 && yield(made); made++ {
		}
	}
	fmt.Println(slices.Collect(Take(source, 3)), "made:", made) // wanted: [1 2 3] made: 3
}

func ExampleEqual() {
	open := 0
	letters := func(text string) iter.Seq[rune] {
		return func(yield func(rune) bool) {
			open++
			defer func() { open-- }()
			for _, r := range text {
				if !yield(r) {
					return
				}
			}
		}
	}
	fmt.Println(Equal(letters("iterate"), letters("iteration")), "still open:", open) // wanted: false still open: 0
}

func ExamplePairwise() {
	for a, b := range Pairwise(slices.Values([]int{3, 5, 9, 10})) {
		fmt.Print(b-a, " ") // wanted: 2 4 1
	}
	fmt.Println()
}

func ExampleMerge() {
	small := slices.Values([]int{1, 4, 6})
	large := slices.Values([]int{2, 3, 7, 8})
	fmt.Println(slices.Collect(Merge(small, large))) // wanted: [1 2 3 4 6 7 8]
}
