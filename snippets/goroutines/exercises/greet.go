// Package exercises judges the answers to the exercises on goroutines. Beside
// it, stub holds the starting points, solution one good answer each, and wrong
// the answers that must be turned down.
package exercises

import (
	"fmt"
	"runtime"
	"time"

	"lanebook/kernelext/check"
)

// CheckGreet judges a function that calls say for each name, all at the same
// time, and returns when all calls are over.
func CheckGreet(greet func(names []string, say func(name string))) check.Result {
	return check.Run(check.Say("Greet everybody", "向每个人问好"),
		check.That(check.Say("everybody is greeted before Greet returns", "Greet 返回之前，每个人都问候到了"), func(t *check.T) {
			t.Try(`Greet(["Ann" "Bo" "Cleo"], say)`)
			t.Look(check.Say("who waits for the goroutines?", "谁在等这些 goroutine？"))
			names := []string{"Ann", "Bo", "Cleo"}
			calls := check.CallsOf[string](t)
			greet(names, func(name string) {
				defer calls.Begin(name)()
				check.Quiet() // whoever does not wait is gone by now
			})
			wantOver(t, calls, len(names))
			calls.OnceEach(names...)
		}),
		check.That(check.Say("all are greeted at the same time", "问候是同时进行的"), func(t *check.T) {
			t.Try(`Greet(["Ann" "Bo" "Cleo"], say)`)
			calls := check.CallsOf[string](t).Together(3)
			greet([]string{"Ann", "Bo", "Cleo"}, func(name string) { calls.Begin(name)() })
			wantOver(t, calls, 3)
			calls.OnceEach("Ann", "Bo", "Cleo")
		}),
		check.That(check.Say("however long a greeting takes", "不管一声问候要多久"), func(t *check.T) {
			t.Try(`Greet(["Ann" "Bo"], say)`)
			t.Look(check.Say("sleeping is not waiting: nobody knows how long it will take", "睡觉不等于等待：谁也不知道要多久"))
			calls := check.CallsOf[string](t)
			greet([]string{"Ann", "Bo"}, func(name string) {
				defer calls.Begin(name)()
				if name == "Bo" {
					long()
				}
			})
			wantOver(t, calls, 2)
		}),
		check.That(check.Say("with nobody to greet it returns", "没有人要问候，也会返回"), func(t *check.T) {
			t.Try("Greet([], say)")
			greet(nil, func(string) {})
		}),
	)
}

// wantOver fails unless n calls are over.
func wantOver[K comparable](t *check.T, calls *check.Calls[K], n int) {
	if over := len(calls.Ended()); over != n {
		t.Fail(fmt.Sprintf(check.Say("it returned when %d of %d calls were over", "%[2]d 个调用只结束了 %[1]d 个，就返回了"), over, n),
			check.Say("it returns when all are over", "全部结束之后再返回"))
	}
}

// long takes longer than anybody guesses; a right answer waits for it. It sleeps
// in small steps: when the machine stands still for a while, whoever guessed
// less is awake before it all the same.
func long() {
	for range 15 {
		time.Sleep(10 * time.Millisecond)
	}
}

// CheckRunAll judges a function that runs every task in a goroutine of its own
// and waits for all of them.
func CheckRunAll(runAll func(tasks []func())) check.Result {
	try := func(t *check.T, n int, task func(calls *check.Calls[int], i int)) {
		t.Try("RunAll(tasks[:%s])", n)
		calls := check.CallsOf[int](t)
		tasks := make([]func(), n)
		for i := range tasks {
			tasks[i] = func() { task(calls, i) }
		}
		runAll(tasks)
		wantOver(t, calls, n)
	}
	return check.Run("RunAll",
		check.That(check.Say("it waits for a single task", "只有一个任务，也等它做完"), func(t *check.T) {
			t.Look(check.Say("when is a task counted: before it is started, or when it runs?", "任务是什么时候记上的：启动之前，还是运行起来之后？"))
			// On one core who is started runs later, and so is counted too late.
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			try(t, 1, func(calls *check.Calls[int], i int) {
				defer calls.Begin(i)()
				check.Quiet()
			})
		}).Times(5),
		check.That(check.Say("it waits for every task", "每个任务它都等"), func(t *check.T) {
			try(t, 5, func(calls *check.Calls[int], i int) {
				defer calls.Begin(i)()
				check.Quiet()
			})
		}),
		check.That(check.Say("the tasks run at the same time", "任务同时进行"), func(t *check.T) {
			t.Try("RunAll(tasks[:5])")
			calls := check.CallsOf[int](t).Together(5)
			tasks := make([]func(), 5)
			for i := range tasks {
				tasks[i] = func() { calls.Begin(i)() }
			}
			runAll(tasks)
			wantOver(t, calls, 5)
			calls.OnceEach(0, 1, 2, 3, 4)
		}),
		check.That(check.Say("however long a task takes", "不管任务要做多久"), func(t *check.T) {
			t.Look(check.Say("sleeping is not waiting: nobody knows how long it will take", "睡觉不等于等待：谁也不知道要多久"))
			try(t, 2, func(calls *check.Calls[int], i int) {
				defer calls.Begin(i)()
				if i == 0 {
					long()
				}
			})
		}),
		check.That(check.Say("with no task it returns", "没有任务，也会返回"), func(t *check.T) {
			try(t, 0, nil)
		}),
	)
}
