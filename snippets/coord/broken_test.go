package coord_test

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

// With "if" in place of "for" an account is overdrawn.
func TestIfOverdraws(t *testing.T) {
	out, exit := run(t, "ifwait")
	if exit != 0 || out != "balance: -10\n" {
		t.Errorf("exit code %d, output %q", exit, out)
	}
}

// With Signal in place of Broadcast the only one who could go on sleeps.
func TestSignalWakesTheWrongOne(t *testing.T) {
	out, exit := run(t, "signalone")
	if exit != 2 || strings.Contains(out, "got") || strings.Count(out, "[sync.Cond.Wait]") != 2 {
		t.Errorf("exit code %d, output:\n%s", exit, out)
	}
}

func TestDiningDeadlock(t *testing.T) {
	out, exit := run(t, "dining")
	if exit != 2 || strings.Contains(out, "eats") || strings.Count(out, "[sync.Mutex.Lock]") != 5 {
		t.Errorf("exit code %d, output:\n%s", exit, out)
	}
}
