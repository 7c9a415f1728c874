package engine

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

// Go does not notice a deadlock of a program with the race detector: we do.
func TestDeadlockUnderRace(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux shows what a program waits for")
	}
	needCompiler(t)
	e := newEngine(t, func(o *Options) { o.Grace = time.Minute })
	tests := []struct{ name, src, problem, verdict string }{
		{"channel", "jobs := make(chan int)\ngo func() { select {} }()\njobs <- 1", "Deadlock", "all 2 goroutines wait"},
		{"locks", "var mu sync.Mutex\nvar wg sync.WaitGroup\nmu.Lock()\nfor range 3 { wg.Go(func() { mu.Lock() }) }\nwg.Wait()", "Deadlock", "  3 goroutines wait for a lock (Mutex) at cell[1]:"},
		{"main has gone", "runtime.Goexit()", "Deadlock", "main has ended with runtime.Goexit"},
		{"asleep", "time.Sleep(1500 * time.Millisecond)\nfmt.Println(\"awake\")", "", "awake"},
		{"signals", "c := make(chan os.Signal, 1)\nsignal.Notify(c, os.Interrupt)\ngo func() { time.Sleep(1500 * time.Millisecond); syscall.Kill(os.Getpid(), syscall.SIGINT) }()\nfmt.Println(<-c)", "", "interrupt"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var s transcript
			begin := time.Now()
			res := execute(t, e, t.Context(), "%goflags -race\n%%\n"+tt.src, &s)
			s.problem(res.Problem)
			if problemName(res) != tt.problem || !strings.Contains(s.String(), tt.verdict) {
				t.Errorf("after %v:\n%s", time.Since(begin), s.String())
			}
			if strings.Contains(s.String(), "SIGQUIT") {
				t.Errorf("the dump is shown:\n%s", s.String())
			}
		})
	}
}
