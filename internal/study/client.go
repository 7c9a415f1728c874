package study

import (
	"sync"
	"time"

	"github.com/coder/websocket"
	"github.com/google/uuid"

	"lanebook/internal/jupyter"
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
