package kernelext_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lanebook/internal/display"
	"lanebook/internal/gotrace"
	"lanebook/internal/stuck"
)

// TestOddUse: whatever a learner does with Lanes, nothing hangs, the program
// runs as it would without, what was recorded can be drawn, and what is wrong
// is said.
func TestOddUse(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds and runs programs")
	}
	bin := filepath.Join(t.TempDir(), "odd")
	build := exec.Command("go", "build", "-tags", "lanebook", "-o", bin, "./testdata/odd")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for _, tt := range []struct {
		way   string
		says  string // in what is printed
		drawn int    // recordings
		how   string // of the first one
		goes  bool   // the program goes on
	}{
		{"nil", "Lanes needs a function", 0, "", true},
		{"empty", "", 1, "returned", true},
		{"nested", "a recording is already running", 1, "returned", true},
		{"two at once", "a recording is already running", 1, "returned", true},
		{"one after another", "", 3, "returned", true},
		{"a million marks", "", 1, "returned", true},
		{"names", "", 1, "returned", true},
		{"tasks", "recovered boom", 1, "returned", true},
		{"observer that exits", "", 0, "", false},
		{"panic", "panic: boom", 1, "panic", false},
		{"panic elsewhere", "panic: boom", 1, "", false},
		{"recovered", "recovered boom", 1, "panic", true},
		{"exit", "", 1, "", false},
		{"goexit", "", 1, "panic", true},
		{"bad labels", "Label needs a pointer or a channel", 0, "", true},
	} {
		t.Run(tt.way, func(t *testing.T) {
			t.Parallel()
			spool := t.TempDir()
			got := run(t, bin, tt.way, "LANEBOOK_SPOOL="+spool, "GODEBUG=traceadvanceperiod=10000000", "GONB_PIPE=")
			if got.hung || got.wentOn() != tt.goes || !strings.Contains(got.text, tt.says) {
				t.Fatalf("hung %v, said:\n%s", got.hung, got.text)
			}
			files, err := filepath.Glob(filepath.Join(spool, "*.trace"))
			if err != nil || len(files) != tt.drawn {
				t.Fatalf("%d recordings, want %d: %v", len(files), tt.drawn, err)
			}
			for i, file := range files {
				drawable(t, file, tt.how, i == 0)
			}
		})
	}
	t.Run("names and labels while watched", func(t *testing.T) {
		t.Parallel()
		spool := t.TempDir()
		got := run(t, bin, "names and labels while watched", "LANEBOOK_SPOOL="+spool, "GONB_PIPE=")
		text, err := os.ReadFile(filepath.Join(spool, "watch-1.txt"))
		if err != nil || got.hung {
			t.Fatalf("hung %v, %v:\n%s", got.hung, err, got.text)
		}
		r, err := stuck.Parse(text)
		if err != nil || len(r.Goroutines) == 0 {
			t.Fatalf("%v: %s", err, text)
		}
		harmless(t, stuck.Draw(r, stuck.Options{End: "deadlock"}))
	})
}

// drawable reads and draws a recording.
func drawable(t *testing.T, file, how string, first bool) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	line, err := gotrace.Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	// A program that ends by itself may do so while the tracer is writing.
	if first && line.How != how || line.Problem != "" && how != "" {
		t.Errorf("ended by %q (problem %q), want %q", line.How, line.Problem, how)
	}
	harmless(t, gotrace.Draw(line, gotrace.Options{Cut: true}))
}

// harmless checks that a picture is there, is not too large, and brings
// nothing into the page that a learner wrote.
func harmless(t *testing.T, b display.Bundle) {
	t.Helper()
	size := 0
	for _, form := range b {
		size += len(form.(string))
	}
	page := b[display.HTML].(string)
	if size > 1<<20 || !strings.Contains(page, "<img src=") {
		t.Errorf("%d bytes: %.200s", size, page)
	}
	for _, bad := range []string{"<script", "<b>", "</svg>"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page contains %s", bad)
		}
	}
}
