package jupyter

import "unicode/utf8"

// Cursor converts between the protocol's cursor positions, which count code
// points, and Go's byte offsets, for the code of one request.
//
// Some clients count UTF-16 units instead. That shows only when a position
// lies beyond the last code point; from then on this cursor speaks UTF-16 too,
// so that the client understands the reply.
type Cursor struct {
	code  string
	utf16 bool
	start int
}

// NewCursor reads a position in code. A position of -1 is the end of the code;
// positions outside the code are moved to its nearest end.
func NewCursor(code string, pos int) Cursor {
	c := Cursor{code: code}
	points := utf8.RuneCountInString(code)
	switch {
	case pos == -1:
		c.start = len(code)
		return c
	case pos > points:
		c.utf16 = true
	}
	c.start = c.offset(pos)
	return c
}

// Offset is the position as a byte offset.
func (c Cursor) Offset() int { return c.start }

// Pos converts a byte offset to a position in the client's units.
func (c Cursor) Pos(offset int) int {
	offset = min(max(offset, 0), len(c.code))
	pos := 0
	for _, r := range c.code[:offset] {
		pos += c.width(r)
	}
	return pos
}

// offset converts a position to a byte offset. A position inside a surrogate
// pair becomes the start of its character.
func (c Cursor) offset(pos int) int {
	for i, r := range c.code {
		if pos < c.width(r) {
			return i
		}
		pos -= c.width(r)
	}
	return len(c.code)
}

// width is the number of units that a character takes in the client's count.
func (c Cursor) width(r rune) int {
	if c.utf16 && r > 0xFFFF {
		return 2
	}
	return 1
}
