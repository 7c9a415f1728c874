package toolchain

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"lanebook/internal/program"
)

// Description is what there is to say about a name.
type Description struct {
	Signature string // Go code: a declaration, without its body
	Doc       string // its doc comment as Go doc text; may be empty
	Where     string // a package path or a cell's position; may be empty
}

// Inspect describes the name at a byte offset of a cell, or, inside the
// brackets of a call, the function called. ok is false when there is nothing
// to say.
func (m *Module) Inspect(ctx context.Context, session program.Session, src string, offset int) (d Description, ok bool, err error) {
	offset = max(0, min(offset, len(src)))
	draft := session.Draft(program.Cell{Name: "cell", Source: src}, offset, m.DraftPackages())
	if draft.Offset < 0 {
		return Description{}, false, nil
	}
	if err := ctx.Err(); err != nil {
		return Description{}, false, fmt.Errorf("inspect: %w", err)
	}
	c, pos := m.draft(draft, 0)
	for _, id := range c.namesAt(pos) {
		if d, ok := m.describe(c, id); ok {
			return d, true, nil
		}
	}
	return Description{}, false, nil
}

// namesAt returns the identifier at pos, and then the names of the functions
// whose calls it stands in, from the inside out.
func (c *Checked) namesAt(pos token.Pos) []*ast.Ident {
	var names []*ast.Ident
	ast.Inspect(c.File, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || pos > n.End() {
			return false
		}
		switch n := n.(type) {
		case *ast.Ident:
			if n.Name != "_" {
				names = append(names, n)
			}
		case *ast.CallExpr:
			if pos <= n.Lparen {
				break
			}
			switch f := ast.Unparen(n.Fun).(type) {
			case *ast.Ident:
				names = append(names, f)
			case *ast.SelectorExpr:
				names = append(names, f.Sel)
			}
		case *ast.FuncLit:
			names = nil // what was called outside has nothing to do with it
		}
		return true
	})
	slices.Reverse(names)
	return names
}

// describe says what is known of the object that an identifier stands for.
func (m *Module) describe(c *Checked, id *ast.Ident) (Description, bool) {
	obj := c.Info.ObjectOf(id)
	if sel := c.selectorAt(id.Pos()); obj == nil && sel != nil && sel.Sel == id {
		if x, ok := sel.X.(*ast.Ident); ok {
			if path := m.packageNamed(c, x); path != "" {
				return m.describeMember(c, path, id.Name)
			}
		}
	}
	if name, ok := obj.(*types.PkgName); ok {
		return m.describePackage(c.table, name.Imported().Path()), true
	}
	if obj == nil {
		if path := m.packageNamed(c, id); path != "" {
			return m.describePackage(c.table, path), true
		}
		return Description{}, false
	}
	return m.describeObject(c, obj), true
}

// describeMember says what is known of what a package exports.
func (m *Module) describeMember(c *Checked, path, name string) (Description, bool) {
	imported, err := c.table.imp.Import(path)
	if err != nil || c.table.pkg(path) == nil { // not compiled yet
		e, ok := m.t.outlines.of(path).exports[name]
		if !ok {
			return Description{}, false
		}
		return Description{Signature: e.text, Doc: m.sourceDoc(e.declared), Where: path}, true
	}
	if obj := imported.Scope().Lookup(name); obj != nil && obj.Exported() {
		return m.describeObject(c, obj), true
	}
	return Description{}, false
}

// describeObject describes what a name stands for.
func (m *Module) describeObject(c *Checked, obj types.Object) Description {
	d := Description{Signature: signature(obj, c.Pkg)}
	switch {
	case obj.Pkg() == c.Pkg:
		at := c.Fset.Position(obj.Pos())
		d.Where = where(at)
		d.Doc = docAt(c.Fset, c.File, c.Fset.PositionFor(obj.Pos(), false).Line)
	case obj.Pkg() == nil: // the universe
		d.Where = "builtin"
		d.Doc = m.builtinDoc(obj.Name())
	default:
		d.Where = obj.Pkg().Path()
		d.Doc = m.sourceDoc(c.table.imp.position(obj))
	}
	return d
}

// describePackage says what a package is for.
func (m *Module) describePackage(tb *table, path string) Description {
	p := tb.pkg(path)
	dir := m.t.outlines.dir(path)
	if p != nil { // compiled
		dir = p.Dir
	}
	return Description{Signature: fmt.Sprintf("import %q", path), Where: path, Doc: packageDoc(dir)}
}

// signature writes the declaration of an object. Of a type it gives the
// exported fields and methods, which is what one may use.
func signature(obj types.Object, from *types.Package) string {
	if f, ok := obj.(*types.Func); ok {
		return funcSignature(f, from)
	}
	name, ok := obj.(*types.TypeName)
	if !ok || name.IsAlias() {
		return types.ObjectString(obj, qualifier(from))
	}
	var b strings.Builder
	local := obj.Pkg() == from
	switch u := obj.Type().Underlying().(type) {
	case *types.Struct:
		fmt.Fprintf(&b, "type %s struct {", typeName(obj, from))
		hidden, shown := false, false
		for f := range u.Fields() {
			if !local && !f.Exported() {
				hidden = true
				continue
			}
			shown = true
			fmt.Fprintf(&b, "\n\t%s %s", f.Name(), types.TypeString(f.Type(), qualifier(from)))
		}
		if hidden {
			b.WriteString("\n\t// and fields that are not exported")
		}
		if shown || hidden {
			b.WriteString("\n")
		}
		b.WriteString("}")
	case *types.Interface:
		fmt.Fprintf(&b, "type %s %s", typeName(obj, from), types.TypeString(u, qualifier(from)))
		return b.String()
	default:
		fmt.Fprintf(&b, "type %s %s", typeName(obj, from), types.TypeString(u, qualifier(from)))
	}
	for _, member := range membersOf(obj.Type(), from) {
		if f, ok := member.(*types.Func); ok {
			b.WriteString("\n")
			b.WriteString(funcSignature(f, from))
		}
	}
	return b.String()
}

// funcSignature writes a function or method as its declaration would.
func funcSignature(f *types.Func, from *types.Package) string {
	recv := f.Signature().Recv()
	if recv == nil {
		return types.ObjectString(f, qualifier(from))
	}
	params := strings.TrimPrefix(types.TypeString(f.Signature(), qualifier(from)), "func")
	return fmt.Sprintf("func (%s) %s%s", types.TypeString(recv.Type(), qualifier(from)), f.Name(), params)
}

// typeName writes a type's name with its type parameters.
func typeName(obj types.Object, from *types.Package) string {
	return types.TypeString(obj.Type(), qualifier(from))
}

// Text writes a description for a terminal.
func (d Description) Text() string {
	parts := []string{d.Signature}
	if d.Doc != "" {
		parts = append(parts, strings.TrimSpace(renderDoc(d.Doc, false)))
	}
	if d.Where != "" {
		parts = append(parts, "("+d.Where+")")
	}
	return strings.Join(parts, "\n\n") + "\n"
}

// Markdown writes a description for a page.
func (d Description) Markdown() string {
	parts := []string{"```go\n" + d.Signature + "\n```"}
	if d.Doc != "" {
		parts = append(parts, strings.TrimSpace(renderDoc(d.Doc, true)))
	}
	if d.Where != "" {
		parts = append(parts, "`"+d.Where+"`")
	}
	return strings.Join(parts, "\n\n") + "\n"
}
