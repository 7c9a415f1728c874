// Reentrant is broken on purpose: a goroutine waits for a lock that it holds
// itself.
package main

import (
	"fmt"
	"sync"
)

// Purse is a purse with a lock.
type Purse struct {
	mu    sync.Mutex
	coins int
}

// Add puts coins into the purse.
func (p *Purse) Add(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.coins += n
}

// AddTwice calls Add while it holds the lock that Add wants.
func (p *Purse) AddTwice(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Add(n)
	p.Add(n)
}

func main() {
	var purse Purse
	purse.AddTwice(5)
	fmt.Println("coins:", purse.coins)
}
