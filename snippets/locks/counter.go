// Package locks holds the code of chapter 11: what goes wrong when goroutines
// share memory, and what puts it right. The programs under testdata go wrong
// on purpose; broken_test.go proves that each of them does, and how it is found.
package locks

import (
	"sync"
	"sync/atomic"
)

// MutexCount lets two goroutines add 1 to one number, n times each. A lock
// keeps them apart.
func MutexCount(n int) int {
	var mu sync.Mutex // guards num
	num := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range n {
				mu.Lock()
				num++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return num
}

// AtomicCount does the same without a lock: the processor adds in one step
// that nobody can come between.
func AtomicCount(n int) int {
	var num atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for range n {
				num.Add(1)
			}
		})
	}
	wg.Wait()
	return int(num.Load())
}

// ConfinedCount does the same without sharing: each goroutine counts in a
// variable of its own, and the sums are added once, after Wait.
func ConfinedCount(n int) int {
	var sums [2]int
	var wg sync.WaitGroup
	for i := range sums {
		wg.Go(func() {
			sum := 0
			for range n {
				sum++
			}
			sums[i] = sum
		})
	}
	wg.Wait()
	return sums[0] + sums[1]
}

// Way is one way in which several goroutines can count together.
type Way struct {
	Name  string
	Count func(goroutines, each int) int
}

// Ways are the ways that chapter 11 compares. Each counts to
// goroutines × each, and is right.
func Ways() []Way {
	return []Way{
		{"mutex", countMutex},
		{"RWMutex", countRWMutex},
		{"channel", countChannel},
		{"atomic", countAtomic},
		{"each for itself", countConfined},
	}
}

func countMutex(goroutines, each int) int {
	var mu sync.Mutex
	return countLocked(&mu, goroutines, each)
}

func countRWMutex(goroutines, each int) int {
	var mu sync.RWMutex
	return countLocked(&mu, goroutines, each)
}

func countLocked(mu sync.Locker, goroutines, each int) int {
	num := 0
	together(goroutines, func() {
		for range each {
			mu.Lock()
			num++
			mu.Unlock()
		}
	})
	return num
}

// countChannel sends every 1 to one goroutine, which alone knows the number.
func countChannel(goroutines, each int) int {
	ones := make(chan int, 64)
	sum := make(chan int)
	go func() {
		num := 0
		for n := range ones {
			num += n
		}
		sum <- num
	}()
	together(goroutines, func() {
		for range each {
			ones <- 1
		}
	})
	close(ones)
	return <-sum
}

func countAtomic(goroutines, each int) int {
	var num atomic.Int64
	together(goroutines, func() {
		for range each {
			num.Add(1)
		}
	})
	return int(num.Load())
}

func countConfined(goroutines, each int) int {
	var num atomic.Int64
	together(goroutines, func() {
		sum := 0
		for range each {
			sum++
		}
		num.Add(int64(sum)) // shared once, not each time
	})
	return int(num.Load())
}

// together runs f in n goroutines and waits for all of them.
func together(n int, f func()) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(f)
	}
	wg.Wait()
}
