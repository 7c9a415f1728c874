package toolchain

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/program"
)

// changing are the parts of a crash that no two runs share.
var changing = regexp.MustCompile(`0x[0-9a-f]+|goroutine \d+`)

// TestParity builds each program both ways and wants no difference in what
// it prints, how it ends, and what it knows of itself.
func TestParity(t *testing.T) {
	m := newModule(t, open(t))
	files, err := filepath.Glob("testdata/parity/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := prog(t, string(source))
			// -v changes nothing, and no flag is known to direct builds.
			got, want := attempt(t, m, p, "direct", Config{}), attempt(t, m, p, "go build", Config{Flags: []string{"-v"}})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("go build - direct +\n%s", diff)
			}
		})
	}
}

// result is all that can be told from outside about building and running.
type result struct {
	Problems []string
	Run      outcome
}

func attempt(t *testing.T, m *Module, p *program.Program, how string, config Config) result {
	t.Helper()
	b, diags, err := m.Build(context.Background(), p, config)
	if err != nil {
		t.Fatal(err)
	}
	var r result
	for _, d := range diags {
		r.Problems = append(r.Problems, d.Cell+": "+d.Message)
	}
	if len(diags) > 0 {
		return r
	}
	if b.How != how {
		t.Errorf("built by %q, want %q", b.How, how)
	}
	r.Run = run(t, b.Path)
	r.Run.Stderr = changing.ReplaceAllString(r.Run.Stderr, "X")
	t.Logf("%s: %+v", how, r)
	return r
}
