package study

import (
	"slices"
	"time"

	"lanebook/internal/jupyter"
)

// A learner has many chapters open, and works in one. All are arbitrary.
const (
	parkAfter = time.Minute // so long without a request or an output, a kernel is parked
	maxAwake  = 16          // of more kernels than these, the others are parked sooner,
	parkSoon  = 2 * time.Second
)

// parkIdle parks the kernels that have been idle for long, until ctx ends.
func (ks *kernels) parkIdle() {
	ticker := time.NewTicker(parkSoon)
	defer ticker.Stop()
	for {
		select {
		case <-ks.ctx.Done():
			return
		case <-ticker.C:
			ks.park(parkAfter)
		}
	}
}

// park parks those idle for so long, and of the others all but the last used:
// a kernel takes 6 MB, and wakes in less time than anybody notices.
func (ks *kernels) park(after time.Duration) {
	list := ks.list()
	slices.SortStableFunc(list, func(a, b *live) int { return b.lastUsed().Compare(a.lastUsed()) })
	for i, l := range list {
		if i >= maxAwake {
			after = min(after, parkSoon)
		}
		l.park(after)
	}
}

// lastUsed is when it was last asked something, or said something.
func (l *live) lastUsed() time.Time {
	l.out.Lock()
	defer l.out.Unlock()
	return l.activity
}

// park parks the kernel if it has been idle for so long, once until it is
// used again. Its clients see nothing of it.
func (l *live) park(after time.Duration) {
	l.out.Lock()
	idle := l.state == jupyter.Idle && time.Since(l.activity) > after && !l.parked
	l.parked = l.parked || idle
	l.out.Unlock()
	l.in.Lock()
	kernel := l.kernel
	l.in.Unlock()
	if idle && kernel != nil {
		kernel.Park()
	}
}
