package pools_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"sync"
	"sync/atomic"
	"time"

	"lanebook/snippets/pools"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/singleflight"
)

func Example_unbounded() {
	var open atomic.Int32
	// It stands for a slow server: nothing returns before it is closed.
	release := make(chan struct{})

	var wg sync.WaitGroup
	for range 1000 {
		wg.Go(func() {
			open.Add(1)
			defer open.Add(-1)
			<-release
		})
	}
	for open.Load() < 1000 {
		time.Sleep(time.Millisecond)
	}
	fmt.Println("open connections at the same time:", open.Load())
	close(release)
	wg.Wait()
	// Output: open connections at the same time: 1000
}

func Example_backpressure() {
	var g errgroup.Group
	g.SetLimit(2)
	release := make(chan struct{})

	for task := 1; task <= 4; task++ {
		accepted := g.TryGo(func() error {
			<-release // as long as this is open, the task goes on
			return nil
		})
		fmt.Printf("task %d accepted: %t\n", task, accepted)
	}
	close(release)
	g.Wait()
	// Output:
	// task 1 accepted: true
	// task 2 accepted: true
	// task 3 accepted: false
	// task 4 accepted: false
}

func Example_errgroup() {
	var stopped atomic.Int32
	g, ctx := errgroup.WithContext(context.Background())
	for part := 1; part <= 5; part++ {
		g.Go(func() error {
			if part == 3 {
				return errors.New("part 3: disk full")
			}
			select {
			case <-time.After(time.Minute): // a long download
				return nil
			case <-ctx.Done(): // somebody failed: no reason to go on
				stopped.Add(1)
				return ctx.Err()
			}
		})
	}
	fmt.Println("error:", g.Wait())
	fmt.Println("downloads stopped early:", stopped.Load())
	// Output:
	// error: part 3: disk full
	// downloads stopped early: 4
}

func Example_thumbnails() {
	src, dst, remove, err := pools.Scratch()
	if err != nil {
		log.Fatal(err)
	}
	defer remove()
	if err := pools.Pictures(src, 6, 240, 160); err != nil {
		log.Fatal(err)
	}
	n, err := pools.Thumbnails(context.Background(), src, dst, []int{32, 64, 128}, 4)
	fmt.Println(n, "thumbnails, error:", err)
	// Output: 18 thumbnails, error: <nil>
}

func Example_singleflight() {
	var group singleflight.Group
	var calls atomic.Int32
	lookup := func() (any, error) {
		calls.Add(1)
		time.Sleep(50 * time.Millisecond) // a slow database
		return "42 °C", nil
	}

	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			group.Do("temperature in Turpan", lookup)
		})
	}
	wg.Wait()
	fmt.Println("10 questions, calls to the database:", calls.Load())
	// Output: 10 questions, calls to the database: 1
}
