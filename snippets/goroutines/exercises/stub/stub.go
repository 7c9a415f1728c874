// Package stub holds the starting points of the exercises on goroutines: they
// compile, and they are wrong or unfinished.
package stub

import "sync"

// Greet calls say for every name, all at the same time, and returns when all
// calls are over.
func Greet(names []string, say func(name string)) {
	for _, name := range names {
		go say(name)
	}
}

// RunAll runs every task in a goroutine of its own and waits for all of them.
func RunAll(tasks []func()) {
	var wg sync.WaitGroup
	run := func(task func()) {
		wg.Add(1)
		defer wg.Done()
		task()
	}
	for _, task := range tasks {
		go run(task)
	}
	wg.Wait()
}

// Safely runs all tasks at the same time and returns the error of each, in
// their order. A panic in a task becomes the error of that task.
func Safely(tasks []func() error) []error {
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() { errs[i] = task() })
	}
	wg.Wait()
	return errs
}

// Race starts n runners, each in a goroutine of its own. Each gets ready; when
// all are ready, all run at the same time. Race returns when all have arrived.
func Race(n int, ready, run func(runner int)) {
	var wg sync.WaitGroup
	for runner := range n {
		wg.Go(func() {
			ready(runner)
			run(runner)
		})
	}
	wg.Wait()
}

// InOrder does all jobs at the same time. It prints their results in the order
// of the jobs, each as soon as it can.
func InOrder(jobs []func() string, print func(string)) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Go(func() {
			result := job()
			mu.Lock()
			defer mu.Unlock()
			print(result)
		})
	}
	wg.Wait()
}
