package toolchain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// killDelay is how long a tool may take to end after it was interrupted.
const killDelay = 2 * time.Second

// core is what nearly every cell needs. It is prepared first, together with
// what the course imports; the rest of the standard library follows while the
// learner is already at work.
var core = []string{
	"bufio", "bytes", "cmp", "container/heap", "container/list", "context", "encoding/json", "errors", "flag", "fmt",
	"io", "io/fs", "iter", "log", "maps", "math", "math/rand", "math/rand/v2", "os", "os/exec", "path/filepath",
	"reflect", "regexp", "runtime", "runtime/debug", "runtime/trace", "slices", "sort", "strconv", "strings",
	"sync", "sync/atomic", "text/tabwriter", "time", "unicode", "unicode/utf8", "unsafe",
}

// preparation is one attempt to make the tables; it is shared by all who
// wait for it.
type preparation struct {
	done chan struct{} // closed when cells can be built, or when that failed
	std  *table        // first the core, later all; guarded by Toolchain.mu
	err  error
}

// Prepare makes the standard library and the course ready to import. The
// first time on a machine it compiles both, and reports progress; later it
// takes milliseconds. Calls while one is under way wait for that one, and a
// failed attempt is made again by the next call.
func (t *Toolchain) Prepare(ctx context.Context) error {
	_, err := t.ready(ctx)
	return err
}

// ready returns the table of the standard library, or of its core.
func (t *Toolchain) ready(ctx context.Context) (*table, error) {
	t.mu.Lock()
	p := t.prepare
	if p == nil && t.life.Err() != nil {
		t.mu.Unlock()
		return nil, errors.New("prepare: the toolchain is closed")
	}
	if p == nil {
		p = &preparation{done: make(chan struct{})}
		t.prepare = p
		// Others may be waiting when this caller gives up: only Close
		// ends it.
		t.background.Go(func() { t.run(t.life, p) })
	}
	t.mu.Unlock()
	select {
	case <-p.done:
		t.mu.Lock()
		defer t.mu.Unlock()
		return p.std, p.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// readyNow is ready for who cannot wait: nil while nothing is ready.
func (t *Toolchain) readyNow() *table {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.prepare == nil {
		return nil
	}
	select {
	case <-t.prepare.done:
		return t.prepare.std // nil if it failed
	default:
		return nil
	}
}

// run makes the tables and publishes the result, first of the core, then of
// everything.
func (t *Toolchain) run(ctx context.Context, p *preparation) {
	std, complete, err := t.prepareStd(ctx)
	if err == nil {
		err = t.prepareCourse(ctx, std)
	}
	if err != nil {
		t.forget()
	} else {
		t.clean()
	}
	p.std, p.err = std, err
	close(p.done)
	if err != nil || complete {
		return
	}
	if all, err := t.listStd(ctx, "table.json", backgroundList(), "std"); err == nil {
		t.mu.Lock()
		p.std = all
		clear(t.tables) // they refer to the core
		t.mu.Unlock()
	}
	// An error is no news: what is missing is listed when it is imported.
}

// prepareStd loads or makes the table of the standard library. complete is
// false when it is only the core.
func (t *Toolchain) prepareStd(ctx context.Context) (std *table, complete bool, err error) {
	for _, name := range []string{"table.json", "core.json"} {
		tb, err := loadTable(filepath.Join(t.stdDir(), name))
		if err == nil {
			std, err := newTable(tb, nil, filepath.Join(t.stdDir(), name+".importcfg"))
			return std, name == "table.json", err
		}
		if !errors.Is(err, os.ErrNotExist) {
			return nil, false, fmt.Errorf("prepare standard library: %w", err)
		}
	}
	std, err = t.listStd(ctx, "core.json", t.counter(ctx, "standard library", core...), core...)
	return std, false, err
}

// stdDir is where the archives of the standard library are kept.
func (t *Toolchain) stdDir() string { return filepath.Join(t.cacheDir, "std-"+t.key()) }

// listStd makes a table of packages of the standard library and saves it.
func (t *Toolchain) listStd(ctx context.Context, name string, how listing, patterns ...string) (*table, error) {
	all, err := t.list(ctx, t.cacheDir, how, patterns...)
	if err != nil {
		return nil, fmt.Errorf("prepare standard library: %w", err)
	}
	tb := table{Key: t.key(), Pkgs: map[string]*pkg{}}
	if tb.Names, err = t.stdNames(ctx); err != nil {
		return nil, fmt.Errorf("prepare standard library: %w", err)
	}
	for _, l := range all {
		p, err := newPkg(l, t.stdDir(), false)
		if err != nil {
			return nil, fmt.Errorf("prepare standard library: %w", err)
		}
		if l.Export == "" && l.Error == nil && p.Path != "unsafe" {
			continue // a folder with tests alone
		}
		if p.Err != "" {
			return nil, fmt.Errorf("prepare standard library: %s: %s", p.Path, p.Err)
		}
		tb.Pkgs[p.Path] = p
	}
	std, err := newTable(tb, nil, filepath.Join(t.stdDir(), name+".importcfg"))
	if err != nil {
		return nil, err
	}
	return std, std.save(filepath.Join(t.stdDir(), name))
}

// stdNames returns the name of every package of the standard library that a
// cell may import, by path. Nothing has to be compiled for that.
func (t *Toolchain) stdNames(ctx context.Context) (map[string]string, error) {
	out, err := t.goCommand(ctx, t.cacheDir, t.plainEnv(), "list", "-f", "{{.ImportPath}} {{.Name}}", "std").Output()
	if err != nil {
		return nil, withStderr(err)
	}
	names := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name != "" && !hidden(path) {
			names[path] = name
		}
	}
	return names, nil
}

// prepareCourse loads or makes the table of a fresh session.
func (t *Toolchain) prepareCourse(ctx context.Context, std *table) error {
	dir, err := os.MkdirTemp(t.cacheDir, "prepare-")
	if err != nil {
		return fmt.Errorf("prepare course: %w", err)
	}
	defer os.RemoveAll(dir)
	m, err := t.NewModule(dir)
	if err != nil {
		return err
	}
	if _, err := m.tableFor(ctx, std, nil); err != nil {
		return fmt.Errorf("prepare course: %w", err)
	}
	return nil
}

// listing says how a go list is run.
type listing struct {
	offline bool              // fetch nothing
	built   func(path string) // hears of each package that is compiled; may be nil
	procs   int               // at once; 0 for as many as there are processors
}

// backgroundList leaves a processor to the learner.
func backgroundList() listing { return listing{procs: max(1, runtime.GOMAXPROCS(0)-1)} }

// counter counts compiled packages and reports them. The total is asked for
// when the first package is compiled, so that nothing is asked or shown when
// all are ready.
func (t *Toolchain) counter(ctx context.Context, stage string, patterns ...string) listing {
	done, total := 0, 0
	return listing{built: func(string) {
		if total == 0 {
			total = t.count(ctx, patterns...)
		}
		done++
		t.progress(Progress{Stage: stage, Done: min(done, total), Total: total})
	}}
}

// count returns how many packages match, with all they import.
func (t *Toolchain) count(ctx context.Context, patterns ...string) int {
	out, err := t.goCommand(ctx, t.cacheDir, t.plainEnv(), append([]string{"list", "-deps"}, patterns...)...).Output()
	if err != nil {
		return 1 // the caller's own command will say what is wrong
	}
	return bytes.Count(out, []byte("\n"))
}

// forget makes the next call prepare everything anew.
func (t *Toolchain) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.prepare = nil
	clear(t.tables)
}

// clean removes what no lanebook has used for long, such as the archives of a
// Go that is gone, and marks what this one uses.
func (t *Toolchain) clean() {
	now := time.Now()
	inUse := []string{t.course.Root}
	for _, prefix := range []string{"std-", "modules-"} {
		inUse = append(inUse, filepath.Join(t.cacheDir, prefix+t.key()))
	}
	for _, dir := range inUse {
		if strings.HasPrefix(dir, t.cacheDir) { // not a clone
			os.Chtimes(dir, now, now)
		}
	}
	for pattern, age := range map[string]time.Duration{
		"std-*": keepUnused, "modules-*": keepUnused, "course/*": keepUnused, "goenv-*.json": keepUnused,
		// What a killed process was working on.
		"prepare-*": keepUnfinished, ".new-*": keepUnfinished, "course/.new-*": keepUnfinished,
	} {
		matches, _ := filepath.Glob(filepath.Join(t.cacheDir, pattern))
		for _, old := range matches {
			if info, err := os.Stat(old); err == nil && now.Sub(info.ModTime()) > age {
				os.RemoveAll(old)
			}
		}
	}
}

// How long things stay that nobody uses, or finishes.
const (
	keepUnused     = 30 * 24 * time.Hour
	keepUnfinished = 24 * time.Hour
)
