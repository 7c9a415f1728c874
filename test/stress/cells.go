package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"time"

	"lanebook/internal/jupyter"
	"lanebook/test/client"
)

var scenarios = []scenario{
	{"endless loop, interrupted", interrupted("for {}", "Interrupted")},
	{"cell that ignores the interrupt", interrupted("signal.Ignore(os.Interrupt)\nfor {}", "Interrupted")},
	{"descendants of an interrupted cell", interrupted(descendants+"time.Sleep(time.Hour)", "Interrupted")},
	{"child left behind by a cell", childLeftBehind},
	{"a million lines", millionLines},
	{"one line of 100 MB", hugeLine},
	{"endless flood, interrupted", endlessFlood},
	{"flood, then a panic", cell("for range 3_000_000 {\n\tfmt.Println(\"flood flood\")\n}\npanic(\"after the flood\")", "Panic: after the flood", "")},
	{"no newline at the end", cell("fmt.Print(\"no newline\")", "", "no newline")},
	{"text that is not UTF-8", cell(`os.Stdout.Write([]byte("a\xff\xfeb\xe4\xb8"))`, "", "a\ufffdb\ufffd")},
	{"colours and control characters", cell(`fmt.Print("\x1b[31mred\x1b[0m\r\x07\x08\x00end")`, "", "\x1b[31mred\x1b[0m\r\a\b\x00end")},
	{"closed stdout and stderr", cell("os.Stdout.Close()\nos.Stderr.Close()\nfmt.Println(\"nobody hears this\")", "", "")},
	{"stdout closed by the shell", cell("!exec 1>&- 2>&-; echo lost; true", "", "")},
	{"program that starts processes without end", forks("for {\n\texec.Command(\"sleep\", \"1000\").Start()\n}")},
	{"fork bomb in the shell", forks("!f() { f | f; }; f")},
	{"memory hog", memoryHog},
	{"a hundred thousand goroutines in a deadlock", cell("ch := make(chan int)\nfor range 100_000 {\n\tgo func() { <-ch }()\n}\n<-ch", "Deadlock", "")},
	{"stack overflow", cell("func deep(n int) int { return deep(n+1) + 1 }\n%%\nfmt.Println(deep(0))", "FatalError", "")},
	{"kill -9 of itself", cell("syscall.Kill(os.Getpid(), syscall.SIGKILL)\ntime.Sleep(time.Hour)", "Signal", "")},
	{"kill -9 of the supervisor", supervisorKilled},
	{"junk on the display pipe", junkOnThePipe},
	{"cell of a megabyte", cell("fmt.Println(len(`"+strings.Repeat("x", 1<<20)+"`))", "", "1048576\n")},
	{"deeply nested brackets", cell(strings.Repeat("(", 100_000), "SyntaxError", "")},
	{"full disk", fullDisk},
	{"deleted temporary folder", deletedFolder},
	{"deleted notebook folder", deletedNotebookFolder},
	{"broken go.mod", brokenGoMod},
	{"removed Go", removedGo},
	{"kill -9 of the kernel", kernelKilled},
	{"power cut: kernel and supervisor killed", powerCut},
	{"two kernels in one folder", twoKernels},
	{"fifty kernels at once", fiftyKernels},
	{"laptop sleep", sleep},
	{"kernel stopped while a cell floods", stoppedInAFlood},
	{"requests without their fields", badRequests(missing)},
	{"requests with fields of the wrong type", badRequests(wrongType)},
	{"requests of 10 MB", badRequests(large)},
	{"answers without their fields", badAnswers(missing)},
	{"answers of the wrong type", badAnswers(wrongType)},
	{"answers of 10 MB", badAnswers(large)},
	{"shutdowns without their fields", badShutdowns(missing)},
	{"shutdowns with fields of the wrong type", badShutdowns(wrongType)},
	{"shutdowns of 10 MB", badShutdowns(large)},
	{"messages that are none", junkMessages},
}

// descendants starts a child, one in a session of its own, and grandchildren.
const descendants = `exec.Command("sleep", "1000").Start()
c := exec.Command("sh", "-c", "sleep 1000 & sleep 1000")
c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
c.Start()
`

// cell wants a cell to end with a problem (its name, or name and message;
// empty: none) and this text (empty: whatever it is).
func cell(source, problem, stdout string) func(*trial) error {
	return func(t *trial) error {
		k, err := t.start(client.Options{})
		if err != nil {
			return err
		}
		got, err := k.Execute(t.ctx, source)
		if err != nil {
			return err
		}
		return want(got, problem, stdout)
	}
}

// want compares an outcome with what is expected of it.
func want(got client.Outcome, problem, stdout string) error {
	if got.Failed != (problem != "") || !strings.HasPrefix(got.Problem, problem) {
		return fmt.Errorf("ended with %q, not %q", short(got.Problem), problem)
	}
	if stdout != "" && got.Stdout != stdout {
		return fmt.Errorf("printed %q, not %q", short(got.Stdout), stdout)
	}
	return nil
}

// interrupted wants a cell to end soon after an interrupt, with all that it
// has started.
func interrupted(source, problem string) func(*trial) error {
	return func(t *trial) error {
		k, err := t.start(client.Options{})
		if err != nil {
			return err
		}
		if err := t.alive(k); err != nil { // starts the supervisor
			return err
		}
		supervised := len(k.Processes())
		request, err := k.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "fmt.Println(1)\n" + source})
		if err != nil {
			return err
		}
		if err := k.WaitOutput(t.ctx, request); err != nil {
			return err
		}
		time.Sleep(200 * time.Millisecond)
		begin := time.Now()
		if _, err := k.Request(t.ctx, jupyter.Control, jupyter.InterruptRequest{}); err != nil {
			return err
		}
		got, err := k.Collect(t.ctx, request, begin)
		if err != nil {
			return err
		}
		if got.Took > 30*time.Second {
			return fmt.Errorf("took %v to stop", got.Took)
		}
		if left := t.leftovers(k, supervised); len(left) > supervised {
			return fmt.Errorf("processes left: %v, %d of them the kernel's own", left, supervised)
		}
		return want(got, problem, "")
	}
}

func childLeftBehind(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	got, err := k.Execute(t.ctx, descendants+"fmt.Println(\"the cell ends\")")
	if err != nil {
		return err
	}
	if left := t.leftovers(k, 1); len(left) > 1 { // the supervisor
		return fmt.Errorf("processes left: %v", left)
	}
	return want(got, "", "the cell ends\n")
}

func millionLines(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	got, err := k.Execute(t.ctx, "for i := range 1_000_000 {\n\tfmt.Println(i)\n}")
	if err != nil {
		return err
	}
	if n := strings.Count(got.Stdout, "\n"); n != 1_000_000 || !strings.HasSuffix(got.Stdout, "\n999999\n") || got.Streams > 20_000 { // one in 20 ms, on a machine however slow
		return fmt.Errorf("%d lines in %d messages", n, got.Streams)
	}
	return nil
}

// kept finds the file that a note offers.
var kept = regexp.MustCompile(`more are in (\S+) until the kernel ends`)

func hugeLine(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	const size = 100 << 20
	got, err := k.Execute(t.ctx, fmt.Sprintf("os.Stdout.Write(bytes.Repeat([]byte(\"x\"), %d))", size))
	if err != nil {
		return err
	}
	at := kept.FindStringSubmatch(got.Stderr)
	if at == nil {
		return fmt.Errorf("no file is offered: %q", short(got.Stderr))
	}
	info, err := os.Stat(at[1])
	if err != nil {
		return err
	}
	if total := int64(len(got.Stdout)) + info.Size(); total != size {
		return fmt.Errorf("%d bytes shown, %d in the file: %d are lost", len(got.Stdout), info.Size(), size-total)
	}
	return nil
}

func endlessFlood(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	request, err := k.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "for {\n\tfmt.Println(\"again and again\")\n}"})
	if err != nil {
		return err
	}
	if err := k.Wait(t.ctx, request, "a note", func(m jupyter.Message) bool {
		text, ok := m.Content.(jupyter.Stream)
		return ok && text.Name == "stderr"
	}); err != nil {
		return err
	}
	begin := time.Now()
	if _, err := k.Request(t.ctx, jupyter.Control, jupyter.InterruptRequest{}); err != nil {
		return err
	}
	got, err := k.Collect(t.ctx, request, begin)
	if err != nil {
		return err
	}
	if len(got.Stdout) > 20<<20 || got.Took > 30*time.Second || !kept.MatchString(got.Stderr) {
		return fmt.Errorf("%d bytes shown, stopped after %v: %q", len(got.Stdout), got.Took, short(got.Stderr))
	}
	return want(got, "Interrupted", "")
}

func forks(source string) func(*trial) error {
	return cell(source, "ProcessLimit", "")
}

func memoryHog(t *trial) error {
	k, err := t.start(client.Options{Env: []string{"LANEBOOK_MEMORY=256MiB"}})
	if err != nil {
		return err
	}
	const hog = "var all [][]byte\nfor range %d {\n\tb := bytes.Repeat([]byte{1}, 1<<20)\n\tall = append(all, b)\n\ttime.Sleep(time.Millisecond)\n}\nfmt.Println(len(all))"
	got, err := k.Execute(t.ctx, fmt.Sprintf(hog, 1_000_000))
	if err != nil {
		return err
	}
	if err := want(got, "MemoryLimit: the cell was stopped: it used ", ""); err != nil {
		return err
	}
	if reply, ok := got.Reply.(jupyter.ExecuteReply); !ok || reply.Error == nil || !strings.Contains(strings.Join(reply.Traceback, "\n"), "%env LANEBOOK_MEMORY") {
		return fmt.Errorf("does not say how to raise the limit: %+v", got.Reply)
	}
	if got, err = k.Execute(t.ctx, "%env LANEBOOK_MEMORY 1GiB\n"+fmt.Sprintf(hog, 400)); err != nil {
		return err
	}
	return want(got, "", "400\n")
}

func supervisorKilled(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	got, err := k.Execute(t.ctx, "syscall.Kill(os.Getppid(), syscall.SIGKILL)\ntime.Sleep(time.Hour)")
	if err != nil {
		return err
	}
	return want(got, "KernelError", "")
}

func junkOnThePipe(t *trial) error {
	return cell("f, _ := os.OpenFile(os.Getenv(\"GONB_PIPE\"), os.O_WRONLY, 0)\nfor range 1000 {\n\tf.Write(bytes.Repeat([]byte{0xff, 0x7f}, 4096))\n}\nfmt.Println(\"on\")", "", "on\n")(t)
}
