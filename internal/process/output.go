package process

import (
	"errors"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// A piece of output is passed on when flushEvery has passed since the last
// one, or when there is flushSize of it. The first goes at once.
const (
	flushEvery = 50 * time.Millisecond
	flushSize  = 64 << 10
)

// output gathers text of both streams in the order of its arrival.
type output struct {
	h     Handler
	limit int // bytes left to show; negative: no limit
	max   int
	rest  spill

	buf    []byte
	chunks []chunk
	size   int
	tail   map[string][]byte // an unfinished character, by stream
	last   time.Time         // of the last flush
}

type chunk struct {
	stream string
	text   []byte
}

// newOutput keeps what is read in buf only for a moment. Text beyond the limit
// goes into the file named file, if any.
func newOutput(limit int, file string, buf []byte, h Handler) *output {
	return &output{h: h, limit: limit, max: limit, rest: spill{path: file}, buf: buf, tail: map[string][]byte{}}
}

// readFrom reads once, without waiting. It returns io.EOF when the writers
// have gone.
func (o *output) readFrom(fd int, stream string, limit int) (int, error) {
	for {
		n, err := unix.Read(fd, o.buf[:min(limit, len(o.buf))])
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case errors.Is(err, unix.EAGAIN):
			return 0, nil
		case err != nil:
			return 0, os.NewSyscallError("read", err)
		case n == 0:
			return 0, io.EOF
		}
		o.add(stream, o.buf[:n])
		return n, nil
	}
}

// add takes bytes of a stream; those beyond the limit are not shown.
func (o *output) add(stream string, b []byte) {
	if o.limit >= 0 && len(b) > o.limit {
		defer o.rest.add(stream, b[o.limit:])
		b = b[:o.limit]
	}
	if o.max >= 0 {
		o.limit -= len(b)
	}
	if len(b) == 0 {
		return
	}
	o.size += len(b)
	if n := len(o.chunks); n > 0 && o.chunks[n-1].stream == stream {
		o.chunks[n-1].text = append(o.chunks[n-1].text, b...)
	} else {
		o.chunks = append(o.chunks, chunk{stream, append([]byte(nil), b...)})
	}
	if o.max >= 0 && o.limit == 0 {
		o.flush(time.Now())
		o.h.Notice(Notice{Kind: OutputLimit, Bytes: o.max, File: o.rest.path})
	}
}

// due is how long output may still wait; negative when there is none.
func (o *output) due(now time.Time) time.Duration {
	if o.size == 0 {
		return -1
	}
	return max(0, o.last.Add(flushEvery).Sub(now))
}

func (o *output) flushIfDue(now time.Time) {
	if o.size >= flushSize || o.due(now) == 0 {
		o.flush(now)
	}
}

// flush passes everything on but unfinished characters.
func (o *output) flush(now time.Time) {
	if o.size == 0 {
		return
	}
	for _, c := range o.chunks {
		b := append(o.tail[c.stream], c.text...)
		whole := len(b) - unfinished(b)
		o.tail[c.stream] = append([]byte(nil), b[whole:]...)
		o.emit(c.stream, b[:whole])
	}
	o.chunks, o.size, o.last = nil, 0, now
}

func (o *output) emit(stream string, b []byte) {
	if len(b) > 0 {
		o.h.Output(stream, strings.ToValidUTF8(string(b), "\uFFFD"))
	}
}

// end passes on what is left and says how much was cut.
func (o *output) end() {
	o.flush(time.Now())
	for _, stream := range []string{"stdout", "stderr"} {
		o.emit(stream, o.tail[stream])
	}
	file, last := o.rest.end()
	if o.rest.kept+o.rest.lost > 0 {
		o.h.Notice(Notice{Kind: OutputCut, Bytes: o.rest.lost, Kept: o.rest.kept, File: file})
		o.emit("stderr", last)
	}
}

// unfinished returns how many bytes at the end of b may be the beginning of
// a character whose rest is still to come.
func unfinished(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if c := b[len(b)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}
