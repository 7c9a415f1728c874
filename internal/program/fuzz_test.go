package program

import (
	"bytes"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// seeds adds every cell of the golden files.
func seeds(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		cells, _ := splitArchive(a)
		for _, c := range cells {
			f.Add(c.Source)
		}
	}
	for _, s := range []string{"% ", "! ", "%", "!", "%%", "%%\n%%", "%%\"", "#\xe6N\a\xbc\xac\n//\xe6l", "!\\", "`", "/*", "'", "\ufeff%%\nx", "%\x00", "//gonb:", "//gonb:!", "\r\n%%\r\n",
		"func (", "func (T", "type", "var (", "import (", "import \"", "const ( a", "func f[", "x := func() {", "!a\\\r\n\\\r\n", "%% \\"} {
		f.Add(s)
	}
}

// FuzzParse checks that nothing panics, that positions lie in the cell, and
// that what is composed from a cell without problems is a file of Go.
func FuzzParse(f *testing.F) {
	seeds(f)
	before, _ := func() (Session, *Program) {
		script, _ := Parse(Cell{Name: "cell[1]", Source: "import \"os\"\nvar a, b = 1, 2\ntype T struct{}\nfunc (T) M() {}\nconst (\n\tA = iota\n\tB\n)"})
		s, p, _ := Session{}.Add(script, someStd{})
		return s, p
	}()
	f.Fuzz(func(t *testing.T, src string) {
		script, problems := Parse(Cell{Name: "cell[2]", Source: src})
		lines := strings.Count(src, "\n") + 1
		for _, d := range problems {
			if d.Line < 1 || d.Line > lines || d.Col < 1 || d.Col > len(src)+1 || d.Message == "" {
				t.Errorf("position out of the cell: %+v", d)
			}
		}
		s, p, more := before.Add(script, someStd{})
		s.Decls()
		s.Remove("T", "a")
		if len(problems)+len(more) > 0 {
			return
		}
		if _, err := parser.ParseFile(token.NewFileSet(), "main.go", p.Source, parser.ParseComments); err != nil {
			t.Errorf("composed no Go: %v\n%s", err, p.Source)
		}
		_, again, _ := before.Add(script, someStd{})
		if !bytes.Equal(p.Source, again.Source) {
			t.Errorf("composed twice:\n%s\n%s", p.Source, again.Source)
		}
	})
}

// FuzzComplete checks that every text gets one of the three answers, and that
// what is complete can be parsed.
func FuzzComplete(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, src string) {
		got := Complete(src)
		_, problems := Parse(Cell{Name: "cell[1]", Source: src})
		switch got.Status {
		case "complete":
			if len(problems) > 0 {
				t.Errorf("%q is complete, but %+v", src, problems)
			}
		case "incomplete", "invalid":
		default:
			t.Errorf("Complete(%q) = %+v", src, got)
		}
		if strings.Trim(got.Indent, " \t") != "" {
			t.Errorf("indent %q", got.Indent)
		}
	})
}

// FuzzDraft checks that unfinished cells with a cursor anywhere give a main.go
// with the cursor inside.
func FuzzDraft(f *testing.F) {
	seeds := func(s string) { f.Add(s, len(s)); f.Add(s, len(s)/2) }
	for _, s := range []string{"fmt.", "func f() {\n\tx.", "))}}", "import (\n\"", "var (\n\ta = b.", "%%\nx := `", "\ufeffa.b", "type T struct {\n%ls\n"} {
		seeds(s)
	}
	f.Fuzz(func(t *testing.T, src string, offset int) {
		d := Session{}.Draft(Cell{Name: "cell[1]", Source: src}, offset, someStd{})
		if d.Offset > len(d.Source) || d.Offset < -1 {
			t.Errorf("offset %d of %d", d.Offset, len(d.Source))
		}
	})
}
