package gotrace

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// unbuffered reports whether the source shows that the channel has no buffer:
// all channels of the names that senders and receivers use are made so.
func (ts *turns) unbuffered(opt Options) bool {
	names := map[string]bool{object(Receive, ts.pos.Text): true}
	for p := range ts.sends {
		names[object(Send, p.Text)] = true
	}
	if opt.Source == nil || names[""] {
		return false
	}
	made := false
	for line := range linesOf(ts.pos.path, opt) {
		for name, buffered := range channelsMade(line) {
			if names[name] {
				if buffered {
					return false
				}
				made = true
			}
		}
	}
	return made
}

// maxSourceLines bounds the search in one file. // arbitrary: far more than a cell has
const maxSourceLines = 5000

// linesOf are the lines of a file. A Source does not say where the file ends.
func linesOf(path string, opt Options) func(yield func(string) bool) {
	if opt.Text != nil {
		if text := opt.Text(path); text != "" {
			return strings.Lines(text)
		}
	}
	return func(yield func(string) bool) {
		for n := 1; n <= maxSourceLines; n++ {
			if text := opt.Source(path, n); text != "" && !yield(text) {
				return
			}
		}
	}
}

// channelsMade are the channels that a line of source makes, by name, and
// whether they have a buffer.
func channelsMade(line string) map[string]bool {
	if !strings.Contains(line, "make(chan") {
		return nil
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", "package p; func _() { "+strings.TrimSpace(line)+"\n}", parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	made := map[string]bool{}
	note := func(name, value ast.Expr) {
		id, ok := name.(*ast.Ident)
		call, isCall := value.(*ast.CallExpr)
		if !ok || !isCall || len(call.Args) == 0 {
			return
		}
		if _, isChan := call.Args[0].(*ast.ChanType); isChan {
			made[id.Name] = made[id.Name] || len(call.Args) > 1
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i := range min(len(n.Lhs), len(n.Rhs)) {
				note(n.Lhs[i], n.Rhs[i])
			}
		case *ast.ValueSpec:
			for i := range min(len(n.Names), len(n.Values)) {
				note(n.Names[i], n.Values[i])
			}
		}
		return true
	})
	return made
}
