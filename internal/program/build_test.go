package program

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// TestBuild lets the real go command build and vet every main.go of testdata.
// The part "build" of a golden file is what it says, in cell positions; without
// it the program must be fine.
func TestBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	dir := t.TempDir()
	writeFile(t, dir, "go.mod", "module cells\n\ngo 1.26\n")
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		for _, f := range a.Files {
			switch f.Name {
			case "main.go":
				if needsMore(string(f.Data)) {
					continue
				}
				file := "main.go"
				if !strings.Contains(string(f.Data), "func main()") {
					file = "cell_test.go"
				}
				writeFile(t, dir, filepath.Join(name, file), string(f.Data))
				writeFile(t, dir, name+"/note.txt", "embedded\n")
			case "build":
				want[name] = string(f.Data)
			}
		}
	}
	got := map[string]string{}
	for _, verb := range []string{"build", "vet"} {
		out := strings.ReplaceAll(goTool(t, dir, verb, "./..."), dir, "DIR")
		name := ""
		for line := range strings.Lines(out) {
			if head, ok := strings.CutPrefix(line, "# cells/"); ok {
				name = strings.TrimSpace(head)
				continue
			}
			line = strings.TrimPrefix(strings.TrimPrefix(line, "vet: "), "./")
			line = strings.TrimPrefix(line, name+"/")
			if name == "" || strings.HasPrefix(line, "# [") {
				continue
			}
			// vet repeats the first error of the compiler.
			if verb == "build" || got[name] == "" {
				got[name] += line
			}
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("go build and vet (-want +got):\n%s", d)
	}
}

// needsMore reports whether a program cannot be built here: the go command
// would stop at a package it cannot find, and cgo needs a C compiler.
func needsMore(src string) bool {
	_, err := exec.LookPath("gcc")
	return strings.Contains(src, `"nosuch`) || strings.Contains(src, `"lanebook/`) || strings.Contains(src, `"syscall/js"`) || strings.Contains(src, `import "C"`) && err != nil
}

// TestRunPositions runs a program that panics and asks for its own position.
func TestRunPositions(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	got := runCells([]Cell{
		{"cell[1]", "func where() int {\n\t_, file, line, _ := runtime.Caller(1)\n\tfmt.Println(file, line)\n\treturn line\n}"},
		{"cell[2]", "func boom(a []int) int {\n\n\treturn a[5]\n}\n\nwhere()\n!ls\nfmt.Println(boom(nil))"},
	})
	dir := t.TempDir()
	writeFile(t, dir, "go.mod", "module cells\n\ngo 1.26\n")
	writeFile(t, dir, "main.go", got["main.go"])
	out := goTool(t, dir, "run", "-gcflags=-l", ".")
	for _, want := range []string{"cell[2] 6\n", "cell[2]:3 ", "cell[2]:8 "} {
		if !strings.Contains(out, want) {
			t.Errorf("output lacks %q:\n%s", want, out)
		}
	}
}

func goTool(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOTOOLCHAIN=local")
	out, err := cmd.CombinedOutput()
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		t.Fatal(err)
	}
	return string(out)
}

func writeFile(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
