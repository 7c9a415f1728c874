package exercises

import (
	"iter"
	"slices"

	"lanebook/kernelext/check"
)

// CheckTree judges the walk through a search tree. walk inserts the numbers into
// an empty tree, in this order, and returns the tree's sequence.
func CheckTree(walk func(numbers ...int) iter.Seq[int]) check.Result {
	return check.Run(check.Say("A walk in the tree", "在树上走一遍"),
		check.That(check.Say("the values come in order", "值按顺序出来"), func(t *check.T) {
			t.Try("slices.Collect(tree.All()) // inserted: 5 2 8 1 3")
			check.Equal(t, slices.Collect(walk(5, 2, 8, 1, 3)), []int{1, 2, 3, 5, 8})
		}),
		check.That(check.Say("an empty tree has none", "空树什么也没有"), func(t *check.T) {
			t.Try("slices.Collect(tree.All()) // inserted: nothing")
			check.Equal(t, slices.Collect(walk()), nil)
		}),
		check.That(check.Say("a loop may break off, anywhere", "循环在哪里 break 都行"), func(t *check.T) {
			t.Look(check.Say("who tells the level above that the loop is over?", "循环结束了，由谁告诉上一层？"))
			for _, last := range []int{1, 2, 3, 5, 8} {
				t.Try("for v := range tree.All() { if v == %v { break } } // inserted: 5 2 8 1 3", last)
				seen := 0
				for v := range walk(5, 2, 8, 1, 3) {
					if seen = v; v == last {
						break
					}
				}
				check.Equal(t, seen, last)
			}
		}),
		check.ForAll(check.Say("the same as sorting", "结果和排序一样"), check.Slices(check.Ints(-50, 50), 30), func(t *check.T, numbers []int) {
			t.Try("slices.Collect(tree.All()) // inserted: %v", numbers)
			check.Equal(t, slices.Collect(walk(numbers...)), slices.Sorted(slices.Values(numbers)))
		}),
	)
}
