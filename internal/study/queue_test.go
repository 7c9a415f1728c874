package study

import (
	"fmt"
	"testing"
	"time"

	"lanebook/internal/jupyter"
)

// A client that does not read is let go; one that does gets everything, however
// much that is, and the kernel goes on.
func TestSlowClient(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for a timeout")
	}
	s := serve(t, Options{})
	id := s.kernel()
	l := s.list()[0]
	l.stall = 2 * time.Second
	slow := s.dial(id, "slow", jupyter.Subprotocol)
	s.connected(id, 1)
	l.out.Lock()
	given := l.clients.list[0].queue
	l.out.Unlock()
	told := make(chan bool)
	go func() {
		defer close(told)
		for start := time.Now(); !given.closed() && time.Since(start) < patience; {
			time.Sleep(5 * time.Millisecond)
		}
		slow.closes(closeSlow) // soon: for writeWithin the server waits to say it
	}()
	fast := s.dial(id, "fast", jupyter.Subprotocol)
	const messages = 4000 // of 10 KB: more than any buffer on the way holds
	flood := fast.send(jupyter.Shell, jupyter.ExecuteRequest{Code: fmt.Sprint("flood ", messages)})
	for n := 0; n < messages; {
		_, data, err := fast.read() // to decode it all takes long
		if err != nil {
			t.Fatalf("a client that reads got %d messages: %v", n, err)
		}
		if len(data) > 10_000 {
			n++
		}
	}
	fast.finish(flood)
	if got := stdout(fast.execute("print alive")); got != "alive\n" {
		t.Errorf("got %q", got)
	}
	<-told
}

func weight(n int) *wire { return &wire{size: func() int { return n }} }

func TestQueueLimits(t *testing.T) {
	large := weight(maxQueuedBytes + 1)
	q := newQueue()
	q.push(large)
	if q.closed() {
		t.Error("one large message must pass")
	}
	q.push(weight(1))
	if !q.closed() {
		t.Error("more than the limit is waiting")
	}
	if w, code, reason, _ := q.pop(t.Context()); w != nil || code != closeSlow || reason == "" {
		t.Errorf("pop: %v %d %q", w, code, reason)
	}
}

func TestParkedClientsAreBounded(t *testing.T) {
	var cs clients
	for range 3 * maxParked {
		cs.detach(cs.attach("same-but-new-each-time" + time.Now().String()))
	}
	if len(cs.list) > maxParked {
		t.Errorf("%d clients are kept", len(cs.list))
	}
	c := cs.attach("chatty")
	cs.detach(c)
	cs.broadcast(weight(maxParkedBytes))
	cs.broadcast(weight(maxParkedBytes))
	if again := cs.attach("chatty"); again == c || again.queue.closed() {
		t.Error("a client that missed too much starts anew")
	}
	if cs.detach(cs.attach("")); cs.attached() != 1 {
		t.Error("a client without session id cannot come back")
	}
}
