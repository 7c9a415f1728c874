package toolchain

import (
	"bytes"
	"context"
	"errors"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lanebook/internal/program"
)

// sharedCache is one cache folder for the tests of a run, so that archives
// are linked once. It lies beside Go's build cache, where hard links work.
func sharedCache(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("uses the go command")
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		t.Skip(err)
	}
	return filepath.Join(dir, "lanebook", "test")
}

// open returns a toolchain that is prepared, all of it.
func open(t testing.TB) *Toolchain {
	t.Helper()
	tc := openAt(t, sharedCache(t))
	if err := tc.Prepare(context.Background()); err != nil {
		t.Fatal(err)
	}
	tc.background.Wait()
	return tc
}

func openAt(t testing.TB, cache string) *Toolchain {
	t.Helper()
	tc, err := Open(context.Background(), Options{CacheDir: cache})
	if err != nil {
		t.Fatal(err)
	}
	return tc
}

func newModule(t testing.TB, tc *Toolchain) *Module {
	t.Helper()
	m, err := tc.NewModule(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// prog makes a program of source as internal/program would.
func prog(t testing.TB, source string) *program.Program {
	t.Helper()
	p := &program.Program{Source: []byte(source), Runs: true}
	f, _ := parser.ParseFile(token.NewFileSet(), "main.go", source, parser.ImportsOnly)
	if f == nil {
		return p
	}
	for _, spec := range f.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if path == "C" {
			p.Cgo = true
		} else if !slices.Contains(p.Imports, path) {
			p.Imports = append(p.Imports, path)
		}
	}
	slices.Sort(p.Imports)
	p.Embed = strings.Contains(source, "//go:embed")
	return p
}

// build builds a program that is right.
func build(t testing.TB, m *Module, p *program.Program, config Config) Binary {
	t.Helper()
	b, diags, err := m.Build(context.Background(), p, config)
	if err != nil || len(diags) > 0 {
		t.Fatalf("build: %v, %v", diags, err)
	}
	return b
}

// outcome is what a program did.
type outcome struct {
	Stdout, Stderr string
	Code           int
}

// run runs a binary in an empty folder.
func run(t testing.TB, path string, env ...string) outcome {
	t.Helper()
	cmd := exec.Command(path)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// goCache returns Go's build cache, for tests that change HOME.
func goCache(t testing.TB) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Skip(err)
	}
	return strings.TrimSpace(string(out))
}
