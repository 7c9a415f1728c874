package process

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// waits are things to wait for, each a little longer than stuckTime.
var waits = map[string]func(){
	"time":    func() { time.Sleep(2 * stuckTime) },
	"ticker":  func() { <-time.NewTicker(2 * stuckTime).C },
	"a child": func() { _ = exec.Command("sleep", "2").Run() },
	"network": func() {
		l, _ := net.Listen("tcp", "127.0.0.1:0")
		time.AfterFunc(2*stuckTime, func() {
			if c, err := net.Dial("tcp", l.Addr().String()); err == nil {
				c.Close()
			}
		})
		_, _ = l.Accept()
	},
	"network alone": func() { // not even a timer of ours: another process will come
		l, _ := net.Listen("tcp", "127.0.0.1:0")
		_ = exec.Command(os.Args[0], "program", "visit", l.Addr().String()).Start()
		_, _ = l.Accept()
	},
	"a pipe": func() {
		r, w, _ := os.Pipe()
		time.AfterFunc(2*stuckTime, func() { w.Close() })
		_, _ = r.Read(make([]byte, 1))
	},
	"work": func() {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for end := time.Now().Add(2 * stuckTime); time.Now().Before(end); {
				}
			})
		}
		wg.Wait()
	},
}

func waitFor(what string) {
	if what == "our answers" {
		// As GoNB's library does.
		show, _ := os.OpenFile(os.Getenv("GONB_PIPE"), os.O_WRONLY, 0)
		back, _ := os.Open(os.Getenv("GONB_PIPE_BACK"))
		go func() { _, _ = back.Read(make([]byte, 1)) }()
		defer show.Close()
		select {}
	}
	if what == "each other" {
		// Go would notice, were it not for the signals that might come.
		signal.Notify(make(chan os.Signal, 1), syscall.SIGUSR1)
		select {}
	}
	waits[what]()
}

// Only a program whose threads wait for each other is ended.
func TestStuck(t *testing.T) {
	if !canLook {
		t.Skip("nothing to see on this system")
	}
	for _, what := range []string{"each other", "our answers"} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			cmd := command(t, "wait", what)
			cmd.QuitWhenStuck, cmd.Grace = true, time.Minute
			var r record
			exit := mustRun(t, newSupervisor(t), t.Context(), cmd, &r)
			if exit.Reason != Stuck || exit.Code != 2 || exit.Wall < stuckTime {
				t.Errorf("got %+v, %s", exit, r.text["stderr"])
			}
		})
	}
	for what := range waits {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			cmd := command(t, "wait", what)
			cmd.QuitWhenStuck = true
			var r record
			if exit := mustRun(t, newSupervisor(t), t.Context(), cmd, &r); exit.Reason != "" || exit.Code != 0 {
				t.Errorf("got %+v, %s", exit, r.text["stderr"])
			}
		})
	}
	t.Run("a line", func(t *testing.T) {
		t.Parallel()
		cmd := command(t, "scan")
		cmd.QuitWhenStuck = true
		cmd.Ask = func(context.Context, string, bool) (string, error) {
			time.Sleep(2 * stuckTime)
			return "", errors.New("no")
		}
		if exit := mustRun(t, newSupervisor(t), t.Context(), cmd, &record{}); exit.Reason != "" || exit.Code != 0 {
			t.Errorf("got %+v", exit)
		}
	})
}

// A program that asks a question and then reads is asked its own question,
// however late we come to hear of it. This process plays the program.
func TestItsOwnQuestionComesFirst(t *testing.T) {
	for _, blind := range []bool{false, true} {
		t.Run(map[bool]string{false: "seen", true: "guessed"}[blind], func(t *testing.T) {
			if !blind && !canLook {
				t.Skip("nothing to see on this system")
			}
			prompts := make(chan string, 1)
			in, theirs, err := newInput(func(_ context.Context, prompt string, _ bool) (string, error) {
				prompts <- prompt
				return "", errors.New("no answer")
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer unix.Close(theirs)
			show, err := openShowPipe(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			var h record
			r := &run{
				cmd: Command{AskWhenQuiet: true}, h: &h, blind: blind, out: newOutput(1, "", make([]byte, 16), &h), stdout: -1, stderr: -1,
				stdin: in, show: show, look: newLook(os.Getpid(), in.fd, nil), news: time.Now().Add(-time.Hour),
			}
			defer r.close()

			registerTypes()
			pipe, err := os.OpenFile(show.inPath, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer pipe.Close()
			question := displayData{Data: map[string]any{mimeInput: inputRequest{Prompt: "name?"}}}
			if err := gob.NewEncoder(pipe).Encode(&question); err != nil {
				t.Fatal(err)
			}
			go func() { _, _ = unix.Read(theirs, make([]byte, 1)) }()
			for canLook && !r.look.readsInput() {
				time.Sleep(time.Millisecond)
			}

			r.attend(t.Context())
			r.displays(t.Context())
			if got := <-prompts; got != "name?" {
				t.Errorf("asked %q", got)
			}
		})
	}
}

// Where nobody can see what a program waits for, one that has yet to read what
// it got is left alone for a while, not looked at without a pause.
func TestUnreadLineIsLeftForAWhile(t *testing.T) {
	in, theirs, err := newInput(func(context.Context, string, bool) (string, error) {
		return "", errors.New("nobody waits for another line")
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(theirs)
	if _, err := unix.Write(in.fd, []byte("a line\n")); err != nil {
		t.Fatal(err)
	}
	r := &run{
		cmd: Command{AskWhenQuiet: true}, h: &record{}, blind: true, stdout: -1, stderr: -1,
		stdin: in, news: time.Now().Add(-time.Hour),
	}
	defer r.close()
	now := time.Now()
	r.attend(t.Context())
	if wait, ok := r.attention(now); !ok || wait < quietTime {
		t.Errorf("looks again after %v, %v, want %v", wait, ok, quietTime)
	}
}

// Whoever waits to read is asked, also without a word in advance: the program
// itself, or one that it has started. Who does not read is not asked.
func TestAskWhoReads(t *testing.T) {
	if !canLook {
		t.Skip("nothing to see on this system")
	}
	s := newSupervisor(t)
	shell := func(script string) Command {
		return Command{Path: "/bin/sh", Args: []string{"-c", script}, Dir: t.TempDir(), Env: os.Environ()}
	}
	tests := []struct {
		name  string
		cmd   Command
		want  string
		asked int
	}{
		{"a Go program", command(t, "scan"), "\"line 1\"\n\"line 2\"\nend\n", 3},
		{"a goroutine", command(t, "read", "goroutine"), "line 1\n", 1},
		{"through another name", command(t, "read", "/dev/stdin"), "line 1\n", 1},
		{"through Go's poller", command(t, "read", "poller"), "line 1\n", 1},
		{"after poll", command(t, "read", "poll"), "line 1\n", 1},
		{"after select", command(t, "read", "select"), "line 1\n", 1},
		{"a copy", command(t, "read", "copy"), "line 1\nline 2\n", 3},
		{"a child that polls", command(t, "read", "child"), "line 1\n", 1},
		{"a shell", shell("printf 'name? '; read x; echo \"<$x>\""), "name? <line 1>\n", 1},
		{"its child", shell("head -n 1; true"), "line 1\n", 1},
		{"nobody", shell("sleep 0.5"), "", 0},
		{"somebody with another input", shell("mkfifo f; (sleep 0.5; echo hi > f) & head -n 1 < f"), "hi\n", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := 0
			before := ""
			var r record
			tt.cmd.Ask = func(context.Context, string, bool) (string, error) {
				before = r.text["stdout"]
				if n++; n > 2 {
					return "", errors.New("no more")
				}
				return fmt.Sprint("line ", n), nil
			}
			mustRun(t, s, t.Context(), tt.cmd, &r)
			if r.text["stdout"] != tt.want || n != tt.asked {
				t.Errorf("got %q after %d questions, want %q after %d", r.text["stdout"], n, tt.want, tt.asked)
			}
			if tt.name == "a shell" && before != "name? " {
				t.Errorf("asked after %q: the prompt comes first", before)
			}
		})
	}
}
