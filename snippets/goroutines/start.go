package goroutines

import (
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
)

// Gate holds goroutines back until it is opened, and lets all of them go at
// the same moment. Make one with NewGate.
type Gate struct {
	opened chan struct{} // closed when the gate is open
	open   func()
}

// NewGate returns a closed gate.
func NewGate() *Gate {
	g := &Gate{opened: make(chan struct{})}
	g.open = sync.OnceFunc(func() { close(g.opened) })
	return g
}

// Wait returns when the gate is open.
func (g *Gate) Wait() { <-g.opened }

// Open opens the gate for good. Opening an open gate does nothing.
func (g *Gate) Open() { g.open() }

// FinishOrder starts one goroutine for each name. Each computes for a moment.
// It returns the order in which they were done, such as "CAB".
func FinishOrder(names ...string) string {
	done := make(chan string, len(names))
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Go(func() {
			_ = Spin(20_000)
			done <- name
		})
	}
	wg.Wait()
	close(done)
	var order strings.Builder
	for name := range done {
		order.WriteString(name)
	}
	return order.String()
}

// Orders counts how often each order came in so many runs.
func Orders(runs int, names ...string) map[string]int {
	orders := map[string]int{}
	for range runs {
		orders[FinishOrder(names...)]++
	}
	return orders
}

// PanicError is a panic that was caught in the goroutine in which it happened.
type PanicError struct {
	Value any    // what panic was called with
	Stack string // where
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// SafeGo runs f in a goroutine of its own, and sends its error on the channel
// it returns. A panic of f becomes a *PanicError instead of the end of the
// program.
func SafeGo(f func() error) <-chan error {
	result := make(chan error, 1) // room for one: f may end before anybody asks
	go func() {
		defer func() {
			if value := recover(); value != nil {
				result <- &PanicError{value, string(debug.Stack())}
			}
		}()
		result <- f()
	}()
	return result
}
