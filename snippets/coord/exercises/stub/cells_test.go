package stub

// What the exercise cells run.

import "lanebook/snippets/coord/exercises"

func ExampleFairAccount() {
	exercises.CheckFair(NewFairAccount)
}

func ExampleTalk() {
	exercises.CheckTalk(Talk)
}

func ExampleBarrier() {
	exercises.CheckBarrier(NewBarrier)
}

func ExampleBuffer() {
	exercises.CheckBuffer(NewBuffer)
}

func ExampleEat() {
	exercises.CheckEat(Eat)
}
