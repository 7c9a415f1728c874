package engine

import (
	"strings"
	"testing"
)

// The watchdogs in a cell learn from its source whether a timer may be behind a wait.
func TestTimersAreTold(t *testing.T) {
	e := newEngine(t)
	for _, tt := range []struct{ src, want string }{
		{"fmt.Printf(\"%q\", os.Getenv(\"LANEBOOK_TIMERS\"))", `"none"`},
		{"<-time.After(1)\nfmt.Printf(\"%q\", os.Getenv(\"LANEBOOK_TIMERS\"))", `""`},
	} {
		var s transcript
		if res := execute(t, e, t.Context(), tt.src, &s); res.Problem != nil || !strings.Contains(s.String(), tt.want) {
			t.Errorf("%s: %v, said %s, want %s", tt.src, res.Problem, s.String(), tt.want)
		}
	}
}
