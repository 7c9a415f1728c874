package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"lanebook/internal/jupyter"

	"github.com/go-zeromq/zmq4"
)

// kernel is a running lanebook kernel and a client of its sockets.
type kernel struct {
	cmd    *exec.Cmd
	ready  time.Duration // from process start to the first reply
	dir    string
	key    []byte
	author *jupyter.Author
	shell  zmq4.Socket
	iopub  zmq4.Socket
	msgs   chan jupyter.Message // everything received, in order per socket
}

// outcome is what one cell did.
type outcome struct {
	took    time.Duration // from sending to idle and reply, whichever is later
	streams int           // stream messages
	failed  bool
	problem string
}

// connection is the content of a connection file.
type connection struct {
	Transport string `json:"transport"`
	IP        string `json:"ip"`
	Key       string `json:"key"`
	Scheme    string `json:"signature_scheme"`
	Shell     int    `json:"shell_port"`
	IOPub     int    `json:"iopub_port"`
	Stdin     int    `json:"stdin_port"`
	Control   int    `json:"control_port"`
	HB        int    `json:"hb_port"`
}

func startKernel(ctx context.Context, binary string) (*kernel, error) {
	dir, err := os.MkdirTemp("", "lanebook-bench")
	if err != nil {
		return nil, err
	}
	conn := connection{Transport: "tcp", IP: "127.0.0.1", Key: "bench", Scheme: "hmac-sha256"}
	for _, port := range []*int{&conn.Shell, &conn.IOPub, &conn.Stdin, &conn.Control, &conn.HB} {
		if *port, err = freePort(); err != nil {
			return nil, err
		}
	}
	file := filepath.Join(dir, "connection.json")
	data, err := json.Marshal(conn)
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return nil, err
	}
	k := &kernel{
		cmd: exec.CommandContext(ctx, binary, "kernel", "-f", file), dir: dir, key: []byte(conn.Key),
		author: jupyter.NewAuthor("bench", "bench", time.Now),
		shell:  zmq4.NewDealer(ctx, zmq4.WithID(zmq4.SocketIdentity("bench"))),
		iopub:  zmq4.NewSub(ctx),
		msgs:   make(chan jupyter.Message, 1024),
	}
	k.cmd.Dir = dir
	k.cmd.Stderr = os.Stderr
	begin := time.Now()
	if err := k.cmd.Start(); err != nil {
		return nil, err
	}
	return k, k.connect(ctx, conn, begin)
}

// connect dials until the kernel listens, then waits for its first reply.
func (k *kernel) connect(ctx context.Context, conn connection, begin time.Time) error {
	for port, s := range map[int]zmq4.Socket{conn.Shell: k.shell, conn.IOPub: k.iopub} {
		addr := fmt.Sprintf("127.0.0.1:%d", port)
		for {
			c, err := net.Dial("tcp", addr)
			if err == nil {
				c.Close()
				break
			}
			if time.Since(begin) > 20*time.Second {
				return fmt.Errorf("the kernel does not listen: %w", err)
			}
			time.Sleep(time.Millisecond)
		}
		if err := s.Dial("tcp://" + addr); err != nil {
			return err
		}
	}
	if err := k.iopub.SetOption(zmq4.OptionSubscribe, ""); err != nil {
		return err
	}
	go k.receive(jupyter.Shell, k.shell)
	go k.receive(jupyter.IOPub, k.iopub)
	if _, err := k.request(ctx, jupyter.KernelInfoRequest{}); err != nil {
		return err
	}
	k.ready = time.Since(begin)
	return nil
}

func (k *kernel) receive(ch jupyter.Channel, s zmq4.Socket) {
	for {
		frames, err := s.Recv()
		if err != nil {
			return
		}
		if m, err := jupyter.Decode(ch, frames.Frames, k.key); err == nil {
			k.msgs <- m
		}
	}
}

// request sends a message and collects everything that belongs to it, until
// both its reply and idle are there.
func (k *kernel) request(ctx context.Context, content jupyter.Content) (outcome, error) {
	begin := time.Now()
	req, err := k.send(content)
	if err != nil {
		return outcome{}, err
	}
	return k.collect(ctx, req, begin)
}

// executeAll sends cells back to back, as "run all" does. The times count from
// the first sending.
func (k *kernel) executeAll(ctx context.Context, sources []string) ([]outcome, error) {
	begin := time.Now()
	var sent []jupyter.Message
	for _, source := range sources {
		req, err := k.send(jupyter.ExecuteRequest{Code: source, StoreHistory: true})
		if err != nil {
			return nil, err
		}
		sent = append(sent, req)
	}
	var all []outcome
	for _, req := range sent {
		o, err := k.collect(ctx, req, begin)
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}

func (k *kernel) send(content jupyter.Content) (jupyter.Message, error) {
	req := k.author.New(jupyter.Shell, content)
	frames, err := jupyter.Encode(req, k.key)
	if err != nil {
		return req, err
	}
	return req, k.shell.SendMulti(zmq4.NewMsgFrom(frames...))
}

func (k *kernel) collect(ctx context.Context, req jupyter.Message, begin time.Time) (o outcome, err error) {
	_, isInfo := req.Content.(jupyter.KernelInfoRequest)
	for idle, replied := isInfo, false; !idle || !replied; {
		select {
		case m := <-k.msgs:
			if m.Parent.ID != req.Header.ID {
				continue
			}
			switch c := m.Content.(type) {
			case jupyter.Status:
				idle = idle || c.ExecutionState == "idle"
			case jupyter.Stream:
				o.streams++
			case jupyter.Error:
				o.failed, o.problem = true, c.Name+": "+c.Value
			}
			replied = replied || m.Channel == jupyter.Shell
		case <-time.After(2 * time.Minute):
			return o, errors.New("no answer for two minutes")
		case <-ctx.Done():
			return o, ctx.Err()
		}
	}
	o.took = time.Since(begin)
	return o, nil
}

func (k *kernel) execute(ctx context.Context, source string) (outcome, error) {
	return k.request(ctx, jupyter.ExecuteRequest{Code: source, StoreHistory: true})
}

func (k *kernel) close() {
	k.cmd.Process.Signal(syscall.SIGTERM)
	kill := time.AfterFunc(5*time.Second, func() { k.cmd.Process.Kill() })
	k.cmd.Wait()
	kill.Stop()
	k.shell.Close()
	k.iopub.Close()
	os.RemoveAll(k.dir)
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
