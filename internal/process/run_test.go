package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

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
	mustRun(t, s, t.Context(), command(t, "lines", "200000"), &r)
	if n := strings.Count(r.text["stdout"], "\n"); n != 200000 || !strings.HasSuffix(r.text["stdout"], "line 199999\n") {
		t.Errorf("%d lines", n)
	}
	if r.calls > 200 {
		t.Errorf("%d calls", r.calls)
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
			cmd.Grace = 300 * time.Millisecond
			if tt.program == "polite" {
				cmd.Grace = time.Minute
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

// runningPrograms counts the processes of this test binary's programs.
func runningPrograms(t *testing.T, marker string) int {
	t.Helper()
	out, err := exec.Command("ps", "-axo", "pid=,stat=,command=").Output()
	if err != nil {
		t.Skip("no ps:", err)
	}
	n := 0
	for line := range strings.Lines(string(out)) {
		if f := strings.Fields(line); len(f) > 2 && f[1][0] != 'Z' && strings.Contains(line, marker) {
			n++
		}
	}
	return n
}

func TestNothingIsLeftBehind(t *testing.T) {
	s := newSupervisor(t)
	program := os.Args[0] + " program "
	for _, what := range []string{"children", "hog", "forks"} {
		t.Run(what, func(t *testing.T) {
			cmd := command(t, what)
			cmd.Processes = 40
			if what == "hog" {
				cmd.Memory = 512 << 20
			}
			var r record
			exit := mustRun(t, s, t.Context(), cmd, &r)
			want := map[string]Reason{"hog": OutOfMemory, "forks": TooManyProcesses}[what]
			if exit.Reason != want {
				t.Errorf("reason %q, want %q (%+v)", exit.Reason, want, exit)
			}
			if n := runningPrograms(t, program); n != 0 {
				t.Errorf("%d processes left", n)
			}
		})
	}
}

func TestEverythingDiesWithTheEngine(t *testing.T) {
	s := newSupervisor(t)
	ctx, r := interruptAt(t, "no such text")
	r.onText = func(string) { _ = syscall.Shutdown(s.link.fd, syscall.SHUT_WR) } // as if the engine were gone
	if _, err := s.Run(ctx, command(t, "forever"), r); err == nil {
		t.Error("Run returned without error")
	}
	if n := runningPrograms(t, os.Args[0]+" program "); n != 0 {
		t.Errorf("%d processes left", n)
	}
}

// A shell's fork bomb, the classic one.
func TestForkBomb(t *testing.T) {
	s := newSupervisor(t)
	cmd := command(t)
	bomb := fmt.Sprintf("f%d", os.Getpid()) // others may test this, too
	cmd.Path, cmd.Args, cmd.Processes = "/bin/sh", []string{"-c", strings.ReplaceAll("f() { f | f & }; f; wait", "f", bomb)}, 50
	cmd.Output = 1000
	exit := mustRun(t, s, t.Context(), cmd, &record{})
	if exit.Reason != TooManyProcesses && exit.Code != 0 {
		t.Errorf("got %+v", exit)
	}
	if n := runningPrograms(t, bomb+"() {"); n != 0 {
		t.Errorf("%d processes left", n)
	}
}

func TestFolderIsRemoved(t *testing.T) {
	newSupervisor(t).Close()
	folder := filepath.Join(t.TempDir(), "home")
	if err := os.MkdirAll(filepath.Join(folder, "deep"), 0o700); err != nil {
		t.Fatal(err)
	}
	s := New([]string{os.Args[0], "supervise"}, folder)
	if err := s.ensure(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("folder is left: %v", err)
	}
}

func TestSupervisorSleepsUntilNeeded(t *testing.T) {
	s := newSupervisor(t)
	if s.cmd != nil {
		t.Error("a process was started before anybody needed it")
	}
	s.Wake()
	if exit, err := s.Run(t.Context(), Command{Path: "/bin/true", Dir: t.TempDir()}, &record{}); err != nil || exit.Code != 0 {
		t.Errorf("run: %+v, %v", exit, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.Run(t.Context(), Command{Path: "/bin/true"}, &record{}); err == nil {
		t.Error("ran after Close")
	}
	s.Wake()
}

// A supervisor that rests is no process; its folder stays, and the next run
// starts another.
func TestSupervisorRests(t *testing.T) {
	folder := t.TempDir()
	s := New(newSupervisor(t).argv, folder)
	defer s.Close()
	s.Rest() // nothing to end
	mustRun(t, s, t.Context(), command(t, "both"), &record{})
	pid := s.cmd.Process.Pid
	s.Rest()
	if err := syscall.Kill(pid, 0); err != syscall.ESRCH {
		t.Errorf("the process is still there: %v", err)
	}
	if _, err := os.Stat(folder); err != nil {
		t.Error(err)
	}
	var again record
	mustRun(t, s, t.Context(), command(t, "both"), &again)
	if again.text["stdout"] != "out\n" {
		t.Errorf("got %q", again.text)
	}
	r := &record{}
	r.onText = func(string) { s.Rest() } // while it runs: nothing
	mustRun(t, s, t.Context(), command(t, "both"), r)
}

func TestSupervisorIsReplaced(t *testing.T) {
	s := newSupervisor(t)
	r := &record{}
	r.onText = func(string) { _ = s.cmd.Process.Kill() }
	if _, err := s.Run(t.Context(), command(t, "forever"), r); err == nil {
		t.Fatal("Run returned without error")
	}
	var again record
	mustRun(t, s, t.Context(), command(t, "both"), &again)
	if again.text["stdout"] != "out\n" {
		t.Errorf("got %q", again.text)
	}
}

func TestSupervisorIsReplacedWhileIdle(t *testing.T) {
	s := newSupervisor(t)
	mustRun(t, s, t.Context(), command(t, "both"), &record{})
	before := s.cmd.Process.Pid
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for set := []unix.PollFd{{Fd: int32(s.link.fd), Events: unix.POLLIN}}; set[0].Revents == 0; { // until it has gone
		if err := poll(set, -1); err != nil {
			t.Fatal(err)
		}
	}
	var again record
	mustRun(t, s, t.Context(), command(t, "both"), &again)
	if again.text["stdout"] != "out\n" || s.cmd.Process.Pid == before {
		t.Errorf("got %q from process %d, before that %d", again.text, s.cmd.Process.Pid, before)
	}
}

func TestAsk(t *testing.T) {
	s := newSupervisor(t)
	cmd := command(t, "ask", "name?", "secret?")
	cmd.Ask = func(_ context.Context, prompt string, password bool) (string, error) {
		if prompt == "secret?" && password {
			return "", errors.New("refused")
		}
		return "世界", nil
	}
	var r record
	mustRun(t, s, t.Context(), cmd, &r)
	if got := r.text["stdout"]; got != "\"世界\"\nno answer\n" {
		t.Errorf("got %q", got)
	}

	cmd.Ask = nil
	r = record{}
	mustRun(t, s, t.Context(), cmd, &r)
	if got := r.text["stdout"]; got != "no answer\nno answer\n" {
		t.Errorf("nobody to ask: got %q", got)
	}
	want := []Notice{{Kind: NoAnswer, Detail: "name?"}, {Kind: NoAnswer, Detail: "secret?"}}
	if diff := cmp.Diff(want, r.notices); diff != "" {
		t.Error(diff)
	}
}

// Where nobody can see what a program waits for, its silence has to do.
func TestAskWhenQuiet(t *testing.T) {
	s := newSupervisor(t)
	s.Blind = true
	cmd := command(t, "scan")
	cmd.AskWhenQuiet = true
	n := 0
	cmd.Ask = func(context.Context, string, bool) (string, error) {
		if n++; n > 2 {
			return "", errors.New("no more")
		}
		return fmt.Sprint("line ", n), nil
	}
	var r record
	mustRun(t, s, t.Context(), cmd, &r)
	if got := r.text["stdout"]; got != "\"line 1\"\n\"line 2\"\nend\n" {
		t.Errorf("got %q", got)
	}
}

func TestInterruptEndsAQuestion(t *testing.T) {
	s := newSupervisor(t)
	ctx, cancel := context.WithCancel(t.Context())
	cmd := command(t, "ask", "name?")
	cmd.Ask = func(ctx context.Context, _ string, _ bool) (string, error) {
		cancel()
		<-ctx.Done()
		return "", ctx.Err()
	}
	if exit := mustRun(t, s, ctx, cmd, &record{}); exit.Reason != Interrupted {
		t.Errorf("got %+v", exit)
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
