package engine

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"lanebook/internal/process"
	"lanebook/internal/program"
	"lanebook/internal/toolchain"
)

// Execute runs a cell and returns when all its output has been given to sink.
// Cancelling ctx interrupts the cell. The error is our fault, never the
// learner's: that is Result.Problem.
func (e *Engine) Execute(ctx context.Context, cell Cell, sink Sink) (Result, error) {
	e.super.Wake() // it starts while the cell is built
	e.typed.giveWay(cell.Source)
	e.queued.giveWay(cell.Source)
	cell.Name = e.remember(cell)
	x := &execution{Engine: e, cell: cell, sink: sink, say: wordsFor(e.Lang())}
	err := e.restoreHome()
	if err == nil {
		err = x.execute(ctx)
		x.endCapture()
	}
	if x.result.Problem == nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		x.result.Problem, err = x.interrupted(), nil
	}
	if problem := x.trouble(err); problem != nil {
		x.result.Problem, err = problem, nil
	}
	return x.result, err
}

// execution is one cell on its way through the engine.
type execution struct {
	*Engine
	cell   Cell // Name is its name in programs
	sink   Sink
	say    words
	input  inputMode    // of the next shell line
	page   program.Page // of a cell with %wasm
	result Result
}

// execute stops at the first problem.
func (x *execution) execute(ctx context.Context) error {
	script, diags := program.Parse(program.Cell{Name: x.cell.Name, Source: x.cell.Source})
	if len(diags) > 0 {
		x.result.Problem = x.syntaxProblem(diags)
		return nil
	}
	for _, line := range script.Lines {
		if err := x.special(ctx, line); err != nil || x.result.Problem != nil {
			return err
		}
	}
	if script.Body != nil {
		return x.body(ctx, script.Body)
	}
	if script.HasGo() {
		script.Page = x.page
		return x.goCell(ctx, script)
	}
	return nil
}

// goCell merges, builds and runs.
func (x *execution) goCell(ctx context.Context, script *program.Script) error {
	begin := time.Now()
	var (
		next   program.Session
		prog   *program.Program
		diags  []program.Diagnostic
		binary toolchain.Binary
		err    error
	)
	x.busy(func() {
		// Packages waits for the toolchain without looking at a context.
		if err = x.tool.Prepare(ctx); err != nil {
			return
		}
		if next, prog, diags = x.session.Add(script, x.module.Packages()); len(diags) > 0 {
			return
		}
		if prog.Runs || prog.Wasm {
			binary, diags, err = x.module.Build(ctx, prog, x.configFor(prog))
		} else {
			_, diags, err = x.module.Check(ctx, prog)
		}
	})
	x.result.Build, x.result.How = time.Since(begin), binary.How
	switch {
	case err != nil:
		return err
	case len(diags) > 0:
		x.result.Problem = x.compileProblem(x.blamed(diags, next))
		return nil
	}
	broken := x.broken(ctx, x.session, next)
	x.setSession(next)
	x.warn(binary.Warnings)
	for _, d := range broken {
		x.sink.Stream("stderr", strings.Join(x.told(d, yellow, ""), "\n")+"\n")
	}
	if binary.NoDeep != nil {
		x.sink.Stream("stderr", fmt.Sprintf(x.say.noDeep+"\n", binary.NoDeep))
	}
	if binary.Said != "" {
		x.sink.Stream("stderr", x.shownText(binary.Said))
	}
	if !prog.Runs {
		return nil
	}
	if prog.Wasm {
		return x.showWasm(binary, prog)
	}
	if x.cell.Built != nil && leavesNoTrace(script) {
		x.cell.Built()
	}
	cmd := process.Command{Path: binary.Path, Args: prog.Args, Dir: x.dir, Ask: x.cell.Ask, Front: x.cell.Front,
		AskWhenQuiet: prog.Stdin, QuitWhenStuck: binary.Unwatched}
	w := &watcher{execution: x, program: prog}
	if binary.Race {
		w.races = &races{}
	}
	if prog.Test {
		w.tests = &tests{}
	}
	return x.watch(ctx, cmd, w)
}

// run runs a command that is no cell's program, with everything such a program
// gets.
func (x *execution) run(ctx context.Context, cmd process.Command) error {
	return x.watch(ctx, cmd, &watcher{execution: x})
}

// watch runs a program and says how it ended.
func (x *execution) watch(ctx context.Context, cmd process.Command, w *watcher) error {
	if problem := x.checkDir(cmd.Dir); problem != nil {
		x.result.Problem = problem
		return nil
	}
	cmd.Env = x.environ()
	if cmd.Ask == nil {
		cmd.Env = append(cmd.Env, "LANEBOOK_INPUT=no")
	} else {
		cmd.Env = append(cmd.Env, "LANEBOOK_INPUT=yes")
	}
	if w.program != nil && !w.program.Timers {
		cmd.Env = append(cmd.Env, "LANEBOOK_TIMERS=none")
	}
	cmd.Pipes = x.path("pipes")
	cmd.Grace, cmd.Memory, cmd.Spill = x.opts.Grace, x.memoryLimit(), x.floodFile()
	w.builds = newBuilds(ctx)
	exit, err := x.super.Run(ctx, cmd, w)
	w.builds.close()
	if err != nil {
		return err
	}
	x.result.Run += exit.Wall
	said := w.held.String()
	report, crashed := w.end(exit)
	x.drawRest(endingOf(report, said))
	switch {
	case crashed:
		x.result.Problem = x.crashProblem(report)
	case w.raced(exit):
		x.result.Problem = x.raceProblem(w.races)
	case w.tests.failed(exit):
		x.result.Problem = x.testProblem(w.tests)
	default:
		x.result.Problem = x.exitProblem(exit, cmd)
	}
	return nil
}

// patience is how long the toolchain may be silent before the learner is told
// what it is doing.
const patience = time.Second

// busy runs f, which may take long, and shows what the toolchain says
// meanwhile.
func (x *execution) busy(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	p, ok := x.sink.(Progresser)
	if !ok {
		<-done
		return
	}
	shown := ""
	tick := time.NewTimer(patience)
	defer tick.Stop()
	for {
		select {
		case <-done:
			if shown != "" {
				p.Progress("")
			}
			return
		case <-tick.C:
			if text := x.news.text(x.say); text != shown {
				shown = text
				p.Progress(text)
			}
			tick.Reset(patience / 4)
		}
	}
}

// shell is a command line for bash, as in GoNB, or for the system's shell.
func shell(line string) process.Command {
	path, err := exec.LookPath("bash")
	if err != nil {
		path = "/bin/sh"
	}
	return process.Command{Path: path, Args: []string{"-c", strings.TrimSpace(line)}}
}
