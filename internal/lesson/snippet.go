package lesson

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// snippets is one folder of Go files, with everything in it that can be named.
type snippets struct {
	dir     string // snippets/pools
	names   map[string]region
	outputs map[string]string // Example function → what it prints
}

// region is a stretch of whole lines of a file: lines[first:end].
// A function's region is its declaration; body is what is inside its braces.
type region struct {
	file       *source
	first, end int
	body       *region
}

// source is one Go file.
type source struct {
	path  string
	lines []string
	ast   *ast.File
	fset  *token.FileSet
}

var (
	marker     = regexp.MustCompile(`^\s*// snip:(begin|end) (\S+)\s*$`)
	outputLine = regexp.MustCompile(`(?i)^\s*//\s*(unordered )?output:`)
)

// pull returns the text that name stands for, where it is, and the imports it
// uses (path → local name, "" when that is the package's own). With body, a
// function's name stands for what is inside it.
func (b *builder) pull(line int, name string, body bool) (string, Origin, map[string]string, bool) {
	pkg, short := b.lookup(line, name)
	if pkg == nil {
		return "", Origin{}, nil, false
	}
	r, ok := pkg.names[short]
	if !ok {
		b.problem(line, "%s has no anchor or declaration %q%s", pkg.dir, short, didYouMean(short, keys(pkg.names)))
		return "", Origin{}, nil, false
	}
	if body && r.body != nil {
		r = *r.body
	}
	return r.text(), Origin{r.file.path, short}, r.imports(), true
}

// output returns what a tested Example prints.
func (b *builder) output(line int, name string) (string, bool) {
	pkg, short := b.lookup(line, name)
	if pkg == nil {
		return "", false
	}
	out, ok := pkg.outputs[short]
	if !ok {
		b.problem(line, "%s has no Example %q with an // Output: comment%s", pkg.dir, short, didYouMean(short, keys(pkg.outputs)))
	}
	return out, ok
}

// lookup splits folder/name and returns the folder's snippets, nil after a
// problem.
func (b *builder) lookup(line int, name string) (*snippets, string) {
	dir, short := path.Split(name)
	if dir == "" {
		dir = b.home
	}
	if dir == "" {
		b.problem(line, "%q: say snippets: FOLDER in the front matter, or write folder/name", name)
		return nil, short
	}
	dir = path.Join("snippets", dir)
	if pkg, ok := b.packages[dir]; ok {
		return pkg, short
	}
	pkg, problems := loadSnippets(b.root, dir)
	b.problems = append(b.problems, problems...)
	if pkg == nil {
		b.problem(line, "there are no Go files in %s", dir)
	}
	b.packages[dir] = pkg // also nil: say it once
	return pkg, short
}

// loadSnippets reads all Go files of a folder. It returns nil when there are
// none.
func loadSnippets(root fs.FS, dir string) (*snippets, []Problem) {
	files, err := fs.Glob(root, dir+"/*.go")
	if err != nil || len(files) == 0 {
		return nil, nil
	}
	pkg := &snippets{dir: dir, names: map[string]region{}, outputs: map[string]string{}}
	var problems []Problem
	for _, file := range files {
		data, err := fs.ReadFile(root, file)
		if err != nil {
			problems = append(problems, Problem{file, 0, err.Error()})
			continue
		}
		fset := token.NewFileSet()
		tree, err := parser.ParseFile(fset, file, data, parser.ParseComments)
		if err != nil {
			problems = append(problems, Problem{file, 0, err.Error()})
			continue
		}
		text := strings.ReplaceAll(string(data), "\r\n", "\n")
		src := &source{path: file, lines: strings.Split(text, "\n"), ast: tree, fset: fset}
		pkg.declarations(src)
		problems = append(problems, pkg.anchors(src)...)
		for _, ex := range doc.Examples(tree) {
			if ex.Output != "" || ex.EmptyOutput {
				pkg.outputs["Example"+ex.Name] = strings.TrimRight(ex.Output, "\n")
			}
		}
	}
	return pkg, problems
}

// anchors adds the regions between markers. They win over declarations of the
// same name: an author who sets a marker means it.
func (pkg *snippets) anchors(src *source) (problems []Problem) {
	open := map[string]int{}
	found := map[string]bool{}
	for i, line := range src.lines {
		m := marker.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		kind, name := m[1], m[2]
		_, isOpen := open[name]
		switch {
		case kind == "begin" && (isOpen || found[name]):
			problems = append(problems, Problem{src.path, i + 1, fmt.Sprintf("anchor %q begins twice", name)})
		case kind == "begin":
			open[name] = i + 1
		case !isOpen:
			problems = append(problems, Problem{src.path, i + 1, fmt.Sprintf("anchor %q ends but does not begin%s", name, didYouMean(name, keys(open)))})
		default:
			pkg.names[name] = region{file: src, first: open[name], end: i}
			found[name] = true
			delete(open, name)
		}
	}
	for name, line := range open {
		problems = append(problems, Problem{src.path, line, fmt.Sprintf("anchor %q has no end", name)})
	}
	return problems
}

// declarations adds the top-level declarations of a file by name.
func (pkg *snippets) declarations(src *source) {
	for _, d := range src.ast.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			r := src.region(d, d.Doc)
			if d.Body != nil {
				r.body = src.body(d.Body)
			}
			pkg.names[funcName(d)] = r
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				for _, name := range specNames(spec) {
					pkg.names[name] = src.region(d, d.Doc)
				}
			}
		}
	}
}

func funcName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	t := d.Recv.List[0].Type
	for {
		switch u := t.(type) {
		case *ast.StarExpr:
			t = u.X
		case *ast.IndexExpr:
			t = u.X
		case *ast.IndexListExpr:
			t = u.X
		case *ast.Ident:
			return u.Name + "." + d.Name.Name
		default:
			return d.Name.Name
		}
	}
}

func specNames(spec ast.Spec) (names []string) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		names = append(names, s.Name.Name)
	case *ast.ValueSpec:
		for _, n := range s.Names {
			names = append(names, n.Name)
		}
	}
	return slices.DeleteFunc(names, func(n string) bool { return n == "_" })
}

func (src *source) region(d ast.Decl, comment *ast.CommentGroup) region {
	start := d.Pos()
	if comment != nil {
		start = comment.Pos()
	}
	return region{file: src, first: src.line(start) - 1, end: src.line(d.End())}
}

// body is the inside of a function, without the comment that says what an
// Example prints. A function on one line has no lines inside: nil.
func (src *source) body(b *ast.BlockStmt) *region {
	first, end := src.line(b.Lbrace), src.line(b.Rbrace)-1
	if first > end {
		return nil
	}
	for i := first; i < end; i++ {
		if outputLine.MatchString(src.lines[i]) && len(b.List) > 0 && src.line(b.List[len(b.List)-1].End()) <= i {
			end = i
		}
	}
	return &region{file: src, first: first, end: end}
}

func (src *source) line(p token.Pos) int { return src.fset.PositionFor(p, false).Line }

// text returns the lines of the region without markers, moved to the left as
// far as they go.
func (r region) text() string {
	inString := r.file.rawStringLines()
	var lines []string
	var movable []bool
	indent := -1
	for i := r.first; i < r.end; i++ {
		line := r.file.lines[i]
		if marker.MatchString(line) {
			continue
		}
		lines = append(lines, line)
		movable = append(movable, !inString[i])
		if tabs := len(line) - len(strings.TrimLeft(line, "\t")); !inString[i] && strings.TrimSpace(line) != "" && (indent < 0 || tabs < indent) {
			indent = tabs
		}
	}
	for i, line := range lines {
		if movable[i] {
			lines[i] = strings.TrimPrefix(line, strings.Repeat("\t", min(max(indent, 0), len(line)-len(strings.TrimLeft(line, "\t")))))
		}
	}
	return trimBlankLines(strings.Join(lines, "\n"))
}

// rawStringLines says which lines begin inside a raw string: moving those
// would change what the program prints.
func (src *source) rawStringLines() map[int]bool {
	inside := map[int]bool{}
	ast.Inspect(src.ast, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			for line := src.line(lit.Pos()); line < src.line(lit.End()); line++ {
				inside[line] = true // 1-based line → the next one, 0-based
			}
		}
		return true
	})
	return inside
}
