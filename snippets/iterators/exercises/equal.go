package exercises

import (
	"iter"

	"lanebook/kernelext/check"
)

// CheckEqual judges a comparison of two sequences that leaves none of them
// hanging in the middle.
func CheckEqual(equal func(a, b iter.Seq[int]) bool) check.Result {
	return check.Run(check.Say("Equal", "比较两个序列"),
		check.That(check.Say("the same values are equal", "值都一样，就是相等"), func(t *check.T) {
			t.Try("Equal(a, b) // a: 1 2 3, b: 1 2 3")
			check.Equal(t, equal(upTo(3).all, upTo(3).all), true)
			t.Try("Equal(a, b) // both of nothing")
			check.Equal(t, equal(upTo(0).all, upTo(0).all), true)
		}),
		check.That(check.Say("different ones are not, and none is left in the middle", "不一样就不相等，而且谁也没有停在半路"), func(t *check.T) {
			t.Look(check.Say("`iter.Pull` returns two functions", "`iter.Pull` 返回两个函数"))
			for _, tt := range []struct{ a, b []int }{
				{[]int{1, 2, 3}, []int{1, 2}},
				{[]int{1, 2}, []int{1, 2, 3}},
				{[]int{1, 2, 3}, []int{1, 7, 3}},
				{nil, []int{0}},
			} {
				t.Try("Equal(a, b) // a: %v, b: %v", tt.a, tt.b)
				a, b := &source{values: tt.a}, &source{values: tt.b}
				check.Equal(t, equal(a.all, b.all), false)
				wantClosed(t, "a", a)
				wantClosed(t, "b", b)
			}
		}),
		check.That(check.Say("the first difference is enough", "有一处不同就够了"), func(t *check.T) {
			t.Try("Equal(a, b) // a: 1 2 3 … 1000, b: 7 2 3 … 1000")
			a, b := upTo(1000), upTo(1000)
			b.values[0] = 7
			check.Equal(t, equal(a.all, b.all), false)
			wantMade(t, a, 1)
			wantMade(t, b, 1)
		}),
	)
}

// wantClosed fails unless everything that was begun with s has ended.
func wantClosed(t *check.T, name string, s *source) {
	if s.open > 0 {
		t.Fail(name+check.Say(" still waits to be asked for the next value", " 还在等人来要下一个值"),
			check.Say("it has ended, and its defers have run", "它已经结束，它的 defer 都执行过了"))
	}
}
