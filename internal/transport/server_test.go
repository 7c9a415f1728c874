package transport

import (
	"bytes"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lanebook/internal/jupyter"
	"lanebook/internal/zmtp"
)

// start serves on free ports. What arrives comes out of the channel.
func start(t *testing.T, info ConnectionInfo) (*Server, chan jupyter.Message) {
	t.Helper()
	s, err := Listen(info, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	arrived := make(chan jupyter.Message, 100)
	s.Serve(func(m jupyter.Message) { arrived <- m })
	return s, arrived
}

// dial opens a bare connection to a channel.
func dial(t *testing.T, info ConnectionInfo, channel jupyter.Channel) net.Conn {
	t.Helper()
	network, address := "unix", fmt.Sprintf("%s-%d", info.IP, info.port(channel))
	if info.Transport == "tcp" {
		network, address = "tcp", fmt.Sprintf("%s:%d", info.IP, info.port(channel))
	}
	c, err := net.Dial(network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.SetDeadline(time.Now().Add(2 * time.Minute)); err != nil { // for all of a test
		t.Fatal(err)
	}
	return c
}

// link is a client's connection after its handshake.
type link struct {
	t   *testing.T
	raw net.Conn
	z   *zmtp.Conn
}

// connect opens a connection as a socket of the given type. Subscribers have
// been welcomed when it returns.
func connect(t *testing.T, info ConnectionInfo, channel jupyter.Channel, typ string) link {
	t.Helper()
	c := dial(t, info, channel)
	z, err := zmtp.Open(c, typ, []string{"ROUTER", "XPUB", "REP"}, zmtp.Limits{Frames: 20, Bytes: 100 << 20})
	if err != nil {
		t.Fatal(err)
	}
	l := link{t, c, z}
	if typ == "SUB" {
		l.put("\x01")
		if m := l.message(info); m.Content != (jupyter.IOPubWelcome{}) {
			t.Fatalf("got %v, want a welcome", m)
		}
	}
	return l
}

// put sends a message.
func (l link) put(frames ...string) {
	l.t.Helper()
	var parts [][]byte
	for _, f := range frames {
		parts = append(parts, []byte(f))
	}
	if _, err := l.raw.Write(zmtp.AppendMessage(nil, parts)); err != nil {
		l.t.Fatal(err)
	}
}

// send sends a Jupyter message and returns it.
func (l link) send(info ConnectionInfo, content jupyter.Content) jupyter.Message {
	l.t.Helper()
	m := clientAuthor.New("", content)
	frames, err := jupyter.Encode(m, []byte(info.Key))
	if err != nil {
		l.t.Fatal(err)
	}
	if _, err := l.raw.Write(zmtp.AppendMessage(nil, frames)); err != nil {
		l.t.Fatal(err)
	}
	return m
}

// get reads a message.
func (l link) get() [][]byte {
	l.t.Helper()
	m, err := l.z.Read()
	if err != nil {
		l.t.Fatal(err)
	}
	return m.Frames
}

// message reads a Jupyter message.
func (l link) message(info ConnectionInfo) jupyter.Message {
	l.t.Helper()
	m, err := jupyter.Decode("", l.get(), []byte(info.Key))
	if err != nil {
		l.t.Fatal(err)
	}
	return m
}

var clientAuthor = jupyter.NewAuthor("client", "learner", time.Now)

func TestRequestsAndReplies(t *testing.T) {
	info := connection(t)
	s, arrived := start(t, info)
	for _, channel := range []jupyter.Channel{jupyter.Shell, jupyter.Control, jupyter.Stdin} {
		one, two := connect(t, info, channel, "DEALER"), connect(t, info, channel, "DEALER")
		for _, l := range []link{one, two} {
			sent := l.send(info, jupyter.KernelInfoRequest{})
			got := <-arrived
			if got.Channel != channel || got.Header.ID != sent.Header.ID {
				t.Errorf("%v arrived, %v was sent on %s", got, sent, channel)
			}
			if err := s.Send(clientAuthor.Reply(got, jupyter.InterruptReply{Status: "ok"})); err != nil {
				t.Error(err)
			}
			if reply := l.message(info); reply.Parent.ID != sent.Header.ID {
				t.Errorf("reply to %s, want %s", reply.Parent.ID, sent.Header.ID)
			}
		}
	}
}

func TestReplyToNobody(t *testing.T) {
	s, _ := start(t, connection(t))
	request := jupyter.Message{Channel: jupyter.Shell, Identities: [][]byte{[]byte("gone")}}
	if err := s.Send(clientAuthor.Reply(request, jupyter.InterruptReply{})); err == nil {
		t.Error("no error")
	}
	request.Identities = nil
	if err := s.Send(clientAuthor.Reply(request, jupyter.InterruptReply{})); err == nil {
		t.Error("no error without identities")
	}
}

// A client that comes back with its old identity gets what is sent to it.
func TestIdentityIsTakenOver(t *testing.T) {
	info := connection(t)
	s, arrived := start(t, info)
	var l link
	for range 2 {
		c := dial(t, info, jupyter.Shell)
		// A handshake with an identity, written by hand.
		ready := "\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER\x08Identity\x00\x00\x00\x02me"
		greeting := append([]byte("\xff\x00\x00\x00\x00\x00\x00\x00\x00\x7f\x03\x00NULL"), make([]byte, 48)...)
		if _, err := c.Write(append(greeting, "\x04"+string(rune(len(ready)))+ready...)); err != nil {
			t.Fatal(err)
		}
		l = link{t, c, nil}
		l.send(info, jupyter.KernelInfoRequest{})
		if got := <-arrived; string(got.Identities[0]) != "me" {
			t.Errorf("identity %q", got.Identities[0])
		}
	}
	if err := s.Send(clientAuthor.Reply(jupyter.Message{Channel: jupyter.Shell, Identities: [][]byte{[]byte("me")}}, jupyter.InterruptReply{Status: "found"})); err != nil {
		t.Fatal(err)
	}
	var got []byte
	for buf := make([]byte, 1000); !bytes.Contains(got, []byte("found")); {
		n, err := l.raw.Read(buf)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, buf[:n]...)
	}
}

func TestHeartbeatEchoes(t *testing.T) {
	info := connection(t)
	start(t, info)
	for _, typ := range []string{"REQ", "DEALER"} {
		l := connect(t, info, jupyter.Heartbeat, typ)
		for _, beat := range []string{"ping", "", strings.Repeat("x", 1000), "\x00\xff"} {
			l.put("", beat)
			if got := l.get(); len(got) != 2 || len(got[0]) != 0 || string(got[1]) != beat {
				t.Errorf("%s: %q came back as %q", typ, beat, got)
			}
		}
	}
}

func TestPingIsAnswered(t *testing.T) {
	info := connection(t)
	start(t, info)
	types := map[jupyter.Channel]string{
		jupyter.Shell: "DEALER", jupyter.Control: "DEALER", jupyter.Stdin: "DEALER",
		jupyter.IOPub: "SUB", jupyter.Heartbeat: "REQ",
	}
	for _, channel := range channels {
		l := connect(t, info, channel, types[channel])
		if _, err := l.raw.Write(zmtp.AppendCommand(nil, "PING", []byte("\x00\x0actx"))); err != nil {
			t.Fatal(err)
		}
		if m, err := l.z.Read(); err != nil || m.Command != "PONG" || string(m.Frames[0]) != "ctx" {
			t.Errorf("%s: got %+v, %v", channel, m, err)
		}
	}
}

func TestBadMessagesAreDropped(t *testing.T) {
	info := connection(t)
	_, arrived := start(t, info)
	other := info
	other.Key = "another key"
	for _, channel := range []jupyter.Channel{jupyter.Shell, jupyter.Control, jupyter.Stdin} {
		l := connect(t, info, channel, "DEALER")
		l.send(other, jupyter.KernelInfoRequest{})                  // wrong signature
		l.put("no", "delimiter")                                    //
		l.put("<IDS|MSG>", "", "{}")                                // too few parts
		l.put("")                                                   // nothing at all
		l.put("<IDS|MSG>", "", "{}", "{}", "{}", "{}")              // no signature
		l.put("<IDS|MSG>", strings.Repeat("0", 64), "", "", "", "") // no JSON
		sent := l.send(info, jupyter.KernelInfoRequest{})
		if got := <-arrived; got.Header.ID != sent.Header.ID {
			t.Errorf("%s: %v got through", channel, got)
		}
	}
}

// check sees that all five sockets serve a client.
func check(t *testing.T, info ConnectionInfo, s *Server, arrived chan jupyter.Message) {
	t.Helper()
	sub := connect(t, info, jupyter.IOPub, "SUB")
	if err := s.Send(clientAuthor.New(jupyter.IOPub, jupyter.Status{ExecutionState: "testing"})); err == nil {
		if m := sub.message(info); m.Content != (jupyter.Status{ExecutionState: "testing"}) {
			t.Errorf("got %v", m)
		}
	} else {
		t.Error(err)
	}
	beat := connect(t, info, jupyter.Heartbeat, "REQ")
	beat.put("", "alive?")
	if got := beat.get(); string(got[1]) != "alive?" {
		t.Errorf("heartbeat %q", got)
	}
	for _, channel := range []jupyter.Channel{jupyter.Shell, jupyter.Control, jupyter.Stdin} {
		l := connect(t, info, channel, "DEALER")
		sent := l.send(info, jupyter.KernelInfoRequest{})
		if got := <-arrived; got.Header.ID != sent.Header.ID {
			t.Errorf("%s: %v got through", channel, got)
		}
	}
}

func TestTopics(t *testing.T) {
	info := connection(t)
	s, _ := start(t, info)
	l := connect(t, info, jupyter.IOPub, "SUB")
	l.put("\x00") // everything no more
	l.put("\x01kernel.stream")
	if m := l.message(info); m.Content != (jupyter.IOPubWelcome{Subscription: "kernel.stream"}) {
		t.Fatalf("got %v", m)
	}
	other := clientAuthor.New(jupyter.IOPub, jupyter.Status{ExecutionState: "busy"})
	other.Identities = [][]byte{[]byte("kernel.status")}
	for _, m := range []jupyter.Message{other, stream(7, 0)} {
		if err := s.Send(m); err != nil {
			t.Fatal(err)
		}
	}
	if m := l.message(info); m.Type() != jupyter.TypeStream {
		t.Errorf("got %v", m)
	}
}

func TestIPC(t *testing.T) {
	// A socket's path must be short, which t.TempDir on macOS is not.
	dir, err := os.MkdirTemp("", "lb")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	info := connection(t)
	info.Transport, info.IP = "ipc", filepath.Join(dir, "k")
	s, arrived := start(t, info)
	check(t, info, s, arrived)
	s.Close()
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
