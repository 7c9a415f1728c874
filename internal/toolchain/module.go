package toolchain

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"lanebook/internal/course"
)

// modulePath is the module that every session's program belongs to.
const modulePath = "lanebookcell"

// Module is one session's build folder: its go.mod and go.sum, the program
// composed last as main.go, and the binaries built so far. Its methods may be
// called from several goroutines.
type Module struct {
	t   *Toolchain
	dir string

	noFetch  atomic.Bool
	mu       sync.Mutex            // held while the go command works in dir
	last     atomic.Pointer[table] // as listed last; nil before that
	analyses analyses
	binaries binaries
}

// NewModule makes dir a session's build folder. Module files that are there
// already are kept.
func (t *Toolchain) NewModule(dir string) (*Module, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("new module: %w", err)
	}
	m := &Module{t: t, dir: dir, binaries: binaries{dir: filepath.Join(dir, "bin")}}
	return m, m.Restore()
}

// Restore makes what is missing of the build folder.
func (m *Module) Restore() error {
	if err := os.MkdirAll(m.binaries.dir, 0o755); err != nil {
		return fmt.Errorf("build folder: %w", err)
	}
	if _, err := os.Stat(filepath.Join(m.dir, "go.mod")); err == nil {
		return nil
	}
	return m.Reset()
}

// Dir returns the build folder.
func (m *Module) Dir() string { return m.dir }

// Reset writes the module files of a fresh session.
func (m *Module) Reset() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	files := map[string][]byte{
		"go.mod":  goMod(m.t.course),
		"go.sum":  m.t.course.Sums,
		"main.go": []byte(emptyMain),
	}
	for name, data := range files {
		file := filepath.Join(m.dir, name)
		if info, err := os.Stat(file); err == nil && info.IsDir() {
			_ = os.RemoveAll(file) // if that fails, writing says so
		}
		if err := writeFile(filepath.Join(m.dir, name), data); err != nil {
			return fmt.Errorf("reset module: %w", err)
		}
	}
	return nil
}

// emptyMain stands in for a program while packages are listed.
const emptyMain = "package main\n\nfunc main() {}\n"

// goMod is the go.mod of a fresh session, exactly as the go command would
// format it, so that it leaves it alone.
func goMod(c *course.Course) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "module %s\n\ngo %s\n\nrequire (\n", modulePath, course.GoVersion())
	modules := slices.SortedFunc(slices.Values(c.Modules), func(a, b course.Module) int {
		return strings.Compare(a.Path, b.Path)
	})
	for _, mod := range modules {
		fmt.Fprintf(&b, "\t%s %s\n", mod.Path, mod.Version)
	}
	b.WriteString(")\n\nreplace (\n")
	for _, mod := range modules {
		fmt.Fprintf(&b, "\t%s => %s\n", mod.Path, quotePath(mod.Dir))
	}
	b.WriteString(")\n")
	return []byte(b.String())
}

// quotePath quotes a path for go.mod when it must be.
func quotePath(path string) string {
	if strings.ContainsAny(path, " \t\"'`(),[]{}") {
		return fmt.Sprintf("%q", path)
	}
	return path
}

// moduleKey names the state of the module files.
func (m *Module) moduleKey() (string, error) {
	parts := []string{m.t.key()}
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(m.dir, name))
		if err != nil && !os.IsNotExist(err) {
			return "", err
		}
		parts = append(parts, string(bytes.TrimSpace(data)))
	}
	return hash(parts...), nil
}

// tableFor returns a table that has every import that can be had. Imports it
// lacks, or has with an Err, are for the learner to mend.
func (m *Module) tableFor(ctx context.Context, std *table, imports []string) (*table, error) {
	if tb := m.readyTable(std, imports); tb != nil {
		return tb, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if tb := m.readyTable(std, imports); tb != nil {
		return tb, nil // somebody else made it meanwhile
	}
	tb, err := m.currentTable(std)
	if err != nil {
		tb = m.last.Load() // go.mod changed: what was imported will be wanted again
	}
	var wanted []string
	before, err := m.moduleKey()
	if err == nil { // else the go command says what is wrong
		wanted = m.wanted(std, tb, imports)
	}
	if len(wanted) > 0 && m.recall(before, wanted) {
		if tb := m.readyTable(std, imports); tb != nil {
			m.last.Store(tb)
			return tb, nil
		}
	}
	tb, err = m.listTable(ctx, std, tb, imports)
	if err == nil && m.fetch(ctx, tb.missing(imports)) {
		tb, err = m.listTable(ctx, std, tb, imports)
	}
	if err == nil && len(wanted) > 0 && len(tb.missing(imports)) == 0 {
		m.keepFetched(before, wanted)
	}
	return tb, err
}

// readyTable returns the current table if it needs no listing, or nil.
func (m *Module) readyTable(std *table, imports []string) *table {
	tb, err := m.currentTable(std)
	if err == nil && len(tb.missing(imports)) == 0 && tb.fresh(imports) {
		return tb
	}
	return nil
}

// currentTable returns the table made for the module files as they are, by
// this process or an earlier one.
func (m *Module) currentTable(std *table) (*table, error) {
	key, err := m.moduleKey()
	if err != nil {
		return nil, err
	}
	m.t.mu.Lock()
	tb := m.t.tables[key]
	m.t.mu.Unlock()
	if tb != nil && tb.std == std {
		return tb, nil
	}
	dir := m.t.tableDir(key)
	loaded, err := loadTable(filepath.Join(dir, "table.json"))
	if err != nil {
		return nil, err
	}
	return m.t.adopt(loaded, std)
}

// tableDir is where a table of session packages is kept.
func (t *Toolchain) tableDir(key string) string {
	return filepath.Join(t.cacheDir, "modules-"+t.key(), key)
}

// adopt finishes a table and remembers it for all sessions.
func (t *Toolchain) adopt(loaded table, std *table) (*table, error) {
	cfg := filepath.Join(t.tableDir(loaded.Key), "importcfg-"+loaded.contentHash(std))
	tb, err := newTable(loaded, std, cfg)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if had := t.tables[tb.Key]; had != nil && had.cfg == tb.cfg {
		return had, nil
	}
	t.tables[tb.Key] = tb
	return tb, nil
}

// contentHash names the archives in a table, what is wrong with packages that
// have none, and its standard library.
func (tb *table) contentHash(std *table) string {
	parts := []string{std.cfg}
	for _, path := range slices.Sorted(maps.Keys(tb.Pkgs)) {
		parts = append(parts, path, tb.Pkgs[path].File, tb.Pkgs[path].Err)
	}
	return hash(parts...)
}

// missing returns the imports that the table lacks and asking again might
// bring. That a name is nowhere does not change while go.mod stays the same.
func (tb *table) missing(imports []string) []string {
	var missing []string
	for _, path := range imports {
		p := tb.pkg(path)
		switch {
		case path == "C" || p != nil && p.Err == "":
		case p != nil && strings.Contains(p.Err, "is not in std") && !strings.HasPrefix(path, modulePath+"/"):
		default:
			missing = append(missing, path)
		}
	}
	return missing
}

// listTable asks the go command about the course, the imports, and all that
// the table before it had. The caller holds m.mu.
func (m *Module) listTable(ctx context.Context, std, before *table, imports []string) (*table, error) {
	if err := writeFile(filepath.Join(m.dir, "main.go"), []byte(emptyMain)); err != nil {
		return nil, err
	}
	patterns := append([]string{"."}, m.t.course.Patterns()...)
	for _, path := range imports {
		if std.pkg(path) == nil && path != "C" {
			patterns = append(patterns, path)
		}
	}
	if before != nil {
		for path, p := range before.Pkgs {
			// What only others can import comes along with them.
			if p.Err == "" && !(p.Std && hidden(path)) && !slices.Contains(patterns, path) {
				patterns = append(patterns, path)
			}
		}
	}
	how := m.t.packageProgress()
	how.offline = m.noFetch.Load()
	all, err := m.t.list(ctx, m.dir, how, patterns...)
	if err != nil {
		return nil, err
	}
	// Listing may have completed go.mod: the key is that of the files now.
	key, err := m.moduleKey()
	if err != nil {
		return nil, err
	}
	tb := table{Key: key, Pkgs: map[string]*pkg{}}
	for _, l := range all {
		if l.Module != nil && l.Module.Main && l.Dir == m.dir {
			tb.Main, tb.GODEBUG = *l.Module, l.DefaultGODEBUG
			continue
		}
		if std.pkg(l.ImportPath) != nil {
			continue
		}
		p, err := newPkg(l, filepath.Join(m.t.cacheDir, "modules-"+m.t.key(), "archives"), m.isLocal(l))
		if err != nil {
			return nil, err
		}
		tb.Pkgs[p.Path] = p
	}
	if tb.Main.Path == "" {
		return nil, fmt.Errorf("go list: %s is not a module's main package", m.dir)
	}
	made, err := m.t.adopt(tb, std)
	if err != nil {
		return nil, err
	}
	m.last.Store(made)
	return made, made.save(filepath.Join(m.t.tableDir(key), "table.json"))
}

// isLocal reports whether a package's source may change under its version:
// it belongs to the session's module or to a folder that replaces one. The
// unpacked course never changes.
func (m *Module) isLocal(l listed) bool {
	switch mod := l.Module; {
	case mod == nil:
		return false
	case mod.Main:
		return true
	case mod.Replace == nil || mod.Replace.Version != "":
		return false
	default:
		return m.t.course.Live || !strings.HasPrefix(mod.Dir, m.t.course.Root+string(filepath.Separator))
	}
}

// packageProgress reports packages that are compiled besides those prepared.
func (t *Toolchain) packageProgress() listing {
	done := 0
	return listing{built: func(string) {
		done++
		t.progress(Progress{Stage: "packages", Done: done})
	}}
}
