package study

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"lanebook/internal/jupyter"
)

var protocols = map[string]string{"v1": jupyter.Subprotocol, "json": ""}

func (s *running) kernel() string {
	s.t.Helper()
	var k kernelModel
	s.do("POST /api/kernels", nil).want(s.t, 201, &k)
	return k.ID
}

func TestExecute(t *testing.T) {
	for name, protocol := range protocols {
		t.Run(name, func(t *testing.T) {
			s := serve(t, Options{})
			p := s.dial(s.kernel(), "a", protocol)
			if p.v1 != (name == "v1") {
				t.Fatalf("negotiated v1: %v", p.v1)
			}
			got := p.execute("print hello <世界>")
			if out := stdout(got); out != "hello <世界>\n" {
				t.Errorf("printed %q in %s", out, describe(got))
			}
			got = p.execute("nonsense")
			if reply, ok := got[len(got)-2].Content.(jupyter.ExecuteReply); !ok || reply.Status != "error" {
				t.Errorf("a wrong cell: %s", describe(got))
			}
			got = p.finish(p.send(jupyter.Control, jupyter.KernelInfoRequest{}))
			if !strings.Contains(describe(got), "[control kernel_info_reply]") {
				t.Errorf("control: %s", describe(got))
			}
		})
	}
}

func TestStdin(t *testing.T) {
	s := serve(t, Options{})
	p := s.dial(s.kernel(), "a", jupyter.Subprotocol)
	other := s.dial(s.list()[0].id, "b", jupyter.Subprotocol)
	s.connected(s.list()[0].id, 2)
	id := p.send(jupyter.Shell, jupyter.ExecuteRequest{Code: "ask name?", AllowStdin: true})
	p.until(func(m jupyter.Message) bool { return m.Channel == jupyter.Stdin })
	p.send(jupyter.Stdin, jupyter.InputReply{Value: "Ada"})
	if got := stdout(p.finish(id)); got != "you said Ada" {
		t.Errorf("got %q", got)
	}
	got := other.until(func(m jupyter.Message) bool { return m.Type() == jupyter.TypeStream })
	if strings.Contains(describe(got), "stdin") {
		t.Errorf("another client was asked: %s", describe(got))
	}
}

func (s *running) list() []*live { return s.kernels.list() }

// Everybody sees what is published; the reply goes to who asked.
func TestBroadcast(t *testing.T) {
	s := serve(t, Options{})
	id := s.kernel()
	a, b := s.dial(id, "a", jupyter.Subprotocol), s.dial(id, "b", "")
	s.connected(id, 2)
	a.execute("print shared")
	got := b.until(func(m jupyter.Message) bool { return m.Type() == jupyter.TypeStream })
	got = append(got, b.execute("print more")...)
	if out := stdout(got); out != "shared\nmore\n" {
		t.Errorf("b saw %q", out)
	}
	replies := strings.Count(describe(got), "[shell execute_reply]")
	if replies != 1 {
		t.Errorf("b got %d replies, want its own: %s", replies, describe(got))
	}
}

func TestInterrupt(t *testing.T) {
	s := serve(t, Options{})
	id := s.kernel()
	p := s.dial(id, "a", jupyter.Subprotocol)
	for _, how := range []string{"rest", "message"} {
		t.Run(how, func(t *testing.T) {
			request := p.send(jupyter.Shell, jupyter.ExecuteRequest{Code: "sleep"})
			p.until(func(m jupyter.Message) bool { return m.Type() == jupyter.TypeStream })
			s.state(id, "busy")
			if how == "rest" {
				s.do("POST /api/kernels/"+id+"/interrupt", nil).want(t, 204, nil)
			} else {
				p.send(jupyter.Control, jupyter.InterruptRequest{})
			}
			p.finish(request)
			s.state(id, "idle")
		})
	}
}

// An interrupt is busy and idle while the cell still runs; the kernel is busy.
func TestStateCountsRequests(t *testing.T) {
	l := newLive("x", 1, "lanebook", "", "")
	for _, step := range []struct{ parent, state, want string }{
		{"", "starting", "starting"},
		{"cell", "busy", "busy"},
		{"info", "busy", "busy"},
		{"info", "idle", "busy"},
		{"cell", "idle", "idle"},
		{"", "restarting", "restarting"},
		{"", "idle", "idle"},
	} {
		l.follow(step.parent, step.state)
		if l.state != step.want {
			t.Errorf("after %s %s: %s, want %s", step.parent, step.state, l.state, step.want)
		}
	}
}

// A restart that somebody asked for settles every cell that was sent, and is
// not announced as if the kernel had died.
func TestRestart(t *testing.T) {
	s := serve(t, Options{})
	id := s.kernel()
	p := s.dial(id, "a", jupyter.Subprotocol)
	p.execute("print 1")
	p.send(jupyter.Shell, jupyter.ExecuteRequest{Code: "sleep"})
	p.until(func(m jupyter.Message) bool { return m.Type() == jupyter.TypeStream })
	waiting := p.send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print never"})
	p.finish(p.send(jupyter.Control, jupyter.KernelInfoRequest{})) // so the one before has arrived
	s.do("POST /api/kernels/"+id+"/restart", nil).want(t, 200, nil)
	got := p.finish(waiting)
	got = append(got, p.execute("print again")...)
	text := describe(got)
	if !strings.Contains(text, "=starting") || strings.Contains(text, "=restarting") {
		t.Error(text)
	}
	reply := got[len(got)-2].Content.(jupyter.ExecuteReply)
	if stdout(got) != "again\n" || reply.ExecutionCount != 1 {
		t.Errorf("after the restart: %q, count %d", stdout(got), reply.ExecutionCount)
	}
}

func TestShutdownMessageEndsTheKernel(t *testing.T) {
	s := serve(t, Options{})
	id := s.kernel()
	p := s.dial(id, "a", jupyter.Subprotocol)
	p.send(jupyter.Control, jupyter.ShutdownRequest{Restart: true})
	p.until(func(m jupyter.Message) bool {
		st, ok := m.Content.(jupyter.Status)
		return ok && st.ExecutionState == restarting
	})
	if got := stdout(p.execute("print back")); got != "back\n" {
		t.Errorf("after restart: %q", got)
	}
	p.send(jupyter.Control, jupyter.ShutdownRequest{})
	p.closes(closeGone)
	s.do("GET /api/kernels/"+id, nil).want(t, 404, nil)
}

// Who hears that a kernel restarts may send at once: that waits for the new one.
func TestRestartIsAnnouncedInTime(t *testing.T) {
	s := serve(t, Options{})
	p := s.dial(s.kernel(), "a", jupyter.Subprotocol)
	p.execute("print 1")
	l := s.list()[0]
	// Every message of the server's own is dated before it leaves.
	l.author = jupyter.NewAuthor("x", "lanebook", func() time.Time {
		if l.in.TryLock() { // who holds it keeps requests waiting
			defer l.in.Unlock()
			if l.kernel != nil {
				t.Error("the kernel that has ended would still get requests")
			}
		}
		return time.Now()
	})
	p.send(jupyter.Control, jupyter.ShutdownRequest{Restart: true})
	p.until(func(m jupyter.Message) bool {
		st, ok := m.Content.(jupyter.Status)
		return ok && st.ExecutionState == restarting
	})
	if got := stdout(p.execute("print back")); got != "back\n" {
		t.Errorf("after restart: %q", got)
	}
}

// closes reads until the server closes the socket and checks the code.
func (p *peer) closes(want websocket.StatusCode) {
	p.t.Helper()
	for {
		_, _, err := p.read()
		if err == nil {
			continue
		}
		if got := websocket.CloseStatus(err); got != want {
			p.t.Errorf("closed with %d (%v), want %d", got, err, want)
		}
		return
	}
}

func TestDeleteClosesSockets(t *testing.T) {
	s := serve(t, Options{})
	id := s.kernel()
	p := s.dial(id, "a", jupyter.Subprotocol)
	p.send(jupyter.Shell, jupyter.ExecuteRequest{Code: "sleep"})
	p.until(func(m jupyter.Message) bool { return m.Type() == jupyter.TypeStream })
	s.do("DELETE /api/kernels/"+id, nil).want(t, 204, nil)
	p.closes(closeGone)
}

// A page whose socket drops comes back with its session id and has missed
// nothing; another page gets only what comes from now on.
func TestReconnect(t *testing.T) {
	s := serve(t, Options{})
	id := s.kernel()
	p := s.dial(id, "same", jupyter.Subprotocol)
	request := p.send(jupyter.Shell, jupyter.ExecuteRequest{Code: "sleep", StoreHistory: true})
	p.until(func(m jupyter.Message) bool { return m.Type() == jupyter.TypeStream })
	p.conn.CloseNow()
	s.connections(id, 0)
	s.do("POST /api/kernels/"+id+"/interrupt", nil).want(t, 204, nil)
	s.state(id, "idle")

	stranger := s.dial(id, "other", jupyter.Subprotocol)
	if got := stranger.execute("print new"); strings.Contains(describe(got), "error") {
		t.Errorf("a stranger got the past: %s", describe(got))
	}
	back := s.dial(id, "same", "") // the protocol may change, too
	got := back.finish(request)
	if !strings.Contains(describe(got), "[iopub error]") {
		t.Errorf("missed: %s", describe(got))
	}
}

func (s *running) connections(id string, want int) {
	s.t.Helper()
	var k kernelModel
	for start := time.Now(); time.Since(start) < patience; time.Sleep(5 * time.Millisecond) {
		s.do("GET /api/kernels/"+id, nil).want(s.t, 200, &k)
		if k.Connections == want {
			return
		}
	}
	s.t.Fatalf("%d connections, want %d", k.Connections, want)
}

// Junk on the socket is dropped; the next request is answered.
func TestJunkFrames(t *testing.T) {
	u64 := func(values ...uint64) (frame []byte) {
		for _, v := range values {
			frame = binary.LittleEndian.AppendUint64(frame, v)
		}
		return frame
	}
	junk := map[string][][]byte{
		"v1": {
			nil, {0}, []byte("{}"), []byte(strings.Repeat("x", 100)),
			u64(0), u64(1), u64(1 << 63), u64(6, 8, 8, 8, 8, 8, 8), u64(3, 32, 32, 32),
			u64(6, 56, 56, 56, 56, 56, 1<<63), u64(6, 56, 40, 56, 56, 56, 56), u64(7, 64, 64, 64, 64, 64, 64, 64),
		},
		"json": {
			nil, []byte("null"), []byte("[]"), []byte("{"), []byte(`{"channel":"iopub"}`), []byte(`{"header":3}`),
			[]byte(`{"channel":"shell","header":{"msg_type":"execute_request","msg_id":"junk"},"content":[]}`),
			[]byte(`{"channel":"hb","header":{}}`), []byte(strings.Repeat(`{"a":`, 20_000)),
		},
	}
	for name, protocol := range protocols {
		t.Run(name, func(t *testing.T) {
			s := serve(t, Options{})
			p := s.dial(s.kernel(), "a", protocol)
			for _, frame := range junk[name] {
				for _, kind := range []websocket.MessageType{websocket.MessageBinary, websocket.MessageText} {
					if err := p.conn.Write(t.Context(), kind, frame); err != nil {
						t.Fatal(err)
					}
				}
			}
			if got := stdout(p.execute("print alive")); got != "alive\n" {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestHugeMessageEndsTheSocketOnly(t *testing.T) {
	s := serve(t, Options{})
	id := s.kernel()
	p := s.dial(id, "a", jupyter.Subprotocol)
	err := p.conn.Write(t.Context(), websocket.MessageBinary, make([]byte, maxMessage+1))
	if err == nil {
		p.closes(websocket.StatusMessageTooBig)
	}
	if got := stdout(s.dial(id, "b", jupyter.Subprotocol).execute("print alive")); got != "alive\n" {
		t.Errorf("got %q", got)
	}
}

func TestPing(t *testing.T) {
	s := serve(t, Options{})
	p := s.dial(s.kernel(), "a", jupyter.Subprotocol)
	go p.next() // a pong is seen by a reader only
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := p.conn.Ping(ctx); err != nil {
		t.Error(err)
	}
}

// What is sent while the kernel starts waits for it.
func TestRequestsWaitForTheStart(t *testing.T) {
	ready := make(chan struct{})
	s := serve(t, Options{Start: func(ctx context.Context, c KernelConfig) (Kernel, error) {
		<-ready
		return startStub(ctx, c)
	}})
	id := s.kernel()
	s.state(id, "starting")
	p := s.dial(id, "a", jupyter.Subprotocol)
	request := p.send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print late"})
	close(ready)
	if got := stdout(p.finish(request)); got != "late\n" {
		t.Errorf("got %q", got)
	}
}

func TestKernelThatCannotStart(t *testing.T) {
	s := serve(t, Options{Start: func(context.Context, KernelConfig) (Kernel, error) {
		return nil, errors.New("no")
	}})
	id := s.kernel()
	for start := time.Now(); time.Since(start) < patience; time.Sleep(5 * time.Millisecond) {
		if s.do("GET /api/kernels/"+id, nil).StatusCode == 404 {
			return
		}
	}
	t.Error("a kernel that is dead is still listed")
}

// Whoever asks too much of a kernel that starts is told so, and does not wait.
func TestTooManyWhileStarting(t *testing.T) {
	release := make(chan struct{})
	s := serve(t, Options{Start: func(ctx context.Context, c KernelConfig) (Kernel, error) {
		<-release
		return startStub(ctx, c)
	}})
	p := s.dial(s.kernel(), "a", jupyter.Subprotocol)
	var last string
	for range maxPending + 1 {
		last = p.send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print x"})
	}
	got := p.finish(last)
	close(release)
	reply, ok := got[len(got)-2].Content.(jupyter.ExecuteReply)
	if !ok || reply.Status != jupyter.Aborted {
		t.Errorf("the one too many: %s", describe(got))
	}
}

// Of many kernels, only those last used stay awake for long.
func TestManyKernelsAreParked(t *testing.T) {
	var engines []*stubEngine
	s := serve(t, Options{Start: func(ctx context.Context, c KernelConfig) (Kernel, error) {
		k, err := startStub(ctx, c)
		engines = append(engines, k.(stubKernel).engine)
		return k, err
	}})
	for range maxAwake + 2 {
		s.dial(s.kernel(), "a", jupyter.Subprotocol).execute("print 1")
	}
	for _, l := range s.list() {
		l.out.Lock()
		l.activity = l.activity.Add(-parkSoon)
		l.out.Unlock()
	}
	s.kernels.park(time.Hour)
	parked := make([]int32, len(engines))
	want := make([]int32, maxAwake+2)
	want[0], want[1] = 1, 1
	// On a slow machine the server has parked them by itself, or is about to.
	for start := time.Now(); !slices.Equal(parked, want); time.Sleep(5 * time.Millisecond) {
		for i, e := range engines {
			parked[i] = e.parked.Load()
		}
		if time.Since(start) > patience {
			t.Fatalf("how often each was parked: %v, want %v", parked, want)
		}
	}
}

// A kernel that nobody uses is parked once, and works on as if nothing was.
func TestIdleKernelIsParked(t *testing.T) {
	var engine *stubEngine
	s := serve(t, Options{Start: func(ctx context.Context, c KernelConfig) (Kernel, error) {
		k, err := startStub(ctx, c)
		engine = k.(stubKernel).engine
		return k, err
	}})
	p := s.dial(s.kernel(), "a", jupyter.Subprotocol)
	p.execute("print 1")
	l := s.list()[0]
	l.park(time.Hour)
	if n := engine.parked.Load(); n != 0 {
		t.Fatalf("parked %d times right after a cell", n)
	}
	l.park(0)
	l.park(0)
	if n := engine.parked.Load(); n != 1 {
		t.Errorf("parked %d times while idle, want once", n)
	}
	p.finish(p.send(jupyter.Shell, jupyter.CompleteRequest{Code: "x"}))
	if n := engine.woken.Load(); n != 1 {
		t.Errorf("woken %d times by the first request", n)
	}
	id := p.send(jupyter.Shell, jupyter.ExecuteRequest{Code: "sleep"})
	p.until(func(m jupyter.Message) bool { return m.Type() == jupyter.TypeStream })
	l.park(0)
	if n := engine.parked.Load(); n != 1 {
		t.Error("parked while a cell ran")
	}
	l.interrupt()
	p.finish(id)
	if got := stdout(p.execute("print 2")); got != "2\n" {
		t.Errorf("afterwards: %q", got)
	}
}
