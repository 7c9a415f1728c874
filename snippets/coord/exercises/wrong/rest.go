package wrong

import "sync"

// LonelyTalk lets one goroutine speak for all three.
func LonelyTalk(lines [3][]string, say func(int, string)) {
	for i := range lines[0] {
		for speaker := range 3 {
			say(speaker, lines[speaker][i])
		}
	}
}

// BlockTalk lets each speaker say everything at once.
func BlockTalk(lines [3][]string, say func(int, string)) {
	var wg sync.WaitGroup
	for speaker := range 3 {
		wg.Go(func() {
			for _, line := range lines[speaker] {
				say(speaker, line)
			}
		})
		wg.Wait()
	}
}

// ShyTalk waits for somebody to begin: a deadlock.
func ShyTalk(lines [3][]string, say func(int, string)) {
	var turns [3]chan struct{}
	for i := range turns {
		turns[i] = make(chan struct{}, 1)
	}
	var wg sync.WaitGroup
	for speaker := range 3 {
		wg.Go(func() {
			for _, line := range lines[speaker] {
				<-turns[speaker]
				say(speaker, line)
				turns[(speaker+1)%3] <- struct{}{}
			}
		})
	}
	wg.Wait()
}

// GivingTalk hands the last baton to somebody who has left: a deadlock.
func GivingTalk(lines [3][]string, say func(int, string)) {
	var turns [3]chan struct{}
	for i := range turns {
		turns[i] = make(chan struct{})
	}
	var wg sync.WaitGroup
	for speaker := range 3 {
		wg.Go(func() {
			for _, line := range lines[speaker] {
				<-turns[speaker]
				say(speaker, line)
				turns[(speaker+1)%3] <- struct{}{}
			}
		})
	}
	turns[0] <- struct{}{}
	wg.Wait()
}

// OpenBarrier lets everybody through.
type OpenBarrier struct{}

func NewOpenBarrier(int) OpenBarrier { return OpenBarrier{} }

func (OpenBarrier) Wait() {}

// CountingBarrier has no number for its rounds: a fast one is taken for one of
// the round before, and the others wait for ever.
type CountingBarrier struct {
	mu      sync.Mutex
	changed *sync.Cond
	parties int
	waiting int
}

func NewCountingBarrier(parties int) *CountingBarrier {
	b := &CountingBarrier{parties: parties}
	b.changed = sync.NewCond(&b.mu)
	return b
}

func (b *CountingBarrier) Wait() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting++
	if b.waiting == b.parties {
		b.waiting = 0
		b.changed.Broadcast()
		return
	}
	for b.waiting != 0 {
		b.changed.Wait()
	}
}

// OnceBarrier closes its gate behind nobody: it holds in the first round only.
type OnceBarrier struct {
	mu      sync.Mutex
	parties int
	waiting int
	open    chan struct{}
}

func NewOnceBarrier(parties int) *OnceBarrier {
	return &OnceBarrier{parties: parties, open: make(chan struct{})}
}

func (b *OnceBarrier) Wait() {
	b.mu.Lock()
	b.waiting++
	if b.waiting == b.parties {
		close(b.open)
	}
	b.mu.Unlock()
	<-b.open
}

// LastBuffer gives back what came last.
type LastBuffer struct {
	mu      sync.Mutex
	changed *sync.Cond
	places  int
	values  []int
}

func NewLastBuffer(places int) *LastBuffer {
	b := &LastBuffer{places: places}
	b.changed = sync.NewCond(&b.mu)
	return b
}

func (b *LastBuffer) Put(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.values) == b.places {
		b.changed.Wait()
	}
	b.values = append(b.values, v)
	b.changed.Broadcast()
}

func (b *LastBuffer) Get() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.values) == 0 {
		b.changed.Wait()
	}
	v := b.values[len(b.values)-1]
	b.values = b.values[:len(b.values)-1]
	b.changed.Broadcast()
	return v
}

// QuietBuffer wakes nobody after Get: who waits to put waits for ever.
type QuietBuffer struct {
	mu      sync.Mutex
	changed *sync.Cond
	places  int
	values  []int
}

func NewQuietBuffer(places int) *QuietBuffer {
	b := &QuietBuffer{places: places}
	b.changed = sync.NewCond(&b.mu)
	return b
}

func (b *QuietBuffer) Put(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.values) == b.places {
		b.changed.Wait()
	}
	b.values = append(b.values, v)
	b.changed.Broadcast()
}

func (b *QuietBuffer) Get() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.values) == 0 {
		b.changed.Wait()
	}
	v := b.values[0]
	b.values = b.values[1:]
	return v
}

// OneSignalBuffer has one condition for two kinds of waiting and wakes one:
// often the wrong one, and then all wait for ever.
type OneSignalBuffer struct {
	mu      sync.Mutex
	changed *sync.Cond
	places  int
	values  []int
}

func NewOneSignalBuffer(places int) *OneSignalBuffer {
	b := &OneSignalBuffer{places: places}
	b.changed = sync.NewCond(&b.mu)
	return b
}

func (b *OneSignalBuffer) Put(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.values) == b.places {
		b.changed.Wait()
	}
	b.values = append(b.values, v)
	b.changed.Signal()
}

func (b *OneSignalBuffer) Get() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.values) == 0 {
		b.changed.Wait()
	}
	v := b.values[0]
	b.values = b.values[1:]
	b.changed.Signal()
	return v
}

// FingersEat takes no fork.
func FingersEat(_ int, _, _ *sync.Mutex, dine func()) { dine() }

// WaiterEat returns a way of eating in which a waiter lets only one of all
// philosophers eat at a time.
func WaiterEat() func(seat int, left, right *sync.Mutex, dine func()) {
	var waiter sync.Mutex
	return func(_ int, left, right *sync.Mutex, dine func()) {
		waiter.Lock()
		defer waiter.Unlock()
		left.Lock()
		defer left.Unlock()
		right.Lock()
		defer right.Unlock()
		dine()
	}
}

// KeepingEat does not put the right fork back: the next one waits for ever.
func KeepingEat(_ int, left, right *sync.Mutex, dine func()) {
	left.Lock()
	right.Lock()
	dine()
	left.Unlock()
}

// ThoughtlessEat takes both forks so quickly that it often goes well.
func ThoughtlessEat(_ int, left, right *sync.Mutex, dine func()) {
	left.Lock()
	right.Lock()
	dine()
	right.Unlock()
	left.Unlock()
}

// HastyBuffer waits once and does not look again.
type HastyBuffer struct {
	mu      sync.Mutex
	changed *sync.Cond
	places  int
	values  []int
}

// NewHastyBuffer returns an empty buffer.
func NewHastyBuffer(places int) *HastyBuffer {
	b := &HastyBuffer{places: places}
	b.changed = sync.NewCond(&b.mu)
	return b
}

// Put waits with an if.
func (b *HastyBuffer) Put(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.values) == b.places {
		b.changed.Wait()
	}
	b.values = append(b.values, v)
	b.changed.Broadcast()
}

// Get waits with an if.
func (b *HastyBuffer) Get() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.values) == 0 {
		b.changed.Wait()
	}
	v := b.values[0]
	b.values = b.values[1:]
	b.changed.Broadcast()
	return v
}
