// Package jupytertest is a Jupyter client for tests: it sends requests, waits
// for what comes of them, and checks what must be true of every answer. How
// messages travel is up to the test, which connects it to a kernel in this
// process or to sockets.
package jupytertest

import (
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"lanebook/internal/jupyter"
)

// patience is how long a test waits for a message. It is no target: it only
// turns a hang into a failure.
const patience = 60 * time.Second

// Client is a client of one kernel.
type Client struct {
	Author *jupyter.Author

	t       testing.TB
	deliver func(jupyter.Message)

	mu   sync.Mutex
	all  []jupyter.Message
	idle map[string]bool // requests whose idle has come
	news chan struct{}   // closed and replaced at each message
}

// New returns a client that sends its requests by calling deliver. What the
// kernel sends is to be passed to Receive.
func New(t testing.TB, deliver func(jupyter.Message)) *Client {
	return &Client{
		Author: jupyter.NewAuthor(rand.Text(), "learner", time.Now),
		t:      t, deliver: deliver,
		idle: map[string]bool{}, news: make(chan struct{}),
	}
}

// Receive takes a message from the kernel.
func (c *Client) Receive(m jupyter.Message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if m.Channel == jupyter.IOPub {
		if c.idle[m.Parent.ID] {
			c.t.Errorf("%v came after idle", m)
		}
		if m.Content == (jupyter.Status{ExecutionState: jupyter.Idle}) {
			c.idle[m.Parent.ID] = true
		}
	}
	c.all = append(c.all, m)
	close(c.news)
	c.news = make(chan struct{})
}

// Send sends a request and does not wait.
func (c *Client) Send(channel jupyter.Channel, content jupyter.Content) jupyter.Message {
	m := c.Author.New(channel, content)
	c.deliver(m)
	return m
}

// Deliver sends a message that the test has made.
func (c *Client) Deliver(m jupyter.Message) { c.deliver(m) }

// Wait returns the first message, of all that ever came, that has the wanted
// property.
func (c *Client) Wait(what string, want func(jupyter.Message) bool) jupyter.Message {
	c.t.Helper()
	deadline := time.After(patience)
	for seen := 0; ; {
		c.mu.Lock()
		for ; seen < len(c.all); seen++ {
			if want(c.all[seen]) {
				defer c.mu.Unlock()
				return c.all[seen]
			}
		}
		news := c.news
		c.mu.Unlock()
		select {
		case <-news:
		case <-deadline:
			c.t.Fatalf("no %s came", what)
		}
	}
}

// WaitOutput waits until a request has printed something to stdout.
func (c *Client) WaitOutput(request jupyter.Message) {
	c.t.Helper()
	c.Wait("output", func(m jupyter.Message) bool {
		return m.Parent.ID == request.Header.ID && m.Type() == jupyter.TypeStream
	})
}

// Exchange is everything that came of one request.
type Exchange struct {
	Reply jupyter.Message   // zero when its type has none
	IOPub []jupyter.Content // between busy and idle
}

// Collect waits until a request is answered, and checks that busy came first,
// idle last, and one reply, if its type has one, on the request's channel.
func (c *Client) Collect(request jupyter.Message) Exchange {
	c.t.Helper()
	mine := func(m jupyter.Message) bool { return m.Parent.ID == request.Header.ID }
	reply, replies := jupyter.ReplyType(request.Type())
	if replies {
		c.Wait(reply, func(m jupyter.Message) bool { return mine(m) && m.Type() == reply })
	}
	c.Wait("idle after "+request.String(), func(m jupyter.Message) bool {
		return mine(m) && m.Content == jupyter.Status{ExecutionState: jupyter.Idle}
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	var x Exchange
	var order []jupyter.Content
	for _, m := range c.all {
		switch {
		case !mine(m) || m.Channel == jupyter.Stdin && m.Type() == jupyter.TypeInputRequest:
		case m.Channel == jupyter.IOPub:
			order = append(order, m.Content)
		case m.Type() != reply || !replies || m.Channel != request.Channel || x.Reply.Content != nil:
			c.t.Errorf("%v is not what answers %v", m, request)
		default:
			x.Reply = m
		}
	}
	if len(order) < 2 || order[0] != (jupyter.Status{ExecutionState: jupyter.Busy}) {
		c.t.Fatalf("%v: does not begin with busy: %v", request, order)
	}
	for _, content := range order[1 : len(order)-1] {
		if content != (jupyter.Status{ExecutionState: jupyter.Busy}) { // said again: see WaitBusy
			x.IOPub = append(x.IOPub, content)
		}
	}
	return x
}

// WaitBusy waits until the kernel has said that the request of a running cell
// is still being served, after it has served another one beside it. Front ends
// show the state of the last status that came, whatever it was about.
func (c *Client) WaitBusy(cell, beside jupyter.Message) {
	c.t.Helper()
	served := false
	c.Wait("busy for the cell again", func(m jupyter.Message) bool {
		served = served || m.Parent.ID == beside.Header.ID && m.Content == jupyter.Status{ExecutionState: jupyter.Idle}
		return served && m.Parent.ID == cell.Header.ID && m.Content == jupyter.Status{ExecutionState: jupyter.Busy}
	})
}

// Ask sends a request and collects what comes of it.
func (c *Client) Ask(channel jupyter.Channel, content jupyter.Content) Exchange {
	c.t.Helper()
	return c.Collect(c.Send(channel, content))
}

// Execute runs a cell as a front end does and checks that busy, execute_input
// and idle frame its output. It returns the reply and the outputs.
func (c *Client) Execute(src string) (jupyter.ExecuteReply, []jupyter.Content) {
	c.t.Helper()
	x := c.Ask(jupyter.Shell, jupyter.ExecuteRequest{Code: src, StoreHistory: true, StopOnError: true})
	reply, ok := x.Reply.Content.(jupyter.ExecuteReply)
	if !ok {
		c.t.Fatalf("got %#v, want an execute_reply", x.Reply.Content)
	}
	want := jupyter.ExecuteInput{Code: src, ExecutionCount: reply.ExecutionCount}
	if len(x.IOPub) == 0 || x.IOPub[0] != want {
		c.t.Fatalf("got %v, want %v first", x.IOPub, want)
	}
	return reply, x.IOPub[1:]
}

// Text is all that was printed to a stream.
func Text(outputs []jupyter.Content, name string) string {
	var b strings.Builder
	for _, o := range outputs {
		if s, ok := o.(jupyter.Stream); ok && s.Name == name {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// Types lists outputs by their types, and streams with their text.
func Types(outputs []jupyter.Content) string {
	var names []string
	for _, o := range outputs {
		if s, ok := o.(jupyter.Stream); ok {
			names = append(names, fmt.Sprintf("%s %q", s.Name, s.Text))
			continue
		}
		names = append(names, o.Type())
	}
	return strings.Join(names, ", ")
}
