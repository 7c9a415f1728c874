// Signalone is broken on purpose: the one who is woken cannot use the money,
// and the one who could is not woken.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.Mutex
	more := sync.NewCond(&mu)
	balance := 0
	withdraw := func(amount int) {
		mu.Lock()
		defer mu.Unlock()
		for balance < amount {
			more.Wait()
		}
		balance -= amount
		fmt.Println("got", amount)
	}

	var wg sync.WaitGroup
	wg.Go(func() { withdraw(30) })
	time.Sleep(100 * time.Millisecond)
	wg.Go(func() { withdraw(10) })
	time.Sleep(100 * time.Millisecond)

	mu.Lock()
	balance += 10
	more.Signal() // wakes one: the one who has waited longest, and wants 30
	mu.Unlock()
	wg.Wait()
}
