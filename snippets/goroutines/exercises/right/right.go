// Package right holds good answers to the exercises on goroutines that go
// another way than the solutions. They must pass.
package right

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// CountedGreet receives once from each.
func CountedGreet(names []string, say func(string)) {
	done := make(chan struct{})
	for _, name := range names {
		go func() {
			defer func() { done <- struct{}{} }()
			say(name)
		}()
	}
	for range names {
		<-done
	}
}

// SelfGreet does the last greeting in the goroutine of its caller.
func SelfGreet(names []string, say func(string)) {
	if len(names) == 0 {
		return
	}
	var wg sync.WaitGroup
	last := len(names) - 1
	for _, name := range names[:last] {
		wg.Go(func() { say(name) })
	}
	say(names[last])
	wg.Wait()
}

// RecursiveGreet greets one and lets a goroutine greet the rest.
func RecursiveGreet(names []string, say func(string)) {
	if len(names) == 0 {
		return
	}
	rest := make(chan struct{})
	go func() {
		defer close(rest)
		RecursiveGreet(names[1:], say)
	}()
	say(names[0])
	<-rest
}

// AddAllRunAll counts all at once, before the first one starts.
func AddAllRunAll(tasks []func()) {
	var wg sync.WaitGroup
	wg.Add(len(tasks))
	for _, task := range tasks {
		go func() { defer wg.Done(); task() }()
	}
	wg.Wait()
}

// CondRunAll waits until a number is zero.
func CondRunAll(tasks []func()) {
	var mu sync.Mutex
	over := sync.NewCond(&mu)
	left := len(tasks)
	for _, task := range tasks {
		go func() {
			task()
			mu.Lock()
			defer mu.Unlock()
			left--
			over.Signal()
		}()
	}
	mu.Lock()
	defer mu.Unlock()
	for left > 0 {
		over.Wait()
	}
}

// ChannelSafely sends results by number.
func ChannelSafely(tasks []func() error) []error {
	type result struct {
		task int
		err  error
	}
	results := make(chan result)
	for i, task := range tasks {
		go func() {
			r := result{task: i}
			defer func() {
				if p := recover(); p != nil {
					r.err = fmt.Errorf("task %d panicked: %v", i, p)
				}
				results <- r
			}()
			r.err = task()
		}()
	}
	errs := make([]error, len(tasks))
	for range tasks {
		r := <-results
		errs[r.task] = r.err
	}
	return errs
}

// WrappingSafely says which task it was, for ordinary errors too.
func WrappingSafely(tasks []func() error) []error {
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() {
			if err := call(task); err != nil {
				errs[i] = fmt.Errorf("task %d: %w", i, err)
			}
		})
	}
	wg.Wait()
	return errs
}

// call is task, with its panic as an error.
func call(task func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.New(fmt.Sprint(p))
		}
	}()
	return task()
}

// CondRace counts those who are ready.
func CondRace(n int, ready, run func(int)) {
	var mu sync.Mutex
	all := sync.NewCond(&mu)
	missing := n
	var wg sync.WaitGroup
	for runner := range n {
		wg.Go(func() {
			ready(runner)
			mu.Lock()
			missing--
			all.Broadcast()
			for missing > 0 {
				all.Wait()
			}
			mu.Unlock()
			run(runner)
		})
	}
	wg.Wait()
}

// LastOpensRace lets the last one who is ready open the gate.
func LastOpensRace(n int, ready, run func(int)) {
	var missing atomic.Int64
	missing.Store(int64(n))
	gate := make(chan struct{})
	var wg sync.WaitGroup
	for runner := range n {
		wg.Go(func() {
			ready(runner)
			if missing.Add(-1) == 0 {
				close(gate)
			}
			<-gate
			run(runner)
		})
	}
	wg.Wait()
}

// PollingRace looks every millisecond.
func PollingRace(n int, ready, run func(int)) {
	var over atomic.Int64
	var wg sync.WaitGroup
	for runner := range n {
		wg.Go(func() {
			ready(runner)
			for over.Add(1); over.Load() < int64(n); {
				time.Sleep(time.Millisecond)
			}
			run(runner)
		})
	}
	wg.Wait()
}

// ChainInOrder lets each goroutine wait for the one before it, and print by
// itself.
func ChainInOrder(jobs []func() string, print func(string)) {
	printed := make(chan struct{})
	close(printed)
	for _, job := range jobs {
		before, mine := printed, make(chan struct{})
		go func() {
			defer close(mine)
			result := job()
			<-before
			print(result)
		}()
		printed = mine
	}
	<-printed
}

// HeapInOrder keeps what comes too early in a map.
func HeapInOrder(jobs []func() string, print func(string)) {
	type result struct {
		job  int
		text string
	}
	results := make(chan result)
	for i, job := range jobs {
		go func() { results <- result{i, job()} }()
	}
	early := map[int]string{}
	next := 0
	for range jobs {
		r := <-results
		early[r.job] = r.text
		for text, ok := early[next]; ok; text, ok = early[next] {
			print(text)
			next++
		}
	}
}

// CondInOrder has a lock and a turn.
func CondInOrder(jobs []func() string, print func(string)) {
	var mu sync.Mutex
	turned := sync.NewCond(&mu)
	turn := 0
	var wg sync.WaitGroup
	for i, job := range jobs {
		wg.Go(func() {
			result := job()
			mu.Lock()
			defer mu.Unlock()
			for turn != i {
				turned.Wait()
			}
			print(result)
			turn++
			turned.Broadcast()
		})
	}
	wg.Wait()
}
