package exercises

import "lanebook/kernelext/check"

// CheckSquares judges a pool that computes 1², 2², … n² with a few workers.
func CheckSquares(squares func(n, workers int) []int) check.Result {
	return check.Run(check.Say("Squares", "平方"),
		check.That(check.Say("one worker computes every square once", "一个 worker，每个平方恰好算一次"), func(t *check.T) {
			t.Try("Squares(5, 1)")
			check.SameElements(t, squares(5, 1), []int{1, 4, 9, 16, 25})
		}),
		check.That(check.Say("so do several workers, every time", "几个 worker 也是，而且次次如此"), func(t *check.T) {
			t.Try("Squares(20, 4)")
			t.Look(check.Say("who closes `results`, and who may still want to send?", "谁关闭 `results`？那时还有谁要发送？"))
			check.SameElements(t, squares(20, 4), upTo(20))
		}).Times(100),
		check.That(check.Say("no jobs, no squares, and still an end", "没有任务也就没有结果，但要能结束"), func(t *check.T) {
			t.Try("Squares(0, 3)")
			check.SameElements(t, squares(0, 3), nil)
		}),
	)
}

// upTo are the first n squares.
func upTo(n int) []int {
	var squares []int
	for i := range n {
		squares = append(squares, (i+1)*(i+1))
	}
	return squares
}
