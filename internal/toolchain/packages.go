package toolchain

import (
	"context"
	"go/token"
	"maps"
	"slices"
	"strings"
	"sync"

	"lanebook/internal/program"
	"lanebook/internal/spelling"
)

// Packages answers questions about what the session can import. Until the
// toolchain is prepared it waits. Ask for a new one for every cell: it looks
// at the module files once.
func (m *Module) Packages() program.Packages {
	return packages{m: m, table: sync.OnceValue(m.knownTable)}
}

// DraftPackages is Packages for who is typing: it waits for nobody, and goes by
// what is known already.
func (m *Module) DraftPackages() program.Packages {
	return packages{m: m, table: sync.OnceValue(m.drafting), draft: true}
}

// packages implements program.Packages.
type packages struct {
	m     *Module
	table func() *table // nil when there is none
	draft bool          // nothing may be compiled in order to answer
}

// drafting returns the table that is there now. While the toolchain is being
// prepared that is one without packages, only with their names.
func (m *Module) drafting() *table {
	std := m.t.readyNow()
	if std == nil {
		return m.t.bare()
	}
	if tb, err := m.currentTable(std); err == nil {
		return tb
	}
	if tb := m.last.Load(); tb != nil {
		return tb // go.mod has just changed
	}
	return m.t.bare()
}

// bare makes the table of a session that has only names.
func (t *Toolchain) bare() *table {
	names := maps.Clone(t.outlines.names())
	tb := &table{Pkgs: map[string]*pkg{}, std: &table{Names: names, Pkgs: map[string]*pkg{}}}
	for path := range t.outlines.dirs {
		names[path] = guessedName(path)
	}
	tb.imp = &packageImporter{fset: token.NewFileSet(), imp: t.outlines}
	return tb
}

// guessedName is the last element of a path.
func guessedName(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// knownTable returns the session's table as it is, without looking for
// changes: names of packages seldom change, and this is asked for every cell.
func (m *Module) knownTable() *table {
	ctx := context.Background()
	std, err := m.t.ready(ctx)
	if err != nil {
		return nil
	}
	if tb, err := m.currentTable(std); err == nil {
		return tb
	}
	tb, err := m.tableFor(ctx, std, nil)
	if err != nil {
		return nil
	}
	return tb
}

// Name returns the name of the package at path. A package that was never
// imported before is looked for when the program is built.
func (p packages) Name(path string) (string, bool) {
	tb := p.table()
	if tb == nil {
		return "", false
	}
	// go.mod may have changed since the last listing: names hardly ever do.
	for _, tb := range []*table{tb, p.m.last.Load()} {
		if tb == nil {
			continue
		}
		if found := tb.pkg(path); found != nil && found.Name != "" {
			return found.Name, true
		}
		if name := tb.std.Names[path]; name != "" {
			return name, true
		}
	}
	return "", false
}

// Find returns the package called name that exports all members. The order
// of preference is: the standard library before the course before others, a
// newer /v2 last because its older sister is what people mean when both fit,
// then the shorter path.
func (p packages) Find(name string, members []string) (string, bool) {
	path, ok := p.find(name, func(tb *table, path string) bool {
		return len(members) == 0 || p.exports(tb, path, members, false)
	})
	if !ok && name == "constraints" && len(members) > 0 && !slices.ContainsFunc(members, isNoConstraint) {
		return "golang.org/x/exp/constraints", true
	}
	return path, ok
}

// isNoConstraint reports whether package constraints has no such member. It is
// the one package outside the standard library that cells, first of all those
// of GoNB's tutorial, use without importing it.
func isNoConstraint(name string) bool {
	return !slices.Contains([]string{"Complex", "Float", "Integer", "Ordered", "Signed", "Unsigned"}, name)
}

// Nearest is Find for members that may be misspelt.
func (p packages) Nearest(name string, members []string) (string, bool) {
	return p.find(name, func(tb *table, path string) bool { return p.exports(tb, path, members, true) })
}

// find returns the package called name that comes first of those that fit.
func (p packages) find(name string, fits func(tb *table, path string) bool) (string, bool) {
	tb := p.table()
	if tb == nil {
		return "", false
	}
	best := ""
	for _, path := range tb.importable() {
		if tb.nameOf(path) != name || (best != "" && !tb.prefer(path, best)) {
			continue
		}
		if fits(tb, path) {
			best = path
		}
	}
	return best, best != ""
}

// prefer reports whether path comes before other for the same name.
func (tb *table) prefer(path, other string) bool {
	rank := func(path string) int {
		r := len(path)
		if tb.std.Names[path] == "" {
			r += 1000
			if !strings.HasPrefix(path, "lanebook/") {
				r += 1000
			}
		}
		// crypto/rand and html/template are right only for who asks.
		if path == "crypto/rand" || path == "html/template" || strings.HasPrefix(path, "golang.org/") {
			r += 500
		}
		return r
	}
	return rank(path) < rank(other)
}

// exports reports whether a package has all of the members, or, if near is
// set, names much like them. While the standard library is being prepared
// this may have to compile the package first.
func (p packages) exports(tb *table, path string, members []string, near bool) bool {
	if p.draft && tb.pkg(path) == nil {
		return p.outlined(path, members, near)
	}
	if tb.pkg(path) == nil {
		grown, err := p.m.tableFor(context.Background(), tb.std, []string{path})
		if err != nil {
			return false
		}
		tb = grown
	}
	imported, err := tb.imp.Import(path)
	if err != nil {
		return false
	}
	for _, member := range members {
		if obj := imported.Scope().Lookup(member); obj != nil && obj.Exported() {
			continue
		}
		if !near || spelling.Nearest(member, exported(imported)) == "" {
			return false
		}
	}
	return true
}

// outlined is exports by the package's source.
func (p packages) outlined(path string, members []string, near bool) bool {
	exports := p.m.t.outlines.of(path).exports
	for _, member := range members {
		if _, ok := exports[member]; ok {
			continue
		}
		if !near || spelling.Nearest(member, slices.Collect(maps.Keys(exports))) == "" {
			return false
		}
	}
	return true
}
