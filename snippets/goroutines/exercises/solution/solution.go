// Package solution holds one good answer to each exercise on goroutines.
package solution

import (
	"fmt"
	"sync"
)

// Greet calls say for every name, all at the same time, and returns when all
// calls are over.
func Greet(names []string, say func(name string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() { say(name) })
	}
	wg.Wait()
}

// RunAll runs every task in a goroutine of its own and waits for all of them.
func RunAll(tasks []func()) {
	var wg sync.WaitGroup
	run := func(task func()) {
		defer wg.Done()
		task()
	}
	for _, task := range tasks {
		wg.Add(1) // here, where nobody waits yet
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
		wg.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					errs[i] = fmt.Errorf("panic: %v", p)
				}
			}()
			errs[i] = task()
		})
	}
	wg.Wait()
	return errs
}

// Race starts n runners, each in a goroutine of its own. Each gets ready; when
// all are ready, all run at the same time. Race returns when all have arrived.
func Race(n int, ready, run func(runner int)) {
	start := make(chan struct{})
	var gotReady, arrived sync.WaitGroup
	gotReady.Add(n)
	for runner := range n {
		arrived.Go(func() {
			ready(runner)
			gotReady.Done()
			<-start
			run(runner)
		})
	}
	gotReady.Wait()
	close(start)
	arrived.Wait()
}

// InOrder does all jobs at the same time. It prints their results in the order
// of the jobs, each as soon as it can.
func InOrder(jobs []func() string, print func(string)) {
	results := make([]chan string, len(jobs))
	for i, job := range jobs {
		results[i] = make(chan string, 1)
		go func() { results[i] <- job() }()
	}
	for _, result := range results {
		print(<-result)
	}
}
