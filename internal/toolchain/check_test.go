package toolchain

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"lanebook/internal/program"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestDiagnostics wants Build to say what each golden file says. Check must
// say the same where it says anything: it does not know what only the
// compiler finds.
func TestDiagnostics(t *testing.T) {
	t.Setenv("GOPROXY", "off")
	m := newModule(t, open(t))
	files, err := filepath.Glob("testdata/check/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := prog(t, string(archive.Files[0].Data))
			_, built, err := m.Build(context.Background(), p, Config{})
			if err != nil {
				t.Fatal(err)
			}
			got := format(built)
			if *update {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Errorf("want - got +\n%s", diff)
			}
			_, checked, err := m.Check(context.Background(), p)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(built, checked); diff != "" && len(checked) > 0 {
				t.Errorf("Build - Check +\n%s", diff)
			}
		})
	}
}

func format(diags []program.Diagnostic) string {
	var b strings.Builder
	for _, d := range diags {
		fmt.Fprintf(&b, "%s:%d:%d: %s\n", d.Cell, d.Line, d.Col, d.Message)
		if d.Hint != "" {
			fmt.Fprintf(&b, "    hint: %s\n", d.Hint)
		}
	}
	return b.String()
}
