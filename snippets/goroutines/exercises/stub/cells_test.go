package stub

// What the exercise cells run.

import "lanebook/snippets/goroutines/exercises"

func ExampleGreet() {
	exercises.CheckGreet(Greet)
}

func ExampleRunAll() {
	exercises.CheckRunAll(RunAll)
}

func ExampleSafely() {
	exercises.CheckSafely(Safely)
}

func ExampleRace() {
	exercises.CheckRace(Race)
}

func ExampleInOrder() {
	exercises.CheckInOrder(InOrder)
}
