package toolchain

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

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

// ingredients names what programs of the session are made of. Of the standard
// library it says which one it is, not how much of it is listed so far: a
// program is not built again when the rest has followed the core.
func (tb *table) ingredients() string {
	parts := []string{tb.Key, filepath.Dir(tb.std.cfg)}
	for _, path := range slices.Sorted(maps.Keys(tb.Pkgs)) {
		if p := tb.Pkgs[path]; !p.Std {
			parts = append(parts, path, p.File, p.Err)
		}
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
