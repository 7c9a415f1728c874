package toolchain

import (
	"bytes"
	"context"
	"fmt"
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
