package process

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

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
