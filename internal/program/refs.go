package program

import (
	"go/ast"
	"go/token"
	"slices"
)

// refs is what a piece of Go uses from outside of itself: each free name, and
// the members selected from it (x.Sel), sorted.
type refs map[string][]string

// free holds the identifiers of a file that nothing in it declares.
type free map[*ast.Ident]bool

func newFree(f *ast.File) free {
	// The parser's own scopes are all we need; go/types would need the packages.
	free := make(free, len(f.Unresolved))
	for _, id := range f.Unresolved {
		free[id] = true
	}
	return free
}

// refs collects the free names below n.
func (f free) refs(n ast.Node) refs {
	r := refs{}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && f[id] {
				r.add(id.Name, n.Sel.Name)
			}
		case *ast.KeyValueExpr:
			// The parser leaves keys open: the name of a field or of a constant.
			if id, ok := n.Key.(*ast.Ident); ok {
				r.mention(id.Name)
			}
		case *ast.Ident:
			if f[n] {
				r.mention(n.Name)
			}
		}
		return true
	})
	return r
}

func (r refs) mention(name string) {
	if _, seen := r[name]; !seen {
		r[name] = nil
	}
}

func (r refs) add(name, member string) {
	members := r[name]
	if i, found := slices.BinarySearch(members, member); !found {
		r[name] = slices.Insert(members, i, member)
	}
}

// merge adds everything of other.
func (r refs) merge(other refs) {
	for name, members := range other {
		r.mention(name)
		for _, m := range members {
			r.add(name, m)
		}
	}
}

// selects reports whether a member of name is used.
func (r refs) selects(name string) bool { return len(r[name]) > 0 }

// localNames lists what a function's outermost block declares.
func localNames(body *ast.BlockStmt) map[string]bool {
	names := map[string]bool{}
	for _, s := range body.List {
		switch s := s.(type) {
		case *ast.AssignStmt:
			if s.Tok != token.DEFINE {
				continue
			}
			for _, x := range s.Lhs {
				if id, ok := x.(*ast.Ident); ok {
					names[id.Name] = true
				}
			}
		case *ast.DeclStmt:
			g, ok := s.Decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range g.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok {
					for _, id := range v.Names {
						names[id.Name] = true
					}
				}
			}
		}
	}
	return names
}
