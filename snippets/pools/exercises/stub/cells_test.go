package stub

// What the exercise cells run below the learner's answer.

import "lanebook/snippets/pools/exercises"

func ExampleMap() {
	exercises.CheckMap(Map[int, string])
}

func ExampleFirstComposite() {
	exercises.CheckFirstComposite(FirstComposite)
}

func ExampleIsPrime() {
	exercises.CheckIsPrime(IsPrime)
}

func ExampleCopyAll() {
	exercises.CheckCopyAll(CopyAll)
}

func ExampleSquares() {
	exercises.CheckSquares(Squares)
}
