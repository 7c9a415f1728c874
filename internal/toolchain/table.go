package toolchain

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"lanebook/internal/program"
)

// pkg is one importable package: where its archive is, and what a program
// that imports it must know.
type pkg struct {
	Path    string
	Name    string
	Dir     string
	File    string   `json:",omitempty"` // archive with export data; empty for unsafe
	Imports []string `json:",omitempty"` // as resolved, not as written
	Std     bool     `json:",omitempty"`
	Module  *module  `json:",omitempty"`
	Stamp   string   `json:",omitempty"` // of a local package's files, see stampDir
	Extra   []string `json:",omitempty"` // embedded files, part of the stamp
	Err     string   `json:",omitempty"` // why it cannot be imported
}

// table holds every package a session can import without asking the go
// command again. It does not change once it is made; growing makes a new one.
type table struct {
	Key     string
	Main    module // the session's own module
	GODEBUG string // default GODEBUG for programs of this module
	Pkgs    map[string]*pkg
	Names   map[string]string `json:",omitempty"` // of the whole standard library, by path; of that table alone
	std     *table            // what is not in Pkgs; nil in the table of the standard library

	cfg string // importcfg file with all packages
	imp *packageImporter
}

// pkg returns a package by its import path, or nil.
func (tb *table) pkg(path string) *pkg {
	if p := tb.Pkgs[path]; p != nil || tb.std == nil {
		return p
	}
	return tb.std.Pkgs[path]
}

// newTable finishes a table that was loaded or listed.
func newTable(tb table, std *table, cfg string) (*table, error) {
	tb.std, tb.cfg = std, cfg
	tb.imp = newImporter(func(path string) string {
		if p := tb.pkg(path); p != nil {
			return p.File
		}
		return ""
	})
	if err := writeFile(cfg, tb.importcfg()); err != nil {
		return nil, fmt.Errorf("write importcfg: %w", err)
	}
	return &tb, nil
}

// importcfg lists the archives for the compiler and the linker. Both take
// from it what the program needs, so one list serves all programs.
func (tb *table) importcfg() []byte {
	var b strings.Builder
	tables := []*table{tb}
	if tb.std != nil {
		tables = append(tables, tb.std)
	}
	for _, t := range tables {
		for _, path := range slices.Sorted(maps.Keys(t.Pkgs)) {
			if file := t.Pkgs[path].File; file != "" {
				fmt.Fprintf(&b, "packagefile %s=%s\n", path, file)
			}
		}
	}
	return []byte(b.String())
}

// closure returns everything that the imports need, themselves included.
func (tb *table) closure(imports []string) []*pkg {
	seen := map[string]bool{}
	var all []*pkg
	var visit func(path string)
	visit = func(path string) {
		if seen[path] {
			return
		}
		seen[path] = true
		if p := tb.pkg(path); p != nil {
			all = append(all, p)
			for _, dep := range p.Imports {
				visit(dep)
			}
		}
	}
	for _, path := range imports {
		visit(path)
	}
	return all
}

// unwatched reports whether Go does not notice a deadlock of a program, because
// of the race detector or because GoNB's library always waits for an answer,
// and nothing but goroutines can wake it: neither C nor a signal.
func (tb *table) unwatched(prog *program.Program, race bool) bool {
	imports := func(path string) bool {
		return slices.ContainsFunc(tb.closure(prog.Imports), func(p *pkg) bool { return p.Path == path })
	}
	return (race || imports("github.com/janpfeifer/gonb/gonbui")) && !prog.Cgo && !imports("os/signal")
}

// fresh reports whether every local package that the imports need is as it
// was when its archive was made, and every archive still exists.
func (tb *table) fresh(imports []string) bool {
	for _, p := range tb.closure(imports) {
		if p.Std {
			continue
		}
		if p.Stamp != "" && stampDir(p.Dir, p.Extra) != p.Stamp {
			return false
		}
		if p.File != "" {
			if _, err := os.Stat(p.File); err != nil {
				return false
			}
		}
	}
	return true
}

// whole reports whether all of the table's files still exist.
func (tb *table) whole() bool {
	if _, err := os.Stat(tb.cfg); err != nil {
		return false
	}
	for _, p := range tb.Pkgs {
		if p.File == "" {
			continue
		}
		if _, err := os.Stat(p.File); err != nil {
			return false
		}
	}
	return tb.std == nil || tb.std.whole()
}

// stampDir describes the files of a folder by name, size and time.
func stampDir(dir string, extra []string) string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "gone"
	}
	var parts []string
	add := func(name string, info os.FileInfo, err error) {
		if err == nil && info.Mode().IsRegular() {
			parts = append(parts, fmt.Sprint(name, info.Size(), info.ModTime().UnixNano()))
		}
	}
	for _, e := range entries {
		info, err := e.Info()
		add(e.Name(), info, err)
	}
	for _, name := range extra {
		info, err := os.Stat(filepath.Join(dir, name))
		add(name, info, err)
	}
	return hash(parts...)
}

// newPkg makes a table entry of a listed package, with its archive kept under
// dir. Packages whose source may change while we run get a stamp.
func newPkg(l listed, dir string, local bool) (*pkg, error) {
	p := &pkg{Path: l.ImportPath, Name: l.Name, Dir: l.Dir, Std: l.Standard, Module: l.Module}
	for _, path := range l.Imports {
		if to, ok := l.ImportMap[path]; ok {
			path = to
		}
		p.Imports = append(p.Imports, path)
	}
	if local {
		p.Extra = l.EmbedFiles
		p.Stamp = stampDir(l.Dir, l.EmbedFiles)
	}
	switch {
	case l.Error != nil:
		p.Err = l.Error.Err
	case len(l.DepsErrors) > 0:
		p.Err = l.DepsErrors[0].Err
	case l.Export == "" && l.ImportPath != "unsafe":
		p.Err = "it does not compile"
	}
	if l.Export == "" {
		return p, nil
	}
	p.File = filepath.Join(dir, hash(l.Export)+".a")
	return p, keep(l.Export, p.File)
}

// loadTable reads a table that an earlier process saved. It returns
// os.ErrNotExist when there is none that can be used.
func loadTable(file string) (table, error) {
	var tb table
	data, err := os.ReadFile(file)
	if err != nil {
		return tb, err
	}
	if err := json.Unmarshal(data, &tb); err != nil {
		return tb, errors.Join(os.ErrNotExist, err)
	}
	for _, p := range tb.Pkgs {
		if p.File == "" {
			continue
		}
		if _, err := os.Stat(p.File); err != nil {
			return tb, err
		}
	}
	return tb, nil
}

// save writes the table for later processes.
func (tb *table) save(file string) error {
	data, err := json.Marshal(tb)
	if err != nil {
		return err
	}
	return writeFile(file, data)
}
