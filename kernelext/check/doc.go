// Package check judges answers to exercises. A chapter's checkers are typed
// functions built on it; the learner calls one below the answer:
//
//	exercises.CheckSquares(Squares)
//
// A checker is a list of cases. Each says in one line what must be true, tries
// the answer, and compares:
//
//	func CheckSquares(squares func(n, workers int) []int) check.Result {
//		return check.Run("Squares",
//			check.That("every square comes once", func(t *check.T) {
//				t.Try("Squares(5, 2)")
//				check.SameElements(t, squares(5, 2), []int{1, 4, 9, 16, 25})
//			}).Times(50))
//	}
//
// What can go wrong with goroutines needs no line of code there. The cases run
// in a child process, the cell's own binary started once more, so a panic in
// any goroutine, a deadlock, os.Exit, an endless loop, or a goroutine left
// behind is a verdict like any other. If all goes well, or if the result is
// wrong and goroutines were at work, the cases run once more with the race
// detector. A case that failed is tried again with a recording, so that its
// picture is one click away.
//
// Limits do not look at the clock. That everybody waits for ever is what Go
// itself says; that calls really overlap is shown by letting them wait for each
// other (Calls.Together); an endless loop is one that has used five seconds of
// processor time, however long that takes.
//
// The child runs the cell from its beginning, so a checker should stand at the
// top of its cell. Texts come from the author in both languages, by Say.
package check
