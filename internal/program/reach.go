package program

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// reachable drops the remembered declarations that the cell cannot need: what
// it does not mention, directly or through others, is left out of its program.
// A later cell is then not slowed down by the imports of an earlier one, and
// does not fail because an old function no longer fits a new type. What runs
// by itself stays: init functions and variables whose initialiser may do
// something. Of the decls, those from index fresh on are the cell's own.
func reachable(decls []*decl, fresh int, script *Script) (kept []*decl, keptFresh int) {
	r := reach{owners: map[string][]int{}, in: make([]bool, len(decls)), decls: decls}
	for i, d := range decls {
		for _, n := range d.names {
			// A method comes with its type.
			name, _, _ := strings.Cut(n.key, "~")
			r.owners[name] = append(r.owners[name], i)
		}
	}
	for i, d := range decls {
		if i >= fresh || d.runs() || script.runsTest(d) {
			r.take(i)
		}
	}
	if script.main != nil {
		r.follow(script.main.refs)
	}
	for len(r.todo) > 0 {
		last := len(r.todo) - 1
		i := r.todo[last]
		r.todo = r.todo[:last]
		r.follow(decls[i].refs)
		// The name of a fresh type may have old methods.
		for _, n := range decls[i].names {
			r.name(n.key)
		}
	}
	for i, d := range decls {
		if i == fresh {
			keptFresh = len(kept)
		}
		if r.in[i] || d.kind == DeclImport {
			kept = append(kept, d)
		}
	}
	if fresh == len(decls) {
		keptFresh = len(kept)
	}
	return kept, keptFresh
}

// reach is a walk over declarations.
type reach struct {
	decls  []*decl
	owners map[string][]int // name to the declarations that come with it
	in     []bool
	todo   []int
}

func (r *reach) take(i int) {
	if !r.in[i] {
		r.in[i] = true
		r.todo = append(r.todo, i)
	}
}

// name takes all declarations of a name, once.
func (r *reach) name(name string) {
	for _, i := range r.owners[name] {
		r.take(i)
	}
	delete(r.owners, name)
}

func (r *reach) follow(refs refs) {
	for name := range refs {
		r.name(name)
	}
}

// runs reports whether d does something although nobody mentions it.
func (d *decl) runs() bool {
	if d.kind == DeclFunc {
		return d.isInit()
	}
	return d.effects
}

// hasEffects reports whether evaluating an initialiser may do more than give a
// value: a call of anything but a harmless builtin, or a receive.
func hasEffects(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false // runs when it is called
		case *ast.CallExpr:
			found = found || !isHarmless(n.Fun)
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		}
		return !found
	})
	return found
}

// isHarmless reports whether a called expression is a conversion by its syntax
// or a builtin that only gives a value.
func isHarmless(fun ast.Expr) bool {
	switch fun := fun.(type) {
	case *ast.ArrayType, *ast.MapType, *ast.ChanType:
		return true
	case *ast.Ident:
		switch fun.Name {
		case "panic", "print", "println", "close", "copy", "delete", "clear", "recover":
			return false
		}
		return types.Universe.Lookup(fun.Name) != nil
	}
	return false
}
