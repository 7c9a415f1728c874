package program

import (
	"go/ast"
	"go/token"
	"sort"
	"strconv"
	"strings"
)

// DeclKind is the kind of a declaration.
type DeclKind string

// The kinds of declarations.
const (
	DeclImport DeclKind = "import"
	DeclConst  DeclKind = "const"
	DeclType   DeclKind = "type"
	DeclVar    DeclKind = "var"
	DeclFunc   DeclKind = "func"
	DeclMethod DeclKind = "method"
)

// decl is one declaration of a cell. Values of this type never change once
// they are in a script; a session that needs another text makes a copy.
type decl struct {
	Pos         // of text
	off     int // of text in its cell
	kind    DeclKind
	text    string
	group   string // the keyword of the parenthesised group text was cut from; "" if text has its own
	names   []name
	refs    refs
	embed   bool // has a //go:embed directive
	effects bool // a variable whose initialiser may do something
	shape   shape

	path  string // of an import
	alias string // of an import: "", ".", "_" or a name
}

// name is a declared name and its offset in the declaration's text.
type name struct {
	key string // the name; Type~Method for methods
	off int
	len int // bytes in text
}

// shape is what a type's methods depend on.
type shape struct {
	noMethods bool // an interface, a pointer or an alias
	params    int  // number of type parameters; of the receiver for methods
	fields    []string
}

func (d *decl) isMain() bool { return d.kind == DeclFunc && d.names[0].key == "main" }

// isInit reports whether d is a function that runs before main.
func (d *decl) isInit() bool {
	return d.kind == DeclFunc && (d.names[0].key == "init" || strings.HasPrefix(d.names[0].key, "init_"))
}

// isProgram reports whether a cell that declares d is run even without
// statements: main and inits say what shall happen.
func (d *decl) isProgram() bool { return d.isMain() || d.isInit() }

// isBlank reports whether d declares only blank names. Such a declaration
// belongs to its cell alone: nothing could ever replace it.
func (d *decl) isBlank() bool {
	if d.kind == DeclImport {
		return false
	}
	for _, n := range d.names {
		if n.key != "_" {
			return false
		}
	}
	return true
}

func (d *decl) declares(key string) bool {
	for _, n := range d.names {
		if n.key == key {
			return true
		}
	}
	return false
}

// declPrefix makes a file of a declaration; its length shifts all offsets.
const declPrefix = "package p;"

// declaration parses one top-level piece and adds what it declares.
func (p *cellParser) declaration(q piece) {
	text := string(p.text[q.start:q.end])
	f := p.goParse(declPrefix, text, "\n", q.start)
	if f == nil || len(f.Decls) == 0 {
		return
	}
	c := declCutter{cellParser: p, piece: q, file: f, text: text, free: newFree(f)}
	c.findEmbeds()
	switch d := f.Decls[0].(type) {
	case *ast.FuncDecl:
		c.fn(d)
	case *ast.GenDecl:
		c.gen(d)
	}
}

// declCutter cuts one parsed piece into declarations.
type declCutter struct {
	*cellParser
	piece piece
	file  *ast.File
	text  string
	free  free

	embeds []int // offsets of //go:embed directives
}

// off converts a position of the parsed file to an offset in the piece.
func (c *declCutter) off(p token.Pos) int {
	// Nodes that the parser made up may end behind the text.
	return max(0, min(int(p-c.file.FileStart)-len(declPrefix), len(c.text)))
}

// add keeps the text from offset start to end of the piece as one declaration.
func (c *declCutter) add(d decl, start, end int) *decl {
	end = max(start, end)
	d.off = c.piece.start + start
	d.Pos = c.pos(d.off)
	d.text = strings.Clone(c.text[start:end])
	for i := range d.names {
		d.names[i].off -= start
	}
	i := sort.SearchInts(c.embeds, start)
	d.embed = i < len(c.embeds) && c.embeds[i] < end
	c.script.decls = append(c.script.decls, &d)
	return &d
}

func (c *declCutter) findEmbeds() {
	for _, g := range c.file.Comments {
		for _, m := range g.List {
			if strings.HasPrefix(m.Text, "//go:embed ") {
				c.embeds = append(c.embeds, c.off(m.Pos()))
			}
		}
	}
}

func (c *declCutter) name(id *ast.Ident) name {
	return name{key: id.Name, off: c.off(id.Pos()), len: len(id.Name)}
}

func (c *declCutter) fn(f *ast.FuncDecl) {
	d := decl{kind: DeclFunc, names: []name{c.name(f.Name)}, refs: c.free.refs(f)}
	if f.Recv != nil && len(f.Recv.List) > 0 {
		d.kind = DeclMethod
		recv, params := receiver(f.Recv.List[0].Type)
		d.names[0].key = recv + "~" + f.Name.Name
		d.shape.params = params
	}
	c.add(d, 0, len(c.text))
	if f.Body == nil {
		c.bodyless(f)
	}
}

// bodyless reports the brace on a line of its own, which Go takes for the end
// of a declaration without a body.
func (c *declCutter) bodyless(f *ast.FuncDecl) {
	off := c.piece.end
	for off < len(c.src) && (isBlank(c.lexer.text[off]) || c.src[off] == '\n') {
		off++
	}
	if off < len(c.src) && c.src[off] == '{' {
		c.report(Diagnostic{Pos: c.lexer.pos(off), Message: "syntax error: unexpected newline before {",
			Hint: "put the { at the end of the line that starts with func"})
	}
}

// receiver returns the type's name and the number of its type parameters.
func receiver(t ast.Expr) (string, int) {
	switch t := t.(type) {
	case *ast.ParenExpr:
		return receiver(t.X)
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		name, _ := receiver(t.X)
		return name, 1
	case *ast.IndexListExpr:
		name, _ := receiver(t.X)
		return name, len(t.Indices)
	case *ast.Ident:
		return t.Name, 0
	}
	return "?", 0
}

// gen cuts a group into its specs, so that each can be replaced alone. Const
// groups that count with iota or repeat the line above stay whole.
func (c *declCutter) gen(g *ast.GenDecl) {
	kind := DeclKind(g.Tok.String())
	if kind == DeclImport {
		c.imports(g)
		return
	}
	isVar := kind == DeclVar
	if !g.Lparen.IsValid() || kind == DeclConst && counts(g) {
		d := decl{kind: kind, refs: c.free.refs(g), effects: isVar && hasEffects(g)}
		for _, s := range g.Specs {
			d.names = append(d.names, c.specNames(s)...)
		}
		if len(g.Specs) == 1 {
			d.shape = typeShape(g.Specs[0])
		}
		if len(d.names) > 0 {
			c.add(d, 0, len(c.text))
		}
		return
	}
	start := min(c.off(g.Lparen)+1, len(c.text))
	for _, s := range g.Specs {
		start += len(c.text[start:]) - len(strings.TrimLeft(c.text[start:], blanks+"\n;"))
		d := decl{kind: kind, group: string(kind), names: c.specNames(s), refs: c.free.refs(s),
			effects: isVar && hasEffects(s), shape: typeShape(s)}
		c.add(d, start, c.off(s.End()))
		start = c.off(specEnd(s))
	}
}

// counts reports whether a const group's specs depend on each other.
func counts(g *ast.GenDecl) bool {
	found := false
	for _, s := range g.Specs {
		v, ok := s.(*ast.ValueSpec)
		if !ok || len(v.Values) == 0 {
			return true
		}
		ast.Inspect(v, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && id.Name == "iota" {
				found = true
			}
			return !found
		})
	}
	return found
}

func (c *declCutter) specNames(s ast.Spec) []name {
	var names []name
	switch s := s.(type) {
	case *ast.TypeSpec:
		names = append(names, c.name(s.Name))
	case *ast.ValueSpec:
		for _, id := range s.Names {
			names = append(names, c.name(id))
		}
	}
	return names
}

// specEnd is the end of a spec and of the comment on its last line.
func specEnd(s ast.Spec) token.Pos {
	var comment *ast.CommentGroup
	switch s := s.(type) {
	case *ast.TypeSpec:
		comment = s.Comment
	case *ast.ValueSpec:
		comment = s.Comment
	}
	if comment != nil {
		return comment.End()
	}
	return s.End()
}

// typeShape tells what the methods of a type spec depend on.
func typeShape(s ast.Spec) shape {
	t, ok := s.(*ast.TypeSpec)
	if !ok {
		return shape{}
	}
	sh := shape{params: t.TypeParams.NumFields(), noMethods: t.Assign.IsValid()}
	switch u := t.Type.(type) {
	case *ast.InterfaceType, *ast.StarExpr:
		sh.noMethods = true
	case *ast.StructType:
		for _, f := range u.Fields.List {
			for _, id := range f.Names {
				sh.fields = append(sh.fields, id.Name)
			}
		}
	}
	return sh
}

// imports adds one declaration per imported path. import "C" keeps the whole
// text: its comment is C code.
func (c *declCutter) imports(g *ast.GenDecl) {
	for _, s := range g.Specs {
		spec, ok := s.(*ast.ImportSpec)
		if !ok {
			continue
		}
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has complained
		}
		d := decl{kind: DeclImport, group: "import", path: path}
		if spec.Name != nil {
			d.alias = spec.Name.Name
		}
		start, end := c.off(spec.Pos()), c.off(spec.End())
		if path == "C" && !g.Lparen.IsValid() {
			d.group, start, end = "", 0, len(c.text)
		}
		c.add(d, start, end)
	}
}
