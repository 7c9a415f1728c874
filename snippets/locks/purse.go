package locks

import "sync"

// Purse is a purse with a lock. Its exported methods lock; the others expect
// the lock to be held.
type Purse struct {
	mu    sync.Mutex // guards coins
	coins int
}

// Add puts coins into the purse.
func (p *Purse) Add(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.add(n)
}

// AddTwice puts in the same number twice, and nobody can come between.
func (p *Purse) AddTwice(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.add(n)
	p.add(n)
}

// add does the work. p.mu must be held.
func (p *Purse) add(n int) { p.coins += n }
