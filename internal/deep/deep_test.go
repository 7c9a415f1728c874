package deep_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lanebook/internal/deep"
)

func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// The installed Go gets an overlay, once, and programs built with it do what
// they did before.
func TestOverlay(t *testing.T) {
	cache := t.TempDir()
	overlay, err := deep.Overlay(goroot(t), cache)
	if err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(overlay)
	if err != nil {
		t.Fatal(err)
	}
	again, err := deep.Overlay(goroot(t), cache)
	after, _ := os.Stat(again)
	if err != nil || again != overlay || !os.SameFile(before, after) {
		t.Errorf("made a second time: %s, %v", again, err)
	}
	dir := t.TempDir()
	bin := filepath.Join(dir, "busy")
	build := exec.CommandContext(t.Context(), "go", "build", "-overlay", overlay, "-o", bin, "testdata/busy.go")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	file := filepath.Join(dir, "busy.trace")
	for _, args := range [][]string{{""}, {file}, {file, "quiet"}} {
		out, err := exec.CommandContext(t.Context(), bin, args...).CombinedOutput()
		if err != nil || string(out) != "all as it should be\n" {
			t.Errorf("%q: %v\n%s", args, err, out)
		}
		if args[0] == "" {
			continue
		}
		recorded, err := os.ReadFile(file)
		if err != nil || bytes.Contains(recorded, []byte("lanebook.deep")) != (len(args) == 1) {
			t.Errorf("%q: %d bytes, and reports where none are wanted, or none: %v", args, len(recorded), err)
		}
	}
}

// A Go whose sources look different is refused, with the reason.
func TestUnfit(t *testing.T) {
	real := goroot(t)
	tests := []struct{ name, file, old, new, want string }{
		{"another type", "runtime/chan.go", "func closechan(c *hchan) {", "func closechan(c *hchan, why int) {", "closechan in runtime/chan.go is func(c *hchan, why int)"},
		{"another name", "sync/rwmutex.go", "func (rw *RWMutex) RUnlock() {", "func (rw *RWMutex) Runlock() {", "sync/rwmutex.go has 5 of 6"},
		{"no Go", "internal/sync/mutex.go", "package sync", "package", "expected 'IDENT'"},
		{"no file", "runtime/select.go", "", "", "no such file"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			for _, file := range []string{"runtime/chan.go", "runtime/select.go", "internal/sync/mutex.go", "sync/rwmutex.go"} {
				text, err := os.ReadFile(filepath.Join(real, "src", file))
				if err != nil {
					t.Fatal(err)
				}
				to := filepath.Join(root, "src", file)
				os.MkdirAll(filepath.Dir(to), 0o755)
				if file != tt.file {
					os.WriteFile(to, text, 0o644)
				} else if tt.old != "" {
					changed := strings.Replace(string(text), tt.old, tt.new, 1)
					if changed == string(text) {
						t.Fatal("nothing to change")
					}
					os.WriteFile(to, []byte(changed), 0o644)
				}
			}
			_, err := deep.Overlay(root, t.TempDir())
			if !errors.Is(err, deep.ErrUnfit) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v, want ErrUnfit with %q", err, tt.want)
			}
		})
	}
}
