package engine

import (
	"context"
	"slices"

	"lanebook/internal/display"
	"lanebook/internal/program"
)

// Draft is a cell that is being written.
type Draft struct {
	// Name is what the cell will be called if it is run next.
	Name   string
	Source string
	// Offset is where the cursor stands, in bytes; negative: nobody is typing.
	Offset int
	// Above are the cells above it, in order, as far as the front end says.
	// What they declare is known here although they may not have been run.
	Above []string
}

// Complete proposes how to go on at the cursor. Nothing needs to have run
// before; while the toolchain is being prepared, types of other packages are
// unknown, and their names are not.
func (e *Engine) Complete(ctx context.Context, d Draft) (Completion, error) {
	out := Completion{Start: d.Offset, End: d.Offset}
	c, err := e.module.Complete(ctx, e.with(e.current(), d.Above), d.Source, d.Offset)
	if err != nil {
		return out, err
	}
	out.Start, out.End = c.Start, c.End
	for _, m := range c.Matches {
		out.Matches = append(out.Matches, Match(m))
	}
	return out, nil
}

// Inspect describes what stands at the cursor; ok is false when there is
// nothing to say.
func (e *Engine) Inspect(ctx context.Context, d Draft) (b display.Bundle, ok bool, err error) {
	found, ok, err := e.module.Inspect(ctx, e.with(e.current(), d.Above), d.Source, d.Offset)
	if err != nil || !ok {
		return nil, false, err
	}
	return display.Bundle{display.Text: found.Text(), display.Markdown: found.Markdown()}, true, nil
}

// current is the session as it is now.
func (e *Engine) current() program.Session {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.session
}

// with returns the session as it would be if the cells above had been run,
// too. Those that do not parse are left out.
func (e *Engine) with(session program.Session, above []string) program.Session {
	if len(above) == 0 {
		return session
	}
	e.mu.Lock()
	known := slices.Collect(func(yield func(string) bool) {
		for _, d := range session.Decls() {
			if !yield(e.sources[d.Cell]) {
				return
			}
		}
	})
	e.mu.Unlock()
	packages := e.module.DraftPackages()
	for _, source := range above {
		if slices.Contains(known, source) {
			continue // it was run
		}
		script, diags := program.Parse(program.Cell{Name: aboveName, Source: source})
		if len(diags) == 0 && script.Body == nil {
			session = session.Merge(script, packages)
		}
	}
	return session
}

// aboveName is what positions in a cell that was not run yet begin with.
const aboveName = "cell"
