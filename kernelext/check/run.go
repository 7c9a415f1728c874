package check

import (
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"
)

// outcome is how a child ended.
type outcome struct {
	story
	printed string // the last of what the answer printed
	stderr  string // Go's last words, or a race report
	code    int
	ended   Kind // Endless or Stuck, if the parent had to end it
}

const (
	look        = 100 * time.Millisecond
	cpuLimit    = 5 * time.Second // of processor time without a word in the journal // arbitrary
	raceFactor  = 10              // the race detector makes a program so much slower
	stillLimit  = 100             // looks in a row without a thread that runs or wants to
	blindLimit  = 600             // looks without news, where nobody can tell us more
	printLimit  = 8 << 20         // bytes of output // arbitrary
	textLimit   = 64 << 10        // of stderr that are kept
	printedKept = 2 << 10         // of what the answer printed
	killAfter   = 3 * time.Second // of the request for stacks
)

// child runs a binary of this cell as a child of this check.
func (j *judge) child(binary string, racing bool, env ...string) (outcome, error) {
	dir, err := tempDir()
	if err != nil {
		return outcome{}, err
	}
	defer os.RemoveAll(dir)
	// Files, not pipes: nobody has to read them meanwhile, and they are whole
	// when the child is dead.
	var files [4]*os.File
	for i, name := range []string{"", "stdout", "stderr", "journal"} {
		if i == 0 {
			files[i], err = os.Open(os.DevNull)
		} else {
			files[i], err = os.OpenFile(dir+string(os.PathSeparator)+name, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
		}
		if err != nil {
			return outcome{}, err
		}
		defer files[i].Close()
	}
	p, err := os.StartProcess(binary, append([]string{binary}, os.Args[1:]...), &os.ProcAttr{
		// What an answer leaves in temporary folders goes with ours.
		Env:   append(childEnv(), append(env, envKey+"="+j.key, "TMPDIR="+dir)...),
		Files: files[:],
	})
	if err != nil {
		return outcome{}, err
	}
	out := outcome{}
	out.code, out.ended = watch(p, files[1], files[3], racing)
	out.printed = tail(files[1], printedKept)
	out.stderr = head(files[2])
	out.story = readStory(all(files[3]))
	return out, nil
}

// tempDir is a folder for one child: in the kernel's spool, which the kernel
// empties also when the learner has stopped the cell.
func tempDir() (string, error) { return os.MkdirTemp(os.Getenv("LANEBOOK_SPOOL"), "lanebook-check-") }

// childEnv is this environment without what would let a child talk to the
// kernel, and with what makes Go tell all it knows.
func childEnv() []string {
	var env []string
	for _, kv := range os.Environ() {
		name, _, _ := strings.Cut(kv, "=")
		switch name {
		case "GONB_PIPE", "GONB_PIPE_BACK", "LANEBOOK_SPOOL", "TMPDIR", "GOTRACEBACK", "GORACE", envKey, envFrom, envRecord:
		default:
			env = append(env, kv)
		}
	}
	return append(env, "GOTRACEBACK=all", "GORACE=halt_on_error=1 exitcode=66 atexit_sleep_ms=0")
}

// watch waits for a child, and ends one that does not come to an end.
func watch(p *os.Process, stdout, journal *os.File, racing bool) (code int, ended Kind) {
	done := make(chan int, 1)
	go func() {
		state, err := p.Wait()
		if err != nil {
			done <- -1
			return
		}
		done <- state.ExitCode()
	}()
	limit := cpuLimit
	if racing {
		limit *= raceFactor
	}
	var (
		tick        = time.NewTicker(look)
		news        = size(journal)
		spent, _, _ = effort(p.Pid)
		still, late int
	)
	defer tick.Stop()
	for {
		select {
		case code := <-done:
			return code, ""
		case <-tick.C:
		}
		cpu, runs, known := effort(p.Pid)
		if n := size(journal); n != news {
			news, spent, still, late = n, cpu, 0, 0
			continue
		}
		// A thread that runs, or would if the machine were not busy, is no
		// sign of standing still.
		if !runs {
			still++
		}
		late++
		switch {
		case cpu-spent > limit, size(stdout) > printLimit:
			return quit(p, done), Endless
		case known && still > stillLimit, !known && late > blindLimit:
			return quit(p, done), Stuck
		}
	}
}

// quit asks a child for its stacks, which ends it.
func quit(p *os.Process, done <-chan int) int {
	if p.Signal(syscall.SIGQUIT) != nil {
		_ = p.Kill()
	}
	kill := time.AfterFunc(killAfter, func() { _ = p.Kill() })
	defer kill.Stop()
	return <-done
}

func size(f *os.File) int64 {
	info, err := f.Stat()
	if err != nil {
		return 0
	}
	return info.Size()
}

func all(f *os.File) string {
	text, _ := io.ReadAll(io.NewSectionReader(f, 0, size(f)))
	return string(text)
}

func head(f *os.File) string {
	text, _ := io.ReadAll(io.NewSectionReader(f, 0, textLimit))
	return string(text)
}

// tail is the last of what was written, from the beginning of a line.
func tail(f *os.File, most int64) string {
	from := max(0, size(f)-most)
	text, _ := io.ReadAll(io.NewSectionReader(f, from, most))
	if from == 0 {
		return string(text)
	}
	_, rest, _ := strings.Cut(string(text), "\n")
	return fmt.Sprintf("…\n%s", rest)
}
