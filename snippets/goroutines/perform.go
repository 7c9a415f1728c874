// Package goroutines holds the code of chapter 10: starting goroutines, waiting
// for them, naming them, and what becomes of their panics. The programs under
// testdata go wrong on purpose.
package goroutines

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"
)

// Perform says three times what it does, and pauses after each time.
func Perform(w io.Writer, what string, pause time.Duration) {
	for i := range 3 {
		fmt.Fprintf(w, "%s...%d\n", what, i)
		time.Sleep(pause)
	}
}

// SingDance sings first and dances then: six pauses.
func SingDance(w io.Writer, pause time.Duration) {
	Perform(w, "正在唱歌", pause)
	Perform(w, "正在跳舞", pause)
}

// SingDanceConcurrent sings and dances at the same time: three pauses. Several
// goroutines write to w.
func SingDanceConcurrent(w io.Writer, pause time.Duration) {
	var wg sync.WaitGroup
	wg.Go(func() { Perform(w, "正在唱歌", pause) })
	wg.Go(func() { Perform(w, "正在跳舞", pause) })
	wg.Wait()
}

// Hello lets n goroutines say hello, and waits until the last one has paused.
func Hello(w io.Writer, n int, pause time.Duration) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			fmt.Fprintln(w, "hello")
			time.Sleep(pause)
		})
	}
	wg.Wait()
}

// TwoWorkers runs func1 and func2 at the same time, five pauses each, and
// returns how long both took together.
func TwoWorkers(w io.Writer, pause time.Duration) time.Duration {
	begin := time.Now()
	var wg sync.WaitGroup
	for _, name := range []string{"func1", "func2"} {
		wg.Go(func() {
			for range 5 {
				fmt.Fprintln(w, "this is", name)
				time.Sleep(pause)
			}
		})
	}
	wg.Wait()
	return time.Since(begin)
}

// Named lets n goroutines count to rounds. A goroutine has no name of its own,
// so each is given one.
func Named(w io.Writer, n, rounds int, pause time.Duration) {
	var wg sync.WaitGroup
	for number := range n {
		name := fmt.Sprintf("Thread-%d", number+1)
		wg.Go(func() {
			for i := range rounds {
				time.Sleep(pause)
				fmt.Fprintf(w, "I'm %s > %d\n", name, i)
			}
		})
	}
	wg.Wait()
}

// Task is work with a name. What a subclass of Thread is elsewhere is here an
// ordinary struct with a method that somebody runs, in a goroutine or not.
type Task struct {
	Name string
	Out  io.Writer
	N    int
}

// Run writes the numbers below t.N. It stops early when ctx ends.
func (t Task) Run(ctx context.Context) error {
	for i := range t.N {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("%s: %w", t.Name, err)
		}
		fmt.Fprintln(t.Out, i)
	}
	return nil
}
