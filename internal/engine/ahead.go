package engine

import (
	"context"
	"slices"
	"sync"

	"lanebook/internal/program"
)

// Ahead builds, in the background and at low priority, a cell that a learner
// is typing, under the name that it will have if it is the next to run.
// Nothing of it is executed. A newer text takes the place of an older one.
func (e *Engine) Ahead(cell Cell) { e.typed.begin(e, cell) }

// AheadOfTurn is Ahead for a cell that waits in the queue behind the one that
// runs.
func (e *Engine) AheadOfTurn(cell Cell) { e.queued.begin(e, cell) }

// ahead is one place for a cell that is built before it is run.
type ahead struct {
	mu     sync.Mutex
	source string             // of the cell that is built, or was
	stop   context.CancelFunc // of its build; nil before the first
	closed bool
	builds sync.WaitGroup
}

// begin builds a cell. One that is under way goes on if it has the same text:
// should the session have changed since, the toolchain knows the difference.
func (a *ahead) begin(e *Engine, cell Cell) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return
	}
	if a.stop != nil && a.source != cell.Source {
		a.stop()
	}
	ctx, stop := context.WithCancel(context.Background())
	a.source, a.stop = cell.Source, stop
	a.builds.Go(func() {
		defer stop()
		e.buildAhead(ctx, cell)
	})
}

// giveWay stops the build unless it is that of the cell that is to run now.
func (a *ahead) giveWay(source string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.stop != nil && a.source != source {
		a.stop()
	}
}

func (a *ahead) close() {
	a.mu.Lock()
	a.closed = true
	if a.stop != nil {
		a.stop()
	}
	a.mu.Unlock()
	a.builds.Wait()
}

// buildAhead does what goCell does, up to the point where it would run.
func (e *Engine) buildAhead(ctx context.Context, cell Cell) {
	cell.Name = e.futureName(cell)
	script, diags := program.Parse(program.Cell{Name: cell.Name, Source: cell.Source})
	if len(diags) > 0 || script.Body != nil || !script.HasGo() || !leavesNoTrace(script) || ctx.Err() != nil {
		return
	}
	if _, prog, diags := e.current().Add(script, e.module.DraftPackages()); len(diags) == 0 && ctx.Err() == nil {
		e.module.BuildAhead(ctx, prog, e.configFor(prog))
	}
}

// leavesNoTrace reports whether a cell has no special line that could change
// how it, or the next one, is built: shell lines, files, flags.
func leavesNoTrace(script *program.Script) bool {
	return !slices.ContainsFunc(script.Lines, func(l program.Line) bool {
		return !slices.Contains([]program.Kind{program.KindMain, program.KindArgs, program.KindExec, program.KindTime, program.KindWatch, program.KindDeep}, l.Kind)
	})
}

// futureName is the name in programs that a cell will get when it is run.
func (e *Engine) futureName(cell Cell) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.names.future(cell)
}
