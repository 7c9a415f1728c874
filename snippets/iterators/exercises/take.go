package exercises

import (
	"iter"
	"slices"

	"lanebook/kernelext/check"
)

// CheckTake judges a Take that asks its source for no more than it hands out.
func CheckTake(take func(seq iter.Seq[int], n int) iter.Seq[int]) check.Result {
	firstThree := func() iter.Seq[int] { return take(upTo(5).all, 3) }
	return check.Run(check.Say("Take", "取前几个"),
		check.That(check.Say("the first values come", "前几个值都来了"), func(t *check.T) {
			t.Try("slices.Collect(Take(seq, 3)) // seq: 1 2 3 4 5")
			check.Equal(t, slices.Collect(firstThree()), []int{1, 2, 3})
		}),
		check.That(check.Say("of a shorter sequence, all", "序列不够长，就全都要"), func(t *check.T) {
			t.Try("slices.Collect(Take(seq, 3)) // seq: 1 2")
			check.Equal(t, slices.Collect(take(upTo(2).all, 3)), []int{1, 2})
		}),
		check.That(check.Say("the source makes no value too many", "源头一个也不多造"), func(t *check.T) {
			t.Try("for range Take(seq, 3) {} // seq: 1 2 3 … 1000")
			t.Look(check.Say("where is the loop over `seq` left?", "对 `seq` 的循环是在哪里离开的？"))
			s := upTo(1000)
			for range take(s.all, 3) {
			}
			wantMade(t, s, 3)
		}),
		check.That(check.Say("of nothing, the source hears nothing", "一个也不要，源头就不该启动"), func(t *check.T) {
			t.Try("for range Take(seq, 0) {} // seq: 1 2 3 … 1000")
			s := upTo(1000)
			check.Equal(t, slices.Collect(take(s.all, 0)), nil)
			if s.begun > 0 {
				t.Fail(check.Say("the source was started", "源头启动了"), check.Say("it stays untouched", "碰都不碰它"))
			}
		}),
		breaksOff(firstThree, 1),
		startsAgain(firstThree, []int{1, 2, 3}),
	)
}

// wantMade fails unless the source has made n values.
func wantMade(t *check.T, s *source, n int) {
	if s.made != n {
		t.Fail(check.Say("values made by the source: ", "源头造出的值的个数：")+check.Show(s.made), check.Show(n))
	}
}
