package stub

// What the exercise cells run.

import (
	"iter"

	"lanebook/snippets/iterators/exercises"
)

func ExampleMyList_Backward() {
	exercises.CheckBackward(func(numbers ...int) iter.Seq[int] {
		var list MyList
		for _, n := range numbers {
			list.Add(n)
		}
		return list.Backward()
	})
}

func ExampleTake() {
	exercises.CheckTake(Take[int])
}

func ExampleEqual() {
	exercises.CheckEqual(Equal[int])
}

func ExamplePairwise() {
	exercises.CheckPairwise(Pairwise[int])
}

func ExampleMerge() {
	exercises.CheckMerge(Merge[int])
}
