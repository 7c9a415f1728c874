package zmtp

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var limits = Limits{Frames: 4, Bytes: 100_000}

// wire is a connection whose peer has already sent everything it will send.
type wire struct {
	io.Reader
	io.Writer
}

func (wire) Close() error                     { return nil }
func (wire) LocalAddr() net.Addr              { return nil }
func (wire) RemoteAddr() net.Addr             { return nil }
func (wire) SetDeadline(time.Time) error      { return nil }
func (wire) SetReadDeadline(time.Time) error  { return nil }
func (wire) SetWriteDeadline(time.Time) error { return nil }

// open shakes hands with a peer that sends these bytes.
func open(sent []byte) (*Conn, error) {
	return Open(wire{bytes.NewReader(sent), io.Discard}, "ROUTER", []string{"DEALER", "REQ"}, limits)
}

// hello is a proper peer's side of the handshake.
func hello(socketType, identity string) []byte {
	ready := appendProperty(nil, "Socket-Type", []byte(socketType))
	ready = appendProperty(ready, "identity", []byte(identity))
	return AppendCommand(greeting(), "READY", ready)
}

func TestOpen(t *testing.T) {
	c, err := open(hello("DEALER", "me"))
	if err != nil {
		t.Fatal(err)
	}
	if c.PeerType != "DEALER" || string(c.PeerIdentity) != "me" {
		t.Errorf("peer %s %q", c.PeerType, c.PeerIdentity)
	}
	if _, err := c.Read(); err != io.EOF {
		t.Errorf("got %v, want EOF", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	curve := hello("DEALER", "")
	copy(curve[12:], "CURVE")
	old := hello("DEALER", "")
	old[10] = 1
	tests := []struct {
		name string
		sent []byte
		want error
	}{
		{"nothing", nil, io.ErrUnexpectedEOF},
		{"HTTP", []byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), ErrGreeting},
		{"half a greeting", greeting()[:40], io.ErrUnexpectedEOF},
		{"greeting only", greeting(), io.ErrUnexpectedEOF},
		{"old version", old, ErrGreeting},
		{"encryption", curve, ErrPeer},
		{"wrong socket type", hello("PUB", ""), ErrPeer},
		{"no socket type", AppendCommand(greeting(), "READY", nil), ErrPeer},
		{"a message first", AppendMessage(greeting(), [][]byte{[]byte("a")}), ErrFrame},
		{"another command", AppendCommand(greeting(), "ERROR", nil), ErrFrame},
		{"property cut short", AppendCommand(greeting(), "READY", []byte{200, 1}), ErrFrame},
		{"huge property", AppendCommand(greeting(), "READY", append(appendProperty(nil, "a", nil)[:2], 255, 255, 255, 255)), ErrFrame},
		{"huge READY", AppendCommand(greeting(), "READY", make([]byte, 5000)), ErrTooLarge},
		{"long identity", hello("DEALER", string(make([]byte, 256))), ErrTooLarge},
		{"unknown flags", append(greeting(), 0x88, 1, 1), ErrFrame},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := open(tt.sent); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestMessages(t *testing.T) {
	want := []Message{
		{Frames: [][]byte{[]byte("one")}},
		{Frames: [][]byte{{}, bytes.Repeat([]byte("x"), 70_000), []byte("end")}},
		{Command: "PING", Frames: [][]byte{{0, 1}}},
		{Frames: [][]byte{bytes.Repeat([]byte("y"), 256)}},
	}
	sent := hello("REQ", "")
	for _, m := range want {
		if m.Command != "" {
			sent = AppendCommand(sent, m.Command, m.Frames[0])
			continue
		}
		sent = AppendMessage(sent, m.Frames)
	}
	c, err := open(sent)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range want {
		got, err := c.Read()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(m, got); diff != "" {
			t.Errorf("message %d differs (-want +got):\n%s", i, diff)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	huge := binary.BigEndian.AppendUint64([]byte{flagLong}, 1<<62)
	negative := binary.BigEndian.AppendUint64([]byte{flagLong}, 1<<63)
	part := AppendMessage(nil, [][]byte{[]byte("a"), []byte("b")})[:3]
	tests := []struct {
		name string
		sent []byte
		want error
	}{
		{"announces exabytes", huge, ErrTooLarge},
		{"announces more than int64", negative, ErrTooLarge},
		{"too large in sum", AppendMessage(nil, [][]byte{make([]byte, 60_000), make([]byte, 60_000)}), ErrTooLarge},
		{"too many frames", AppendMessage(nil, make([][]byte, 5)), ErrTooLarge},
		{"ends inside a frame", []byte{0, 10, 1, 2}, io.ErrUnexpectedEOF},
		{"ends inside a large frame", AppendMessage(nil, [][]byte{make([]byte, 90_000)})[:80_000], io.ErrUnexpectedEOF},
		{"ends inside a length", []byte{flagLong, 0, 0}, io.ErrUnexpectedEOF},
		{"ends inside a message", part, io.ErrUnexpectedEOF},
		{"command inside a message", AppendCommand(part, "PING", nil), ErrFrame},
		{"command with more", []byte{flagCommand | flagMore, 1, 0}, ErrFrame},
		{"empty command", []byte{flagCommand, 0}, ErrFrame},
		{"command without name", []byte{flagCommand, 1, 0}, ErrFrame},
		{"command name cut short", []byte{flagCommand, 2, 9, 'a'}, ErrFrame},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := open(append(hello("DEALER", ""), tt.sent...))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Read(); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func FuzzConn(f *testing.F) {
	f.Add(AppendMessage(hello("DEALER", "x"), [][]byte{[]byte("a"), make([]byte, 300)}))
	f.Add(AppendCommand(hello("REQ", ""), "PING", []byte("ab")))
	f.Fuzz(func(t *testing.T, sent []byte) {
		c, err := open(sent)
		if err != nil {
			return
		}
		for {
			m, err := c.Read()
			if err != nil {
				return
			}
			if len(m.Frames) == 0 {
				t.Error("message without frames")
			}
		}
	})
}
