package program

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of testdata")

// someStd is a Packages that knows a few packages by heart.
type someStd struct{}

var stdPaths = []string{"bytes", "context", "embed", "errors", "flag", "fmt", "image/png", "io", "math", "math/rand", "math/rand/v2",
	"net/http", "os", "runtime", "sort", "strings", "sync", "testing", "time", "text/template", "html/template"}

func (someStd) Name(path string) (string, bool) {
	for _, p := range stdPaths {
		if p == path {
			return guessName(path), true
		}
	}
	return "", false
}

func (someStd) Find(name string, members []string) (string, bool) {
	for _, p := range stdPaths {
		if guessName(p) != name {
			continue
		}
		// The one pair of namesakes that tests use.
		if p == "math/rand" && strings.Contains(strings.Join(members, " "), "IntN") {
			continue
		}
		return p, true
	}
	return "", false
}

func (someStd) Nearest(string, []string) (string, bool) { return "", false }

// TestGolden runs every file of testdata/*.txtar. A file holds cells, added to
// one session in order (cell1, cell2, ...; "crlf" before the number gives CRLF
// line breaks), and what must come out of the last one:
//
//	main.go    the composed program
//	problems   its diagnostics, and those of earlier cells
//	lines      its special lines
//	body       its body that is not Go
//	about      what else is known of the program, and what the session remembers
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { goldenCase(t, file) })
	}
}

func goldenCase(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cells, want := splitArchive(archive)
	got := runCells(cells)
	if *update {
		out := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			if strings.Contains(f.Name, "cell") || f.Name == "build" {
				out.Files = append(out.Files, f)
			}
		}
		for _, name := range []string{"main.go", "problems", "lines", "body", "about"} {
			if got[name] != "" {
				out.Files = append(out.Files, txtar.File{Name: name, Data: []byte(got[name])})
			}
		}
		if err := os.WriteFile(file, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	delete(want, "build") // for TestBuild
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func splitArchive(a *txtar.Archive) (cells []Cell, want map[string]string) {
	want = map[string]string{}
	for _, f := range a.Files {
		kind, number, ok := strings.Cut(f.Name, "cell")
		if !ok {
			want[f.Name] = string(f.Data)
			continue
		}
		src := strings.TrimSuffix(string(f.Data), "\n")
		if strings.HasPrefix(kind, "crlf") {
			src = strings.ReplaceAll(src, "\n", "\r\n")
		}
		cells = append(cells, Cell{Name: "cell[" + number + "]", Source: src})
	}
	return cells, want
}

// runCells adds cells to a session and describes the outcome as golden files do.
func runCells(cells []Cell) map[string]string {
	got := map[string]string{}
	var s Session
	for i, cell := range cells {
		script, problems := Parse(cell)
		var p *Program
		next := s
		script.Page = Page{Dir: "/srv/jupyter_files/x", URL: "/files/jupyter_files/x", Div: "x-1"}
		if len(problems) == 0 {
			next, p, problems = s.Add(script, someStd{})
		}
		s = next
		for _, d := range problems {
			got["problems"] += describe(d)
		}
		if i < len(cells)-1 {
			continue
		}
		for _, l := range script.Lines {
			got["lines"] += fmt.Sprintf("%d:%d %s %q %q\n", l.Line, l.Col, l.Kind, l.Args, l.Text)
		}
		if b := script.Body; b != nil {
			got["body"] = fmt.Sprintf("%s path=%q append=%t command=%q\n%s", b.Kind, b.Path, b.Append, b.Command, b.Text)
		}
		if p != nil && script.HasGo() {
			got["main.go"] = string(p.Source)
			got["about"] = about(p) + remembered(s)
		}
	}
	return got
}

func describe(d Diagnostic) string {
	out := fmt.Sprintf("%s:%d:%d: %s\n", d.Cell, d.Line, d.Col, d.Message)
	if d.Hint != "" {
		out += "\t" + d.Hint + "\n"
	}
	return out
}

func about(p *Program) string {
	out := fmt.Sprintf("runs=%t", p.Runs)
	for _, f := range []struct {
		name string
		set  bool
	}{{"wasm", p.Wasm}, {"cgo", p.Cgo}, {"embed", p.Embed}, {"stdin", p.Stdin}} {
		if f.set {
			out += " " + f.name
		}
	}
	if len(p.Args) > 0 {
		out += fmt.Sprintf(" args=%q", p.Args)
	}
	return out + fmt.Sprintf(" imports=%v\n", p.Imports)
}

func remembered(s Session) string {
	out := ""
	for _, d := range s.Decls() {
		out += fmt.Sprintf("%s %s %s:%d:%d\n", d.Kind, d.Key, d.Cell, d.Line, d.Col)
	}
	return out
}
