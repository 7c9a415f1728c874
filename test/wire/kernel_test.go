package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/go-zeromq/zmq4"

	"lanebook/internal/jupyter"
	"lanebook/internal/jupytertest"
	testclient "lanebook/test/client"
)

// kernel is a running kernel process.
type kernel struct {
	t     *testing.T
	cmd   *exec.Cmd
	ports map[jupyter.Channel]int
	key   string
	dir   string // where it runs: the learner's folder
	tmp   string // its folder for temporary files

	mu     sync.Mutex
	stderr bytes.Buffer
	ended  chan struct{}
}

// start runs a kernel in a fresh folder, on free ports.
func start(t *testing.T) *kernel {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: builds and runs the kernel")
	}
	k := &kernel{t: t, key: "a secret", dir: t.TempDir(), tmp: t.TempDir(), ended: make(chan struct{})}
	file := k.connectionFile()
	k.cmd = exec.Command(binary, "kernel", "-f", file)
	k.cmd.Dir = k.dir
	k.cmd.Env = append(os.Environ(), "TMPDIR="+k.tmp)
	k.cmd.Stderr = k
	if err := k.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = k.cmd.Wait() // how it ended is looked at in ProcessState
		close(k.ended)
	}()
	t.Cleanup(k.end)
	return k
}

// Write collects what the kernel says to stderr.
func (k *kernel) Write(p []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.stderr.Write(p)
}

// said is what the kernel said to stderr so far.
func (k *kernel) said() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.stderr.String()
}

// connectionFile writes a connection file with ports that stay free until the
// kernel has them.
func (k *kernel) connectionFile() string {
	k.t.Helper()
	names := map[jupyter.Channel]string{
		jupyter.Shell: "shell_port", jupyter.Control: "control_port", jupyter.IOPub: "iopub_port",
		jupyter.Stdin: "stdin_port", jupyter.Heartbeat: "hb_port",
	}
	k.ports = map[jupyter.Channel]int{}
	info := map[string]any{"transport": "tcp", "ip": "127.0.0.1", "key": k.key, "signature_scheme": "hmac-sha256", "kernel_name": "lanebook"}
	for channel, name := range names {
		port, err := testclient.FreePort()
		if err != nil {
			k.t.Fatal(err)
		}
		k.ports[channel], info[name] = port, port
	}
	data, err := json.Marshal(info)
	if err != nil {
		k.t.Fatal(err)
	}
	file := filepath.Join(k.t.TempDir(), "kernel-of-a-test.json") // Jupyter, too, puts its name for a kernel here
	if err := os.WriteFile(file, data, 0o600); err != nil {
		k.t.Fatal(err)
	}
	return file
}

// waitEnd waits for the process to end by itself.
func (k *kernel) waitEnd() {
	k.t.Helper()
	select {
	case <-k.ended:
	case <-time.After(60 * time.Second):
		k.t.Fatal("the kernel does not end")
	}
}

// end stops the kernel and checks that it left nothing behind.
func (k *kernel) end() {
	_ = k.cmd.Process.Signal(syscall.SIGTERM) // it may have ended already
	select {
	case <-k.ended:
	case <-time.After(60 * time.Second):
		k.t.Error("the kernel ignores SIGTERM")
		_ = k.cmd.Process.Kill()
		<-k.ended
	}
	if said := k.said(); strings.Contains(said, "panic") || strings.Contains(said, "DATA RACE") || k.t.Failed() {
		k.t.Errorf("the kernel said:\n%s", said)
	}
	left, err := os.ReadDir(k.tmp)
	if err != nil || len(left) > 0 {
		k.t.Errorf("left behind in the temporary folder: %v, %v", left, err)
	}
}

// dial opens a bare connection, as soon as the kernel listens.
func (k *kernel) dial(channel jupyter.Channel) net.Conn {
	k.t.Helper()
	for deadline := time.Now().Add(60 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		c, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", k.ports[channel]))
		if err == nil {
			k.t.Cleanup(func() { c.Close() })
			return c
		}
		if time.Now().After(deadline) {
			k.t.Fatalf("the kernel does not listen: %v\n%s", err, k.said())
		}
	}
}

// client is a client with its five sockets.
type client struct {
	*jupytertest.Client
	k       *kernel
	sockets map[jupyter.Channel]zmq4.Socket
}

// connect opens a client and waits for its subscription to be in place.
func (k *kernel) connect(name string) *client {
	k.t.Helper()
	c := &client{k: k, sockets: map[jupyter.Channel]zmq4.Socket{}}
	c.Client = jupytertest.New(k.t, c.deliver)
	ctx, id := k.t.Context(), zmq4.WithID(zmq4.SocketIdentity(name))
	c.sockets[jupyter.Shell] = zmq4.NewDealer(ctx, id)
	c.sockets[jupyter.Control] = zmq4.NewDealer(ctx, id)
	c.sockets[jupyter.Stdin] = zmq4.NewDealer(ctx, id)
	c.sockets[jupyter.IOPub] = zmq4.NewSub(ctx)
	c.sockets[jupyter.Heartbeat] = zmq4.NewReq(ctx)
	for channel, s := range c.sockets {
		k.dial(channel).Close()
		if err := s.Dial(fmt.Sprintf("tcp://127.0.0.1:%d", k.ports[channel])); err != nil {
			k.t.Fatal(err)
		}
		k.t.Cleanup(func() { s.Close() })
	}
	for _, channel := range []jupyter.Channel{jupyter.Shell, jupyter.Control, jupyter.Stdin, jupyter.IOPub} {
		go c.receive(channel)
	}
	if err := c.sockets[jupyter.IOPub].SetOption(zmq4.OptionSubscribe, ""); err != nil {
		k.t.Fatal(err)
	}
	c.Wait("welcome", func(m jupyter.Message) bool { return m.Content == jupyter.IOPubWelcome{} })
	return c
}

// receive passes on what comes from a socket.
func (c *client) receive(channel jupyter.Channel) {
	for {
		msg, err := c.sockets[channel].Recv()
		if err != nil {
			return // closed
		}
		m, err := jupyter.Decode(channel, msg.Frames, []byte(c.k.key))
		if err != nil {
			c.k.t.Errorf("from the kernel on %s: %v", channel, err)
			return
		}
		c.Receive(m)
	}
}

func (c *client) deliver(m jupyter.Message) {
	frames, err := jupyter.Encode(m, []byte(c.k.key))
	if err != nil {
		c.k.t.Fatal(err)
	}
	c.raw(m.Channel, frames...)
}

// raw sends frames as they are.
func (c *client) raw(channel jupyter.Channel, frames ...[]byte) {
	if err := c.sockets[channel].SendMulti(zmq4.NewMsgFrom(frames...)); err != nil {
		c.k.t.Fatal(err)
	}
}

// beat sends a heartbeat and returns its echo.
func (c *client) beat(bytes string) string {
	c.k.t.Helper()
	s := c.sockets[jupyter.Heartbeat]
	if err := s.Send(zmq4.NewMsg([]byte(bytes))); err != nil {
		c.k.t.Fatal(err)
	}
	msg, err := s.Recv()
	if err != nil {
		c.k.t.Fatal(err)
	}
	return string(msg.Bytes())
}
