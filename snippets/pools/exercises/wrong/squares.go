package wrong

import "sync"

// LostSquares appends from all workers to one slice.
func LostSquares(n, workers int) []int {
	var squares []int
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for v := w + 1; v <= n; v += workers {
				squares = append(squares, v*v)
			}
		})
	}
	wg.Wait()
	return squares
}

// StuckSquares waits for the workers before it takes their results.
func StuckSquares(n, workers int) []int {
	results := make(chan int)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for v := w + 1; v <= n; v += workers {
				results <- v * v
			}
		})
	}
	wg.Wait()
	close(results)
	var squares []int
	for sq := range results {
		squares = append(squares, sq)
	}
	return squares
}

// LeakySquares counts the results instead of closing the channel of jobs, so
// its workers wait for more jobs for ever.
func LeakySquares(n, workers int) []int {
	jobs, results := make(chan int, n), make(chan int)
	for range workers {
		go func() {
			for v := range jobs {
				results <- v * v
			}
		}()
	}
	for v := range n {
		jobs <- v + 1
	}
	var squares []int
	for range n {
		squares = append(squares, <-results)
	}
	return squares
}

// EndlessSquares asks for jobs without ever noticing that there are no more.
func EndlessSquares(n, workers int) []int {
	jobs := make(chan int, n)
	for v := range n {
		jobs <- v + 1
	}
	close(jobs)
	var squares []int
	for len(squares) <= n {
		if v := <-jobs; v > 0 {
			squares = append(squares, v*v)
		}
	}
	return squares
}

// OnceSquares closes results once: when the first worker is done, and not the last.
func OnceSquares(n, workers int) []int {
	jobs, results := make(chan int), make(chan int)
	var once sync.Once
	for range workers {
		go func() {
			for v := range jobs {
				results <- v * v
			}
			once.Do(func() { close(results) })
		}()
	}
	go func() {
		defer close(jobs)
		for v := range n {
			jobs <- v + 1
		}
	}()
	var squares []int
	for sq := range results {
		squares = append(squares, sq)
	}
	return squares
}
