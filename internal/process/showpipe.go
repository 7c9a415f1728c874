package process

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sys/unix"

	"lanebook/internal/display"
)

// The kernel's side of GoNB's display protocol; internal/display has the
// cell's. The types are what GoNB's library (gonbui/protocol) sends.
type (
	displayData struct {
		Data      map[string]any
		Metadata  map[string]any
		DisplayID string
	}
	inputRequest struct {
		Prompt   string
		Password bool
	}
	commValue struct {
		Address string
		Request bool
		Value   any
	}
	commSubscription struct {
		Address     string
		Unsubscribe bool
	}
)

const (
	mimeInput     = "gonb/jupyter_input"
	mimeComm      = "gonb/comm_value"
	mimeSubscribe = "gonb/comm_subscribe"
	syncAddr      = "#gonbui/sync"
	syncedAddr    = "#gonbui/sync_ack"
)

// maxDisplay bounds one message; more than a learner wants to see.
const maxDisplay = 64 << 20

// registerTypes tells encoding/gob GoNB's names. Not in an init, because gob
// panics when somebody else in this process has registered them as well.
var registerTypes = sync.OnceFunc(func() {
	const path = "github.com/janpfeifer/gonb/gonbui/protocol."
	gob.RegisterName(path+"InputRequest", inputRequest{})
	gob.RegisterName(path+"CommValue", commValue{})
	gob.RegisterName(path+"CommSubscription", commSubscription{})
	gob.Register(map[string]any{})
	gob.Register([]any{})
	gob.Register([]string{})
})

// item is one message of a program. One of the pointers is set, or it is a
// display.
type item struct {
	display      display.Display
	sync         *int
	ask          *inputRequest
	value        *commValue // for widgets
	subscription *commSubscription
}

// receiver turns the bytes of a display pipe into items. The decoder wants to
// block for more bytes, and a gob value may take several messages, so it
// runs as a coroutine that hands control back when it has read all there is.
type receiver struct {
	raw     []byte // not yet read by the decoder
	taken   int    // bytes since the last item
	shown   map[string]bool
	failed  error
	next    func() (step, bool)
	stopped func()
}

// step is what the decoder did: read an item, or run out of bytes, or fail.
type step struct {
	item item
	more bool
	err  error
}

func newReceiver() *receiver {
	registerTypes()
	r := &receiver{shown: map[string]bool{}}
	r.next, r.stopped = iter.Pull(r.steps)
	return r
}

// steps is the decoder's side.
func (r *receiver) steps(yield func(step) bool) {
	dec := gob.NewDecoder(readFunc(func(p []byte) (int, error) {
		if len(r.raw) == 0 && !yield(step{more: true}) {
			return 0, io.EOF
		}
		n := copy(p, r.raw)
		r.raw = r.raw[n:]
		return n, nil
	}))
	for {
		it, err := r.decode(dec)
		if !yield(step{item: it, err: err}) || err != nil {
			return
		}
	}
}

type readFunc func([]byte) (int, error)

func (f readFunc) Read(p []byte) (int, error) { return f(p) }

// feed takes bytes as they come and returns what is complete. An error means
// that the stream is beyond repair.
func (r *receiver) feed(b []byte) ([]item, error) {
	if r.failed != nil || len(b) == 0 {
		return nil, r.failed
	}
	r.raw = append(r.raw, b...)
	r.taken += len(b)
	if r.taken > maxDisplay {
		r.failed = fmt.Errorf("a message of more than %d bytes", maxDisplay)
		return nil, r.failed
	}
	var items []item
	for {
		switch st, _ := r.next(); {
		case st.err != nil:
			r.failed = st.err
			return items, st.err
		case st.more:
			return items, nil
		default:
			r.taken = 0
			items = append(items, st.item)
		}
	}
}

// stop ends the coroutine.
func (r *receiver) stop() { r.stopped() }

func (r *receiver) decode(dec *gob.Decoder) (it item, err error) {
	// encoding/gob does not promise to survive every input.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("decode: %v", p)
		}
	}()
	var d displayData
	if err := dec.Decode(&d); err != nil {
		return item{}, err
	}
	if v, ok := d.Data[mimeInput]; ok {
		req, ok := v.(inputRequest)
		if !ok {
			return item{}, fmt.Errorf("an input request of type %T", v)
		}
		return item{ask: &req}, nil
	}
	if v, ok := d.Data[mimeComm].(commValue); ok {
		if id, ok := v.Value.(int); ok && v.Address == syncAddr {
			return item{sync: &id}, nil
		}
		return item{value: &v}, nil
	}
	if s, ok := d.Data[mimeSubscribe].(commSubscription); ok {
		return item{subscription: &s}, nil
	}
	out := display.Display{Data: d.Data, Metadata: d.Metadata, ID: d.DisplayID}
	if out.Data == nil {
		out.Data = display.Bundle{}
	}
	if out.ID != "" {
		out.Update = r.shown[out.ID]
		r.shown[out.ID] = true
	}
	return item{display: out}, nil
}

// showPipe is the pair of named pipes of one run.
type showPipe struct {
	inPath, backPath string
	in, back         int
	recv             *receiver
	enc              *gob.Encoder
	buf              bytes.Buffer
	unsent           []byte // answers that the pipe could not take yet
}

// openShowPipe opens the pipes in dir. Both are opened for reading and
// writing, so that a program that never opens them blocks nobody.
func openShowPipe(dir string) (_ *showPipe, err error) {
	p := &showPipe{inPath: filepath.Join(dir, "show"), backPath: filepath.Join(dir, "answer"), in: -1, back: -1, recv: newReceiver()}
	p.enc = gob.NewEncoder(&p.buf)
	if p.in, err = openFIFO(p.inPath); err == nil {
		p.back, err = openFIFO(p.backPath)
	}
	if err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

// openFIFO opens a named pipe. The one of the run before is used again, which
// takes a fraction of the time: what was left in it went with its last user.
// A program may have put something else in its place.
func openFIFO(path string) (int, error) {
	fd, err := unix.Open(path, unix.O_RDWR|unix.O_NONBLOCK|unix.O_CLOEXEC|unix.O_NOFOLLOW, 0)
	if err == nil {
		var stat unix.Stat_t
		if err = unix.Fstat(fd, &stat); err == nil && stat.Mode&unix.S_IFMT == unix.S_IFIFO {
			return fd, nil
		}
		_ = unix.Close(fd)
	}
	_ = os.RemoveAll(path)
	if err = unix.Mkfifo(path, 0o600); err == nil {
		fd, err = unix.Open(path, unix.O_RDWR|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	}
	if err != nil {
		return -1, &os.PathError{Op: "display pipe", Path: path, Err: err}
	}
	return fd, nil
}

func (p *showPipe) env() []string {
	return []string{"GONB_PIPE=" + p.inPath, "GONB_PIPE_BACK=" + p.backPath}
}

// receive returns messages that have arrived completely; more says that it
// has stopped before the pipe was empty.
func (p *showPipe) receive() (items []item, more bool, err error) {
	buf := make([]byte, 64<<10)
	for len(items) == 0 {
		n, err := unix.Read(p.in, buf)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil || n == 0 { // EAGAIN: all is read
			return items, false, nil
		}
		if items, err = p.recv.feed(buf[:n]); err != nil {
			return items, false, err
		}
	}
	return items, true, nil
}

// pending reports whether something has arrived that was not received yet.
func (p *showPipe) pending() bool {
	n, err := unix.IoctlGetInt(p.in, fionread)
	return err == nil && n > 0
}

// acknowledge tells the program that all it sent before a sync was handled.
func (p *showPipe) acknowledge(id int) { p.answer(commValue{Address: syncedAddr, Value: id}) }

// maxUnsent bounds what is kept for a program that does not read its answers. // arbitrary
const maxUnsent = 1 << 20

// answer sends the program a value.
func (p *showPipe) answer(v commValue) {
	if len(p.unsent) > maxUnsent {
		return // its loss
	}
	p.buf.Reset()
	if err := p.enc.Encode(v); err != nil {
		return
	}
	p.unsent = append(p.unsent, p.buf.Bytes()...)
	p.write()
}

// write writes what the pipe takes now; poll calls again for the rest.
func (p *showPipe) write() {
	for len(p.unsent) > 0 {
		n, err := unix.Write(p.back, p.unsent)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return
		}
		p.unsent = p.unsent[n:]
	}
}

// close lets go of the pipes. They stay for the next run, unless somebody may
// have got away who still holds them open.
func (p *showPipe) close() {
	if !adopts {
		p.remove()
	}
	p.recv.stop()
	for _, fd := range []*int{&p.in, &p.back} {
		if *fd >= 0 {
			_ = unix.Close(*fd)
			*fd = -1
		}
	}
}

// remove hides the pipes from a program that runs on: whoever opens one that
// has no other end waits for ever.
func (p *showPipe) remove() {
	_ = os.Remove(p.inPath)
	_ = os.Remove(p.backPath)
}
