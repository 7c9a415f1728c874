package study

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"lanebook/internal/display"
	"lanebook/internal/engine"
	"lanebook/internal/kernel"
)

// stubEngine runs cells of one command, so that the tests of the server need
// no Go toolchain: "print TEXT", "flood N", "sleep", "ask PROMPT", "lang", "dir".
type stubEngine struct {
	dir    string
	parked atomic.Int32
	woken  atomic.Int32

	mu   sync.Mutex
	lang string
}

func (e *stubEngine) Execute(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error) {
	command, rest, _ := strings.Cut(cell.Source, " ")
	switch command {
	case "print":
		sink.Stream("stdout", rest+"\n")
	case "lang":
		e.mu.Lock()
		defer e.mu.Unlock()
		sink.Stream("stdout", e.lang)
	case "dir":
		sink.Stream("stdout", e.dir)
	case "flood":
		n, _ := strconv.Atoi(rest)
		for range n {
			sink.Show(display.Display{Data: display.Bundle{"text/plain": strings.Repeat("x", 10_000)}})
		}
	case "sleep":
		sink.Stream("stdout", "asleep\n")
		<-ctx.Done()
		return engine.Result{Problem: &engine.Problem{Name: "Interrupted", Message: "stopped", Traceback: []string{"stopped"}}}, nil
	case "ask":
		answer, err := cell.Ask(ctx, rest, false)
		if err != nil {
			return engine.Result{}, err
		}
		sink.Stream("stdout", "you said "+answer)
	default:
		return engine.Result{Problem: &engine.Problem{Name: "SyntaxError", Message: "what is " + command, Traceback: []string{"?"}}}, nil
	}
	return engine.Result{}, nil
}

func (e *stubEngine) Complete(context.Context, engine.Draft) (engine.Completion, error) {
	return engine.Completion{}, nil
}

func (e *stubEngine) Inspect(context.Context, engine.Draft) (display.Bundle, bool, error) {
	return nil, false, nil
}

func (e *stubEngine) Check(context.Context, engine.Draft) ([]engine.Finding, error) { return nil, nil }

func (e *stubEngine) Ahead(engine.Cell) {}

func (e *stubEngine) AheadOfTurn(engine.Cell) {}

type stubKernel struct {
	*kernel.Kernel
	engine *stubEngine
}

func (k stubKernel) SetLang(lang string) {
	k.engine.mu.Lock()
	defer k.engine.mu.Unlock()
	k.engine.lang = lang
}

func (k stubKernel) Park() { k.engine.parked.Add(1) }

func (k stubKernel) Wake() { k.engine.woken.Add(1) }

func (k stubKernel) Close() error { k.Kernel.Close(); return nil }

// startStub is a StartKernel: a real kernel on a stub engine.
func startStub(ctx context.Context, c KernelConfig) (Kernel, error) {
	e := &stubEngine{dir: c.Dir, lang: c.Lang}
	return stubKernel{kernel.New(ctx, e, sendFunc(c.Send), kernel.Options{}), e}, nil
}
