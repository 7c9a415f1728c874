package exercises

import (
	"iter"
	"slices"

	"lanebook/kernelext/check"
)

// CheckBackward judges a sequence from the last number of a list to the first.
// backward makes a list of the numbers and returns its sequence.
func CheckBackward(backward func(numbers ...int) iter.Seq[int]) check.Result {
	oneTwoThree := func() iter.Seq[int] { return backward(1, 2, 3) }
	return check.Run(check.Say("Backward", "倒着走"),
		check.That(check.Say("the last number comes first", "最后一个数最先出来"), func(t *check.T) {
			t.Try("slices.Collect(list.Backward()) // list: 1 2 3")
			check.Equal(t, slices.Collect(backward(1, 2, 3)), []int{3, 2, 1})
		}),
		check.That(check.Say("an empty list gives nothing", "空列表什么也不给"), func(t *check.T) {
			t.Try("slices.Collect(list.Backward()) // list: empty")
			check.Equal(t, slices.Collect(backward()), nil)
		}),
		breaksOff(oneTwoThree, 3),
		startsAgain(oneTwoThree, []int{3, 2, 1}),
		check.ForAll(check.Say("every list comes backward", "任何列表都倒得过来"), check.Slices(check.Ints(-99, 99), 30), func(t *check.T, numbers []int) {
			t.Try("slices.Collect(list.Backward()) // list: %v", numbers)
			want := slices.Clone(numbers)
			slices.Reverse(want)
			check.Equal(t, slices.Collect(backward(numbers...)), want)
		}),
	)
}
