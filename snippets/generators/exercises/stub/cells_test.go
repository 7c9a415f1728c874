package stub

// What the exercise cells run.

import (
	"iter"

	"lanebook/snippets/generators/exercises"
)

func ExampleMedian() {
	exercises.CheckMedian(Median)
}

func ExampleChanGen() {
	exercises.CheckChanGen(ChanGen)
}

func ExampleRecords() {
	exercises.CheckRecords(Records)
}

func ExampleDropEmptyEnd() {
	exercises.CheckDropEmptyEnd(DropEmptyEnd)
}

func ExampleTree_All() {
	exercises.CheckTree(func(numbers ...int) iter.Seq[int] {
		var tree *Tree
		for _, n := range numbers {
			tree = tree.Insert(n)
		}
		return tree.All()
	})
}
