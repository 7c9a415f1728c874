package study

import (
	"context"
	"sync"
	"time"

	"github.com/coder/websocket"
)

// Limits of what waits for one client. All are arbitrary: far above what a
// page that reads falls behind, far below what hurts this process.
const (
	maxQueuedMessages = 20_000
	maxQueuedBytes    = 64 << 20
	// Above these, output waits for the client, as long as it goes on reading.
	fullMessages = 5_000
	fullBytes    = 16 << 20
	// A client that has read nothing for so long, while output waits, is slow.
	// We look so often meanwhile: when this process itself was stopped for a
	// while, that counts as once.
	stallAfter = 10 * time.Second
	stallLooks = 10
	// A client that went away is remembered for a while, in case it comes back.
	maxParkedMessages = 5_000
	maxParkedBytes    = 8 << 20
	maxParked         = 4
	parkedFor         = 10 * time.Minute
)

// Codes with which a socket is closed, in the range that is ours to define.
const (
	closeSlow websocket.StatusCode = websocket.StatusTryAgainLater
	closeGone websocket.StatusCode = 4404
)

// queue holds what one client has yet to be sent. Pushing never blocks; who
// produces output in bulk calls wait afterwards. A client that does not keep
// up is closed.
type queue struct {
	mu                    sync.Mutex
	items                 []*wire
	bytes                 int
	maxMessages, maxBytes int
	ready                 chan struct{} // holds a token when there may be news
	popped                int           // how many messages were taken so far
	room                  chan struct{} // closed, and replaced, when a full queue has room again

	code   websocket.StatusCode // why it was closed; zero while open
	reason string
}

func newQueue() *queue {
	return &queue{
		maxMessages: maxQueuedMessages, maxBytes: maxQueuedBytes,
		ready: make(chan struct{}, 1), room: make(chan struct{}),
	}
}

func (q *queue) push(w *wire) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.code != 0 {
		return
	}
	q.items = append(q.items, w)
	q.bytes += w.size()
	q.check()
	q.wake()
}

// check closes a queue that has grown too long, and lets its content go.
func (q *queue) check() {
	// One message may be larger than the limit; it is sent all the same.
	if len(q.items) > q.maxMessages || len(q.items) > 1 && q.bytes > q.maxBytes {
		q.tooSlow()
	}
}

// tooSlow closes the queue at once. What was in it would only be old news.
func (q *queue) tooSlow() {
	q.code, q.reason = closeSlow, "too slow: output came faster than it was read"
	q.items, q.bytes = nil, 0
	q.wake()
}

func (q *queue) full() bool {
	return q.code == 0 && (len(q.items) > fullMessages || q.bytes > fullBytes)
}

// wait holds back who produces output until a full queue has room again. When
// the client reads nothing at all for the time of stall, it is given up.
func (q *queue) wait(stall time.Duration) {
	for popped, looks := -1, 0; ; looks++ {
		q.mu.Lock()
		if q.popped != popped {
			popped, looks = q.popped, 0
		}
		if looks == stallLooks && q.full() {
			q.tooSlow()
		}
		full, room := q.full(), q.room
		q.mu.Unlock()
		if !full {
			return
		}
		select {
		case <-room:
		case <-time.After(stall / stallLooks):
		}
	}
}

func (q *queue) limit(messages, bytes int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.maxMessages, q.maxBytes = messages, bytes
	q.check()
}

// close ends the queue when what is in it has been sent.
func (q *queue) close(code websocket.StatusCode, reason string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.code == 0 {
		q.code, q.reason = code, reason
	}
	q.wake()
}

func (q *queue) closed() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.code != 0
}

func (q *queue) wake() {
	select {
	case q.ready <- struct{}{}:
	default:
	}
}

// pop waits for the next message. Without one, the code says why the queue
// was closed, or the error that ctx ended.
func (q *queue) pop(ctx context.Context) (w *wire, code websocket.StatusCode, reason string, err error) {
	for {
		q.mu.Lock()
		if len(q.items) > 0 {
			w = q.items[0]
			wasFull := q.full()
			q.items[0] = nil
			q.items = q.items[1:]
			q.bytes -= w.size()
			q.popped++
			if wasFull && !q.full() {
				close(q.room)
				q.room = make(chan struct{})
			}
			q.mu.Unlock()
			return w, 0, "", nil
		}
		code, reason = q.code, q.reason
		q.mu.Unlock()
		if code != 0 {
			return nil, code, reason, nil
		}
		select {
		case <-ctx.Done():
			return nil, 0, "", ctx.Err()
		case <-q.ready:
		}
	}
}

// unpop puts back what could not be sent.
func (q *queue) unpop(w *wire) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.code == 0 {
		q.items = append([]*wire{w}, q.items...)
		q.bytes += w.size()
	}
}
