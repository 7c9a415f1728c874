package toolchain

import (
	"bytes"
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// maxDocFile is the largest source file read for a doc comment.
const maxDocFile = 1 << 20

// sourceDoc returns the doc comment of what is declared at a position of an
// installed source file, or "".
func (m *Module) sourceDoc(at token.Position) string {
	file := at.Filename
	if rest, ok := strings.CutPrefix(file, "$GOROOT"); ok {
		file = m.t.env.Vars["GOROOT"] + rest
	}
	if info, err := os.Stat(file); err != nil || info.Size() > maxDocFile {
		return ""
	}
	source, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	const mode = parser.ParseComments | parser.SkipObjectResolution
	fset := token.NewFileSet()
	// Parsing all of a large file takes longer than a learner should wait.
	if part, line := declarationAt(source, at.Line); part != nil {
		if f, err := parser.ParseFile(fset, file, part, mode); err == nil {
			return docAt(fset, f, line)
		}
	}
	f, err := parser.ParseFile(fset, file, source, mode)
	if err != nil {
		return ""
	}
	return docAt(fset, f, at.Line)
}

// declarationAt cuts the top-level declaration around a line out of a file
// that gofmt has seen, with the comment above it, and makes it a file of its
// own. It returns the line's number there, or nil when that is not possible.
func declarationAt(source []byte, line int) (part []byte, at int) {
	lines := bytes.Split(source, []byte("\n"))
	if line < 1 || line > len(lines) {
		return nil, 0
	}
	top := func(i int) bool { return len(lines[i]) > 0 && lines[i][0] >= 'a' && lines[i][0] <= 'z' }
	first := line - 1
	for first > 0 && !top(first) {
		first--
	}
	last := first
	if b := bytes.TrimSpace(lines[first]); len(b) > 0 && (b[len(b)-1] == '{' || b[len(b)-1] == '(') {
		for last++; last < len(lines) && !bytes.HasPrefix(lines[last], []byte("}")) && !bytes.HasPrefix(lines[last], []byte(")")); {
			last++
		}
	}
	for first > 0 && bytes.HasPrefix(lines[first-1], []byte("//")) {
		first--
	}
	if last >= len(lines) || line-1 > last {
		return nil, 0
	}
	part = append([]byte("package p\n\n"), bytes.Join(lines[first:last+1], []byte("\n"))...)
	return part, line - first + 2
}

// builtinDoc returns the doc comment of a predeclared name.
func (m *Module) builtinDoc(name string) string {
	file := filepath.Join(m.t.env.Vars["GOROOT"], "src", "builtin", "builtin.go")
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return ""
	}
	for _, decl := range f.Decls {
		line := 0
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Name.Name == name {
				line = fset.Position(decl.Name.Pos()).Line
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok && t.Name.Name == name {
					line = fset.Position(t.Name.Pos()).Line
				}
			}
		}
		if line > 0 {
			return docAt(fset, f, line)
		}
	}
	return ""
}

// docAt returns the doc comment of what is declared at a line of a file.
// Lines are those of the file itself, whatever //line comments say.
func docAt(fset *token.FileSet, f *ast.File, line int) string {
	text := ""
	try := func(name *ast.Ident, comments ...*ast.CommentGroup) {
		if name == nil || fset.PositionFor(name.Pos(), false).Line != line {
			return
		}
		for _, c := range comments {
			if c != nil && text == "" {
				text = c.Text()
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			try(n.Name, n.Doc)
			return fset.PositionFor(n.Pos(), false).Line <= line && line <= fset.PositionFor(n.End(), false).Line
		case *ast.GenDecl:
			for _, spec := range n.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					try(s.Name, s.Doc, n.Doc, s.Comment)
				case *ast.ValueSpec:
					for _, name := range s.Names {
						try(name, s.Doc, s.Comment, n.Doc)
					}
				}
			}
		case *ast.Field:
			for _, name := range n.Names {
				try(name, n.Doc, n.Comment)
			}
		}
		return text == ""
	})
	return text
}

// packageDoc returns the comment before the package clause of a folder's
// source.
func packageDoc(dir string) string {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return ""
	}
	best := ""
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err == nil && f.Doc != nil && len(f.Doc.Text()) > len(best) {
			best = f.Doc.Text()
		}
	}
	return best
}

// renderDoc turns a doc comment into Markdown or plain text.
func renderDoc(text string, markdown bool) string {
	var p comment.Parser
	pr := comment.Printer{HeadingLevel: 4, HeadingID: func(*comment.Heading) string { return "" }, DocLinkBaseURL: "https://pkg.go.dev"}
	if markdown {
		return string(pr.Markdown(p.Parse(text)))
	}
	return string(pr.Text(p.Parse(text)))
}
