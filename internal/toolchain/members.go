package toolchain

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// selectorAt returns the innermost x.f whose f is at pos, or nil.
func (c *Checked) selectorAt(pos token.Pos) *ast.SelectorExpr {
	var found *ast.SelectorExpr
	ast.Inspect(c.File, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || pos > n.End() {
			return false
		}
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Pos() <= pos && pos <= sel.Sel.End() {
			found = sel
		}
		return true
	})
	return found
}

// fieldsAndMethods lists what the x of the x.f at pos has.
func (c *Checked) fieldsAndMethods(pos token.Pos) []string {
	sel := c.selectorAt(pos)
	if sel == nil {
		return nil
	}
	var names []string
	for _, obj := range membersOf(c.Info.TypeOf(sel.X), c.Pkg) {
		names = append(names, obj.Name())
	}
	return names
}

// membersOf returns the fields and methods of a type that code in pkg may
// use, those of embedded fields included.
func membersOf(t types.Type, pkg *types.Package) []types.Object {
	if t == nil {
		return nil
	}
	found := map[string]types.Object{}
	add := func(obj types.Object) {
		if found[obj.Name()] == nil && (obj.Exported() || obj.Pkg() == pkg) {
			found[obj.Name()] = obj
		}
	}
	pointer := t
	if _, ok := t.Underlying().(*types.Pointer); !ok && !types.IsInterface(t) {
		pointer = types.NewPointer(t) // what is selected is nearly always addressable
	}
	for method := range types.NewMethodSet(pointer).Methods() {
		add(method.Obj())
	}
	addFields(t, add, map[types.Type]bool{})
	names := slices.Collect(func(yield func(types.Object) bool) {
		for _, obj := range found {
			if !yield(obj) {
				return
			}
		}
	})
	slices.SortFunc(names, func(a, b types.Object) int {
		if a.Name() < b.Name() {
			return -1
		}
		return 1
	})
	return names
}

// addFields passes on the fields of a struct, shallow ones first.
func addFields(t types.Type, add func(types.Object), seen map[types.Type]bool) {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok || seen[t] {
		return
	}
	seen[t] = true
	for f := range s.Fields() {
		add(f)
	}
	for f := range s.Fields() {
		if f.Embedded() {
			addFields(f.Type(), add, seen)
		}
	}
}
