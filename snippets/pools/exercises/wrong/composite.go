package wrong

import (
	"context"
	"sync"
	"sync/atomic"
)

// CuriousComposite looks at all numbers before it answers.
func CuriousComposite(_ context.Context, numbers []int, workers int, isPrime func(int) bool) (int, bool) {
	places := make(chan struct{}, workers)
	var found atomic.Int64
	var wg sync.WaitGroup
	for _, n := range numbers {
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			if !isPrime(n) {
				found.CompareAndSwap(0, int64(n))
			}
		})
	}
	wg.Wait()
	return int(found.Load()), found.Load() != 0
}

// OneByOneComposite has workers, and uses one.
func OneByOneComposite(_ context.Context, numbers []int, _ int, isPrime func(int) bool) (int, bool) {
	for _, n := range numbers {
		if !isPrime(n) {
			return n, true
		}
	}
	return 0, false
}

// RacyComposite tells the others of its find through a variable that nobody guards.
func RacyComposite(_ context.Context, numbers []int, workers int, isPrime func(int) bool) (int, bool) {
	jobs := make(chan int)
	composite := 0
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for n := range jobs {
				if composite == 0 && !isPrime(n) {
					composite = n
				}
			}
		})
	}
	for _, n := range numbers {
		jobs <- n
	}
	close(jobs)
	wg.Wait()
	return composite, composite != 0
}

// LeakyComposite returns at once and leaves the others with results that
// nobody takes.
func LeakyComposite(_ context.Context, numbers []int, workers int, isPrime func(int) bool) (int, bool) {
	jobs, results := make(chan int), make(chan int)
	var stop atomic.Bool
	for range workers {
		go func() {
			for n := range jobs {
				switch {
				case stop.Load():
				case isPrime(n):
					results <- 0
				default:
					stop.Store(true)
					results <- n
				}
			}
		}()
	}
	go func() {
		defer close(jobs)
		for _, n := range numbers {
			jobs <- n
		}
	}()
	for range numbers {
		if n := <-results; n != 0 {
			return n, true
		}
	}
	return 0, false
}

// SureComposite takes the last number for the answer when there is none.
func SureComposite(_ context.Context, numbers []int, _ int, isPrime func(int) bool) (int, bool) {
	last := 0
	for _, last = range numbers {
		if !isPrime(last) {
			break
		}
	}
	return last, true
}
