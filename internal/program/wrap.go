package program

import (
	"fmt"
	"slices"
)

// wrappers are the functions of kernelext in which %%time and its kin run the
// body of main.
var wrappers = map[Kind]string{
	KindTime:  `Time("main", `,
	KindWatch: `Watch(`,
	KindDeep:  `Deep(`,
}

// wrapperPath is the package of the wrappers. It has a name of its own in
// main.go, as the cell may use the usual one for something else.
const (
	wrapperPath = "lanebook/kernelext"
	wrapperName = "kernelext_"
)

// wrapping is the special line that says in what main's body is to run.
func (s *Script) wrapping() (Line, bool) {
	i := slices.IndexFunc(s.Lines, func(l Line) bool { return wrappers[l.Kind] != "" })
	if i < 0 {
		return Line{}, false
	}
	return s.Lines[i], true
}

// wrapsMain reports %%time and its kin where there is no body to wrap, or two
// of them.
func (p *cellParser) wrapsMain() {
	line, ok := p.script.wrapping()
	if !ok {
		return
	}
	for _, other := range p.specials {
		if wrappers[other.Kind] != "" && other.Kind != line.Kind {
			p.report(Diagnostic{Pos: other.Pos, Message: fmt.Sprintf("%%%s and %%%s in one cell", line.Kind, other.Kind),
				Hint: "keep one of the two"})
		}
	}
	if slices.ContainsFunc(p.script.decls, (*decl).isMain) {
		p.report(Diagnostic{Pos: line.Pos, Message: fmt.Sprintf("%%%s does not go with func main", line.Kind),
			Hint: "write %% and below it the body of main"})
	}
}
