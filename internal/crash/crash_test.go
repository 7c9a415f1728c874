package crash_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"lanebook/internal/crash"
	"lanebook/internal/golden"

	"golang.org/x/tools/txtar"
)

// Each file holds what a real program printed, and what we make of it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no test cases", err)
	}
	source := func(cell string, line int) string { return fmt.Sprintf("\t<line %d of %s>", line, cell) }
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			before, r, ok := crash.Parse(string(a.Files[0].Data))
			got := []txtar.File{a.Files[0],
				{Name: "before", Data: line(before)},
				{Name: "report", Data: []byte(fmt.Sprintf("%t %s at %v\n", ok, r.Name(), r.At()))},
				{Name: "verdict", Data: line(r.Verdict("en", source))},
				{Name: "verdict zh", Data: line(r.Verdict("zh", source))},
			}
			golden.Compare(t, file, got)
		})
	}
}

// line ends a text with a newline, as txtar wants.
func line(s string) []byte { return []byte(strings.TrimRight(s, "\n") + "\n") }

func TestNoCrash(t *testing.T) {
	for _, text := range []string{"", "panic: I only say so\n", "fatal error: me too\n\ngoroutine work is fun\n",
		strings.Repeat("panic: again and again\n", 200_000)} { // for hours, if each line looked for stacks behind it
		if before, _, ok := crash.Parse(text); ok || before != text {
			t.Errorf("%.60q: found a crash, before it %.60q", text, before)
		}
	}
}

func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		if a, err := txtar.ParseFile(file); err == nil {
			f.Add(string(a.Files[0].Data))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		before, r, ok := crash.Parse(text)
		if !strings.HasPrefix(text, before) || (!ok && before != text) {
			t.Fatalf("before %q", before)
		}
		r.Verdict("en", nil)
	})
}
