package toolchain

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"unicode"
	"unicode/utf8"

	"lanebook/internal/program"
)

// Completion is what may stand in place of the bytes Start to End.
type Completion struct {
	Start, End int
	Matches    []Match
}

// Complete proposes how to go on at a byte offset of an unfinished cell.
// Nothing needs to have been run before.
func (m *Module) Complete(ctx context.Context, session program.Session, src string, offset int) (Completion, error) {
	offset = max(0, min(offset, len(src)))
	prefix := nameBefore(src, offset)
	start := offset - len(prefix)
	found := Completion{Start: start, End: offset}
	if path, ok := importBefore(src[:offset]); ok {
		return completePath(path, offset, m.drafting().importable()), nil
	}
	draft := session.Draft(program.Cell{Name: "cell", Source: src}, offset, m.DraftPackages())
	if draft.Offset < 0 {
		return completeSpecial(src, offset), nil
	}
	if err := ctx.Err(); err != nil {
		return found, fmt.Errorf("complete: %w", err)
	}
	c, pos := m.draft(draft, len(prefix))
	l := &matches{prefix: prefix, pkg: c.Pkg}
	if before := strings.TrimRight(src[:start], " \t\r\n"); strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "..") {
		m.completeSelector(c, pos, l)
	} else {
		m.completeName(c, pos, l)
	}
	found.Matches = l.best()
	return found, nil
}

// draft checks an unfinished program. pos is where the name begins that ends
// at the cursor.
func (m *Module) draft(d program.Draft, prefix int) (c *Checked, pos token.Pos) {
	c = m.analyse(m.drafting(), &program.Program{Source: mended(d.Source, d.Offset)})
	return c, c.Fset.File(c.File.FileStart).Pos(max(0, d.Offset-prefix))
}

// completeSelector proposes what may follow x and a dot.
func (m *Module) completeSelector(c *Checked, pos token.Pos, l *matches) {
	sel := c.selectorAt(pos)
	if sel == nil {
		return
	}
	if id, ok := sel.X.(*ast.Ident); ok {
		if path := m.packageNamed(c, id); path != "" {
			m.completeMember(c, path, l)
			return
		}
	}
	for _, obj := range membersOf(c.Info.TypeOf(sel.X), c.Pkg) {
		l.add(obj, 0)
	}
}

// completeMember proposes what a package exports.
func (m *Module) completeMember(c *Checked, path string, l *matches) {
	imported, err := c.table.imp.Import(path)
	if err != nil || c.table.pkg(path) == nil { // not compiled yet
		for _, e := range m.t.outlines.of(path).exports {
			l.put(e.Match, 0)
		}
		return
	}
	for _, name := range exported(imported) {
		l.add(imported.Scope().Lookup(name), 0)
	}
}

// packageNamed returns the path of the package that an identifier stands for,
// be it imported or only waiting to be, or "". Anything else of that name comes
// first.
func (m *Module) packageNamed(c *Checked, id *ast.Ident) string {
	switch obj := c.Info.Uses[id].(type) {
	case *types.PkgName:
		return obj.Imported().Path()
	case nil:
		path, _ := m.DraftPackages().Find(id.Name, nil)
		return path
	}
	return ""
}

// completeName proposes names in scope: the nearest scope first, then
// packages that would be imported, then keywords.
func (m *Module) completeName(c *Checked, pos token.Pos, l *matches) {
	if lit := c.structAt(pos); lit != nil {
		for f := range lit.Fields() {
			if f.Exported() || f.Pkg() == c.Pkg {
				l.add(f, 0)
			}
		}
	}
	scope := c.Pkg.Scope().Innermost(pos)
	if scope == nil {
		scope = c.Pkg.Scope()
	}
	depth := 1
	for ; scope != nil; scope = scope.Parent() {
		for _, name := range scope.Names() {
			if _, obj := scope.LookupParent(name, pos); obj != nil && !(scope == c.Pkg.Scope() && name == "main") {
				l.add(obj, depth)
			}
		}
		depth++
		if scope.Parent() == types.Universe && l.prefix == "" {
			return // all of Go is no proposal
		}
	}
	if l.prefix == "" {
		return
	}
	for _, path := range c.table.importable() {
		if name := c.table.nameOf(path); l.fits(name) {
			l.put(Match{name, "package", path}, depth)
		}
	}
	for tok := token.BREAK; tok <= token.VAR; tok++ {
		if tok.IsKeyword() {
			l.put(Match{tok.String(), "keyword", ""}, depth+1)
		}
	}
}

// structAt returns the struct whose literal has a key at pos, or nil.
func (c *Checked) structAt(pos token.Pos) *types.Struct {
	var found *types.Struct
	ast.Inspect(c.File, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || pos > n.End() {
			return false
		}
		switch n := n.(type) {
		case *ast.CompositeLit:
			found = nil
			if t := c.Info.TypeOf(n); t != nil && pos > n.Lbrace {
				found, _ = t.Underlying().(*types.Struct)
			}
		case *ast.KeyValueExpr:
			if pos > n.Colon {
				found = nil
			}
		case *ast.CallExpr:
			if pos > n.Lparen {
				found = nil
			}
		}
		return true
	})
	return found
}

// completeSpecial completes the names of special lines.
func completeSpecial(src string, offset int) Completion {
	line := src[strings.LastIndexByte(src[:offset], '\n')+1 : offset]
	if !strings.HasPrefix(line, "%") || strings.ContainsAny(line, " \t") {
		return Completion{Start: offset, End: offset}
	}
	found := Completion{Start: offset - len(line), End: offset}
	for _, name := range program.SpecialNames() {
		if strings.HasPrefix(name, line) {
			found.Matches = append(found.Matches, Match{Text: name, Kind: "special"})
		}
	}
	return found
}

// completePath completes the path of an import.
func completePath(path string, offset int, paths []string) Completion {
	found := Completion{Start: offset - len(path), End: offset}
	for _, p := range paths {
		if strings.HasPrefix(p, path) {
			found.Matches = append(found.Matches, Match{Text: p, Kind: "package"})
		}
	}
	return found
}

// importBefore returns the beginning of an import's path that ends the text,
// where an import can stand: behind the keyword, or in its group.
func importBefore(text string) (path string, ok bool) {
	start := strings.LastIndexByte(text, '\n') + 1
	line := text[start:]
	before, path, found := strings.Cut(line, `"`)
	if !found || strings.Contains(path, `"`) {
		return "", false
	}
	fields := strings.Fields(before)
	if len(fields) > 0 && fields[0] == "import" {
		return path, len(fields) <= 2
	}
	group := strings.LastIndex(text[:start], "import (")
	return path, group >= 0 && len(fields) <= 1 && !strings.Contains(text[group:start], "\n)")
}

// nameBefore returns the part of a name that ends at offset.
func nameBefore(src string, offset int) string {
	start := offset
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(src[:start])
		if !isNamePart(r) {
			break
		}
		start -= size
	}
	return src[start:offset]
}

// isNamePart reports whether a name may contain r.
func isNamePart(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
