package exercises

import (
	"fmt"

	"lanebook/kernelext/check"
)

// CheckInOrder judges a function that does all jobs at the same time, and
// prints their results in the order of the jobs.
func CheckInOrder(inOrder func(jobs []func() string, print func(string))) check.Result {
	return check.Run(check.Say("Any order of work, one order of results", "做完有先后，报告按次序"),
		check.That(check.Say("results come in the order of the jobs, whoever is done first", "不管谁先做完，结果按任务的次序"), func(t *check.T) {
			t.Try("InOrder(jobs, print) // the last job is done first")
			t.Look(check.Say("where does a result wait until it is its turn?", "轮到之前，结果放在哪里等？"))
			jobs, prints := lastFirst(3), check.CallsOf[string](t).AtMost(1)
			inOrder(jobs, func(s string) { prints.Begin(s)() })
			prints.InOrder("job 0", "job 1", "job 2")
		}),
		check.That(check.Say("all jobs are under way at the same time", "所有任务同时进行"), func(t *check.T) {
			t.Try("InOrder(jobs, print) // 4 jobs")
			calls, prints := check.CallsOf[int](t).Together(4), check.CallsOf[string](t).AtMost(1)
			jobs := make([]func() string, 4)
			for i := range jobs {
				jobs[i] = func() string {
					defer calls.Begin(i)()
					return fmt.Sprint("job ", i)
				}
			}
			inOrder(jobs, func(s string) { prints.Begin(s)() })
			prints.InOrder("job 0", "job 1", "job 2", "job 3")
		}),
		check.That(check.Say("the first result is printed while others still work", "别的还在做，第一个结果已经打印"), func(t *check.T) {
			t.Try("InOrder(jobs, print) // job 1 waits until job 0 has been printed")
			t.Expect(check.Say("job 0 is done: its result must be printed now", "任务 0 做完了，现在就该打印它的结果"))
			printed := make(chan struct{})
			jobs := []func() string{
				func() string { return "job 0" },
				func() string { <-printed; return "job 1" },
			}
			prints := check.CallsOf[string](t).AtMost(1)
			inOrder(jobs, func(s string) {
				defer prints.Begin(s)()
				if s == "job 0" {
					close(printed)
				}
			})
			prints.InOrder("job 0", "job 1")
		}),
		check.That(check.Say("no job, nothing printed, and an end", "没有任务，什么也不打印，也要返回"), func(t *check.T) {
			t.Try("InOrder([], print)")
			prints := check.CallsOf[string](t)
			inOrder(nil, func(s string) { prints.Begin(s)() })
			prints.InOrder()
		}),
	)
}

// lastFirst returns jobs of which each waits for the next one: the last is done
// first.
func lastFirst(n int) []func() string {
	jobs := make([]func() string, n)
	next := make(chan struct{})
	close(next)
	for i := n - 1; i >= 0; i-- {
		done := make(chan struct{})
		wait := next
		jobs[i] = func() string {
			<-wait
			defer close(done)
			return fmt.Sprint("job ", i)
		}
		next = done
	}
	return jobs
}
