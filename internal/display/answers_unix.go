//go:build unix

package display

import (
	"io"
	"syscall"
)

// answers is the pipe from the kernel. It is read by plain system calls and not
// as an os.File: a read deadline there is a timer, which Go forgets only when
// its time has come, and as long as any timer is pending Go reports no
// deadlock. The learner would wait half a minute for it.
type answers struct{ fd int }

func openAnswers(path string) (answers, error) {
	for {
		fd, err := syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0)
		if err != syscall.EINTR {
			return answers{fd}, err
		}
	}
}

// Read implements io.Reader.
func (a answers) Read(b []byte) (int, error) {
	for {
		n, err := syscall.Read(a.fd, b)
		switch {
		case err == syscall.EINTR:
			continue
		case err != nil:
			return 0, err
		case n == 0 && len(b) > 0:
			return 0, io.EOF
		}
		return n, nil
	}
}

// Close implements io.Closer.
func (a answers) Close() error { return syscall.Close(a.fd) }
