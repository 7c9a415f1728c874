// Package headless executes notebooks without Jupyter: cell by cell through
// an engine, outputs collected into the notebook, and compared with recorded
// ones. It reads and writes no files.
package headless

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"lanebook/internal/engine"
	"lanebook/internal/notebook"
)

// Executor is the part of an engine that a run needs.
type Executor interface {
	Execute(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error)
}

// Step is the progress of one cell: reported before it runs, and again with
// Done when it ended.
type Step struct {
	N, Total int // this cell among those that run, from 1
	ID       string
	Done     bool
	Elapsed  time.Duration
	Problem  *engine.Problem // of a cell that ended badly
	Status   string          // what the engine is busy with, may be empty
}

// Failure is the mistake of a cell that ended the run.
type Failure struct {
	Cell    string // as positions name it, cell[3]
	ID      string
	Line    int // 0: nowhere in particular
	Problem *engine.Problem
}

// Error says which cell failed, where, and why.
func (f *Failure) Error() string {
	where := fmt.Sprintf("%s %q", f.Cell, f.ID)
	if f.Line > 0 {
		where += fmt.Sprintf(" line %d", f.Line)
	}
	return fmt.Sprintf("%s: %s: %s", where, f.Problem.Name, f.Problem.Message)
}

// Run executes the code cells of nb in order and puts their outputs into nb,
// in place of those that are there. Progress may be nil.
//
// It stops at the first cell that ends badly and returns a *Failure, unless
// the cell is tagged raises-exception. When ctx is cancelled it interrupts the
// cell and returns ctx's error. Any other error is our fault.
func Run(ctx context.Context, nb *notebook.Notebook, ex Executor, progress func(Step)) error {
	if lang := nb.Language(); lang != "" && lang != "go" {
		return fmt.Errorf("the notebook's language is %s: only Go notebooks can be run", lang)
	}
	if progress == nil {
		progress = func(Step) {}
	}
	r := &run{ex: ex, progress: progress, displays: displays{}}
	for i := range nb.Cells {
		if c := &nb.Cells[i]; runs(c) {
			r.total++
		}
	}
	for i := range nb.Cells {
		c := &nb.Cells[i]
		if c.Type != notebook.Code {
			continue
		}
		c.Outputs, c.ExecutionCount = nil, nil
		if !runs(c) {
			continue
		}
		if err := r.cell(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// runs reports whether a cell has something to execute. Blank cells are
// skipped and not counted, as Jupyter's clients do.
func runs(c *notebook.Cell) bool {
	return c.Type == notebook.Code && strings.TrimSpace(c.Source) != ""
}

// run is one execution of a notebook.
type run struct {
	ex       Executor
	progress func(Step)
	n, total int
	displays displays
}

func (r *run) cell(ctx context.Context, c *notebook.Cell) error {
	r.n++
	step := Step{N: r.n, Total: r.total, ID: c.ID}
	r.progress(step)
	name := fmt.Sprintf("cell[%d]", r.n)
	sink := &collector{displays: r.displays, status: func(text string) {
		s := step
		s.Status = text
		r.progress(s)
	}}
	start := time.Now()
	res, err := r.ex.Execute(ctx, engine.Cell{
		Name:   name,
		Source: strings.ReplaceAll(c.Source, "\r\n", "\n"),
	}, sink)
	c.Outputs = sink.finish()
	n := r.n
	c.ExecutionCount = &n
	if p := res.Problem; p != nil {
		c.Outputs = append(c.Outputs, notebook.Output{
			Type: notebook.Error, EName: p.Name, EValue: p.Message, Traceback: p.Traceback,
		})
	}
	step.Done, step.Elapsed, step.Problem = true, time.Since(start), res.Problem
	r.progress(step)
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case err != nil:
		return fmt.Errorf("%s %q: %w", name, c.ID, err)
	case res.Problem != nil && !c.HasTag("raises-exception"):
		f := &Failure{Cell: name, ID: c.ID, Problem: res.Problem}
		if res.Problem.Pos.Cell == name {
			f.Line = res.Problem.Pos.Line
		} else if res.Problem.Pos.Cell != "" { // a declaration of an earlier cell
			f.Cell += fmt.Sprintf(" (at %s:%d)", res.Problem.Pos.Cell, res.Problem.Pos.Line)
		}
		return f
	}
	return nil
}

// IsFailure reports whether err is the mistake of a cell.
func IsFailure(err error) bool {
	var f *Failure
	return errors.As(err, &f)
}
