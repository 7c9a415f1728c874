package engine

import "testing"

func TestIsFileName(t *testing.T) {
	for name, want := range map[string]bool{
		"lanes-1.trace": true, "": false, ".": false, "..": false, "../x": false, "a/b": false, "/etc/passwd": false,
	} {
		if got := isFileName(name); got != want {
			t.Errorf("%q: got %v", name, got)
		}
	}
}
