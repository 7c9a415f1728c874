package wire

import (
	"os/exec"
	"strings"
	"testing"
)

// needCompiler skips where there is no C compiler: cgo and the race detector
// want one.
func needCompiler(t *testing.T) {
	t.Helper()
	out, err := exec.Command("go", "env", "CC").Output()
	if err == nil {
		_, err = exec.LookPath(strings.TrimSpace(string(out)))
	}
	if err != nil {
		t.Skip("no C compiler:", err)
	}
}
