package exercises

import (
	"context"

	"lanebook/kernelext/check"
)

// CheckFirstComposite judges a search that ends at the first number which is
// not a prime.
func CheckFirstComposite(first func(ctx context.Context, numbers []int, workers int, isPrime func(int) bool) (int, bool)) check.Result {
	prime := func(n int) bool { return n != 9 && n != 15 }
	return check.Run(check.Say("Stop at the first one", "找到一个就停"),
		check.That(check.Say("it finds a number that is not a prime", "能找到一个不是质数的数"), func(t *check.T) {
			t.Try("FirstComposite(ctx, [2 3 9 5 7], 1, isPrime)")
			n, found := first(context.Background(), []int{2, 3, 9, 5, 7}, 1, prime)
			check.Equal(t, answer{n, found}, answer{9, true})
		}),
		check.That(check.Say("if there is none, it says so", "一个也没有时，如实说没有"), func(t *check.T) {
			t.Try("FirstComposite(ctx, [2 3 5 7], 2, isPrime)")
			if n, found := first(context.Background(), []int{2, 3, 5, 7}, 2, prime); found {
				t.Fail(answer{n, found}.String(), "_, false")
			}
		}),
		check.That(check.Say("3 workers: 3 tests at the same time, never 4", "3 个 worker：同时进行 3 个测试，绝不到 4 个"), func(t *check.T) {
			t.Try("FirstComposite(ctx, [2 3 5 7 11 13], 3, isPrime)")
			calls := check.CallsOf[int](t).Together(3).AtMost(3)
			first(context.Background(), []int{2, 3, 5, 7, 11, 13}, 3, func(n int) bool {
				defer calls.Begin(n)()
				return true
			})
			calls.OnceEach(2, 3, 5, 7, 11, 13)
		}),
		check.That(check.Say("once one is found, one worker begins no other test", "一旦找到，唯一的 worker 不再开始别的测试"), func(t *check.T) {
			t.Try("FirstComposite(ctx, [2 9 5 7 11], 1, isPrime)")
			t.Look(check.Say("what does a number look at before it is tested?", "每个数在测试之前要先看什么？"))
			calls := check.CallsOf[int](t)
			first(context.Background(), []int{2, 9, 5, 7, 11}, 1, func(n int) bool {
				defer calls.Begin(n)()
				if !prime(n) {
					calls.Stop(check.Say("9 was found", "找到 9 "), 0)
				}
				return prime(n)
			})
		}),
		check.That(check.Say("nor do the other workers", "别的 worker 也一样"), func(t *check.T) {
			t.Try("FirstComposite(ctx, [9 5 7 11 13 17], 3, isPrime)")
			// 5 and 7 are being tested while 9 is found, and go on until
			// everybody had the time to hear of it.
			calls := check.CallsOf[int](t).Together(3)
			heard := make(chan struct{})
			n, found := first(context.Background(), []int{9, 5, 7, 11, 13, 17}, 3, func(n int) bool {
				defer calls.Begin(n)()
				switch n {
				case 5:
					check.Quiet()
					calls.Stop(check.Say("9 was found", "找到 9 "), 0)
					close(heard)
				case 7:
					<-heard
				}
				return prime(n)
			})
			check.Equal(t, answer{n, found}, answer{9, true})
		}),
	)
}

// answer is what FirstComposite returns.
type answer struct {
	n     int
	found bool
}

// String is the answer as a learner would write it.
func (a answer) String() string { return check.Show(a.n) + ", " + check.Show(a.found) }
