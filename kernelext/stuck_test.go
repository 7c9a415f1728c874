package kernelext_test

import (
	"bytes"
	"encoding/gob"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"lanebook/internal/gotrace"
)

// patience ends a program that hangs. It is far above what any of them needs.
const patience = 2 * time.Minute

// buildStuck builds testdata/stuck with or without the kernel's build tag.
func buildStuck(t *testing.T, flags ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and runs programs")
	}
	bin := filepath.Join(t.TempDir(), "stuck")
	args := append(append([]string{"build"}, flags...), "-o", bin, "./testdata/stuck")
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // as the kernel does: with cgo, Go reports no deadlocks
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return bin
}

// outcome is how a program ended.
type outcome struct {
	text string
	hung bool
}

func (o outcome) deadlock() bool {
	return strings.Contains(o.text, "all goroutines are asleep - deadlock!")
}
func (o outcome) wentOn() bool { return strings.Contains(o.text, "went on") }

// run runs a program with an open standard input that says something in the end.
func run(t *testing.T, bin, way string, env ...string) outcome {
	t.Helper()
	return runArgs(t, bin, []string{way}, env...)
}

func runArgs(t *testing.T, bin string, args []string, env ...string) outcome {
	t.Helper()
	var out bytes.Buffer
	cmd := exec.Command(bin, args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stdout, cmd.Stderr = &out, &out
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var hung bool
	kill := time.AfterFunc(patience, func() { hung = true; cmd.Process.Kill() })
	answer := time.AfterFunc(2*time.Second, func() { in.Write([]byte("\n")) })
	_ = cmd.Wait()
	kill.Stop()
	answer.Stop()
	return outcome{out.String(), hung}
}

// TestStillness is the proof of the watchdog: every deadlock is reported by Go
// itself although a recording was running, with everything recorded up to it,
// and nothing that only waits is ended, nor, if it is shorter than the watchdog's
// patience, is its recording.
func TestStillness(t *testing.T) {
	t.Parallel()
	bin := buildStuck(t, "-tags", "lanebook")
	for _, tt := range []struct {
		way            string
		deadlock, ends bool // ends: the recording ends early, if the machine is not too busy for that
	}{
		{"mutex", true, true},
		{"two locks", true, true},
		{"send", true, true},
		{"receive", true, true},
		{"wait group", true, true},
		{"cond", true, true},
		{"empty select", true, true},
		{"nil channel", true, true},
		{"shown before", true, true},
		{"timer", false, false},
		{"late timer", false, true},
		{"context", false, false},
		{"ticker", false, false},
		{"sleep", false, false},
		{"busy", false, false},
		{"input", false, false},
		{"child", false, false},
		{"pipe", false, false},
		{"signal", false, false},
		// What looks like a lock that nobody gives back may be given back by
		// a timer: the recording ends, the program does not.
		{"after func", false, true},
	} {
		t.Run(tt.way, func(t *testing.T) {
			t.Parallel()
			spool := t.TempDir()
			// As the kernel does it, so that a cut recording has most of what happened.
			got := run(t, bin, tt.way, "LANEBOOK_SPOOL="+spool, "GODEBUG=traceadvanceperiod=10000000", "GONB_PIPE=")
			if got.hung || got.deadlock() != tt.deadlock || got.wentOn() == tt.deadlock {
				t.Fatalf("hung %v, said:\n%s", got.hung, got.text)
			}
			f, err := os.Open(filepath.Join(spool, "lanes-1.trace"))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			tl, err := gotrace.Read(f)
			if err != nil {
				t.Fatal(err)
			}
			if tl.Title != tt.way || tl.Problem != "" || tl.Still > 0 == (tl.How == "returned") || tl.Still > 0 && !tt.ends || tl.Still == 0 && tt.deadlock {
				t.Errorf("got %q, still %v, how %q, problem %q", tl.Title, tl.Still, tl.How, tl.Problem)
			}
		})
	}
}

// Without the kernel's build tag the cell itself draws, before Go ends it.
func TestStillnessDrawnByTheCell(t *testing.T) {
	t.Parallel()
	bin := buildStuck(t)
	for _, tt := range []struct{ way, lang, want string }{
		{"mutex", "en", "main waits for a lock at main.go:"},
		{"mutex", "zh", "main 正在等锁，位置 main.go:"},
		{"sleep", "en", "% of its life asleep at main.go:"},
	} {
		t.Run(tt.way+" "+tt.lang, func(t *testing.T) {
			t.Parallel()
			got := run(t, bin, tt.way, "LANEBOOK_LANG="+tt.lang, "GONB_PIPE=")
			picture, _, _ := strings.Cut(got.text, "fatal error")
			if got.hung || !strings.Contains(picture, tt.want) || got.deadlock() != (tt.way == "mutex") {
				t.Errorf("hung %v, said:\n%s", got.hung, got.text)
			}
		})
	}
}

// A program that has shown something is still reported at once when it is
// stuck: the connection to the kernel leaves neither a goroutine nor a timer.
func TestDeadlockAfterShowing(t *testing.T) {
	t.Parallel()
	bin := buildStuck(t)
	for range 5 {
		env, shown := fakeKernel(t)
		env = append(env, "GODEBUG=traceadvanceperiod=10000000") // proof of stillness comes sooner
		begin := time.Now()
		got := run(t, bin, "mutex", env...)
		if got.hung || !got.deadlock() {
			t.Fatalf("hung %v, said:\n%s", got.hung, got.text)
		}
		if n := shown(); n != 1 {
			t.Errorf("%d displays", n)
		}
		// Not a measurement: a left-over timer would take half a minute.
		if time.Since(begin) > 28*time.Second {
			t.Errorf("reported after %v", time.Since(begin))
		}
	}
}

// Types of GoNB's protocol, as gob knows them.
type (
	wireDisplay struct {
		Data      map[string]any
		Metadata  map[string]any
		DisplayID string
	}
	wireComm struct {
		Address string
		Request bool
		Value   any
	}
)

var registerWire = sync.OnceFunc(func() {
	gob.RegisterName("github.com/janpfeifer/gonb/gonbui/protocol.CommValue", wireComm{})
})

// fakeKernel acknowledges what a cell shows.
func fakeKernel(t *testing.T) (env []string, shown func() int) {
	t.Helper()
	registerWire()
	var ends [2]*os.File
	for i, name := range []string{"GONB_PIPE", "GONB_PIPE_BACK"} {
		path := filepath.Join(t.TempDir(), name)
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		ends[i] = f
		env = append(env, name+"="+path)
	}
	var mu sync.Mutex
	n := 0
	go func() {
		dec, enc := gob.NewDecoder(ends[0]), gob.NewEncoder(ends[1])
		for {
			var d wireDisplay
			if dec.Decode(&d) != nil {
				return
			}
			if ask, ok := d.Data["gonb/comm_value"].(wireComm); ok {
				if enc.Encode(wireComm{Address: "#gonbui/sync_ack", Value: ask.Value}) != nil {
					return
				}
				continue
			}
			mu.Lock()
			n++
			mu.Unlock()
		}
	}()
	return env, func() int { mu.Lock(); defer mu.Unlock(); return n }
}
