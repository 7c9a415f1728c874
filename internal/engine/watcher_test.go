package engine

import (
	"strings"
	"testing"

	"lanebook/internal/process"
)

// However stderr is cut into pieces, the runtime's last words are kept back
// and everything else is passed on.
func TestLastWordsByPieces(t *testing.T) {
	const dump = "panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n\tcell[1]:2 +0x1d\nexit status 2\n"
	tests := []struct {
		name, text string
		exit       process.Exit
		want       string
		crashed    bool
	}{
		{"panic", "some text\npan\n" + dump, process.Exit{Code: 2}, "some text\npan\n", true},
		{"only talk", "run\nruntime: fine\n" + dump, process.Exit{}, "run\nruntime: fine\n" + dump, false},
		{"in the middle of a line", "no panic: here\n", process.Exit{Code: 2}, "no panic: here\n", false},
	}
	for _, tt := range tests {
		for size := 1; size <= len(tt.text); size++ {
			var s transcript
			w := &watcher{execution: &execution{Engine: &Engine{}, sink: &s}}
			for rest := tt.text; rest != ""; {
				n := min(size, len(rest))
				w.Output("stderr", rest[:n])
				rest = rest[n:]
			}
			_, crashed := w.end(tt.exit)
			if got := strings.TrimPrefix(s.String(), "[stderr]\n"); got != tt.want || crashed != tt.crashed {
				t.Fatalf("%s in pieces of %d: got %q, %v, want %q, %v", tt.name, size, got, crashed, tt.want, tt.crashed)
			}
		}
	}
}
