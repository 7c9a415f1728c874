package process

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// maxFrame bounds one message between engine and supervisor. The largest part
// is the environment, which the system itself limits to about 2 MiB.
const maxFrame = 16 << 20

// order is what the engine tells its supervisor. One field is set.
type order struct {
	Start *startOrder `json:",omitempty"`
	// Folder is to be removed when the engine goes away, however it goes.
	Folder string `json:",omitempty"`
	// Interrupt is the number of the run to interrupt, so that a late order
	// does not hit the next one.
	Interrupt int `json:",omitempty"`
	// Quit is the number of the run that is stuck.
	Quit int `json:",omitempty"`
}

type startOrder struct {
	Run       int // counts from 1
	Path      string
	Argv      []string
	Dir       string
	Env       []string
	Memory    int64
	Processes int
	Grace     time.Duration
}

// report is what the supervisor answers: twice per Start, once if the program
// could not be started.
type report struct {
	Pid  int    `json:",omitempty"` // the program has been started
	Err  string `json:",omitempty"` // the program could not be started
	Exit Exit
}

// link is one end of the socket between engine and supervisor. A message is
// its length (4 bytes), the number of its files (1 byte) and JSON; the files
// travel beside it (SCM_RIGHTS). They are counted because the system may hand
// out the bytes of one message together with the files of the next.
type link struct {
	fd int
	// wait is set where a goroutine shall not hold its processor while it
	// waits for bytes.
	wait syscall.RawConn
	mu   sync.Mutex // guards writing
	buf  []byte
	fds  []int
}

// header is the length of what precedes the JSON.
const header = 5

// send writes v and passes files along.
func (l *link) send(v any, files ...int) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode order: %w", err)
	}
	frame := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	frame = append(frame, byte(len(files)))
	frame = append(frame, data...)
	var rights []byte
	if len(files) > 0 {
		rights = unix.UnixRights(files...)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(frame) > 0 {
		n, err := unix.SendmsgN(l.fd, frame, rights, nil, 0)
		if errors.Is(err, unix.EINTR) || errors.Is(err, unix.EAGAIN) {
			continue
		}
		if err != nil {
			return os.NewSyscallError("sendmsg", err)
		}
		frame, rights = frame[n:], nil
	}
	return nil
}

// pending reports whether a message has been read from the socket whole and
// waits for receive: polling the socket does not show it.
func (l *link) pending() bool {
	return len(l.buf) >= header && len(l.buf) >= header+int(binary.BigEndian.Uint32(l.buf))
}

// receive reads the next message into v and returns the files that came with
// it. It blocks, and answers io.EOF when the other side has gone.
func (l *link) receive(v any) ([]int, error) {
	for {
		if len(l.buf) >= header {
			n := int(binary.BigEndian.Uint32(l.buf))
			if n > maxFrame {
				return nil, fmt.Errorf("message of %d bytes", n)
			}
			if l.pending() {
				files := min(int(l.buf[4]), len(l.fds))
				fds := l.fds[:files:files]
				err := json.Unmarshal(l.buf[header:header+n], v)
				l.buf, l.fds = append([]byte(nil), l.buf[header+n:]...), l.fds[files:]
				return fds, err
			}
		}
		if err := l.fill(); err != nil {
			return nil, err
		}
	}
}

// fill reads more bytes and files from the socket.
func (l *link) fill() error {
	buf := make([]byte, 64<<10)
	oob := make([]byte, unix.CmsgSpace(4*8))
	for {
		n, oobn, err := l.recvmsg(buf, oob)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return os.NewSyscallError("recvmsg", err)
		}
		if n == 0 {
			return io.EOF
		}
		l.buf = append(l.buf, buf[:n]...)
		if oobn == 0 {
			return nil
		}
		return l.takeFiles(oob[:oobn])
	}
}

func (l *link) recvmsg(buf, oob []byte) (n, oobn int, err error) {
	if l.wait == nil {
		n, oobn, _, _, err = unix.Recvmsg(l.fd, buf, oob, recvFlags)
		return n, oobn, err
	}
	werr := l.wait.Read(func(fd uintptr) bool {
		n, oobn, _, _, err = unix.Recvmsg(int(fd), buf, oob, recvFlags)
		return !errors.Is(err, unix.EAGAIN)
	})
	return n, oobn, errors.Join(werr, err)
}

func (l *link) takeFiles(oob []byte) error {
	msgs, err := unix.ParseSocketControlMessage(oob)
	if err != nil {
		return fmt.Errorf("files beside a message: %w", err)
	}
	for _, m := range msgs {
		fds, err := unix.ParseUnixRights(&m)
		if err != nil {
			return fmt.Errorf("files beside a message: %w", err)
		}
		for _, fd := range fds {
			unix.CloseOnExec(fd)
		}
		l.fds = append(l.fds, fds...)
	}
	return nil
}
