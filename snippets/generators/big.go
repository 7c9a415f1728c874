package generators

import (
	"io"
	"strconv"
)

// BigReader reads like a huge file: n records, "record 1" to "record n", with
// sep between each two. They are made while they are read, so the size of the
// file costs no memory.
func BigReader(n int64, sep string) io.Reader { return &bigReader{last: n, sep: sep} }

type bigReader struct {
	made, last int64
	sep        string
	rest       []byte // of the record at hand
	buf        [64]byte
}

func (b *bigReader) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if len(b.rest) == 0 {
			if b.made >= b.last {
				break
			}
			b.made++
			b.rest = append(b.buf[:0], "record "...)
			b.rest = strconv.AppendInt(b.rest, b.made, 10)
			if b.made < b.last {
				b.rest = append(b.rest, b.sep...)
			}
		}
		taken := copy(p[n:], b.rest)
		b.rest = b.rest[taken:]
		n += taken
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}
