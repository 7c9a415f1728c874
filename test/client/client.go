// Package client starts the real lanebook kernel and talks to it over its
// ZeroMQ sockets, for programs that measure or torment it. It reads ZeroMQ
// with a library that shares no code with ours.
package client

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"lanebook/internal/jupyter"

	"github.com/go-zeromq/zmq4"
)

// Options say which kernel to start, and where.
type Options struct {
	Binary string
	Dir    string    // where cells run; empty: a new folder
	Temp   string    // for temporary files; empty: a new folder
	Env    []string  // on top of our own environment
	Log    io.Writer // what the kernel says to stderr; nil: our own
}

// Kernel is a running kernel and a client of its sockets.
type Kernel struct {
	Cmd   *exec.Cmd
	Ready time.Duration // from process start to the first reply
	Dir   string        // where cells run
	Temp  string        // its folder for temporary files

	own     string // removed at the end
	key     []byte
	author  *jupyter.Author
	sockets map[jupyter.Channel]zmq4.Socket
	heard   chan struct{} // holds a token when the kernel knows that we listen on IOPub
	ended   chan struct{} // closed when the process has ended
	cancel  context.CancelFunc

	mu    sync.Mutex
	calls map[string]*call // by id of the request
}

// call is a request and what has come of it.
type call struct {
	messages []jupyter.Message
	passed   []jupyter.Message // seen by Wait, but not collected
	news     chan struct{}     // holds a token when there is something new
}

// Outcome is what came of one request.
type Outcome struct {
	Took    time.Duration // from sending to idle and reply, whichever is later
	Streams int           // stream messages
	Stdout  string
	Stderr  string
	Failed  bool
	Name    string // of the error
	Problem string // name and value of the error
	Reply   jupyter.Content
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

// Start starts a kernel and waits until it answers.
func Start(ctx context.Context, o Options) (*Kernel, error) {
	own, err := os.MkdirTemp("", "lanebook-client")
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	k := &Kernel{
		Dir: o.Dir, Temp: o.Temp, own: own, key: []byte("client"), cancel: cancel,
		author: jupyter.NewAuthor("client", "client", time.Now),
		calls:  map[string]*call{},
	}
	if k.Dir == "" {
		k.Dir = filepath.Join(own, "notebooks")
	}
	if k.Temp == "" {
		k.Temp = filepath.Join(own, "tmp")
	}
	err = errors.Join(os.MkdirAll(k.Dir, 0o755), os.MkdirAll(k.Temp, 0o755))
	if err == nil {
		err = errPortTaken
	}
	for tries := 0; tries < 5 && errors.Is(err, errPortTaken); tries++ {
		err = k.start(ctx, o)
	}
	if err != nil {
		k.Close()
		return nil, err
	}
	return k, nil
}

// errPortTaken is what Jupyter knows, too: between the choice of a port and its
// use somebody else may take it.
var errPortTaken = errors.New("the kernel did not get its ports")

// Ports below those that a system hands out by itself, Linux from 32768 and
// macOS from 49152.
const firstPort, lastPort = 10_000, 32_000

var given struct {
	sync.Mutex
	ports map[int]bool
}

// FreePort returns a port that is free and stays so until it is used: no
// connection gets it by chance, and in this process nobody else does.
func FreePort() (int, error) {
	given.Lock()
	defer given.Unlock()
	if given.ports == nil {
		given.ports = map[int]bool{}
	}
	var err error
	for range 1000 { // arbitrary; the first will do nearly always
		port := firstPort + rand.IntN(lastPort-firstPort)
		if given.ports[port] {
			continue
		}
		var l net.Listener
		if l, err = net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			given.ports[port] = true
			return port, l.Close()
		}
	}
	return 0, fmt.Errorf("no free port: %w", err)
}

func (k *Kernel) start(ctx context.Context, o Options) error {
	conn := connection{Transport: "tcp", IP: "127.0.0.1", Key: string(k.key), Scheme: "hmac-sha256"}
	for _, port := range []*int{&conn.Shell, &conn.IOPub, &conn.Stdin, &conn.Control, &conn.HB} {
		var err error
		if *port, err = FreePort(); err != nil {
			return err
		}
	}
	file := filepath.Join(k.own, "connection.json")
	data, err := json.Marshal(conn)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return err
	}
	k.Cmd = exec.Command(o.Binary, "kernel", "-f", file)
	k.Cmd.Dir = k.Dir
	k.Cmd.Env = append(append(os.Environ(), "TMPDIR="+k.Temp), o.Env...)
	k.Cmd.Stderr = cmp.Or[io.Writer](o.Log, os.Stderr)
	k.Cmd.WaitDelay = time.Second // what it has started may hold its stderr
	begin := time.Now()
	if err := k.Cmd.Start(); err != nil {
		return err
	}
	k.heard, k.ended = make(chan struct{}, 1), make(chan struct{})
	go func(ended chan struct{}) {
		_ = k.Cmd.Wait() // how it ended is in ProcessState
		close(ended)
	}(k.ended)
	k.sockets = map[jupyter.Channel]zmq4.Socket{
		jupyter.Shell:   zmq4.NewDealer(ctx, zmq4.WithID(zmq4.SocketIdentity("client"))),
		jupyter.Control: zmq4.NewDealer(ctx, zmq4.WithID(zmq4.SocketIdentity("client"))),
		jupyter.Stdin:   zmq4.NewDealer(ctx, zmq4.WithID(zmq4.SocketIdentity("client"))),
		jupyter.IOPub:   zmq4.NewSub(ctx),
	}
	if err = k.connect(ctx, conn, begin); err == nil {
		return nil
	}
	select {
	case <-k.ended:
		return errors.Join(errPortTaken, err)
	default:
		return err
	}
}

// connect dials until the kernel listens, then waits for its first reply.
func (k *Kernel) connect(ctx context.Context, conn connection, begin time.Time) error {
	ports := map[jupyter.Channel]int{jupyter.Shell: conn.Shell, jupyter.Control: conn.Control, jupyter.Stdin: conn.Stdin, jupyter.IOPub: conn.IOPub}
	for channel, port := range ports {
		addr := fmt.Sprintf("127.0.0.1:%d", port)
		for {
			c, err := net.Dial("tcp", addr)
			if err == nil {
				c.Close()
				break
			}
			select {
			case <-k.ended:
				return err
			default:
			}
			if time.Since(begin) > time.Minute {
				return fmt.Errorf("the kernel does not listen: %w", err)
			}
			time.Sleep(time.Millisecond)
		}
		if err := k.sockets[channel].Dial("tcp://" + addr); err != nil {
			return err
		}
	}
	if err := k.sockets[jupyter.IOPub].SetOption(zmq4.OptionSubscribe, ""); err != nil {
		return err
	}
	for channel, socket := range k.sockets {
		go k.receive(channel, socket, k.heard)
	}
	// Before that, what it publishes might pass us by.
	select {
	case <-k.heard:
	case <-time.After(patience):
		return errors.New("the kernel welcomes nobody")
	case <-k.ended:
		return errors.New("the kernel has ended")
	case <-ctx.Done():
		return ctx.Err()
	}
	if _, err := k.Request(ctx, jupyter.Shell, jupyter.KernelInfoRequest{}); err != nil {
		return err
	}
	k.Ready = time.Since(begin)
	return nil
}

func (k *Kernel) receive(channel jupyter.Channel, socket zmq4.Socket, heard chan<- struct{}) {
	for {
		frames, err := socket.Recv()
		if err != nil {
			return
		}
		m, err := jupyter.Decode(channel, frames.Frames, k.key)
		if err != nil {
			continue
		}
		if m.Content == (jupyter.IOPubWelcome{}) {
			select {
			case heard <- struct{}{}:
			default:
			}
		}
		k.mu.Lock()
		if c := k.calls[m.Parent.ID]; c != nil {
			c.messages = append(c.messages, m)
			select {
			case c.news <- struct{}{}:
			default:
			}
		}
		k.mu.Unlock()
	}
}

// Send sends a request and does not wait.
func (k *Kernel) Send(channel jupyter.Channel, content jupyter.Content) (jupyter.Message, error) {
	request := k.author.New(channel, content)
	frames, err := jupyter.Encode(request, k.key)
	if err != nil {
		return request, err
	}
	k.mu.Lock()
	k.calls[request.Header.ID] = &call{news: make(chan struct{}, 1)}
	k.mu.Unlock()
	return request, k.sockets[channel].SendMulti(zmq4.NewMsgFrom(frames...))
}

// take returns what has come of a request since the last call, after waiting
// for something.
func (k *Kernel) take(ctx context.Context, request jupyter.Message, patience time.Duration) ([]jupyter.Message, error) {
	k.mu.Lock()
	c := k.calls[request.Header.ID]
	k.mu.Unlock()
	select {
	case <-c.news:
	case <-time.After(patience):
		return nil, fmt.Errorf("nothing came of %s in %v", request.Type(), patience)
	case <-k.ended:
		// What it said last may still be on its way.
		select {
		case <-c.news:
		case <-time.After(time.Second):
			return nil, fmt.Errorf("the kernel has ended: %v", k.Cmd.ProcessState)
		}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	got := append(c.passed, c.messages...)
	c.passed, c.messages = nil, nil
	return got, nil
}

// patience is how long a kernel may be silent.
const patience = 3 * time.Minute

// Collect waits until both the reply and idle are there. The time counts from
// begin.
func (k *Kernel) Collect(ctx context.Context, request jupyter.Message, begin time.Time) (o Outcome, err error) {
	var stdout, stderr strings.Builder
	// Nobody but its sender hears of a draft.
	idle := request.Type() == jupyter.TypeDraftRequest
	_, replies := jupyter.ReplyType(request.Type())
	for replied := !replies; !idle || !replied; {
		messages, err := k.take(ctx, request, patience)
		if err != nil {
			return o, err
		}
		for _, m := range messages {
			switch c := m.Content.(type) {
			case jupyter.Status:
				idle = idle || c.ExecutionState == jupyter.Idle
			case jupyter.Stream:
				o.Streams++
				if c.Name == "stderr" {
					stderr.WriteString(c.Text)
				} else {
					stdout.WriteString(c.Text)
				}
			case jupyter.Error:
				o.Failed, o.Name, o.Problem = true, c.Name, c.Name+": "+c.Value
			}
			if m.Channel == request.Channel {
				replied, o.Reply = true, m.Content
			}
		}
	}
	k.mu.Lock()
	delete(k.calls, request.Header.ID)
	k.mu.Unlock()
	o.Took, o.Stdout, o.Stderr = time.Since(begin), stdout.String(), stderr.String()
	return o, nil
}

// Request sends a request and collects what comes of it.
func (k *Kernel) Request(ctx context.Context, channel jupyter.Channel, content jupyter.Content) (Outcome, error) {
	begin := time.Now()
	request, err := k.Send(channel, content)
	if err != nil {
		return Outcome{}, err
	}
	return k.Collect(ctx, request, begin)
}

// Execute runs a cell.
func (k *Kernel) Execute(ctx context.Context, source string) (Outcome, error) {
	return k.Request(ctx, jupyter.Shell, jupyter.ExecuteRequest{Code: source, StoreHistory: true})
}

// ExecuteAll sends cells back to back, as "run all" does. The times count from
// the first sending.
func (k *Kernel) ExecuteAll(ctx context.Context, sources []string) ([]Outcome, error) {
	begin := time.Now()
	var sent []jupyter.Message
	for _, source := range sources {
		request, err := k.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: source, StoreHistory: true})
		if err != nil {
			return nil, err
		}
		sent = append(sent, request)
	}
	var all []Outcome
	for _, request := range sent {
		o, err := k.Collect(ctx, request, begin)
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, nil
}

// WaitOutput waits until a cell that was sent has printed something.
func (k *Kernel) WaitOutput(ctx context.Context, request jupyter.Message) error {
	return k.Wait(ctx, request, "output", func(m jupyter.Message) bool { return m.Type() == jupyter.TypeStream })
}

// Wait waits until something wanted has come of a request that was sent.
func (k *Kernel) Wait(ctx context.Context, request jupyter.Message, what string, wanted func(jupyter.Message) bool) error {
	for {
		messages, err := k.take(ctx, request, patience)
		if err != nil {
			return err
		}
		k.mu.Lock()
		c := k.calls[request.Header.ID]
		c.passed = append(c.passed, messages...)
		k.mu.Unlock()
		for _, m := range messages {
			switch {
			case wanted(m):
				return nil
			case m.Content == jupyter.Status{ExecutionState: jupyter.Idle}:
				return fmt.Errorf("%s has ended without %s", request.Type(), what)
			}
		}
	}
}

// Ended waits until the kernel has ended by itself, and says how.
func (k *Kernel) Ended(ctx context.Context) (*os.ProcessState, error) {
	select {
	case <-k.ended:
		return k.Cmd.ProcessState, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close ends the kernel and says what it has left behind.
func (k *Kernel) Close() error {
	defer os.RemoveAll(k.own)
	defer k.cancel()
	if k.Cmd == nil || k.Cmd.Process == nil {
		return nil
	}
	_ = k.Cmd.Process.Signal(syscall.SIGTERM) // it may have ended already
	select {
	case <-k.ended:
	case <-time.After(time.Minute):
		_ = k.Cmd.Process.Kill()
		<-k.ended
		return errors.New("the kernel ignores SIGTERM")
	}
	left, err := os.ReadDir(k.Temp)
	if err == nil && len(left) > 0 {
		return fmt.Errorf("the kernel left %v behind", left)
	}
	return nil
}

// Processes lists the processes that have come from this kernel, itself not
// counted: they have inherited its folder for temporary files. It is empty
// where there is no /proc.
func (k *Kernel) Processes() []int {
	files, _ := filepath.Glob("/proc/[0-9]*/environ")
	var found []int
	for _, file := range files {
		env, err := os.ReadFile(file)
		pid, perr := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil || perr != nil || pid == k.Cmd.Process.Pid {
			continue
		}
		if slices.Contains(strings.Split(string(env), "\x00"), "TMPDIR="+k.Temp) {
			found = append(found, pid)
		}
	}
	return found
}

// Kill ends the kernel's process at once, as a machine that is out of memory
// would, and waits for its end.
func (k *Kernel) Kill() {
	_ = k.Cmd.Process.Kill()
	<-k.ended
}
