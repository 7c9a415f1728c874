package process

import (
	"bytes"
	"encoding/gob"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sys/unix"
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
