package toolchain

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lanebook/internal/program"
)

const hello = `package main

import "fmt"

func main() {
//line cell[1]:1:1
fmt.Println("hello")
}
`

func TestBuildRuns(t *testing.T) {
	m := newModule(t, open(t))
	b := build(t, m, prog(t, hello), Config{})
	if b.How != "direct" || b.Cached {
		t.Errorf("got %+v, want a direct build", b)
	}
	if got := run(t, b.Path); got.Stdout != "hello\n" || got.Code != 0 {
		t.Errorf("got %+v", got)
	}
	again := build(t, m, prog(t, hello), Config{})
	if !again.Cached || again.How != "cached" || again.Path != b.Path {
		t.Errorf("got %+v, want the same binary from the cache", again)
	}
	if err := os.Remove(b.Path); err != nil {
		t.Fatal(err)
	}
	if b := build(t, m, prog(t, hello), Config{}); b.Cached {
		t.Error("a binary that is gone was called cached")
	}
	left, err := filepath.Glob(filepath.Join(m.Dir(), ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// hasCompiler reports whether there is a C compiler: cgo and -race need one.
func hasCompiler(tc *Toolchain) bool {
	cc, _, _ := strings.Cut(tc.env.Vars["CC"], " ")
	_, err := exec.LookPath(cc)
	return err == nil
}

func TestBuildReportsMistakes(t *testing.T) {
	tc := open(t)
	m := newModule(t, tc)
	ways := [][]string{nil}
	if hasCompiler(tc) {
		ways = append(ways, []string{"-race"})
	}
	for _, flags := range ways {
		p := prog(t, "package main\n\nfunc main() {\n//line cell[2]:7:1\n\tx := 1\n}\n")
		_, diags, err := m.Build(context.Background(), p, Config{Flags: flags})
		want := program.Pos{Cell: "cell[2]", Line: 7, Col: 2}
		if err != nil || len(diags) != 1 || diags[0].Pos != want || diags[0].Message != "declared and not used: x" {
			t.Errorf("flags %v: got %+v, %v", flags, diags, err)
		}
	}
}
