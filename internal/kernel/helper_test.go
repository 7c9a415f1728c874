package kernel

import (
	"context"
	"errors"
	"strings"
	"testing"

	"lanebook/internal/display"
	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
	"lanebook/internal/jupytertest"
)

// fakeEngine runs cells by calling run.
type fakeEngine struct {
	run      func(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error)
	complete func(src string, offset int) (engine.Completion, error)
	inspect  func(src string, offset int) (display.Bundle, bool, error)
	check    func(d engine.Draft) ([]engine.Finding, error)
	ahead    func(what string, cell engine.Cell) // what: typed or queued; may be nil
}

func (f *fakeEngine) Execute(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error) {
	return f.run(ctx, cell, sink)
}

func (f *fakeEngine) Complete(_ context.Context, d engine.Draft) (engine.Completion, error) {
	return f.complete(d.Source, d.Offset)
}

func (f *fakeEngine) Inspect(_ context.Context, d engine.Draft) (display.Bundle, bool, error) {
	return f.inspect(d.Source, d.Offset)
}

func (f *fakeEngine) Check(_ context.Context, d engine.Draft) ([]engine.Finding, error) {
	return f.check(d)
}

func (f *fakeEngine) Ahead(cell engine.Cell) { f.note("typed", cell) }

func (f *fakeEngine) AheadOfTurn(cell engine.Cell) { f.note("queued", cell) }

func (f *fakeEngine) note(what string, cell engine.Cell) {
	if f.ahead != nil {
		f.ahead(what, cell)
	}
}

// script is a run function that understands one word a line: "print x", "err x",
// "fail", "broken", "panic", "wait" (for the end of ctx), "built", "ask", "show id".
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
		case "built":
			if cell.Built != nil {
				cell.Built()
			}
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

// client is a test's client of a kernel in this process.
type client struct {
	*jupytertest.Client
	k *Kernel
}

func newClient(t *testing.T, e Engine) *client {
	c := &client{}
	c.Client = jupytertest.New(t, func(m jupyter.Message) {
		m.Identities = [][]byte{[]byte("me")}
		c.k.Handle(m)
	})
	sender := senderFunc(func(m jupyter.Message) error {
		if m.Channel != jupyter.IOPub && string(m.Identities[0]) != "me" {
			t.Errorf("%v goes to %q", m, m.Identities)
		}
		c.Receive(m)
		return nil
	})
	c.k = New(t.Context(), e, sender, Options{Version: "test"})
	t.Cleanup(c.k.Close)
	return c
}

// senderFunc is a Sender that is a function.
type senderFunc func(jupyter.Message) error

// Send calls the function.
func (f senderFunc) Send(m jupyter.Message) error { return f(m) }
