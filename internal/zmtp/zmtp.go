// Package zmtp is ZeroMQ's wire protocol, ZMTP 3.0 without encryption: the
// handshake, and the frames of messages and commands on one connection.
//
// It is not a socket library: queues, routing and subscriptions belong to its
// caller. It exists because a kernel must outlive anything that a stranger
// sends to its ports. It allocates no more than what has arrived, holds every
// peer to limits, and reports whatever it does not understand as an error.
//
// The specification: https://rfc.zeromq.org/spec/23/
package zmtp

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
)

// Errors that a peer's bytes can cause. After any of them the connection is of
// no more use.
var (
	ErrGreeting = errors.New("not a ZMTP 3 greeting")
	ErrFrame    = errors.New("malformed frame")
	ErrTooLarge = errors.New("message too large")
	ErrPeer     = errors.New("peer does not fit")
)

// Limits bounds what one message of a peer may hold.
type Limits struct {
	Frames int // parts
	Bytes  int // all parts together
}

// handshakeLimits bounds the commands of a handshake. Arbitrary; a READY takes
// less than 100 bytes.
var handshakeLimits = Limits{Frames: 1, Bytes: 4 << 10}

// Message is one message of a peer, or one command when Command is not empty;
// a command's body is its only frame.
type Message struct {
	Command string
	Frames  [][]byte
}

// Conn is a connection after its handshake. One goroutine may read while
// another writes to the underlying connection.
type Conn struct {
	PeerType     string // socket type of the peer, such as DEALER
	PeerIdentity []byte // what the peer wants to be called; often empty

	r      *bufio.Reader
	limits Limits
}

// Frame flags.
const (
	flagMore    = 1
	flagLong    = 2
	flagCommand = 4
)

const greetingSize = 64

// Open shakes hands over c as a socket of the given type, and accepts peers of
// the types in accepts. It neither closes c nor sets deadlines: both are the
// caller's.
func Open(c net.Conn, socketType string, accepts []string, limits Limits) (*Conn, error) {
	if _, err := c.Write(greeting()); err != nil {
		return nil, fmt.Errorf("greet: %w", err)
	}
	conn := &Conn{r: bufio.NewReader(c), limits: handshakeLimits}
	if err := readGreeting(conn.r); err != nil {
		return nil, fmt.Errorf("greet: %w", err)
	}
	ready := appendProperty(nil, "Socket-Type", []byte(socketType))
	ready = appendProperty(ready, "Identity", nil)
	if _, err := c.Write(AppendCommand(nil, "READY", ready)); err != nil {
		return nil, fmt.Errorf("send READY: %w", err)
	}
	if err := conn.readReady(); err != nil {
		return nil, fmt.Errorf("read READY: %w", err)
	}
	for _, accepted := range accepts {
		if conn.PeerType == accepted {
			conn.limits = limits
			return conn, nil
		}
	}
	return nil, fmt.Errorf("%w: %q to our %s", ErrPeer, conn.PeerType, socketType)
}

// Read returns the next message or command. It fails with io.EOF when the peer
// has closed the connection between two messages.
func (c *Conn) Read() (Message, error) {
	var m Message
	size := 0
	for {
		flags, body, err := c.readFrame(c.limits.Bytes - size)
		if err != nil {
			if errors.Is(err, io.EOF) && len(m.Frames) > 0 {
				err = io.ErrUnexpectedEOF
			}
			return Message{}, err
		}
		if flags&flagCommand != 0 {
			if len(m.Frames) > 0 {
				return Message{}, fmt.Errorf("%w: command inside a message", ErrFrame)
			}
			return parseCommand(body)
		}
		m.Frames = append(m.Frames, body)
		size += len(body)
		if len(m.Frames) > c.limits.Frames {
			return Message{}, fmt.Errorf("%w: more than %d frames", ErrTooLarge, c.limits.Frames)
		}
		if flags&flagMore == 0 {
			return m, nil
		}
	}
}

// AppendMessage appends a message's frames as they go over the wire.
func AppendMessage(dst []byte, frames [][]byte) []byte {
	for i, frame := range frames {
		var flags byte
		if i < len(frames)-1 {
			flags = flagMore
		}
		dst = appendFrame(dst, flags, frame)
	}
	return dst
}

// AppendCommand appends a command as it goes over the wire.
func AppendCommand(dst []byte, name string, body []byte) []byte {
	frame := append([]byte{byte(len(name))}, name...)
	return appendFrame(dst, flagCommand, append(frame, body...))
}

func appendFrame(dst []byte, flags byte, body []byte) []byte {
	if len(body) > 255 {
		dst = append(dst, flags|flagLong)
		dst = binary.BigEndian.AppendUint64(dst, uint64(len(body)))
	} else {
		dst = append(dst, flags, byte(len(body)))
	}
	return append(dst, body...)
}

// readFrame reads one frame of at most limit bytes.
func (c *Conn) readFrame(limit int) (flags byte, body []byte, err error) {
	flags, err = c.r.ReadByte()
	if err != nil {
		return 0, nil, err
	}
	if flags&^(flagMore|flagLong|flagCommand) != 0 || flags&flagCommand != 0 && flags&flagMore != 0 {
		return 0, nil, fmt.Errorf("%w: flags %#x", ErrFrame, flags)
	}
	var length [8]byte
	size := length[7:]
	if flags&flagLong != 0 {
		size = length[:]
	}
	if _, err := io.ReadFull(c.r, size); err != nil {
		return 0, nil, unexpected(err)
	}
	n := binary.BigEndian.Uint64(length[:])
	if n > uint64(limit) {
		return 0, nil, fmt.Errorf("%w: frame of %d bytes", ErrTooLarge, n)
	}
	body, err = readBody(c.r, int(n))
	return flags, body, err
}

// readBody reads n bytes. The memory it takes grows with what arrives, not
// with what the peer announced.
func readBody(r io.Reader, n int) ([]byte, error) {
	const trusted = 64 << 10
	if n <= trusted {
		body := make([]byte, n)
		_, err := io.ReadFull(r, body)
		return body, unexpected(err)
	}
	var body bytes.Buffer
	body.Grow(trusted)
	_, err := io.CopyN(&body, r, int64(n))
	return body.Bytes(), unexpected(err)
}

// unexpected turns an end of the stream inside a frame into an error that is
// not mistaken for a proper end.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func greeting() []byte {
	g := make([]byte, greetingSize)
	g[0], g[9] = 0xFF, 0x7F // signature
	g[10], g[11] = 3, 0     // version
	copy(g[12:32], "NULL")  // mechanism; as-server and filler stay zero
	return g
}

func readGreeting(r io.Reader) error {
	g := make([]byte, greetingSize)
	// The signature first: who sends junk may never send 64 bytes of it.
	if _, err := io.ReadFull(r, g[:11]); err != nil {
		return unexpected(err)
	}
	if g[0] != 0xFF || g[9]&1 == 0 || g[10] < 3 {
		return ErrGreeting
	}
	if _, err := io.ReadFull(r, g[11:]); err != nil {
		return unexpected(err)
	}
	if mechanism := string(bytes.TrimRight(g[12:32], "\x00")); mechanism != "NULL" {
		return fmt.Errorf("%w: security mechanism %q", ErrPeer, mechanism)
	}
	return nil
}

func (c *Conn) readReady() error {
	m, err := c.Read()
	if err != nil {
		return unexpected(err)
	}
	if m.Command != "READY" {
		return fmt.Errorf("%w: %q", ErrFrame, m.Command)
	}
	for rest := m.Frames[0]; len(rest) > 0; {
		var name string
		var value []byte
		if name, value, rest, err = cutProperty(rest); err != nil {
			return err
		}
		switch strings.ToLower(name) {
		case "socket-type":
			c.PeerType = string(value)
		case "identity":
			c.PeerIdentity = bytes.Clone(value)
		}
	}
	if len(c.PeerIdentity) > 255 {
		return fmt.Errorf("%w: identity of %d bytes", ErrTooLarge, len(c.PeerIdentity))
	}
	return nil
}

func parseCommand(body []byte) (Message, error) {
	if len(body) == 0 || len(body) < 1+int(body[0]) || body[0] == 0 {
		return Message{}, fmt.Errorf("%w: command of %d bytes", ErrFrame, len(body))
	}
	n := 1 + int(body[0])
	return Message{Command: string(body[1:n]), Frames: [][]byte{body[n:]}}, nil
}

func appendProperty(dst []byte, name string, value []byte) []byte {
	dst = append(dst, byte(len(name)))
	dst = append(dst, name...)
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(value)))
	return append(dst, value...)
}

func cutProperty(b []byte) (name string, value, rest []byte, err error) {
	short := fmt.Errorf("%w: property cut short", ErrFrame)
	n := 1 + int(b[0])
	if len(b) < n+4 {
		return "", nil, nil, short
	}
	name = string(b[1:n])
	size := uint64(binary.BigEndian.Uint32(b[n:]))
	b = b[n+4:]
	if size > uint64(len(b)) {
		return "", nil, nil, short
	}
	return name, b[:size], b[size:], nil
}
