package exercises

import (
	"iter"
	"slices"

	"lanebook/kernelext/check"
)

// CheckPairwise judges a sequence of neighbours.
func CheckPairwise(pairwise func(seq iter.Seq[int]) iter.Seq2[int, int]) check.Result {
	pairs := func(numbers ...int) (got [][2]int) {
		for a, b := range pairwise(slices.Values(numbers)) {
			got = append(got, [2]int{a, b})
		}
		return got
	}
	firsts := func() iter.Seq[int] {
		both := pairwise(slices.Values([]int{3, 5, 9}))
		return func(yield func(int) bool) {
			both(func(a, _ int) bool { return yield(a) })
		}
	}
	return check.Run(check.Say("Pairwise", "左邻右舍"),
		check.That(check.Say("neighbours come in pairs", "相邻的两个成一对"), func(t *check.T) {
			t.Try("Pairwise(seq) // seq: 3 5 9 10")
			check.Equal(t, pairs(3, 5, 9, 10), [][2]int{{3, 5}, {5, 9}, {9, 10}})
		}),
		check.That(check.Say("0 is a number like any other", "0 和别的数一样"), func(t *check.T) {
			t.Try("Pairwise(seq) // seq: 0 0 1")
			check.Equal(t, pairs(0, 0, 1), [][2]int{{0, 0}, {0, 1}})
		}),
		check.That(check.Say("one number has no neighbour", "只有一个数，就没有邻居"), func(t *check.T) {
			t.Try("Pairwise(seq) // seq: 7")
			check.Equal(t, pairs(7), nil)
			t.Try("Pairwise(seq) // seq: nothing")
			check.Equal(t, pairs(), nil)
		}),
		breaksOff(firsts, 3),
		startsAgain(firsts, []int{3, 5}),
	)
}
