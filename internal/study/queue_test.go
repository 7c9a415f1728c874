package study

import (
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
	s.list()[0].stall = 2 * time.Second
	slow := s.dial(id, "slow", jupyter.Subprotocol)
	fast := s.dial(id, "fast", jupyter.Subprotocol)
	id2 := fast.send(jupyter.Shell, jupyter.ExecuteRequest{Code: "flood 4000"}) // 40 MB: more than any buffer on the way holds
	if n := len(fast.finish(id2)); n < 4_000 {
		t.Errorf("a client that reads got %d messages", n)
	}
	if got := stdout(fast.execute("print alive")); got != "alive\n" {
		t.Errorf("got %q", got)
	}
	slow.closes(closeSlow)
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
