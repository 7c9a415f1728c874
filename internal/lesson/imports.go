package lesson

import (
	"go/ast"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// imports returns the imports of the file that the region uses: path → the
// name it is given in the file, "" when it has none of its own there.
func (r region) imports() map[string]string {
	byName := map[string]*ast.ImportSpec{}
	used := map[string]string{}
	for _, spec := range r.file.ast.Imports {
		byName[localName(spec)] = spec
	}
	unresolved := map[*ast.Ident]bool{}
	for _, id := range r.file.ast.Unresolved {
		unresolved[id] = true // resolved ones are local variables, not packages
	}
	ast.Inspect(r.file.ast, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		id, ok := sel.X.(*ast.Ident)
		if !ok || !unresolved[id] || byName[id.Name] == nil {
			return true
		}
		if line := r.file.line(id.Pos()) - 1; line >= r.first && line < r.end {
			spec := byName[id.Name]
			name := ""
			if spec.Name != nil {
				name = spec.Name.Name
			}
			used[importPath(spec)] = name
		}
		return true
	})
	return used
}

func importPath(spec *ast.ImportSpec) string {
	p, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return spec.Path.Value // cannot be: the parser checked it
	}
	return p
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// localName guesses the name of an imported package from its path, as the
// imports of snippets are few and tame (style: standard library, kernelext,
// golang.org/x).
func localName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	p := importPath(spec)
	base := path.Base(p)
	if majorVersion.MatchString(base) && strings.Contains(p, "/") {
		base = path.Base(path.Dir(p))
	}
	return base
}

// importBlock prints imports as gofmt and goimports would: the standard
// library first, then the rest.
func importBlock(imps map[string]string) string {
	var std, other []string
	for _, p := range slices.Sorted(maps.Keys(imps)) {
		line := strconv.Quote(p)
		if imps[p] != "" {
			line = imps[p] + " " + line
		}
		if first, _, _ := strings.Cut(p, "/"); strings.Contains(first, ".") || first == "lanebook" {
			other = append(other, line)
		} else {
			std = append(std, line)
		}
	}
	all := append(slices.Clone(std), other...)
	if len(all) == 0 {
		return ""
	}
	if len(all) == 1 {
		return "import " + all[0]
	}
	text := "import (\n"
	for i, line := range all {
		if i == len(std) && i > 0 {
			text += "\n"
		}
		text += "\t" + line + "\n"
	}
	return text + ")"
}
