package process

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/display"
)

// record is a Handler that writes down what happens as lines.
type record struct {
	log     []string
	text    map[string]string
	notices []Notice
	calls   int
	onText  func(string)
}

func (r *record) Output(stream, text string) {
	if r.text == nil {
		r.text = map[string]string{}
	}
	r.calls++
	r.text[stream] += text
	r.log = append(r.log, stream+" "+text)
	if r.onText != nil {
		r.onText(text)
	}
}

func (r *record) Display(d display.Display) {
	r.log = append(r.log, fmt.Sprintf("show %v id=%s update=%v", d.Data, d.ID, d.Update))
}

func (r *record) Notice(n Notice) { r.notices = append(r.notices, n) }

func newSupervisor(t *testing.T) *Supervisor {
	t.Helper()
	if testing.Short() {
		t.Skip("starts processes")
	}
	s := New([]string{os.Args[0], "supervise"}, "")
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func command(t *testing.T, args ...string) Command {
	return Command{Path: os.Args[0], Args: append([]string{"program"}, args...), Dir: t.TempDir(), Env: os.Environ(), Pipes: t.TempDir()}
}

func mustRun(t *testing.T, s *Supervisor, ctx context.Context, cmd Command, r *record) Exit {
	t.Helper()
	exit, err := s.Run(ctx, cmd, r)
	if err != nil {
		t.Fatal(err)
	}
	return exit
}

func TestRun(t *testing.T) {
	s := newSupervisor(t)
	tests := []struct {
		args           []string
		stdout, stderr string
		code           int
	}{
		{[]string{"both"}, "out\n", "err\n", 0},
		{[]string{"exit", "3"}, "", "", 3},
		{[]string{"bytes"}, "a世\uFFFD🎉z\uFFFD", "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.args[0], func(t *testing.T) {
			var r record
			exit := mustRun(t, s, t.Context(), command(t, tt.args...), &r)
			if r.text["stdout"] != tt.stdout || r.text["stderr"] != tt.stderr || exit.Code != tt.code {
				t.Errorf("got %q, %+v, want %q %q %d", r.text, exit, tt.stdout, tt.stderr, tt.code)
			}
		})
	}
}

func TestDirAndEnv(t *testing.T) {
	s := newSupervisor(t)
	cmd := command(t, "env")
	cmd.Env = append(cmd.Env, "COLOUR=red")
	var r record
	mustRun(t, s, t.Context(), cmd, &r)
	if got := r.text["stdout"]; got != cmd.Dir+" red\n" {
		t.Errorf("got %q", got)
	}
}

func TestProgramThatDoesNotExist(t *testing.T) {
	s := newSupervisor(t)
	cmd := command(t)
	cmd.Path = "/does/not/exist"
	if _, err := s.Run(t.Context(), cmd, &record{}); err == nil || !strings.Contains(err.Error(), "/does/not/exist") {
		t.Errorf("got %v", err)
	}
	mustRun(t, s, t.Context(), command(t, "both"), &record{}) // and goes on
}

func TestManyLinesFewMessages(t *testing.T) {
	s := newSupervisor(t)
	var r record
	begin := time.Now()
	mustRun(t, s, t.Context(), command(t, "lines", "200000"), &r)
	// However slow the program is: a piece is large, or some time after the last.
	most := 2 + len(r.text["stdout"])/flushSize + int(time.Since(begin)/flushEvery)
	if n := strings.Count(r.text["stdout"], "\n"); n != 200000 || !strings.HasSuffix(r.text["stdout"], "line 199999\n") {
		t.Errorf("%d lines", n)
	}
	if r.calls > most {
		t.Errorf("%d calls, want %d at most", r.calls, most)
	}
}

func TestOutputLimit(t *testing.T) {
	s := newSupervisor(t)
	cmd := command(t, "lines", "100000")
	cmd.Output = 1000
	var r record
	mustRun(t, s, t.Context(), cmd, &r)
	if got := r.text["stdout"]; len(got) != 1000 || !strings.HasPrefix(got, "line 0\n") {
		t.Errorf("%d bytes", len(got))
	}
	want := []Notice{{Kind: OutputLimit, Bytes: 1000}, {Kind: OutputCut, Bytes: 1088890 - 1000}}
	if diff := cmp.Diff(want, r.notices); diff != "" {
		t.Error(diff)
	}
}

// What is too much to show is in a file, and nothing is missing. The last
// words on stderr come through, since they may say why the program died.
func TestSpill(t *testing.T) {
	s := newSupervisor(t)
	cmd := command(t, "flooded", "100000")
	cmd.Output, cmd.Spill = 1000, filepath.Join(t.TempDir(), "rest")
	var r record
	mustRun(t, s, t.Context(), cmd, &r)
	rest, err := os.ReadFile(cmd.Spill)
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for i := range 100000 {
		fmt.Fprintln(&want, "line", i)
	}
	const last = "panic: the end\n"
	// The two streams are two pipes: what came last may be read earlier.
	if all := r.text["stdout"] + string(rest); strings.Replace(all, last, "", 1) != want.String() || !strings.Contains(all, last) {
		t.Errorf("shown and kept are not what was printed: %d and %d bytes", len(r.text["stdout"]), len(rest))
	}
	if r.text["stderr"] != last {
		t.Errorf("stderr: %q", r.text["stderr"])
	}
	wanted := []Notice{{Kind: OutputLimit, Bytes: 1000, File: cmd.Spill}, {Kind: OutputCut, Kept: len(rest), File: cmd.Spill}}
	if diff := cmp.Diff(wanted, r.notices); diff != "" {
		t.Error(diff)
	}
	// A file that cannot be made loses text, and says how much.
	cmd.Spill = filepath.Join(cmd.Spill, "not a folder")
	r = record{}
	mustRun(t, s, t.Context(), cmd, &r)
	if n := r.notices[len(r.notices)-1]; n.File != "" || n.Kept != 0 || n.Bytes != len(rest) {
		t.Errorf("got %+v", n)
	}
}

// interruptAt cancels when the program prints text.
func interruptAt(t *testing.T, text string) (context.Context, *record) {
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	return ctx, &record{onText: func(s string) {
		if strings.Contains(s, text) {
			cancel()
		}
	}}
}

func TestInterrupt(t *testing.T) {
	s := newSupervisor(t)
	tests := []struct {
		program string
		code    int
		signal  syscall.Signal
		stdout  string
	}{
		{"forever", -1, syscall.SIGINT, "started\n"},
		{"polite", 0, 0, "started\ntidied up\n"},
		{"stubborn", -1, syscall.SIGKILL, "started\n"},
	}
	for _, tt := range tests {
		t.Run(tt.program, func(t *testing.T) {
			ctx, r := interruptAt(t, "started")
			cmd := command(t, tt.program)
			cmd.Grace = time.Minute
			if tt.program == "stubborn" {
				cmd.Grace = 300 * time.Millisecond
			}
			exit := mustRun(t, s, ctx, cmd, r)
			if exit.Code != tt.code || exit.Signal != tt.signal || exit.Reason != Interrupted || r.text["stdout"] != tt.stdout {
				t.Errorf("got %+v, %q", exit, r.text)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if exit := mustRun(t, s, ctx, command(t, "forever"), &record{}); exit.Reason != Interrupted {
		t.Errorf("interrupted before the start: %+v", exit)
	}
}

func BenchmarkRun(b *testing.B) {
	s := New([]string{os.Args[0], "supervise"}, "")
	defer s.Close()
	dir := b.TempDir()
	cmd := Command{Path: "/bin/true", Dir: dir, Env: os.Environ(), Pipes: dir}
	for b.Loop() {
		if _, err := s.Run(b.Context(), cmd, &record{}); err != nil {
			b.Fatal(err)
		}
	}
}
