package kernel

import (
	"context"

	"lanebook/internal/display"
	"lanebook/internal/engine"
)

// OpenEngine is an engine that has to be closed; *engine.Engine is one.
type OpenEngine interface {
	Engine
	Close() error
}

// Opening is an engine that is still being opened: a kernel can greet its
// clients meanwhile. When opening fails, every cell says why, where a learner
// reads it; a kernel that dies says nothing.
type Opening struct {
	done   chan struct{}
	engine OpenEngine
	err    error
}

// Open begins to open an engine.
func Open(open func() (OpenEngine, error)) *Opening {
	o := &Opening{done: make(chan struct{})}
	go func() {
		defer close(o.done)
		o.engine, o.err = open()
	}()
	return o
}

// wait returns the engine once it is open.
func (o *Opening) wait(ctx context.Context) (Engine, error) {
	select {
	case <-o.done:
		return o.engine, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Execute runs a cell once the engine is open.
func (o *Opening) Execute(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error) {
	e, err := o.wait(ctx)
	if err != nil {
		return engine.Result{}, err
	}
	return e.Execute(ctx, cell, sink)
}

// Complete proposes how to go on once the engine is open.
func (o *Opening) Complete(ctx context.Context, d engine.Draft) (engine.Completion, error) {
	e, err := o.wait(ctx)
	if err != nil {
		return engine.Completion{}, err
	}
	return e.Complete(ctx, d)
}

// Inspect describes what stands at the cursor once the engine is open.
func (o *Opening) Inspect(ctx context.Context, d engine.Draft) (display.Bundle, bool, error) {
	e, err := o.wait(ctx)
	if err != nil {
		return nil, false, err
	}
	return e.Inspect(ctx, d)
}

// Check says what is wrong with a cell once the engine is open. It does not
// wait for that: it is called on the goroutine that answers interrupts.
func (o *Opening) Check(ctx context.Context, d engine.Draft) ([]engine.Finding, error) {
	if e := o.opened(); e != nil {
		return e.Check(ctx, d)
	}
	return nil, nil
}

// Ahead builds a cell ahead if the engine is open.
func (o *Opening) Ahead(cell engine.Cell) {
	if e := o.opened(); e != nil {
		e.Ahead(cell)
	}
}

// AheadOfTurn builds a queued cell ahead if the engine is open.
func (o *Opening) AheadOfTurn(cell engine.Cell) {
	if e := o.opened(); e != nil {
		e.AheadOfTurn(cell)
	}
}

// opened returns the engine if it is open, else nil.
func (o *Opening) opened() Engine {
	select {
	case <-o.done:
		if o.err == nil {
			return o.engine
		}
	default:
	}
	return nil
}

// Close closes the engine, also when it has just been opened.
func (o *Opening) Close() error {
	<-o.done
	if o.err != nil {
		return nil // there is nothing to close, and cells have said why
	}
	return o.engine.Close()
}
