package locks_test

// The programs under testdata are broken on purpose. Each of these tests runs
// one of them in a process of its own and looks for the diagnosis.

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// run builds and runs a program under testdata and returns what it printed
// and how it ended.
func run(t *testing.T, program string, flags ...string) (output string, exit int) {
	t.Helper()
	if testing.Short() {
		t.Skip("builds a program")
	}
	binary := filepath.Join(t.TempDir(), program+".exe")
	args := append(append([]string{"build"}, flags...), "-o", binary, "./testdata/"+program)
	if out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput(); err != nil {
		if bytes.Contains(out, []byte("-race requires cgo")) || bytes.Contains(out, []byte("C compiler")) {
			t.Skipf("no race detector here: %s", out)
		}
		t.Fatalf("build %s: %v\n%s", program, err, out)
	}
	cmd := exec.CommandContext(t.Context(), binary)
	cmd.Env = append(os.Environ(), "GORACE=halt_on_error=1 history_size=7") // the first race is enough
	out, err := cmd.CombinedOutput()
	if err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return string(out), exitCode(err)
}

func exitCode(err error) int {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	return 0
}

// The race detector finds each of the races, also where the result happens to
// be right, and says which lines met.
func TestRacesAreFound(t *testing.T) {
	for program, lines := range map[string][]string{
		"lostupdate": {"main.RacyCount.func1()"},
		"gap":        {"main.GapCount.func1()"},
		"torn":       {"main.Torn()", "main.Torn.func1()"},
		"twolocks":   {"main.main.func1"},
		"unlocked":   {"main.(*Account).Deposit()"},
	} {
		t.Run(program, func(t *testing.T) {
			// The detector keeps quiet about an access so long ago that it has
			// forgotten its stack, which happens on a busy machine.
			out, exit := "", 0
			for try := 0; exit == 0 && try < 5; try++ {
				out, exit = run(t, program, "-race")
			}
			if exit == 0 || !strings.Contains(out, "WARNING: DATA RACE") {
				t.Fatalf("exit code %d, no race was reported:\n%s", exit, out)
			}
			for _, want := range lines {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in:\n%s", want, out)
				}
			}
		})
	}
}

func TestDeadlocksAreReported(t *testing.T) {
	for program, want := range map[string][]string{
		"deadlock":  {"do1: up", "do2: up", "all goroutines are asleep - deadlock!", "main.Crossed.func1", "main.Crossed.func2"},
		"reentrant": {"all goroutines are asleep - deadlock!", "main.(*Purse).Add(", "main.(*Purse).AddTwice("},
	} {
		t.Run(program, func(t *testing.T) {
			out, exit := run(t, program)
			if exit != 2 {
				t.Errorf("exit code %d, want 2", exit)
			}
			for _, want := range want {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in:\n%s", want, out)
				}
			}
			if strings.Contains(out, "down") {
				t.Errorf("somebody got through:\n%s", out)
			}
		})
	}
}

// A deadlock of some goroutines while others live on is not reported; the dump
// of all goroutines shows it.
func TestHangIsNotReported(t *testing.T) {
	out, exit := run(t, "hang")
	if exit != 0 || strings.Contains(out, "deadlock!") {
		t.Errorf("exit code %d, output:\n%s", exit, out)
	}
	if n := strings.Count(out, "[sync.Mutex.Lock]"); n != 2 {
		t.Errorf("%d goroutines wait for a lock, want 2:\n%s", n, out)
	}
}

// Two goroutines that write to one map are stopped by Go even without the race
// detector, if it notices in time.
func TestMapWritesAreFatal(t *testing.T) {
	out, exit := run(t, "mapwrite")
	if exit == 0 && strings.Contains(out, "lucky") {
		t.Skip("they never met: one core?")
	}
	if exit != 2 || !strings.Contains(out, "fatal error: concurrent map ") {
		t.Errorf("exit code %d, output:\n%s", exit, out)
	}
}

// Without a lock deposits are forgotten, as soon as there is more than one worker.
func TestUnlockedForgets(t *testing.T) {
	out, _ := run(t, "unlocked")
	var workers, balance [3]int
	for i, line := range slices.Collect(strings.Lines(out))[:3] {
		if _, err := fmt.Sscanf(line, "workers: %d balance: %d\n", &workers[i], &balance[i]); err != nil {
			t.Fatalf("%v in:\n%s", err, out)
		}
	}
	// How many are forgotten depends on who is awake when.
	if workers != [3]int{1, 10, 100} || balance[0] != 100 || balance[1] >= 100 || balance[2] >= 100 {
		t.Errorf("nothing was lost, or too much:\n%s", out)
	}
}
