package toolchain

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lanebook/internal/program"
)

// Config is what a learner set for building, with %goflags and %env.
type Config struct {
	Flags []string // for go build
	Env   []string // KEY=value, on top of our own environment
	Deep  bool     // with the runtime that records channels and locks; plain where that does not fit

	overlay string // the file that makes the runtime a deep one
}

// Binary is a program ready to run.
type Binary struct {
	Path   string // valid until the session's later binaries push it out
	Cached bool
	How    string // "direct", "go build" or "cached"
	Said   string // what go build said although it succeeded, as with -gcflags=-m
	Race   bool   // the race detector is built in
	Deep   bool   // the runtime records channels and locks
	NoDeep error  // why it does not, although that was asked for; nil otherwise
	// Warnings are what go vet says about the program, which runs all the same.
	Warnings []program.Diagnostic
	// Unwatched says that Go does not notice when all goroutines of the program
	// wait for each other, and that nothing but goroutines could wake them.
	Unwatched bool
}

// Build makes a binary of a program, or returns what is wrong with it. The
// program is type-checked on the way: there is no need to call Check first.
// Of several callers with the same program one builds; the others wait for it.
func (m *Module) Build(ctx context.Context, prog *program.Program, config Config) (Binary, []program.Diagnostic, error) {
	tb, err := m.resolve(ctx, prog)
	if err != nil {
		return Binary{}, nil, fmt.Errorf("build: %w", err)
	}
	race := hasFlag(config.Flags, "race")
	var noDeep error
	if config.Deep {
		config, noDeep = m.t.deepen(config)
	}
	direct := m.direct(prog, config)
	key := m.binaryKey(tb, prog, config, direct)
	if direct {
		m.showSource(prog)
	}
	b, done, err := m.binaries.claim(ctx, key)
	if err != nil {
		return Binary{}, nil, fmt.Errorf("build: %w", err)
	}
	if done == nil {
		return b, nil, nil
	}
	defer done()
	b = Binary{Path: m.binaries.path(key), How: "go build", Race: race, Unwatched: tb.unwatched(prog, race), Deep: config.Deep, NoDeep: noDeep}
	var diags []program.Diagnostic
	if direct {
		b.How = "direct"
		diags, err = m.buildDirect(ctx, &job{table: tb, prog: prog, out: b.Path})
		if (err != nil || len(diags) > 0) && !tb.whole() {
			diags, err = m.rebuild(ctx, prog, b.Path)
		}
	} else {
		b.Said, diags, err = m.goBuild(ctx, tb, prog, config, b.Path)
	}
	if err != nil {
		return Binary{}, nil, fmt.Errorf("build: %w", err)
	}
	if len(diags) > 0 {
		return Binary{}, diags, nil
	}
	b.Warnings = m.vetted(tb, prog)
	return b, nil, m.binaries.add(key, b)
}

// BuildAhead builds a program that may be run soon, so that Build finds it
// ready. It works at low priority, and only where everything the program needs
// is prepared: it fetches nothing, compiles no package but the program's own,
// and gives up without a word on whatever is unusual or wrong. It reports
// whether the binary is there.
func (m *Module) BuildAhead(ctx context.Context, prog *program.Program, config Config) bool {
	std := m.t.readyNow()
	if std == nil || !prog.Runs || !m.direct(prog, config) {
		return false
	}
	tb := m.readyTable(std, prog.Imports)
	if tb == nil {
		return false
	}
	if c := m.analyse(tb, prog); !c.sure || len(c.diags) > 0 {
		return false
	}
	key := m.binaryKey(tb, prog, config, true)
	_, done, err := m.binaries.claim(ctx, key)
	if err != nil || done == nil {
		return err == nil
	}
	defer done()
	b := Binary{Path: m.binaries.path(key), How: "direct", Unwatched: tb.unwatched(prog, false)}
	diags, err := m.buildDirect(ctx, &job{table: tb, prog: prog, out: b.Path, low: true})
	b.Warnings = m.vetted(tb, prog)
	return err == nil && len(diags) == 0 && m.binaries.add(key, b) == nil
}

// showSource leaves the program where shell commands in the build folder
// expect it, unless the go command is at work there.
func (m *Module) showSource(prog *program.Program) {
	if m.mu.TryLock() {
		defer m.mu.Unlock()
		file := filepath.Join(m.dir, fileName)
		if there, err := os.ReadFile(file); err != nil || !bytes.Equal(there, prog.Source) {
			writeFile(file, prog.Source) // nothing of ours reads it
		}
	}
}

// rebuild makes the tables anew and builds again: somebody cleaned up our
// cache while we were running.
func (m *Module) rebuild(ctx context.Context, prog *program.Program, out string) ([]program.Diagnostic, error) {
	m.t.forget()
	tb, err := m.resolve(ctx, prog)
	if err != nil {
		return nil, err
	}
	return m.buildDirect(ctx, &job{table: tb, prog: prog, out: out})
}

// direct reports whether calling the compiler and the linker ourselves gives
// what go build would.
func (m *Module) direct(prog *program.Program, config Config) bool {
	switch {
	case prog.Cgo, prog.Embed, prog.Test, prog.Wasm, config.Deep, len(config.Flags) > 0:
		return false
	case m.t.env.newer() != "", !m.t.env.plain():
		return false
	case strings.Contains(string(prog.Source), "//go:debug"):
		return false // changes the default GODEBUG
	}
	for _, kv := range config.Env {
		name, value, _ := strings.Cut(kv, "=")
		if slices.Contains(outsideVars, name) && os.Getenv(name) != value {
			return false
		}
	}
	return m.alone()
}

// alone reports whether main.go is all there is to the session's package.
func (m *Module) alone() bool {
	entries, err := os.ReadDir(m.dir)
	if err != nil {
		return false
	}
	for _, e := range entries {
		switch name := e.Name(); filepath.Ext(name) {
		case ".go":
			if name != "main.go" && !strings.HasSuffix(name, "_test.go") {
				return false
			}
		case ".s", ".S", ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".syso", ".swig", ".swigcxx", ".pgo", ".work":
			return false
		}
		if e.Name() == "vendor" {
			return false
		}
	}
	return true
}

// readsFiles reports whether flags may make a build depend on files that we do
// not look at, such as that of -overlay. We know a few that do not.
func readsFiles(flags []string) bool {
	for _, f := range flags {
		name, _, _ := strings.Cut(strings.TrimLeft(f, "-"), "=")
		if !slices.Contains([]string{"race", "msan", "asan", "v", "x", "trimpath"}, name) {
			return true
		}
	}
	return false
}

// binaryKey names everything that a binary depends on.
func (m *Module) binaryKey(tb *table, prog *program.Program, config Config, direct bool) string {
	parts := []string{tb.ingredients(), string(prog.Source), strings.Join(config.Flags, "\x00"), config.overlay}
	if direct {
		return hash(parts...)
	}
	// Embedded files, -overlay files, other sources and what programs for the
	// browser import are not in the table: only a build can tell whether they
	// changed.
	if prog.Embed || prog.Wasm || readsFiles(config.Flags) || !m.alone() {
		parts = append(parts, stampDir(m.dir, nil), fmt.Sprint(m.binaries.serial()))
	}
	for _, kv := range config.Env {
		name, _, _ := strings.Cut(kv, "=")
		if slices.Contains(outsideVars, name) || strings.HasPrefix(name, "CGO_") {
			parts = append(parts, kv)
		}
	}
	if prog.Test {
		parts = append(parts, "test")
	}
	return hash(append(parts, "go build")...)
}
