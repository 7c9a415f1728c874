package generators

import (
	"bufio"
	"bytes"
	"io"
	"iter"
)

// chunkSize is how much Records asks for at a time.
const chunkSize = 40 << 10

// Records yields the pieces of r that sep separates, as bytes.Split would, but
// without having all of r in memory: what is kept is one record and one chunk.
// If reading fails, the error comes last, with what there is of its record.
//
// A record is valid until the next one is asked for: copy it to keep it.
// Records can be ranged over once. It panics if sep is empty.
func Records(r io.Reader, sep []byte) iter.Seq2[[]byte, error] {
	if len(sep) == 0 {
		panic("generators: Records with an empty separator")
	}
	return func(yield func([]byte, error) bool) {
		var buf buffer
		searched := 0 // no separator begins before this
		var err error
		for {
			at := bytes.Index(buf.rest[searched:], sep)
			switch {
			case at >= 0:
				end := searched + at
				if !yield(buf.rest[:end:end], nil) {
					return
				}
				buf.rest, searched = buf.rest[end+len(sep):], 0
			case err == io.EOF:
				yield(buf.rest, nil)
				return
			case err != nil:
				yield(buf.rest, err)
				return
			default:
				// The last bytes may be the beginning of a separator.
				searched = max(0, len(buf.rest)-len(sep)+1)
				err = buf.fill(r)
			}
		}
	}
}

// buffer holds what has been read and not been handed out yet.
type buffer struct {
	all  []byte // the memory
	rest []byte // the end of what is in it
}

// fill adds what one Read returns. It makes room by moving the rest to the
// front, and by taking more memory only when the rest fills half of it.
func (b *buffer) fill(r io.Reader) error {
	if len(b.rest) == cap(b.rest) {
		if 2*len(b.rest) >= len(b.all) {
			b.all = make([]byte, 2*len(b.rest)+chunkSize)
		}
		b.rest = b.all[:copy(b.all, b.rest)]
	}
	for range 100 {
		n, err := r.Read(b.rest[len(b.rest):cap(b.rest)])
		b.rest = b.rest[:len(b.rest)+n]
		if n > 0 || err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// SplitOn makes a bufio.Scanner stop at sep. As with lines, nothing follows a
// separator at the very end. It panics if sep is empty.
func SplitOn(sep []byte) bufio.SplitFunc {
	if len(sep) == 0 {
		panic("generators: SplitOn with an empty separator")
	}
	return func(data []byte, atEOF bool) (advance int, token []byte, err error) {
		if at := bytes.Index(data, sep); at >= 0 {
			return at + len(sep), data[:at], nil
		}
		if atEOF && len(data) > 0 {
			return len(data), data, nil
		}
		return 0, nil, nil // ask for more
	}
}
