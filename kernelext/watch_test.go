package kernelext_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lanebook/internal/stuck"
)

// watchCase is what Watch must make of a program.
type watchCase struct {
	way    string
	state  string // in the report
	says   string // in the report, or ""
	goSays string // what is the last word on stderr: "all", "some", "panic", or "" for a program that goes on
}

// The guard's proof: what is stuck is ended, whether Go's collector sees it or
// only Go's own report, and nothing that waits for time, the network or the
// keyboard is.
var watchCases = []watchCase{
	{"mutex", "suspect", "", "all"}, // package-level variables: only Go itself can tell
	{"two locks", "suspect", "", "all"},
	{"send", "suspect", "", "all"},
	{"receive", "suspect", "", "all"},
	{"cond", "stuck", "deadlock", "all"},
	{"wait group", "stuck", "deadlock", "all"},
	{"empty select", "stuck", "deadlock", "all"},
	{"nil channel", "stuck", "deadlock", "all"},
	{"watch in watch", "stuck", "deadlock", "all"},
	{"lanes in watch", "stuck", "deadlock", "all"},
	{"main sleeps", "stuck", "partial-deadlock", "some"},
	{"main serves", "stuck", "partial-deadlock", "some"},
	{"others work", "stuck", "partial-deadlock", "some"},

	{"timer", "returned", "ok", ""},
	{"late timer", "returned", "ok", ""},
	{"context", "returned", "ok", ""},
	{"ticker", "returned", "ok", ""},
	{"sleep", "returned", "ok", ""},
	{"busy", "returned", "ok", ""},
	{"input", "returned", "ok", ""},
	{"child", "returned", "ok", ""},
	{"pipe", "returned", "ok", ""},
	{"signal", "returned", "ok", ""},
	{"after func", "returned", "ok", ""},
	{"network", "returned", "ok", ""},
	{"late end", "returned", "ok", ""},
	{"asked meanwhile", "returned", "leak", ""},
	{"leak", "returned", "leak", ""},

	{"panic", "panicked", "", "panic"},
	{"panic elsewhere", "watching", "", "panic"},
	{"exit", "watching", "", "exit"},
	{"interrupted", "waiting", "", "exit"},
	{"nil", "", "", ""},
}

var lastWords = map[string]string{
	"all": "all goroutines are asleep - deadlock!", "some": "some goroutines are asleep for ever - partial deadlock!", "panic": "panic: boom",
}

func TestWatch(t *testing.T) {
	t.Setenv("GOEXPERIMENT", "goroutineleakprofile") // so it is not parallel to other tests
	bin := buildStuck(t, "-tags", "lanebook")
	for _, tt := range watchCases {
		t.Run(tt.way, func(t *testing.T) {
			t.Parallel()
			spool := t.TempDir()
			got := runArgs(t, bin, []string{tt.way, "watch"}, "LANEBOOK_SPOOL="+spool, "GONB_PIPE=", "GODEBUG=traceadvanceperiod=10000000")
			if got.hung || !strings.Contains(got.text, lastWords[tt.goSays]) || got.wentOn() != (tt.goSays == "") {
				t.Fatalf("hung %v, said:\n%s", got.hung, got.text)
			}
			if tt.state == "" {
				if !strings.Contains(got.text, "Watch needs a function") {
					t.Errorf("said:\n%s", got.text)
				}
				return
			}
			text, err := os.ReadFile(filepath.Join(spool, "watch-1.txt"))
			if err != nil {
				t.Fatal(err)
			}
			r, err := stuck.Parse(text)
			if err != nil {
				t.Fatalf("%v: report\n%s", err, text)
			}
			// On a busy machine Go itself may be asked before the collector was.
			left := tt.goSays == "all" && r.State == "suspect"
			if !left && (r.State != tt.state || r.Verdict != tt.says) || r.Title != tt.way {
				t.Errorf("report\n%s", text)
			}
		})
	}
}

// Without the collector, partial deadlocks cannot be proven, so nothing is
// ended; total ones are reported as always. No false alarm here either.
func TestWatchWithoutCollector(t *testing.T) {
	t.Parallel()
	bin := buildStuck(t)
	for _, tt := range []struct{ way, lang, want string }{
		{"two locks", "en", "every goroutine waits for another one"},
		{"two locks", "zh", "死锁"},
		{"late timer", "en", "Nobody is stuck"},
		{"ticker", "en", "Nobody is stuck"},
		{"after func", "en", "Nobody is stuck"},
		{"input", "en", "Nobody is stuck"},
		{"network", "en", "Nobody is stuck"},
		{"child", "en", "Nobody is stuck"},
		{"signal", "en", "Nobody is stuck"},
		{"leak", "en", "still there"},
		{"panic", "en", "ended in a panic"},
	} {
		t.Run(tt.way+" "+tt.lang, func(t *testing.T) {
			t.Parallel()
			got := runArgs(t, bin, []string{tt.way, "watch"}, "LANEBOOK_LANG="+tt.lang, "GONB_PIPE=")
			if got.hung || !strings.Contains(got.text, tt.want) {
				t.Errorf("hung %v, said:\n%s", got.hung, got.text)
			}
		})
	}
}
