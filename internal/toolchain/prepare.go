package toolchain

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// killDelay is how long a tool may take to end after it was interrupted.
const killDelay = 2 * time.Second

// preparation is one attempt to make the tables; it is shared by all who
// wait for it.
type preparation struct {
	done chan struct{}
	std  *table
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

// ready returns the table of the standard library, prepared.
func (t *Toolchain) ready(ctx context.Context) (*table, error) {
	t.mu.Lock()
	p := t.prepare
	if p == nil {
		p = &preparation{done: make(chan struct{})}
		t.prepare = p
		// Others may be waiting when this caller gives up: only Close
		// ends it.
		go t.run(t.life, p)
	}
	t.mu.Unlock()
	select {
	case <-p.done:
		return p.std, p.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// run makes the tables and publishes the result.
func (t *Toolchain) run(ctx context.Context, p *preparation) {
	p.std, p.err = t.prepareStd(ctx)
	if p.err == nil {
		p.err = t.prepareCourse(ctx, p.std)
	}
	if p.err != nil {
		t.forget()
	} else {
		t.clean()
	}
	close(p.done)
}

// forget makes the next call prepare everything anew.
func (t *Toolchain) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.prepare = nil
	clear(t.tables)
}

// clean removes what no lanebook has used for a month, such as the archives
// of a Go that is gone, and marks what this one uses.
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
	for _, pattern := range []string{"std-*", "modules-*", "course/*", "goenv-*.json", "prepare-*", ".new-*", "course/.new-*"} {
		matches, _ := filepath.Glob(filepath.Join(t.cacheDir, pattern))
		for _, old := range matches {
			if info, err := os.Stat(old); err == nil && now.Sub(info.ModTime()) > keepUnused {
				os.RemoveAll(old)
			}
		}
	}
}

// keepUnused is how long archives stay that nobody uses.
const keepUnused = 30 * 24 * time.Hour

// prepareStd loads or makes the table of the standard library.
func (t *Toolchain) prepareStd(ctx context.Context) (*table, error) {
	key := t.key()
	dir := filepath.Join(t.cacheDir, "std-"+key)
	file, cfg := filepath.Join(dir, "table.json"), filepath.Join(dir, "importcfg")
	tb, err := loadTable(file)
	if err == nil {
		return newTable(tb, nil, cfg)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("prepare standard library: %w", err)
	}
	all, err := t.list(ctx, t.cacheDir, t.counter(ctx, "standard library", "std"), "std")
	if err != nil {
		return nil, fmt.Errorf("prepare standard library: %w", err)
	}
	tb = table{Key: key, Pkgs: map[string]*pkg{}}
	for _, l := range all {
		p, err := newPkg(l, dir, false)
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
	t.progress(Progress{Stage: "standard library", Done: len(all), Total: len(all)})
	std, err := newTable(tb, nil, cfg)
	if err != nil {
		return nil, err
	}
	return std, std.save(file)
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

// counter returns a function that counts compiled packages and reports them.
// The total is asked for when the first package is compiled, so that nothing
// is asked or shown when all are ready.
func (t *Toolchain) counter(ctx context.Context, stage string, pattern string) func(string) {
	done, total := 0, 0
	return func(string) {
		if total == 0 {
			total = t.count(ctx, pattern)
		}
		done++
		t.progress(Progress{Stage: stage, Done: min(done, total), Total: total})
	}
}

// count returns how many packages match a pattern, with all they import.
func (t *Toolchain) count(ctx context.Context, pattern string) int {
	out, err := t.goCommand(ctx, t.cacheDir, t.plainEnv(), "list", "-deps", pattern).Output()
	if err != nil {
		return 1 // the caller's own command will say what is wrong
	}
	n := 0
	for _, c := range out {
		if c == '\n' {
			n++
		}
	}
	return n
}
