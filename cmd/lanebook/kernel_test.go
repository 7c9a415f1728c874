package main

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"
)

// A process serves the folder it runs in, to notebooks that lie below it.
func TestServedFolder(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems do not say where a process runs")
	}
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	below := filepath.Join(root, "course", "en")
	if err := os.MkdirAll(below, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	me := strconv.Itoa(os.Getpid())
	for _, tt := range []struct{ notebook, pid, want string }{
		{root, me, root},
		{below, me, root},
		{filepath.Dir(root), me, ""},
		{root, "", ""},
		{root, "../" + me, ""},
	} {
		if got := servedFolder(tt.notebook, tt.pid); got != tt.want {
			t.Errorf("servedFolder(%q, %q) = %q, want %q", tt.notebook, tt.pid, got, tt.want)
		}
	}
}

// What is unknown is not in the environment: an empty value would look known.
func TestJupyterEnv(t *testing.T) {
	if got := jupyterEnv("", ""); len(got) != 0 {
		t.Errorf("got %q", got)
	}
	want := []string{"GONB_JUPYTER_ROOT=/srv", "GONB_JUPYTER_KERNEL_ID=1"}
	if got := jupyterEnv("/srv", "1"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
