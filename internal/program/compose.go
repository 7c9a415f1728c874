package program

import (
	"bytes"
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// composer writes main.go.
type composer struct {
	script *Script
	look   lookup
	decls  []*decl // the session's and the cell's, in order
	fresh  int     // index in decls of the cell's first one

	refs     refs            // of everything in the file
	declared map[string]bool // package-level names
	lines    []importLine
	flag     string // the name of package flag if main is to parse flags

	buf bytes.Buffer

	draft     bool // the cell is unfinished
	spans     []span
	mainStart int // offset of main's body
}

func (c *composer) compose() *Program {
	all := c.decls
	if !c.draft {
		c.decls, c.fresh = reachable(c.decls, c.fresh, c.script)
	}
	c.refs, c.declared = refs{}, map[string]bool{}
	for _, d := range c.decls {
		c.refs.merge(d.refs)
		for _, n := range d.names {
			c.declared[n.key] = true
		}
	}
	if c.script.main != nil {
		c.refs.merge(c.script.main.refs)
	}
	c.imports()
	c.print("package main\n")
	c.importBlock()
	c.pageConsts()
	for i, d := range c.decls {
		if d.kind != DeclImport {
			c.decl(d, i >= c.fresh)
		}
	}
	c.mainFunc()
	return &Program{
		Source:  c.buf.Bytes(),
		Imports: c.paths(),
		Race:    c.script.Has(KindRace),
		Test:    c.script.Has(KindTest),
		Wasm:    c.script.Has(KindWasm),
		Runs:    c.script.Has(KindTest) || c.script.main != nil || slices.ContainsFunc(c.script.decls, (*decl).isProgram),
		Cgo:     slices.ContainsFunc(c.lines, func(l importLine) bool { return l.path == "C" }),
		Embed:   c.embeds(),
		Stdin:   c.uses("os", "Stdin") || c.uses("fmt", "Scan", "Scanf", "Scanln"),
		Deep:    c.uses(wrapperPath, "Deep") || c.script.Has(KindDeep),
		Watch:   c.uses(wrapperPath, "Watch") || c.script.Has(KindWatch),
		Timers:  c.setsTimers(),
		Args:    c.script.args(),
		Known:   c.leftOut(all),
	}
}

// leftOut lists the names of package level that all declares and the program
// does not.
func (c *composer) leftOut(all []*decl) []string {
	var names []string
	for _, d := range all {
		for _, n := range d.names {
			if !c.declared[n.key] && !strings.Contains(n.key, "~") {
				names = append(names, n.key)
			}
		}
	}
	return names
}

func (c *composer) print(format string, args ...any) { fmt.Fprintf(&c.buf, format, args...) }

// ours marks what follows as text that nobody wrote: positions in it are those
// of main.go itself.
func (c *composer) ours() {
	c.print("//line main.go:%d:1\n", bytes.Count(c.buf.Bytes(), []byte("\n"))+2)
}

// theirs copies a stretch of a cell and returns its offset in main.go.
func (c *composer) theirs(at Pos, text string) int {
	c.print("//line %s:%d:%d\n", at.Cell, at.Line, at.Col)
	off := c.buf.Len()
	c.buf.WriteString(text)
	c.buf.WriteByte('\n')
	return off
}

// importBlock writes the imports. Those that nobody wrote come first, before
// any position of a cell.
func (c *composer) importBlock() {
	if len(c.lines) == 0 {
		return
	}
	slices.SortStableFunc(c.lines, func(a, b importLine) int {
		switch {
		case a.decl == nil && b.decl == nil:
			return strings.Compare(a.path, b.path)
		case a.decl == nil:
			return -1
		case b.decl == nil:
			return 1
		}
		return 0
	})
	c.print("\nimport (\n")
	for _, l := range c.lines {
		switch {
		case l.decl == nil && l.alias != "":
			c.print("\t%s %q\n", l.alias, l.path)
		case l.decl == nil:
			c.print("\t%q\n", l.path)
		case l.hushed:
			// The go command names the place of _, the compiler that of the path.
			at := fmt.Sprintf("line %s:%d:%d", l.decl.Cell, l.decl.Line, l.decl.Col)
			c.print("//%s\n_ /*%s*/%q\n", at, at, l.path)
		case l.decl.group != "":
			c.theirs(l.decl.Pos, l.decl.text)
		}
	}
	c.print(")\n")
	for _, l := range c.lines {
		if l.decl != nil && l.decl.group == "" {
			c.cgo(l.decl)
		}
	}
}

// cgo writes import "C". Its comment is C code, so the //line comment stands
// off by a blank line; at the very top of a cell that moves it by one line.
func (c *composer) cgo(d *decl) {
	c.print("//line %s:%d:%d\n\n%s\n", d.Cell, max(1, d.Line-1), d.Col, d.text)
}

// decl writes one declaration; fresh says that it is one of this cell.
func (c *composer) decl(d *decl, fresh bool) {
	c.print("\n")
	if d.group != "" {
		c.print("%s (\n", d.group)
	}
	at := c.theirs(d.Pos, d.initRenamed())
	if fresh {
		c.spans = append(c.spans, span{from: d.off, to: d.off + len(d.text), at: at})
	}
	if d.group != "" {
		c.print(")\n")
	}
}

// initRenamed returns d's text with init_something called init. Blanks fill
// the rest of the name, so that columns stay.
func (d *decl) initRenamed() string {
	if !d.isInit() || d.names[0].key == "init" {
		return d.text
	}
	n := d.names[0]
	return d.text[:n.off] + "init" + strings.Repeat(" ", n.len-len("init")) + d.text[n.off+n.len:]
}

func (c *composer) mainFunc() {
	m := c.script.main
	if m == nil && (slices.ContainsFunc(c.script.decls, (*decl).isMain) || c.script.Has(KindTest)) {
		return
	}
	c.print("\n")
	c.ours()
	c.print("func main() {\n")
	if c.flag != "" {
		c.print("\t%s.Parse()\n", c.flag)
	}
	wrap, wrapped := c.script.wrapping()
	if wrapped && m != nil {
		c.print("\t%s.%sfunc() {\n", wrapperName, wrappers[wrap.Kind])
	}
	c.mainStart = c.buf.Len()
	if m != nil {
		for _, ch := range m.chunks {
			at := c.theirs(ch.Pos, ch.text)
			c.spans = append(c.spans, span{ch.off, ch.off + len(ch.text), at, true})
		}
		c.ours()
	}
	if wrapped && m != nil {
		c.print("\t})\n")
	}
	c.print("}\n")
}

func (c *composer) paths() []string {
	var paths []string
	for _, l := range c.lines {
		if l.path != "C" {
			paths = append(paths, l.path)
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// uses reports whether the file uses one of these members of a package, by
// whatever name it imports it.
func (c *composer) uses(path string, members ...string) bool {
	for _, l := range c.lines {
		if l.path != path {
			continue
		}
		used := c.refs[cmp.Or(l.alias, guessName(path))]
		if l.alias == "." {
			used = slices.Sorted(maps.Keys(c.refs))
		}
		if slices.ContainsFunc(used, func(name string) bool { return slices.Contains(members, name) }) {
			return true
		}
	}
	return false
}

// outOfReach reports hoisted functions that use a variable of main: in a cell
// without %%, := makes a variable that only the statements below can see.
func (c *composer) outOfReach() []Diagnostic {
	m := c.script.main
	if m == nil || len(m.locals) == 0 || slices.ContainsFunc(c.lines, func(l importLine) bool { return l.alias == "." }) {
		return nil
	}
	var problems []Diagnostic
	for _, d := range c.script.decls {
		if len(problems) >= maxDiagnostics {
			break
		}
		for _, local := range slices.Sorted(maps.Keys(d.refs)) {
			if !m.locals[local] || c.declared[local] || c.isImported(local) || types.Universe.Lookup(local) != nil {
				continue
			}
			at, ok := d.firstUse(local)
			if !ok {
				continue
			}
			problems = append(problems, Diagnostic{Pos: at,
				Message: fmt.Sprintf("undefined: %s (a variable of main, which %s cannot see)", local, d.names[0].key),
				Hint:    fmt.Sprintf("pass %s as a parameter, or declare it with var above the first statement", local)})
		}
	}
	return problems
}

func (c *composer) isImported(name string) bool {
	return slices.ContainsFunc(c.lines, func(l importLine) bool {
		if l.decl == nil {
			return l.alias == name || guessName(l.path) == name
		}
		return c.look.localName(l.decl) == name
	})
}

// firstUse finds name's first mention in d that is neither a selector nor the
// key of a composite literal.
func (d *decl) firstUse(name string) (Pos, bool) {
	l := lex(Cell{Name: d.Cell, Source: d.text})
	for i, t := range l.toks {
		if t.tok != token.IDENT || d.text[t.off:t.end] != name || i > 0 && l.toks[i-1].tok == token.PERIOD ||
			i+1 < len(l.toks) && l.toks[i+1].tok == token.COLON {
			continue
		}
		at := l.pos(t.off)
		if at.Line == 1 {
			at.Col += d.Col - 1
		}
		at.Line += d.Line - 1
		return at, true
	}
	return d.Pos, false
}
