package exercises

import (
	"iter"
	"slices"

	"lanebook/kernelext/check"
)

// CheckMerge judges the merging of two sorted sequences, value by value.
func CheckMerge(merge func(a, b iter.Seq[int]) iter.Seq[int]) check.Result {
	values := func(numbers ...int) iter.Seq[int] { return slices.Values(numbers) }
	small := func() iter.Seq[int] { return merge(values(1, 4), values(2, 3)) }
	return check.Run(check.Say("Merge", "合并"),
		check.That(check.Say("all values come, in order", "所有的值都按顺序出来"), func(t *check.T) {
			t.Try("Merge(a, b) // a: 1 4 6, b: 2 3 7 8")
			check.Equal(t, slices.Collect(merge(values(1, 4, 6), values(2, 3, 7, 8))), []int{1, 2, 3, 4, 6, 7, 8})
		}),
		check.That(check.Say("one of them may be empty", "其中一个可以是空的"), func(t *check.T) {
			t.Try("Merge(a, b) // a: 1 2, b: nothing")
			check.Equal(t, slices.Collect(merge(values(1, 2), values())), []int{1, 2})
			t.Try("Merge(a, b) // a: nothing, b: 1 2")
			check.Equal(t, slices.Collect(merge(values(), values(1, 2))), []int{1, 2})
		}),
		check.ForAll(check.Say("the same as sorting all of them", "结果和全部排序一样"), check.Slices(check.Ints(-20, 20), 20), func(t *check.T, all []int) {
			half := len(all) / 2
			a, b := slices.Sorted(values(all[:half]...)), slices.Sorted(values(all[half:]...))
			t.Try("Merge(a, b) // a: %v, b: %v", a, b)
			check.Equal(t, slices.Collect(merge(values(a...), values(b...))), slices.Sorted(values(all...)))
		}),
		check.That(check.Say("nothing is collected, and nothing left open", "不预先收集，也不留下没关的"), func(t *check.T) {
			t.Try("for v := range Merge(a, b) { if v == 3 { break } } // a, b: 1 2 3 … 1000")
			t.Look(check.Say("`stop`, and how far ahead you pull", "`stop`，以及提前拉了多少"))
			a, b := upTo(1000), upTo(1000)
			for v := range merge(a.all, b.all) {
				if v == 3 {
					break
				}
			}
			if most := max(a.made, b.made); most > 4 {
				t.Fail(check.Say("values made by a source: ", "一个源头造出的值的个数：")+check.Show(most), check.Say("4 at most", "至多 4 个"))
			}
			wantClosed(t, "a", a)
			wantClosed(t, "b", b)
		}),
		breaksOff(small, 1),
		startsAgain(small, []int{1, 2, 3, 4}),
	)
}
