// Package engine is one learner's session: cells of text go in, text and
// displays come out, in order. The kernel, the study server and the headless
// runner drive it; nothing here knows of Jupyter, sockets or pages.
//
// A cell goes through Execute: parse, special lines, a body that is not Go,
// then Go: merge into a copy of the session, check and build, run, and keep
// the copy if the build passed.
//
// Goroutines: everything happens in the goroutine that calls Execute, sink
// included. New starts one that prepares the toolchain; while a cell waits
// for the toolchain, its work is in a goroutine of its own so that progress
// can be shown. Ahead starts one for each cell that is built before its turn.
package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"lanebook/internal/process"
	"lanebook/internal/program"
	"lanebook/internal/toolchain"
)

// Options configures an engine.
type Options struct {
	// Dir is where cells run: the notebook's folder.
	Dir string
	// Lang is the language of explanations, "en" or "zh".
	Lang string
	// Tool builds the cells; nil: the engine opens one of its own. Engines
	// of one process do well to share one.
	Tool *toolchain.Toolchain
	// Version is what cells see as LANEBOOK_VERSION and %version prints;
	// empty means "(devel)". Cells tell our kernel from GoNB by it, so they
	// never see it empty.
	Version string
	// Supervisor is the command that runs process.Main; default: this
	// executable with the argument "supervise".
	Supervisor []string
	// Memory is how many bytes a cell's processes may use together; 0 means
	// a sensible share of this machine.
	Memory int64
	// Served is a folder whose files a web server hands out below /files/;
	// empty: there is none. Programs of cells with %wasm are put there.
	Served string
	// Env are variables, "NAME=value", that programs and shell lines see on
	// top of our own environment. May be nil.
	Env []string
	// Live is a script that puts a picture to walk through in the place of
	// an image, for front ends that are not ours; empty: images stay. It
	// defines lanebookLive.upgrade(script element, data).
	Live string
	// Grace is how long an interrupted program may take to end; 0 means 2 s.
	Grace time.Duration
}

// Engine is one session. It is used by one goroutine at a time; only SetLang,
// Complete, Inspect, Check and Ahead may be called while a cell runs.
type Engine struct {
	opts   Options
	home   string // our temporary folder
	lock   *os.File
	tool   *toolchain.Toolchain
	module *toolchain.Module
	super  *process.Supervisor
	news   *news
	stop   context.CancelFunc // of the preparation
	ready  chan struct{}      // closed when the preparation is over

	typed, queued ahead // what is built before it is run

	dir string // changed by %cd

	mu      sync.Mutex // guards what may be asked for while a cell runs
	lang    string
	session program.Session
	names   names
	sources map[string]string // name in programs → text
	vars    []string          // of %env, in order
	flags   []string          // of %goflags
	flagsAt program.Pos       // where they were set
}

// New starts a session in opts.Dir.
func New(ctx context.Context, opts Options) (_ *Engine, err error) {
	e := &Engine{opts: opts, lang: opts.Lang, news: &news{}, names: newNames(), sources: map[string]string{}, ready: make(chan struct{})}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("new engine: %w", err), e.Close())
		}
	}()
	e.opts.Version = cmp.Or(opts.Version, "(devel)")
	if opts.Memory == 0 {
		e.opts.Memory = process.DefaultMemory()
	}
	if e.dir, err = filepath.Abs(opts.Dir); err != nil {
		return nil, err
	}
	if err := e.makeHome(); err != nil {
		return nil, err
	}
	if e.tool = opts.Tool; e.tool == nil {
		if e.tool, err = toolchain.Open(ctx, toolchain.Options{Progress: e.news.progress}); err != nil {
			return nil, err
		}
	}
	if e.module, err = e.tool.NewModule(filepath.Join(e.home, "build")); err != nil {
		return nil, err
	}
	argv := opts.Supervisor
	if len(argv) == 0 {
		self, err := os.Executable()
		if err != nil {
			return nil, err
		}
		argv = []string{self, "supervise"}
	}
	e.super = process.New(argv, e.home)
	e.prepare(ctx)
	return e, nil
}

// makeHome makes the temporary folder: build/ for the program, pipes/ for its
// displays, spool/ for its recordings.
func (e *Engine) makeHome() (err error) {
	if e.home, err = os.MkdirTemp("", "lanebook-"); err != nil {
		return err
	}
	// Names behind links (macOS: /tmp) confuse positions of the go command.
	if e.home, err = filepath.EvalSymlinks(e.home); err != nil {
		return err
	}
	return e.makeFolders()
}

func (e *Engine) makeFolders() error {
	for _, name := range []string{"build", "pipes", "spool"} {
		if err := os.MkdirAll(e.path(name), 0o700); err != nil {
			return err
		}
	}
	e.own()
	return nil
}

// restoreHome makes the temporary folder again after somebody has tidied it
// away. What was fetched into the session's module is fetched again when it is
// imported.
func (e *Engine) restoreHome() error {
	for _, name := range []string{"build/bin", "build/go.mod", "pipes", "spool"} {
		if _, err := os.Stat(e.path(name)); err == nil {
			continue
		}
		return errors.Join(e.makeFolders(), e.module.Restore())
	}
	return nil
}

// prepare gets the standard library ready before the first cell asks. An
// error is met again, and told, when a cell is built.
func (e *Engine) prepare(ctx context.Context) {
	ctx, e.stop = context.WithCancel(context.WithoutCancel(ctx))
	go func() {
		defer close(e.ready)
		defer removeLeftovers()
		_ = e.tool.Prepare(ctx)
	}()
}

// Close ends the session: no process and no temporary folder is left.
func (e *Engine) Close() error {
	var errs []error
	e.typed.close()
	e.queued.close()
	if e.stop != nil {
		e.stop()
		<-e.ready
	}
	if e.super != nil {
		errs = append(errs, e.super.Close())
	}
	if e.tool != nil && e.opts.Tool == nil {
		errs = append(errs, e.tool.Close())
	}
	if e.home != "" {
		e.clearPage()
		errs = append(errs, os.RemoveAll(e.home))
	}
	if e.lock != nil {
		errs = append(errs, e.lock.Close())
	}
	return errors.Join(errs...)
}

// Park lets go of what an engine that nobody uses for a while can do without:
// its supervisor, a process of its own. All that the learner defined stays,
// and the next cell starts another while it is built. It may be called at any
// time, and does nothing while a program runs.
func (e *Engine) Park() {
	e.super.Rest()
}

// Wake undoes Park in the background: somebody is about to run a cell.
func (e *Engine) Wake() {
	e.super.Wake()
}

// SetLang changes the language of explanations, "en" or "zh".
func (e *Engine) SetLang(lang string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.lang = lang
}

// Lang is the language of explanations.
func (e *Engine) Lang() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.lang
}

// remember keeps a cell's text for tracebacks and pictures, and returns its
// name in programs. Texts of cells that the session no longer knows are dropped.
func (e *Engine) remember(cell Cell) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	used := map[string]bool{}
	for _, d := range e.session.Decls() {
		used[d.Cell] = true
	}
	used[e.flagsAt.Cell] = true
	for name := range e.sources {
		if !used[name] {
			delete(e.sources, name)
		}
	}
	name := e.names.enter(cell)
	e.sources[name] = cell.Source
	return name
}

// source is a cell's text, or "". It wants the name in programs.
func (e *Engine) source(cell string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.sources[cell]
}

// sourceLine is a line of a cell's text, or "". It wants the name in programs.
func (e *Engine) sourceLine(cell string, line int) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return program.SourceLine(e.sources[cell], line)
}

func (e *Engine) setSession(s program.Session) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.session = s
}

// config is what special lines have set for building.
func (e *Engine) config() toolchain.Config {
	e.mu.Lock()
	defer e.mu.Unlock()
	return toolchain.Config{Flags: slices.Clone(e.flags), Env: slices.Clone(e.vars)}
}
