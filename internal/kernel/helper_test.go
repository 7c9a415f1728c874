package kernel

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"lanebook/internal/display"
	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
)

// fakeEngine runs cells by calling run.
type fakeEngine struct {
	run      func(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error)
	complete func(src string, offset int) (engine.Completion, error)
	inspect  func(src string, offset int) (display.Bundle, bool, error)
}

func (f *fakeEngine) Execute(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error) {
	return f.run(ctx, cell, sink)
}

func (f *fakeEngine) Complete(_ context.Context, src string, offset int) (engine.Completion, error) {
	return f.complete(src, offset)
}

func (f *fakeEngine) Inspect(_ context.Context, src string, offset int) (display.Bundle, bool, error) {
	return f.inspect(src, offset)
}

// script is a run function that understands one word a line: "print x", "err x",
// "fail", "broken", "panic", "wait" (for the end of ctx), "ask", "show id".
func script(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error) {
	for line := range strings.Lines(cell.Source) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "print":
			sink.Stream("stdout", rest+"\n")
		case "err":
			sink.Stream("stderr", rest+"\n")
		case "show":
			sink.Show(display.Display{Data: display.Bundle{display.Text: rest}, ID: rest})
		case "update":
			sink.Show(display.Display{Data: display.Bundle{display.Text: rest}, ID: rest, Update: true})
		case "fail":
			return engine.Result{Problem: &engine.Problem{Name: "CompileError", Message: "no", Traceback: []string{cell.Name + ":1:1: no"}}}, nil
		case "broken":
			return engine.Result{}, errors.New("disk full")
		case "panic":
			panic("boom")
		case "wait":
			<-ctx.Done()
			return engine.Result{Problem: &engine.Problem{Name: "Interrupted", Message: "stopped"}}, nil
		case "ask":
			if cell.Ask == nil {
				return engine.Result{Problem: &engine.Problem{Name: "NoInput", Message: "nobody can be asked"}}, nil
			}
			answer, err := cell.Ask(ctx, rest, false)
			if err != nil {
				return engine.Result{}, err
			}
			sink.Stream("stdout", "got "+answer+"\n")
		}
	}
	return engine.Result{}, nil
}

// client is a Sender that collects what the kernel sends, and the kernel that
// it talks to.
type client struct {
	t *testing.T
	k *Kernel
	a *jupyter.Author

	mu   sync.Mutex
	all  []jupyter.Message
	news chan struct{} // closed and replaced at each message
}

func newClient(t *testing.T, e Engine) *client {
	c := &client{t: t, a: jupyter.NewAuthor("client", "learner", time.Now), news: make(chan struct{})}
	c.k = New(t.Context(), e, c, Options{Version: "test"})
	t.Cleanup(c.k.Close)
	return c
}

// Send collects a message.
func (c *client) Send(m jupyter.Message) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, m)
	close(c.news)
	c.news = make(chan struct{})
	return nil
}

// send passes a request to the kernel.
func (c *client) send(channel jupyter.Channel, content jupyter.Content) jupyter.Message {
	m := c.a.New(channel, content)
	m.Identities = [][]byte{[]byte("me")}
	c.k.Handle(m)
	return m
}

// wait returns the first message that has the wanted property.
func (c *client) wait(what string, want func(jupyter.Message) bool) jupyter.Message {
	c.t.Helper()
	deadline := time.After(20 * time.Second)
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

// exchange is everything that was sent about one request.
type exchange struct {
	reply jupyter.Message
	iopub []jupyter.Content // between busy and idle
}

// collect waits until a request is answered, and checks that busy came first,
// idle last, and the reply, if any, on the channel of the request with its
// parent and its identities.
func (c *client) collect(request jupyter.Message) exchange {
	c.t.Helper()
	mine := func(m jupyter.Message) bool { return m.Parent.ID == request.Header.ID }
	c.wait("idle after "+request.String(), func(m jupyter.Message) bool {
		return mine(m) && m.Content == jupyter.Status{ExecutionState: jupyter.Idle}
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	var x exchange
	var order []jupyter.Content
	for _, m := range c.all {
		switch {
		case !mine(m):
		case m.Channel == jupyter.IOPub:
			order = append(order, m.Content)
		case m.Channel == jupyter.Stdin:
		case x.reply.Content != nil:
			c.t.Errorf("second reply %v", m)
		case m.Channel != request.Channel || string(m.Identities[0]) != "me":
			c.t.Errorf("reply %v to %q", m, m.Identities)
		default:
			x.reply = m
		}
	}
	if len(order) < 2 || order[0] != (jupyter.Status{ExecutionState: jupyter.Busy}) {
		c.t.Fatalf("does not begin with busy: %v", order)
	}
	x.iopub = order[1 : len(order)-1]
	return x
}

// ask sends a request and collects what comes of it.
func (c *client) ask(channel jupyter.Channel, content jupyter.Content) exchange {
	c.t.Helper()
	return c.collect(c.send(channel, content))
}

// execute runs a cell as a front end does and checks that busy, execute_input
// and idle frame its output. It returns the reply and the outputs.
func (c *client) execute(src string) (jupyter.ExecuteReply, []jupyter.Content) {
	c.t.Helper()
	x := c.ask(jupyter.Shell, jupyter.ExecuteRequest{Code: src, StoreHistory: true, StopOnError: true})
	reply, ok := x.reply.Content.(jupyter.ExecuteReply)
	if !ok {
		c.t.Fatalf("got %#v, want an execute_reply", x.reply.Content)
	}
	want := jupyter.ExecuteInput{Code: src, ExecutionCount: reply.ExecutionCount}
	if len(x.iopub) == 0 || x.iopub[0] != want {
		c.t.Fatalf("got %v, want %v first", x.iopub, want)
	}
	return reply, x.iopub[1:]
}

// text is all that was printed to a stream.
func text(outputs []jupyter.Content, name string) string {
	var b strings.Builder
	for _, o := range outputs {
		if s, ok := o.(jupyter.Stream); ok && s.Name == name {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// types lists what came, in short.
func types(outputs []jupyter.Content) string {
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
