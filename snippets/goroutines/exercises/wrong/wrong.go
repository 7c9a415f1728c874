// Package wrong holds answers to the exercises on goroutines that must be
// turned down, each for the reason in its comment.
package wrong

import (
	"fmt"
	"sync"
	"time"
)

// SequentialGreet needs no waiting, because it does one after the other.
func SequentialGreet(names []string, say func(string)) {
	for _, name := range names {
		say(name)
	}
}

// SleepyGreet hopes that everything is over after a while.
func SleepyGreet(names []string, say func(string)) {
	for _, name := range names {
		go say(name)
	}
	time.Sleep(20 * time.Millisecond)
}

// FirstGreet waits for the first one only.
func FirstGreet(names []string, say func(string)) {
	done := make(chan struct{}, len(names))
	for _, name := range names {
		go func() {
			say(name)
			done <- struct{}{}
		}()
	}
	if len(names) > 0 {
		<-done
	}
}

// EndlessGreet waits for one more than there are: a deadlock.
func EndlessGreet(names []string, say func(string)) {
	done := make(chan struct{})
	for _, name := range names {
		go func() {
			say(name)
			done <- struct{}{}
		}()
	}
	for range len(names) + 1 {
		<-done
	}
}

// HastyRunAll says that a task is done before it has begun.
func HastyRunAll(tasks []func()) {
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Add(1)
		go func() {
			wg.Done()
			task()
		}()
	}
	wg.Wait()
}

// CountingRunAll counts one too many: a deadlock.
func CountingRunAll(tasks []func()) {
	var wg sync.WaitGroup
	wg.Add(len(tasks) + 1)
	for _, task := range tasks {
		go func() {
			defer wg.Done()
			task()
		}()
	}
	wg.Wait()
}

// SequentialRunAll waits for each task before it starts the next one.
func SequentialRunAll(tasks []func()) {
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(task)
		wg.Wait()
	}
}

// OutsideSafely recovers in the wrong goroutine: the panic ends the program.
func OutsideSafely(tasks []func() error) (errs []error) {
	errs = make([]error, len(tasks))
	defer func() {
		if p := recover(); p != nil {
			errs[0] = fmt.Errorf("panic: %v", p)
		}
	}()
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() { errs[i] = task() })
	}
	wg.Wait()
	return errs
}

// SilentSafely catches the panic and tells nobody.
func SilentSafely(tasks []func() error) []error {
	errs := make([]error, len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() {
			defer func() { recover() }()
			errs[i] = task()
		})
	}
	wg.Wait()
	return errs
}

// SequentialSafely runs one task after the other.
func SequentialSafely(tasks []func() error) []error {
	errs := make([]error, len(tasks))
	for i, task := range tasks {
		func() {
			defer func() {
				if p := recover(); p != nil {
					errs[i] = fmt.Errorf("panic: %v", p)
				}
			}()
			errs[i] = task()
		}()
	}
	return errs
}

// RacySafely appends from all tasks to one slice: a race.
func RacySafely(tasks []func() error) []error {
	var errs []error
	var wg sync.WaitGroup
	for _, task := range tasks {
		wg.Go(func() {
			var err error
			defer func() {
				if p := recover(); p != nil {
					err = fmt.Errorf("panic: %v", p)
				}
				errs = append(errs, err)
			}()
			err = task()
		})
	}
	wg.Wait()
	return errs
}

// SleepyRace opens the gate after a while, whoever is ready by then.
func SleepyRace(n int, ready, run func(int)) {
	start := make(chan struct{})
	var wg sync.WaitGroup
	for runner := range n {
		wg.Go(func() {
			ready(runner)
			<-start
			run(runner)
		})
	}
	time.Sleep(20 * time.Millisecond)
	close(start)
	wg.Wait()
}

// RelayRace lets them run one after the other.
func RelayRace(n int, ready, run func(int)) {
	var wg sync.WaitGroup
	for runner := range n {
		wg.Go(func() { ready(runner) })
	}
	wg.Wait()
	for runner := range n {
		run(runner)
	}
}

// FalseRace returns when all are ready and nobody has arrived.
func FalseRace(n int, ready, run func(int)) {
	start := make(chan struct{})
	var gotReady sync.WaitGroup
	gotReady.Add(n)
	for runner := range n {
		go func() {
			ready(runner)
			gotReady.Done()
			<-start
			run(runner)
		}()
	}
	gotReady.Wait()
	close(start)
}

// StuckRace has a gate that nobody opens: a deadlock.
func StuckRace(n int, ready, run func(int)) {
	start := make(chan struct{})
	var wg sync.WaitGroup
	for runner := range n {
		wg.Go(func() {
			ready(runner)
			<-start
			run(runner)
		})
	}
	wg.Wait()
	close(start)
}

// SequentialInOrder does one job after the other.
func SequentialInOrder(jobs []func() string, print func(string)) {
	for _, job := range jobs {
		print(job())
	}
}

// LateInOrder prints only when the last job is done.
func LateInOrder(jobs []func() string, print func(string)) {
	results := make([]string, len(jobs))
	var wg sync.WaitGroup
	for i, job := range jobs {
		wg.Go(func() { results[i] = job() })
	}
	wg.Wait()
	for _, result := range results {
		print(result)
	}
}

// RacyInOrder looks again and again whether a result is there, and nothing
// puts the looking and the writing in order: a race.
func RacyInOrder(jobs []func() string, print func(string)) {
	results := make([]string, len(jobs))
	for i, job := range jobs {
		go func() { results[i] = job() }()
	}
	for i := range results {
		for results[i] == "" {
			time.Sleep(time.Millisecond)
		}
		print(results[i])
	}
}

// LateAddGreet counts its goroutines when they are running.
func LateAddGreet(names []string, say func(string)) {
	var wg sync.WaitGroup
	for _, name := range names {
		go func(wg *sync.WaitGroup) {
			func() { wg.Add(1) }()
			defer wg.Done()
			say(name)
		}(&wg)
	}
	wg.Wait()
}

// SleepyRunAll hopes that everything is over after a while.
func SleepyRunAll(tasks []func()) {
	for _, task := range tasks {
		go task()
	}
	time.Sleep(20 * time.Millisecond)
}

// FirstReadyRace opens the gate when the first one is ready.
func FirstReadyRace(n int, ready, run func(int)) {
	gate := make(chan struct{})
	var once sync.Once
	var wg sync.WaitGroup
	for runner := range n {
		wg.Go(func() {
			ready(runner)
			once.Do(func() { close(gate) })
			<-gate
			run(runner)
		})
	}
	wg.Wait()
}
