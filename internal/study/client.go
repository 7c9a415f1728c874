package study

import (
	"context"
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"lanebook/internal/jupyter"
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
	stallAfter = 10 * time.Second
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

// wire is a message on its way to clients, encoded at most once for each of
// the two protocols, however many there are.
type wire struct {
	size func() int
	v1   func() (frame, error)
	text func() (frame, error)
}

type frame struct {
	kind websocket.MessageType
	data []byte
}

func newWire(m jupyter.Message) *wire {
	w := &wire{}
	w.v1 = sync.OnceValues(func() (frame, error) {
		data, err := jupyter.EncodeV1(m)
		return frame{websocket.MessageBinary, data}, err
	})
	w.text = sync.OnceValues(func() (frame, error) {
		data, isBinary, err := jupyter.EncodeJSON(m)
		if isBinary {
			return frame{websocket.MessageBinary, data}, err
		}
		return frame{websocket.MessageText, data}, err
	})
	w.size = sync.OnceValue(func() int {
		f, _ := w.v1() // one that cannot be encoded is not sent, and takes nothing
		return len(f.data)
	})
	return w
}

// A client is one socket's place at a kernel. When the socket drops, the place
// and its queue stay for a while: a page that returns with the same session id
// takes it over and has missed nothing.
type client struct {
	id      string // routes replies
	session string // session_id of its socket; empty for clients that have none
	queue   *queue
	parked  time.Time // since when it has no socket; zero while it has one
}

// clients of one kernel, guarded by its out lock.
type clients struct {
	list []*client
}

// attach gives a new socket its client.
func (cs *clients) attach(session string) *client {
	cs.sweep()
	for _, c := range cs.list {
		if session != "" && c.session == session && !c.parked.IsZero() {
			c.parked = time.Time{}
			c.queue.limit(maxQueuedMessages, maxQueuedBytes)
			return c
		}
	}
	c := &client{id: uuid.NewString(), session: session, queue: newQueue()}
	cs.list = append(cs.list, c)
	return c
}

// detach parks the client of a socket that dropped. Without a session id
// nobody could ask for it again.
func (cs *clients) detach(c *client) {
	c.parked = time.Now()
	c.queue.limit(maxParkedMessages, maxParkedBytes)
	if c.session == "" {
		c.queue.close(closeGone, "")
	}
	cs.sweep()
}

// sweep drops clients that were closed, or have been away too long, and the
// oldest of those away if there are many.
func (cs *clients) sweep() {
	var kept []*client
	away := 0
	for i := len(cs.list) - 1; i >= 0; i-- { // newest first
		c := cs.list[i]
		if !c.parked.IsZero() {
			away++
			if away > maxParked || c.queue.closed() || time.Since(c.parked) > parkedFor {
				continue
			}
		}
		kept = append([]*client{c}, kept...)
	}
	cs.list = kept
}

func (cs *clients) attached() int {
	n := 0
	for _, c := range cs.list {
		if c.parked.IsZero() {
			n++
		}
	}
	return n
}

// broadcast queues a message for every client and returns the queues that are
// full now and have a reader.
func (cs *clients) broadcast(w *wire) (full []*queue) {
	for _, c := range cs.list {
		c.queue.push(w)
		c.queue.mu.Lock()
		if c.parked.IsZero() && c.queue.full() {
			full = append(full, c.queue)
		}
		c.queue.mu.Unlock()
	}
	return full
}

func (cs *clients) reply(id string, w *wire) {
	for _, c := range cs.list {
		if c.id == id {
			c.queue.push(w)
		}
	}
}

func (cs *clients) closeAll(code websocket.StatusCode, reason string) {
	for _, c := range cs.list {
		c.queue.close(code, reason)
	}
	cs.sweep()
}

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
	for {
		q.mu.Lock()
		if !q.full() {
			q.mu.Unlock()
			return
		}
		room, popped := q.room, q.popped
		q.mu.Unlock()
		select {
		case <-room:
		case <-time.After(stall):
			q.mu.Lock()
			if q.popped == popped && q.full() {
				q.tooSlow()
			}
			q.mu.Unlock()
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
