package wrong

import (
	"runtime"
	"sync"
)

// RacyCache has no lock at all: a race.
type RacyCache struct{ values map[string]int }

func (c *RacyCache) Get(key string, load func(string) int) int {
	if v, ok := c.values[key]; ok {
		return v
	}
	if c.values == nil {
		c.values = map[string]int{}
	}
	v := load(key)
	c.values[key] = v
	return v
}

// EagerCache lets the lock go while it loads, and so loads the same key several
// times.
type EagerCache struct {
	mu     sync.Mutex
	values map[string]int
}

func (c *EagerCache) Get(key string, load func(string) int) int {
	c.mu.Lock()
	v, ok := c.values[key]
	c.mu.Unlock()
	if ok {
		return v
	}
	runtime.Gosched()
	v = load(key)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.values == nil {
		c.values = map[string]int{}
	}
	c.values[key] = v
	return v
}

// UpgradingCache wants to write while it still reads: a deadlock of one.
type UpgradingCache struct {
	mu     sync.RWMutex
	values map[string]int
}

func (c *UpgradingCache) Get(key string, load func(string) int) int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if v, ok := c.values[key]; ok {
		return v
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.values == nil {
		c.values = map[string]int{}
	}
	c.values[key] = load(key)
	return c.values[key]
}

// ForgetfulCache loads every time.
type ForgetfulCache struct{}

func (*ForgetfulCache) Get(key string, load func(string) int) int { return load(key) }
