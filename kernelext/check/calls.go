package check

import (
	"fmt"
	"slices"
	"sync"
)

// Calls watches the calls of a function that the learner's code is given. K is
// what tells calls apart: usually the argument. The function begins with
//
//	defer calls.Begin(v)()
//
// Its methods may be called from any goroutine.
type Calls[K comparable] struct {
	t     *T
	most  int // at once; 0: any number
	meet  int // so many must be under way together before the first may go on
	slack int // how many may still begin after Stop

	mu       sync.Mutex
	begun    []K
	ended    []K
	now      int
	arrived  int
	together chan struct{}
	stopped  string
	late     []K
}

// CallsOf watches calls in an attempt.
func CallsOf[K comparable](t *T) *Calls[K] {
	return &Calls[K]{t: t, together: make(chan struct{})}
}

// AtMost fails the attempt as soon as more than n calls are under way at once.
func (c *Calls[K]) AtMost(n int) *Calls[K] {
	c.most = n
	return c
}

// Together holds the first n calls until all of them are under way. Code that
// does not make them overlap waits for ever, which is told as what it is.
func (c *Calls[K]) Together(n int) *Calls[K] {
	c.meet = n
	return c
}

// Begin notes that a call has begun; what it returns notes that it is over.
func (c *Calls[K]) Begin(k K) func() {
	c.mu.Lock()
	c.begun = append(c.begun, k)
	c.now++
	now, stopped := c.now, c.stopped
	if stopped != "" {
		c.late = append(c.late, k)
	}
	late := len(c.late)
	c.mu.Unlock()
	switch {
	case c.most > 0 && now > c.most:
		c.t.flunk(Crowded, fmt.Sprintf(Say("%d calls under way at once", "同时有 %d 个调用在进行"), now),
			fmt.Sprintf(Say("at most %d at once", "同时至多 %d 个"), c.most))
	case late > c.slack && stopped != "":
		c.t.flunk(Late, fmt.Sprintf(Say("a call with %s was begun after %s", "%[2]s之后又开始了 %[1]s 的调用"), Show(k), stopped),
			Say("no new call after that", "此后不再开始新的调用"))
	}
	c.wait()
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.now--
		c.ended = append(c.ended, k)
	}
}

// wait lets the first calls wait for each other. Who comes last waits until
// nobody else can run: if one call too many may begin, it will have begun.
func (c *Calls[K]) wait() {
	if c.meet == 0 {
		return
	}
	c.mu.Lock()
	if c.arrived >= c.meet {
		c.mu.Unlock()
		return
	}
	c.arrived++
	n := c.arrived
	c.t.log.write("meet", fmt.Sprint(n), fmt.Sprint(c.meet))
	c.mu.Unlock()
	if n < c.meet {
		<-c.together
		return
	}
	quiet()
	close(c.together)
}

// Stop says that from now on no new call may begin, but for slack ones that
// were on their way; after names the reason: "the error", "the cancellation".
func (c *Calls[K]) Stop(after string, slack int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped == "" {
		c.stopped, c.slack = after, slack
	}
}

// Begun returns what the calls were begun with, in the order in which they began.
func (c *Calls[K]) Begun() []K {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.begun)
}

// Ended returns what the calls were begun with, in the order in which they ended.
func (c *Calls[K]) Ended() []K {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.ended)
}

// OnceEach fails unless there was exactly one call for each of want, and no other.
func (c *Calls[K]) OnceEach(want ...K) {
	count := map[K]int{}
	for _, k := range c.Begun() {
		count[k]++
	}
	for _, k := range want {
		n := count[k]
		delete(count, k)
		if n != 1 {
			c.t.fail(Order, fmt.Sprintf(Say("%d calls with %s", "%[2]s 被调用了 %[1]d 次"), n, Show(k)),
				Say("exactly one call for each", "每一个恰好调用一次"))
		}
	}
	for k := range count {
		c.t.fail(Order, fmt.Sprintf(Say("a call with %s", "出现了 %s 的调用"), Show(k)),
			Say("only calls with what was given", "只用给定的值来调用"))
	}
}

// InOrder fails unless the calls began in this order.
func (c *Calls[K]) InOrder(want ...K) {
	if got := c.Begun(); !slices.Equal(got, want) {
		c.t.fail(Order, Show(got), fmt.Sprintf(Say("calls in the order %s", "调用顺序应为 %s"), Show(want)))
	}
}
