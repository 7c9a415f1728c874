package goroutines_test

// The programs under testdata are broken on purpose. Each of these tests runs
// one of them in a process of its own and looks at what becomes of it.

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// run builds and runs a program under testdata and returns what it printed
// and how it ended.
func run(t *testing.T, program string) (output string, exit int) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds a program")
	}
	binary := filepath.Join(t.TempDir(), program+".exe")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "./testdata/"+program).CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v\n%s", program, err, out)
	}
	out, err := exec.CommandContext(t.Context(), binary).CombinedOutput()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return string(out), failed.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(out), 0
}

func TestMainDoesNotWait(t *testing.T) {
	out, exit := run(t, "nowait")
	if exit != 0 || out != "main is done\n" {
		t.Errorf("exit code %d, output %q", exit, out)
	}
}

func TestPanicEndsEverybody(t *testing.T) {
	out, exit := run(t, "panics")
	if exit != 2 || !strings.Contains(out, "panic: assignment to entry in nil map") {
		t.Errorf("exit code %d, output:\n%s", exit, out)
	}
	for _, never := range []string{"main says goodbye", "careful one is done"} {
		if strings.Contains(out, never) {
			t.Errorf("%q was printed:\n%s", never, out)
		}
	}
}

// go vet knows the mistake of adding too late only when it stands in the
// goroutine's own function literal; the program itself says nothing.
func TestLateAddGoesUnnoticed(t *testing.T) {
	if out, exit := run(t, "lateadd"); exit != 0 || out != "done before Wait returned: 0 of 5\n" {
		t.Errorf("exit code %d, output %q", exit, out)
	}
}
