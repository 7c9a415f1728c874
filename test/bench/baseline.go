package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// baseline builds and runs ordinary programs with the go command, in a module
// of its own that can import this one.
type baseline struct{ dir string }

func newBaseline(ctx context.Context) (*baseline, error) {
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "lanebook-bench")
	if err != nil {
		return nil, err
	}
	b := &baseline{dir: dir}
	sum, err := os.ReadFile("go.sum")
	if err != nil {
		return nil, fmt.Errorf("run bench from the root of the project: %w", err)
	}
	mod := fmt.Sprintf("module bench\n\ngo 1.26\n\nrequire lanebook v0.0.0\n\nreplace lanebook => %s\n", root)
	for name, content := range map[string]string{"go.mod": mod, "go.sum": string(sum), "main.go": "package main\n\nimport _ \"lanebook/kernelext\"\n\nfunc main() {}\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			return nil, err
		}
	}
	// The requirements of kernelext, once; no measured build has to look for them.
	cmd := exec.CommandContext(ctx, "go", "mod", "tidy")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go mod tidy: %w\n%s", err, out)
	}
	return b, nil
}

func (b *baseline) close() { os.RemoveAll(b.dir) }

// buildAndRun returns how long `go build` and then the program took. With
// fails, the build must fail, and its time is returned. The tag lanebook
// selects the same half of kernelext as the kernel's own builds.
func (b *baseline) buildAndRun(ctx context.Context, source string, fails bool) (time.Duration, error) {
	if err := os.WriteFile(filepath.Join(b.dir, "main.go"), []byte(source), 0o600); err != nil {
		return 0, err
	}
	begin := time.Now()
	build := exec.CommandContext(ctx, "go", "build", "-tags", "lanebook", "-o", "prog", ".")
	build.Dir = b.dir
	out, err := build.CombinedOutput()
	if fails {
		if err == nil {
			return 0, fmt.Errorf("go build accepted a wrong program")
		}
		return time.Since(begin), nil
	}
	if err != nil {
		return 0, fmt.Errorf("go build: %w\n%s", err, out)
	}
	prog := exec.CommandContext(ctx, filepath.Join(b.dir, "prog"))
	if out, err := prog.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("run: %w\n%s", err, out)
	}
	return time.Since(begin), nil
}
