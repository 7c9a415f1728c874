package wire

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"lanebook/internal/jupyter"
	"lanebook/internal/jupytertest"
)

// forever is a cell that runs until it is stopped.
const forever = "%%\nfmt.Println(\"started\")\nfor { time.Sleep(time.Second) }"

func TestInterrupt(t *testing.T) {
	c := start(t).connect("me")
	cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: forever, StoreHistory: true})
	c.WaitOutput(cell)
	if reply := c.Ask(jupyter.Control, jupyter.InterruptRequest{}).Reply; reply.Content != (jupyter.InterruptReply{Status: jupyter.OK}) {
		t.Errorf("got %+v", reply.Content)
	}
	if reply := c.Collect(cell).Reply.Content.(jupyter.ExecuteReply); reply.Error == nil || reply.Name != "Interrupted" {
		t.Errorf("got %+v", reply)
	}
	if reply, _ := c.Execute("%%\nfmt.Println(1)"); reply.Status != jupyter.OK {
		t.Errorf("the next cell: %+v", reply)
	}
}

func TestControlAndHeartbeatAnswerWhileACellRuns(t *testing.T) {
	c := start(t).connect("me")
	cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: forever, StoreHistory: true})
	c.WaitOutput(cell)
	c.Ask(jupyter.Control, jupyter.KernelInfoRequest{})
	if got := c.beat("alive?"); got != "alive?" {
		t.Errorf("heartbeat %q", got)
	}
	c.Ask(jupyter.Control, jupyter.InterruptRequest{})
	c.Collect(cell)
}

func TestShutdownAndRestart(t *testing.T) {
	for _, restart := range []bool{false, true} {
		t.Run(map[bool]string{false: "shutdown", true: "restart"}[restart], func(t *testing.T) {
			k := start(t)
			c := k.connect("me")
			cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: forever, StoreHistory: true})
			c.WaitOutput(cell)
			reply := c.Ask(jupyter.Control, jupyter.ShutdownRequest{Restart: restart}).Reply
			if reply.Content != (jupyter.ShutdownReply{Status: jupyter.OK, Restart: restart}) {
				t.Errorf("got %+v", reply.Content)
			}
			c.Collect(cell) // the running cell was ended in order
			k.waitEnd()
			if code := k.cmd.ProcessState.ExitCode(); code != 0 {
				t.Errorf("exit status %d", code)
			}
		})
	}
}

func TestSignals(t *testing.T) {
	k := start(t)
	c := k.connect("me")
	// Ctrl-C in Jupyter's terminal reaches us too; we are interrupted by message.
	if err := k.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if reply, _ := c.Execute("%%\nfmt.Println(1)"); reply.Status != jupyter.OK {
		t.Errorf("after SIGINT: %+v", reply)
	}
	if err := k.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	k.waitEnd()
}

// A kernel whose Jupyter was killed must not stay.
func TestEndsWithItsParent(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: builds and runs the kernel")
	}
	orphan := &kernel{t: t, key: "k", tmp: t.TempDir()}
	file := orphan.connectionFile()
	// The shell is the parent: it says so, and ends at once.
	shell := exec.Command("sh", "-c", `JPY_PARENT_PID=$$ "$0" kernel -f "$1" & read line`, binary, file)
	shell.Env = append(os.Environ(), "TMPDIR="+orphan.tmp)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	shell.Stdout = w
	stdin, err := shell.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	orphan.dial(jupyter.Heartbeat).Close()
	if err := errors.Join(stdin.Close(), w.Close()); err != nil {
		t.Fatal(err)
	}
	_ = shell.Wait() // its status says nothing
	// It ends with the kernel, which has inherited the other end. The deadline
	// only turns a hang into a failure.
	_ = r.SetReadDeadline(time.Now().Add(5 * time.Minute))
	if _, err := io.ReadAll(r); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(orphan.tmp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestPortInUse(t *testing.T) {
	k := start(t)
	k.connect("me").Ask(jupyter.Shell, jupyter.KernelInfoRequest{})
	info := map[string]any{"transport": "tcp", "ip": "127.0.0.1", "key": ""}
	other := &kernel{t: t}
	data, err := os.ReadFile(other.connectionFile())
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &info); err != nil {
		t.Fatal(err)
	}
	info["stdin_port"] = k.ports[jupyter.Stdin]
	if data, err = json.Marshal(info); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "taken.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(binary, "kernel", "-f", file).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "for stdin: bind: address already in use") {
		t.Errorf("got %v: %s", err, out)
	}
}

func TestTwoKernelsAtOnce(t *testing.T) {
	kernels := map[string]*client{"one": start(t).connect("me"), "two": start(t).connect("me")}
	for name, c := range kernels {
		c.Execute("func who() string { return \"" + name + "\" }")
	}
	for name, c := range kernels {
		if _, outputs := c.Execute("%%\nfmt.Println(who())"); jupytertest.Text(outputs, "stdout") != name+"\n" {
			t.Errorf("%s: got %s", name, jupytertest.Types(outputs))
		}
	}
}

func TestTwoClients(t *testing.T) {
	k := start(t)
	one, two := k.connect("one"), k.connect("two")
	var both sync.WaitGroup
	for _, c := range []*client{one, two} {
		both.Go(func() {
			for range 5 {
				c.Ask(jupyter.Control, jupyter.KernelInfoRequest{})
			}
		})
	}
	both.Wait()
	// Both hear of what one does.
	cell := one.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "%%\nfmt.Println(1)", StoreHistory: true})
	one.Collect(cell)
	two.WaitOutput(cell)
}

func TestUnknownRequestEndsInIdle(t *testing.T) {
	c := start(t).connect("me")
	c.Ask(jupyter.Shell, jupyter.Unknown{Name: "dance_request", Raw: json.RawMessage(`{"steps":3}`)})
	c.Ask(jupyter.Control, jupyter.Unknown{Name: "dance_request"})
	c.Ask(jupyter.Control, jupyter.DebugRequest{Seq: 1, Command: "initialize"})
	if x := c.Ask(jupyter.Shell, jupyter.CommOpen{ID: "1", TargetName: "nobody"}); jupytertest.Types(x.IOPub) != jupyter.TypeCommClose {
		t.Errorf("got %s", jupytertest.Types(x.IOPub))
	}
}

func TestBadMessagesAreDropped(t *testing.T) {
	k := start(t)
	c := k.connect("me")
	good, err := jupyter.Encode(c.Author.New(jupyter.Shell, jupyter.KernelInfoRequest{}), []byte(k.key))
	if err != nil {
		t.Fatal(err)
	}
	wrong, err := jupyter.Encode(c.Author.New(jupyter.Shell, jupyter.KernelInfoRequest{}), []byte("wrong"))
	if err != nil {
		t.Fatal(err)
	}
	for _, channel := range []jupyter.Channel{jupyter.Shell, jupyter.Control, jupyter.Stdin} {
		c.raw(channel, wrong...)                        // invalid signature
		c.raw(channel, good[2:]...)                     // no delimiter
		c.raw(channel, good[:len(good)-1]...)           // too few parts
		c.raw(channel, good[0])                         // delimiter alone
		c.raw(channel, []byte("junk"), []byte{0, 0xff}) // junk
	}
	c.Ask(jupyter.Shell, jupyter.KernelInfoRequest{})
	c.Ask(jupyter.Control, jupyter.KernelInfoRequest{})
	for _, channel := range []string{"shell", "control", "stdin"} {
		complaints := func() int { return strings.Count(k.said(), `msg="message dropped" channel=`+channel) }
		// What the kernel says takes another way to us than its answers.
		for deadline := time.Now().Add(60 * time.Second); complaints() == 0 && time.Now().Before(deadline); {
			time.Sleep(5 * time.Millisecond)
		}
		if n := complaints(); n != 1 {
			t.Errorf("%d complaints about %s, want one:\n%s", n, channel, k.said())
		}
	}
}

func TestMissingOptionalFields(t *testing.T) {
	c := start(t).connect("me")
	// No date, version, username; no parent, no metadata; a cell without any
	// of its options.
	m := jupyter.Message{
		Channel: jupyter.Shell,
		Header:  jupyter.Header{ID: "bare", Type: jupyter.TypeExecuteRequest},
		Content: jupyter.Unknown{Raw: json.RawMessage(`{"code":"%%\nfmt.Println(1)"}`)},
	}
	c.Deliver(m)
	if got := jupytertest.Text(c.Collect(m).IOPub, "stdout"); got != "1\n" {
		t.Errorf("got %q", got)
	}
}

func TestJunkOnEverySocket(t *testing.T) {
	k := start(t)
	c := k.connect("me")
	for channel := range k.ports {
		for _, junk := range []string{
			"", "GET / HTTP/1.1\r\n\r\n", strings.Repeat("\x00", 1000), strings.Repeat("\xff", 1000),
			"\xff\x00\x00\x00\x00\x00\x00\x00\x00\x7f\x03",
			"\xff\x00\x00\x00\x00\x00\x00\x00\x00\x7f\x03\x00NULL" + strings.Repeat("\x00", 48) + strings.Repeat("\xaa", 100),
			// A handshake as a DEALER, then a frame of 2^62 bytes.
			"\xff\x00\x00\x00\x00\x00\x00\x00\x00\x7f\x03\x00NULL" + strings.Repeat("\x00", 48) +
				"\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER" + "\x02\x40\x00\x00\x00\x00\x00\x00\x00",
		} {
			write(k.dial(channel), junk) // and stay: half a handshake must block nobody
		}
	}
	c.Ask(jupyter.Control, jupyter.KernelInfoRequest{})
	fresh := k.connect("fresh")
	if got := fresh.beat("alive?"); got != "alive?" {
		t.Errorf("heartbeat %q", got)
	}
	if _, outputs := fresh.Execute("%%\nfmt.Println(1)"); jupytertest.Text(outputs, "stdout") != "1\n" {
		t.Errorf("got %s", jupytertest.Types(outputs))
	}
}

// write sends what the kernel may refuse to take to the end.
func write(c net.Conn, text string) { _, _ = c.Write([]byte(text)) }
