// Deadlock is broken on purpose: each of two goroutines holds the lock that
// the other one waits for.
package main

import (
	"fmt"
	"sync"

	"lanebook/kernelext"
)

// Crossed runs two goroutines that take the same two locks, each in an order
// of its own.
func Crossed() {
	var mutexA, mutexB sync.Mutex
	var up, wg sync.WaitGroup
	up.Add(2) // counts who has the first lock
	wg.Go(func() {
		mutexA.Lock()
		fmt.Println("do1: up")
		up.Done()
		up.Wait() // until both have their first lock
		mutexB.Lock()
		fmt.Println("do1: down")
		mutexB.Unlock()
		mutexA.Unlock()
	})
	wg.Go(func() {
		mutexB.Lock()
		fmt.Println("do2: up")
		up.Done()
		up.Wait()
		mutexA.Lock()
		fmt.Println("do2: down")
		mutexA.Unlock()
		mutexB.Unlock()
	})
	wg.Wait()
}

func main() {
	Crossed()
}

// Watched draws who waits for whom.
func Watched() {
	kernelext.Watch(Crossed, "crossed locks")
}
