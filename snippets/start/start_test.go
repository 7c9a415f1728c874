package start_test

import (
	"os/exec"
	"strings"
	"testing"

	"lanebook/snippets/start"
)

func TestBreakfast(t *testing.T) {
	longest := 0
	for _, d := range start.Breakfast() {
		d.Cook()
		longest = max(longest, d.Minutes)
	}
	if longest != 4 {
		t.Errorf("the longest dish takes %d minutes; the lesson speaks of 4", longest)
	}
}

// What the lesson shows to be broken is broken, and Go says so.
func TestBrokenPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("calls the go command")
	}
	for name, tt := range map[string]struct {
		args []string
		want string
	}{
		"race":  {[]string{"run", "-race", "./testdata/race"}, "WARNING: DATA RACE"},
		"stuck": {[]string{"run", "./testdata/stuck"}, "all goroutines are asleep - deadlock!"},
	} {
		t.Run(name, func(t *testing.T) {
			out, err := exec.CommandContext(t.Context(), "go", tt.args...).CombinedOutput()
			if strings.Contains(string(out), "requires cgo") || strings.Contains(string(out), "C compiler") {
				t.Skipf("no race detector here: %s", out)
			}
			if err == nil || !strings.Contains(string(out), tt.want) {
				t.Errorf("%v, want %q in:\n%s", err, tt.want, out)
			}
		})
	}
}
