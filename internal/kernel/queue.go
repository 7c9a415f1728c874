package kernel

import (
	"context"
	"sync"

	"lanebook/internal/jupyter"
)

// maxQueue is how many requests may wait; what comes beyond is refused at once.
// Arbitrary: "run all" in a long notebook queues hundreds.
const maxQueue = 10_000

// queue holds requests until their goroutine takes them. Aborted requests stay
// in line, so that their replies keep the order.
type queue struct {
	mu    sync.Mutex
	items []item
	ready chan struct{} // holds a token when there may be items
}

type item struct {
	message jupyter.Message
	aborted bool
}

func newQueue() *queue { return &queue{ready: make(chan struct{}, 1)} }

// push adds a request. It never blocks; when the queue is full it reports false.
func (q *queue) push(m jupyter.Message) bool {
	q.mu.Lock()
	if len(q.items) >= maxQueue {
		q.mu.Unlock()
		return false
	}
	q.items = append(q.items, item{message: m})
	q.mu.Unlock()
	select {
	case q.ready <- struct{}{}:
	default:
	}
	return true
}

// inspect calls look with what waits, while nothing can be taken.
func (q *queue) inspect(look func([]item)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	look(q.items)
}

// abort marks items as not to be served.
func abort(items []item) {
	for i := range items {
		items[i].aborted = true
	}
}

// pop waits for the next request; ok is false when ctx ended. Taken, which may
// be nil, is called before anybody can see that the request has left the queue.
func (q *queue) pop(ctx context.Context, taken func()) (next item, ok bool) {
	for ctx.Err() == nil {
		if next, ok := q.take(taken); ok {
			return next, true
		}
		select {
		case <-ctx.Done():
		case <-q.ready:
		}
	}
	return item{}, false
}

func (q *queue) take(taken func()) (next item, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		return item{}, false
	}
	next = q.items[0]
	q.items[0] = item{} // let go of its memory
	q.items = q.items[1:]
	if taken != nil {
		taken()
	}
	return next, true
}
