// Package pools shows what to do when there is more work than hands: worker
// pools, back-pressure, futures, pipelines, and two small programs built from
// them, a thumbnail maker and a folder copier.
//
// Every function here waits for the goroutines it started before it returns,
// or lets the caller wait for them or end them: by a channel, a future, a pool
// or a context.
package pools

import (
	"sync"
	"time"
)

// Span says which worker did a task, and when, counted from the moment the
// pool started. Tasks and workers are numbered from 1.
type Span struct {
	Task, Worker int
	Start, End   time.Duration
}

// Workers runs all tasks on n goroutines and reports, in the order of the
// tasks, which worker did each of them and when. A worker that has finished
// takes the next task, so n goroutines are enough for any number of tasks.
func Workers(n int, tasks []func()) []Span {
	spans := make([]Span, len(tasks))
	jobs := make(chan int)
	begin := time.Now()

	var wg sync.WaitGroup
	for w := range n {
		wg.Go(func() {
			for i := range jobs {
				start := time.Since(begin)
				tasks[i]()
				end := time.Since(begin)
				spans[i] = Span{Task: i + 1, Worker: w + 1, Start: start, End: end}
			}
		})
	}
	for i := range tasks {
		jobs <- i // waits until a worker is free
	}
	close(jobs) // no more jobs: each worker's range loop ends
	wg.Wait()
	return spans
}

// Naps returns ten tasks that only sleep: for 0.42, 0.01, 0.80, 1.26, 1.44,
// 0.97, 1.52, 0.65, 1.69 and 1.88 units. With a unit of one second these are
// the task times a Python tutorial printed for its Pool(3).
func Naps(unit time.Duration) []func() {
	var tasks []func()
	for _, hundredths := range []time.Duration{42, 1, 80, 126, 144, 97, 152, 65, 169, 188} {
		tasks = append(tasks, func() { time.Sleep(hundredths * unit / 100) })
	}
	return tasks
}
