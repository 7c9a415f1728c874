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
	balance, waiting := 0, 0
	withdraw := func(amount int) {
		mu.Lock()
		defer mu.Unlock()
		for balance < amount {
			waiting++
			more.Wait()
		}
		balance -= amount
		fmt.Println("got", amount)
	}

	until := func(n int) { // n of them wait
		for there := 0; there < n; {
			time.Sleep(time.Millisecond)
			mu.Lock()
			there = waiting
			mu.Unlock()
		}
	}

	var wg sync.WaitGroup
	wg.Go(func() { withdraw(30) })
	until(1)
	wg.Go(func() { withdraw(10) })
	until(2)

	mu.Lock()
	balance += 10
	more.Signal() // wakes one: the one who has waited longest, and wants 30
	mu.Unlock()
	wg.Wait()
}
