package toolchain

import (
	"go/types"
	"maps"
	"slices"
	"strings"
)

// Match is one proposal. Kind is Go's word for what it is (func, type, var,
// const, package, field, method, keyword) or "special" for a %line.
type Match struct {
	Text, Kind, Detail string
}

// maxMatches bounds an answer; who wants more types a letter.
const maxMatches = 500

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
