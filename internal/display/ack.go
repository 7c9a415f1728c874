package display

import (
	"errors"
	"io"
)

// maxAnswer bounds one message of the back pipe. Values for widgets travel
// there too; we skip them.
const maxAnswer = 16 << 20

var errAnswer = errors.New("display: junk in the kernel's answer")

// readAnswer reads one gob message. It returns the number of an acknowledged
// sync, or ok = false for anything else (type definitions, widget values).
func readAnswer(r io.Reader) (id int, ok bool, err error) {
	n, err := readUint(r)
	if err != nil {
		return 0, false, err
	}
	if n == 0 || n > maxAnswer {
		return 0, false, errAnswer
	}
	buf := make([]byte, n)
	if _, err := io.ReadFull(r, buf); err != nil {
		return 0, false, err
	}
	id, ok = parseAnswer(buf)
	return id, ok, nil
}

// parseAnswer reads a CommValue{Address: "#gonbui/sync_ack", Value: int}.
func parseAnswer(msg []byte) (id int, ok bool) {
	c := cursor{b: msg}
	if c.int() < 0 { // a type definition
		return 0, false
	}
	if c.uint() != 1 || c.string() != syncedAddr {
		return 0, false
	}
	delta := c.uint()
	if delta == 1 { // Request, false or true
		c.uint()
		delta = c.uint() + 1
	}
	if delta != 2 || c.string() != "int" || c.int() != idInt {
		return 0, false
	}
	c.uint() // length
	c.uint() // zero: not a struct
	id = c.int()
	return id, !c.bad
}

// cursor reads gob's numbers and strings; after the first one that does not
// fit it is bad and yields zeros.
type cursor struct {
	b   []byte
	bad bool
}

// Read makes a cursor an io.Reader for readUint.
func (c *cursor) Read(p []byte) (int, error) {
	if len(c.b) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.b)
	c.b = c.b[n:]
	return n, nil
}

func (c *cursor) uint() uint64 {
	if c.bad {
		return 0
	}
	u, err := readUint(c)
	if err != nil {
		c.bad = true
		return 0
	}
	return u
}

func (c *cursor) int() int {
	u := c.uint()
	if u&1 != 0 {
		return int(^(u >> 1))
	}
	return int(u >> 1)
}

func (c *cursor) string() string {
	n := c.uint()
	if c.bad || n > uint64(len(c.b)) {
		c.bad = true
		return ""
	}
	s := string(c.b[:n])
	c.b = c.b[n:]
	return s
}

// readUint reads what appendUint writes.
func readUint(r io.Reader) (uint64, error) {
	var buf [8]byte
	if _, err := io.ReadFull(r, buf[:1]); err != nil {
		return 0, err
	}
	if buf[0] < 128 {
		return uint64(buf[0]), nil
	}
	n := -int(int8(buf[0]))
	if n > 8 {
		return 0, errAnswer
	}
	if _, err := io.ReadFull(r, buf[:n]); err != nil {
		return 0, err
	}
	var u uint64
	for _, x := range buf[:n] {
		u = u<<8 | uint64(x)
	}
	return u, nil
}
