package toolchain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"slices"
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

// Match is one proposal. Kind is Go's word for what it is (func, type, var,
// const, package, field, method, keyword) or "special" for a %line.
type Match struct {
	Text, Kind, Detail string
}

// maxMatches bounds an answer; who wants more types a letter.
const maxMatches = 500

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

// mended blanks lines that do not parse, so that they do not take the line of
// the cursor with them. Braces stay, and so do all offsets.
func mended(source []byte, cursor int) []byte {
	const attempts = 5
	for range attempts {
		_, err := parser.ParseFile(token.NewFileSet(), fileName, source, parser.SkipObjectResolution)
		var list scanner.ErrorList
		if !errors.As(err, &list) || len(list) == 0 {
			break
		}
		if strings.HasSuffix(list[0].Msg, "must be function call") {
			source = withoutGo(source) // the call is still to come
			continue
		}
		at := min(list[0].Pos.Offset, len(source))
		from := bytes.LastIndexByte(source[:at], '\n') + 1
		to := len(source)
		if n := bytes.IndexByte(source[at:], '\n'); n >= 0 {
			to = at + n
		}
		if from <= cursor && cursor <= to || from == to {
			break
		}
		source = slices.Clone(source)
		for i := from; i < to; i++ {
			if source[i] != '{' && source[i] != '}' {
				source[i] = ' '
			}
		}
	}
	return source
}

// withoutGo blanks the keywords go and defer: what follows them means the same
// without.
func withoutGo(source []byte) []byte {
	out := slices.Clone(source)
	file := token.NewFileSet().AddFile("", -1, len(source))
	var s scanner.Scanner
	s.Init(file, source, nil, 0)
	for {
		pos, tok, _ := s.Scan()
		switch tok {
		case token.EOF:
			return out
		case token.GO, token.DEFER:
			at := file.Offset(pos)
			copy(out[at:], strings.Repeat(" ", len(tok.String())))
		}
	}
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

// matches collects proposals that fit a prefix.
type matches struct {
	prefix string
	pkg    *types.Package
	found  map[string]ranked
}

type ranked struct {
	Match
	rank int // small is near
}

// fits reports whether a name begins with the prefix, in any case.
func (l *matches) fits(name string) bool {
	return len(name) >= len(l.prefix) && strings.EqualFold(name[:len(l.prefix)], l.prefix)
}

func (l *matches) add(obj types.Object, rank int) {
	if obj != nil && l.fits(obj.Name()) {
		l.put(Match{obj.Name(), kindOf(obj), detail(obj, l.pkg)}, rank)
	}
}

func (l *matches) put(match Match, rank int) {
	if match.Text == "_" || !l.fits(match.Text) {
		return
	}
	if !strings.HasPrefix(match.Text, l.prefix) {
		rank += 100 // in another case
	}
	if had, ok := l.found[match.Text]; ok && had.rank <= rank {
		return
	}
	if l.found == nil {
		l.found = map[string]ranked{}
	}
	l.found[match.Text] = ranked{match, rank}
}

// best returns the proposals, nearest first.
func (l *matches) best() []Match {
	all := slices.SortedFunc(maps.Values(l.found), func(a, b ranked) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return strings.Compare(a.Text, b.Text)
	})
	var list []Match
	for _, r := range all[:min(len(all), maxMatches)] {
		list = append(list, r.Match)
	}
	return list
}

// kindOf is Go's word for what an object is.
func kindOf(obj types.Object) string {
	switch obj := obj.(type) {
	case *types.Func:
		if obj.Signature().Recv() != nil {
			return "method"
		}
		return "func"
	case *types.Builtin:
		return "func"
	case *types.TypeName:
		return "type"
	case *types.Const, *types.Nil:
		return "const"
	case *types.PkgName:
		return "package"
	case *types.Var:
		if obj.IsField() {
			return "field"
		}
	}
	return "var"
}

// detail is the type of an object, as short as a learner would write it.
func detail(obj types.Object, from *types.Package) string {
	switch obj := obj.(type) {
	case *types.PkgName:
		return obj.Imported().Path()
	case *types.TypeName:
		switch u := obj.Type().Underlying().(type) {
		case *types.Struct:
			return "struct"
		case *types.Interface:
			return "interface"
		default:
			return types.TypeString(u, qualifier(from))
		}
	case *types.Builtin, *types.Nil:
		return ""
	}
	return types.TypeString(obj.Type(), qualifier(from))
}

// qualifier writes the names of other packages, not their paths.
func qualifier(from *types.Package) types.Qualifier {
	return func(p *types.Package) string {
		if p == from {
			return ""
		}
		return p.Name()
	}
}
