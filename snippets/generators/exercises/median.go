package exercises

import (
	"slices"

	"lanebook/kernelext/check"
	"lanebook/snippets/generators"
)

// CheckMedian judges the body of a coroutine that answers every number with the
// median of all numbers so far.
func CheckMedian(median func(first float64, yield func(float64) (float64, bool))) check.Result {
	answers := func(numbers ...float64) (got []float64) {
		m := generators.New(bounded(median))
		defer endsAtClose(m)
		for _, v := range numbers {
			mid, ok := m.Send(v)
			if !ok {
				break
			}
			got = append(got, mid)
		}
		return got
	}
	return check.Run(check.Say("A running median", "流式中位数"),
		check.That(check.Say("of one number, that number", "只有一个数，就是它自己"), func(t *check.T) {
			t.Try("Send(7)")
			check.Equal(t, answers(7), []float64{7})
		}),
		check.That(check.Say("of an odd count, the one in the middle", "个数是奇数，就是居中的那个"), func(t *check.T) {
			t.Try("Send(5), Send(1), Send(9)")
			got := answers(5, 1, 9)
			if len(got) != 3 {
				t.Fail(check.Say("answers: ", "回答：")+check.Show(got), check.Say("an answer to each number", "每个数都有回答"))
			}
			check.Equal(t, got[2], 5)
		}),
		check.That(check.Say("of an even count, the mean of the two in the middle", "个数是偶数，就是居中两个的平均值"), func(t *check.T) {
			t.Try("Send(5), Send(1), Send(9), Send(2)")
			check.Equal(t, answers(5, 1, 9, 2), []float64{5, 3, 5, 3.5})
		}),
		check.ForAll(check.Say("the answers are right for any numbers", "不管什么数，回答都对"), check.Slices(check.Ints(-99, 99), 25), func(t *check.T, in []int) {
			t.Try("Send each of %v", in)
			var numbers, want []float64
			for _, v := range in {
				numbers = append(numbers, float64(v))
				sorted := slices.Sorted(slices.Values(numbers))
				want = append(want, (sorted[(len(sorted)-1)/2]+sorted[len(sorted)/2])/2)
			}
			check.Equal(t, answers(numbers...), want)
		}),
		check.That(check.Say("after Close it ends", "Close 之后就结束"), func(t *check.T) {
			t.Try("Send(7), Close()")
			t.Look(check.Say("what the second result of `yield` says", "`yield` 的第二个返回值说了什么"))
			m := generators.New(bounded(median))
			m.Send(7)
			if !endsAtClose(m) {
				t.Fail(check.Say("it yields again, though yield returned false", "yield 已经返回 false，它还在 yield"), check.Say("it returns", "它返回"))
			}
		}),
	)
}

// goesOn is the panic by which bounded stops a body that would never end.
type goesOn struct{}

// bounded is median, but a yield after one that returned false is its last.
func bounded(median func(first float64, yield func(float64) (float64, bool))) func(float64, func(float64) (float64, bool)) {
	return func(first float64, yield func(float64) (float64, bool)) {
		over := false
		median(first, func(v float64) (float64, bool) {
			if over {
				panic(goesOn{})
			}
			next, ok := yield(v)
			over = !ok
			return next, ok
		})
	}
}

// endsAtClose closes a bounded coroutine, and reports whether it ended by itself.
func endsAtClose(m *generators.Coro[float64, float64]) (ends bool) {
	defer func() {
		if p := recover(); p != nil && p != (goesOn{}) {
			panic(p)
		}
	}()
	m.Close()
	return true
}
