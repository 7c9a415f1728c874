package engine

import (
	"context"

	"lanebook/internal/display"
	"lanebook/internal/program"
)

// Complete proposes how to go on at byte offset of src. Nothing needs to have
// run before; while the toolchain is being prepared there are no proposals.
func (e *Engine) Complete(ctx context.Context, src string, offset int) (Completion, error) {
	out := Completion{Start: offset, End: offset}
	session, ok := e.prepared()
	if !ok {
		return out, nil
	}
	c, err := e.module.Complete(ctx, session, src, offset)
	if err != nil {
		return out, err
	}
	out.Start, out.End = c.Start, c.End
	for _, m := range c.Matches {
		out.Matches = append(out.Matches, Match(m))
	}
	return out, nil
}

// Inspect describes what stands at byte offset of src; ok is false when there
// is nothing to say.
func (e *Engine) Inspect(ctx context.Context, src string, offset int) (b display.Bundle, ok bool, err error) {
	session, ok := e.prepared()
	if !ok {
		return nil, false, nil
	}
	d, ok, err := e.module.Inspect(ctx, session, src, offset)
	if err != nil || !ok {
		return nil, false, err
	}
	return display.Bundle{display.Text: d.Text(), display.Markdown: d.Markdown()}, true, nil
}

// prepared returns the session if the toolchain can answer without delay.
func (e *Engine) prepared() (program.Session, bool) {
	select {
	case <-e.ready:
	default:
		return program.Session{}, false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.session, true
}
