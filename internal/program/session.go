package program

import (
	"fmt"
	"slices"
	"strings"

	"lanebook/internal/spelling"
)

// Session is what a notebook remembers: the declarations of the cells that
// were added, in the order of the cells. It is a value: every change returns a
// new Session and leaves the old one as it was, so that a cell that does not
// compile leaves no trace. The zero value remembers nothing.
type Session struct {
	decls []*decl
}

// Decl is one remembered name, for listing.
type Decl struct {
	Pos
	Kind DeclKind
	Key  string // what Remove understands; Type~Method for methods
	Path string // of imports
}

// Add merges a parsed cell into a copy of the session and composes its
// program. Later declarations replace earlier ones of the same name. With
// diagnostics, the returned session is s and the program is nil. packages may
// be nil; then no import is added, and package names are guessed.
func (s Session) Add(script *Script, packages Packages) (Session, *Program, []Diagnostic) {
	look := lookup{packages}
	kept := s.filter(newReplacement(script.decls, look).apply)
	c := &composer{script: script, look: look, decls: append(slices.Clip(kept.decls), script.decls...), fresh: len(kept.decls)}
	program := c.compose()
	if problems := c.outOfReach(); len(problems) > 0 {
		return s, nil, tidy(problems)
	}
	return s.merge(script.decls, look), program, nil
}

// Merge is Add without a program: what the session would be if the cell had
// been run.
func (s Session) Merge(script *Script, packages Packages) Session {
	return s.merge(script.decls, lookup{packages})
}

// Whole is a program of everything that is remembered. It does nothing; it is
// there to be checked.
func (s Session) Whole(packages Packages) *Program {
	return (&composer{script: &Script{}, look: lookup{packages}, decls: slices.Clone(s.decls)}).compose()
}

// merge replaces declarations by those of a cell. What comes again as it was
// keeps its place, so that running a cell again does not change the programs
// of the cells that use it.
func (s Session) merge(decls []*decl, look lookup) Session {
	fresh := slices.DeleteFunc(slices.Clone(decls), func(d *decl) bool { return d.isMain() || d.isBlank() })
	replace := newReplacement(decls, look)
	merged := s.filter(func(old *decl) *decl {
		if i := slices.IndexFunc(fresh, old.same); i >= 0 {
			fresh = slices.Delete(fresh, i, i+1)
			return old
		}
		return replace.apply(old)
	})
	merged.decls = append(merged.decls, fresh...)
	return merged
}

// same reports whether d and e are the same piece of the same cell. For most
// imports it is enough that they say the same.
func (d *decl) same(e *decl) bool {
	if d.kind != e.kind || d.group != e.group || d.path != e.path || d.alias != e.alias {
		return false
	}
	return d.text == e.text && d.Pos == e.Pos || d.kind == DeclImport && d.path != "C"
}

// replacement is what a cell's declarations take the place of.
type replacement struct {
	look    lookup
	names   map[string]bool
	types   map[string]shape
	imports map[[2]string]bool // alias and path of nameless imports
}

func newReplacement(decls []*decl, look lookup) replacement {
	r := replacement{look, map[string]bool{}, map[string]shape{}, map[[2]string]bool{}}
	for _, d := range decls {
		switch {
		case d.kind == DeclImport && (d.alias == "_" || d.alias == "."):
			r.imports[[2]string{d.alias, d.path}] = true
		case d.kind == DeclImport:
			r.names[look.localName(d)] = true
		case d.kind == DeclType:
			r.types[d.names[0].key] = d.shape
		}
		for _, n := range d.names {
			r.names[n.key] = true
		}
	}
	delete(r.names, "_")
	return r
}

// apply returns what is left of an older declaration, nil if nothing is.
func (r replacement) apply(old *decl) *decl {
	switch old.kind {
	case DeclImport:
		if r.imports[[2]string{old.alias, old.path}] || r.names[r.look.localName(old)] {
			return nil
		}
		return old
	case DeclMethod:
		typeName, method, _ := strings.Cut(old.names[0].key, "~")
		t, redefined := r.types[typeName]
		if redefined && !t.fits(method, old.shape.params) || !redefined && r.names[typeName] {
			return nil
		}
	}
	return old.without(func(key string) bool { return r.names[key] })
}

// fits reports whether a method for a type with that many type parameters can
// stand beside a type of shape t.
func (t shape) fits(method string, params int) bool {
	return !t.noMethods && t.params == params && !slices.Contains(t.fields, method)
}

// without returns d with the names that gone reports replaced by blanks of the
// same length, so that all columns stay, or nil if nothing else is declared.
func (d *decl) without(gone func(key string) bool) *decl {
	if !slices.ContainsFunc(d.names, func(n name) bool { return gone(n.key) }) {
		return d
	}
	left := *d
	left.names = slices.Clone(d.names)
	for i, n := range left.names {
		if n.key != "_" && gone(n.key) {
			left.text = left.text[:n.off] + "_" + strings.Repeat(" ", n.len-1) + left.text[n.off+n.len:]
			left.names[i].key = "_"
		}
	}
	if left.isBlank() {
		return nil
	}
	return &left
}

// filter keeps what change returns, which may be nil.
func (s Session) filter(change func(*decl) *decl) Session {
	out := Session{decls: make([]*decl, 0, len(s.decls))}
	for _, d := range s.decls {
		if d = change(d); d != nil {
			out.decls = append(out.decls, d)
		}
	}
	return out
}

// Decls lists what is remembered, in the order of the cells.
func (s Session) Decls() []Decl {
	var list []Decl
	for _, d := range s.decls {
		if d.kind == DeclImport {
			list = append(list, Decl{Pos: d.Pos, Kind: d.kind, Key: importKey(d), Path: d.path})
		}
		for _, n := range d.names {
			if n.key != "_" {
				list = append(list, Decl{Pos: d.Pos, Kind: d.kind, Key: n.key})
			}
		}
	}
	return list
}

// At returns the remembered declaration whose text is at a position.
func (s Session) At(at Pos) (Decl, bool) {
	for _, d := range s.decls {
		if d.Cell != at.Cell || d.kind == DeclImport || at.Line < d.Line || at.Line > d.Line+strings.Count(d.text, "\n") {
			continue
		}
		for _, n := range d.names {
			if n.key != "_" {
				return Decl{Pos: d.Pos, Kind: d.kind, Key: n.key}, true
			}
		}
	}
	return Decl{}, false
}

// importKey is how a remembered import is listed: its path, behind its own
// name if it has one.
func importKey(d *decl) string {
	if d.alias == "" {
		return d.path
	}
	return d.alias + " " + d.path
}

// Remove forgets names as Decls lists them; imports go by their path, too, and
// the methods of a type go with it. Names that are not remembered come back
// as diagnostics without a position.
func (s Session) Remove(names ...string) (Session, []Diagnostic) {
	var problems []Diagnostic
	for _, name := range names {
		var found bool
		s, found = s.remove(name)
		if found {
			continue
		}
		d := Diagnostic{Message: fmt.Sprintf("nothing called %s is remembered", name), Hint: "%list shows all names"}
		var keys []string
		for _, k := range s.Decls() {
			keys = append(keys, k.Key)
		}
		if near := spelling.Nearest(name, keys); near != "" {
			d.Hint = fmt.Sprintf("did you mean %s? %%list shows all names", near)
		}
		problems = append(problems, d)
	}
	return s, problems
}

func (s Session) remove(name string) (_ Session, found bool) {
	isType := slices.ContainsFunc(s.decls, func(d *decl) bool { return d.kind == DeclType && d.declares(name) })
	out := s.filter(func(d *decl) *decl {
		switch {
		case d.kind == DeclImport:
			if name == d.path || name == importKey(d) || name == (lookup{}).localName(d) {
				found = true
				return nil
			}
		case d.declares(name):
			found = true
			return d.without(func(key string) bool { return key == name })
		case isType && d.kind == DeclMethod && strings.HasPrefix(d.names[0].key, name+"~"):
			return nil
		}
		return d
	})
	return out, found
}

// Reset forgets everything.
func (s Session) Reset() Session { return Session{} }
