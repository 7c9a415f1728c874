package engine

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Whatever package program or toolchain may say to a learner exists in
// Chinese: every text given as a message or a hint, and every text in their
// tables of hints.
func TestPhrases(t *testing.T) {
	said := 0
	for _, dir := range []string{"../program", "../toolchain"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, text := range spoken(t, file) {
				text = strings.TrimPrefix(text, "syntax error: ")
				if text == "X" { // what the parser says
					continue
				}
				said++
				if inChinese(text) == text {
					t.Errorf("%s: nothing in Chinese for %q", filepath.Base(file), text)
				}
			}
		}
	}
	if said < 100 {
		t.Errorf("only %d phrases found: look at the test", said)
	}
}

func TestInChinese(t *testing.T) {
	for english, want := range map[string]string{
		"the ( in line 3, column 7 is still open":    "第 3 行第 7 列的 ( 还没有闭合",
		"syntax error: this { is never closed":       "语法错误：这个 { 没有闭合",
		"syntax error: expected ';', found 3":        "语法错误：expected ';', found 3",
		"declared and not used: x":                   "declared and not used: x",
		"did you mean %list? %help lists them all":   "是不是想写 %list？%help 列出全部",
		"package a.b/c cannot be imported: it broke": "无法导入包 a.b/c：it broke",
	} {
		if got := inChinese(english); got != want {
			t.Errorf("%q: got %q, want %q", english, got, want)
		}
	}
}

// spoken collects the texts of a file that reach learners.
func spoken(t *testing.T, name string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	add := func(e ast.Expr) {
		if s, ok := text(e); ok && strings.Contains(s, " ") {
			texts = append(texts, s)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && (key.Name == "Message" || key.Name == "Hint") {
				add(n.Value)
			}
		case *ast.ValueSpec:
			switch n.Names[0].Name {
			case "hints", "vetHints", "fromElsewhere", "illegal", "elsewhere", "unclosedQuote":
				for _, v := range n.Values {
					tableTexts(v, add)
				}
			}
		case *ast.FuncDecl:
			if n.Name.Name == "hint" || n.Name.Name == "importProblem" {
				returned(n, add)
			}
		}
		return true
	})
	return texts
}

// tableTexts adds the last element of every row of a table.
func tableTexts(table ast.Expr, add func(ast.Expr)) {
	rows, ok := table.(*ast.CompositeLit)
	if !ok {
		add(table)
		return
	}
	for _, row := range rows.Elts {
		switch row := row.(type) {
		case *ast.KeyValueExpr:
			add(row.Value)
		case *ast.CompositeLit:
			add(row.Elts[len(row.Elts)-1])
		}
	}
}

func returned(fn *ast.FuncDecl, add func(ast.Expr)) {
	ast.Inspect(fn, func(n ast.Node) bool {
		if r, ok := n.(*ast.ReturnStmt); ok {
			for _, e := range r.Results {
				add(e)
			}
		}
		return true
	})
}

var verb = regexp.MustCompile(`%[sdq]|\$1`)

// text is what an expression of literals, or of fmt.Sprintf, evaluates to,
// with X in place of what is only known later.
func text(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return strings.ReplaceAll(s, "$1", "X"), err == nil
	case *ast.BinaryExpr:
		a, okA := text(e.X)
		b, okB := text(e.Y)
		if !okA {
			a = "X"
		}
		if !okB {
			b = "X"
		}
		return a + b, okA || okB
	case *ast.CallExpr:
		if f, ok := e.Fun.(*ast.SelectorExpr); !ok || f.Sel.Name != "Sprintf" {
			return "", false
		}
		s, ok := text(e.Args[0])
		s = verb.ReplaceAllString(strings.ReplaceAll(s, "%%", "\x00"), "X")
		return strings.ReplaceAll(s, "\x00", "%"), ok
	}
	return "", false
}

// TestPhrasesHideNone asks each phrase for its own Chinese: one that is more
// general must not stand before it.
func TestPhrasesHideNone(t *testing.T) {
	mark := regexp.MustCompile(`\$[1-9]`)
	for _, p := range phrases {
		english := mark.ReplaceAllString(p.english, "X")
		if got, want := inChinese(english), mark.ReplaceAllString(p.chinese, "X"); got != want {
			t.Errorf("%q: got %q, want %q", english, got, want)
		}
	}
}
