package process

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

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
			cmd.Processes, cmd.Memory = 40, -1 // who has many processes has much memory, too
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
	cmd.Output, cmd.Memory = 1000, -1
	exit := mustRun(t, s, t.Context(), cmd, &record{})
	if exit.Reason != TooManyProcesses && exit.Code != 0 {
		t.Errorf("got %+v", exit)
	}
	if n := runningPrograms(t, bomb+"() {"); n != 0 {
		t.Errorf("%d processes left", n)
	}
}
