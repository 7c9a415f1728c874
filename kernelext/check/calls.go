package check

import (
	"fmt"
	"slices"
	"strconv"
	"sync"
)

// Calls watches the calls of a function that the learner's code is given. K is
// what tells calls apart: usually the argument. The function begins with
//
//	defer calls.Begin(v)()
//
// Its methods may be called from any goroutine. To the race detector they are
// not there: what Calls locks for itself puts nobody else in order.
type Calls[K comparable] struct {
	t     *T
	most  int // at once; 0: any number
	meet  int // so many must be under way together before the first may go on
	slack int // how many may still begin after Stop

	mu       sync.Mutex
	begun    list[K]
	ended    list[K]
	now      int
	late     int // begun after Stop
	arrived  int
	together chan struct{}
	stopped  string
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
func (c *Calls[K]) Begin(k K) (end func()) {
	unseen()
	now, late := c.begin(k)
	switch {
	case c.most > 0 && now > c.most:
		c.t.flunk(Crowded, fmt.Sprintf(Say("%d calls under way at once", "同时有 %d 个调用在进行"), now),
			fmt.Sprintf(Say("at most %d at once", "同时至多 %d 个"), c.most))
	case late:
		c.t.flunk(Late, fmt.Sprintf(Say("a call with %s was begun after this: %s", "在“%[2]s”之后，又开始了参数为 %[1]s 的调用"), Show(k), c.stopped),
			Say("no new call after that", "此后不再开始新的调用"))
	}
	c.wait()
	seen()
	return func() { c.end(k) }
}

//go:norace
func (c *Calls[K]) begin(k K) (now int, late bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.begun.add(k)
	c.now++
	if c.stopped != "" {
		c.late++
	}
	return c.now, c.late > c.slack
}

//go:norace
func (c *Calls[K]) end(k K) {
	unseen()
	c.mu.Lock()
	c.now--
	c.ended.add(k)
	c.mu.Unlock()
	seen()
}

// wait lets the first calls wait for each other. Who comes last waits until
// nobody else can run: if one call too many may begin, it will have begun.
func (c *Calls[K]) wait() {
	n := c.arrive()
	switch {
	case n > c.meet:
		return
	case n < c.meet:
		c.t.log.write("meet", strconv.Itoa(n), strconv.Itoa(c.meet))
		<-c.together
	default:
		c.t.log.write("meet", strconv.Itoa(n), strconv.Itoa(c.meet))
		Quiet()
		close(c.together)
	}
}

//go:norace
func (c *Calls[K]) arrive() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.arrived++
	return c.arrived
}

// Stop says that from now on no new call may begin, but for slack ones that
// were on their way. why is what has happened: "the error", "9 was found".
//
//go:norace
func (c *Calls[K]) Stop(why string, slack int) {
	unseen()
	c.mu.Lock()
	if c.stopped == "" {
		c.stopped, c.slack = why, slack
	}
	c.mu.Unlock()
	seen()
}

// Begun returns what the calls were begun with, in the order in which they began.
func (c *Calls[K]) Begun() []K { return c.copy(&c.begun) }

// Ended returns what the calls were begun with, in the order in which they ended.
func (c *Calls[K]) Ended() []K { return c.copy(&c.ended) }

//go:norace
func (c *Calls[K]) copy(l *list[K]) []K {
	unseen()
	c.mu.Lock()
	all := make([]K, l.n)
	for i := range all {
		all[i] = l.items[i]
	}
	c.mu.Unlock()
	seen()
	return all
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
			c.t.fail(Order, fmt.Sprintf(Say("%d calls with %s", "参数为 %[2]s 的调用有 %[1]d 次"), n, Show(k)),
				Say("exactly one call for each", "每一个恰好调用一次"))
		}
	}
	for k := range count {
		c.t.fail(Order, fmt.Sprintf(Say("a call with %s", "出现了参数为 %s 的调用"), Show(k)),
			Say("only calls with what was given", "只用给定的值来调用"))
	}
}

// InOrder fails unless the calls began in this order.
func (c *Calls[K]) InOrder(want ...K) {
	if got := c.Begun(); !slices.Equal(got, want) {
		c.t.fail(Order, Show(got), fmt.Sprintf(Say("calls in the order %s", "按这个顺序调用：%s"), Show(want)))
	}
}

// list grows like a slice under append, which the race detector would see.
type list[K any] struct {
	items []K
	n     int
}

//go:norace
func (l *list[K]) add(k K) {
	if l.n == len(l.items) {
		more := make([]K, 2*l.n+16)
		//lint:ignore S1001 the race detector would see a copy
		for i := range l.items {
			more[i] = l.items[i]
		}
		l.items = more
	}
	l.items[l.n] = k
	l.n++
}
