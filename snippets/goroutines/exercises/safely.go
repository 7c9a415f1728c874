package exercises

import (
	"errors"
	"fmt"
	"strings"

	"lanebook/kernelext/check"
)

// CheckSafely judges a function that runs tasks at the same time and returns
// the error of each, where a panic counts as an error.
func CheckSafely(safely func(tasks []func() error) []error) check.Result {
	broken := errors.New("disk full")
	return check.Run(check.Say("Panics become errors", "panic 变成错误"),
		check.That(check.Say("a panic becomes the error of its task", "panic 变成那个任务的错误"), func(t *check.T) {
			t.Try(`Safely([ok, panic("out of eggs"), ok])`)
			t.Look(check.Say("`recover` works only in the goroutine that panics, in a deferred function", "`recover` 只在发生 panic 的那个 goroutine 里、在延迟函数里才管用"))
			errs := safely([]func() error{
				func() error { return nil },
				func() error { panic("out of eggs") },
				func() error { return nil },
			})
			if len(errs) != 3 || errs[0] != nil || errs[1] == nil || errs[2] != nil || !strings.Contains(errs[1].Error(), "out of eggs") {
				t.Fail(fmt.Sprintf("%v", errs), check.Say("three results; the second one an error that says `out of eggs`", "三个结果，第二个是提到 `out of eggs` 的错误"))
			}
		}),
		check.That(check.Say("an ordinary error stays as it is", "普通的错误原样返回"), func(t *check.T) {
			t.Try(`Safely([fails, ok])`)
			errs := safely([]func() error{func() error { return broken }, func() error { return nil }})
			check.Equal(t, len(errs), 2)
			check.ErrorIs(t, errs[0], broken)
			check.NoError(t, errs[1])
		}),
		check.That(check.Say("the tasks run at the same time, and the others end well", "任务同时进行，别的任务照常做完"), func(t *check.T) {
			t.Try(`Safely([ok, panic("…"), ok, ok])`)
			calls := check.CallsOf[int](t).Together(4)
			tasks := make([]func() error, 4)
			for i := range tasks {
				tasks[i] = func() error {
					defer calls.Begin(i)()
					if i == 1 {
						panic("now")
					}
					return nil
				}
			}
			errs := safely(tasks)
			calls.OnceEach(0, 1, 2, 3)
			check.Equal(t, len(errs), 4)
		}),
		check.That(check.Say("errors keep the order of their tasks", "错误的次序与任务相同"), func(t *check.T) {
			t.Try("Safely([slow, fast]) // both fail")
			fast, ofFirst, ofSecond := make(chan struct{}), errors.New("slow"), errors.New("fast")
			errs := safely([]func() error{
				func() error { <-fast; return ofFirst },
				func() error { defer close(fast); return ofSecond },
			})
			check.Equal(t, len(errs), 2)
			check.ErrorIs(t, errs[0], ofFirst) // an answer may say more than the task did
			check.ErrorIs(t, errs[1], ofSecond)
		}),
	)
}
