package kernelext

import "testing"

// Where a timer may wake somebody, the watchdogs wait longer than a lesson's
// timers take; if the kernel knows that there are none, they do not.
func TestPatience(t *testing.T) {
	for _, tt := range []struct {
		said   string
		timers bool
		long   bool
	}{{"", false, false}, {"", true, true}, {"none", true, false}, {"none", false, false}, {"some", true, true}} {
		t.Setenv("LANEBOOK_TIMERS", tt.said)
		if got := patience(tt.timers); (got == stillTimers) != tt.long {
			t.Errorf("LANEBOOK_TIMERS=%q, %v: %v", tt.said, tt.timers, got)
		}
	}
}
