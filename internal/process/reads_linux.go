package process

import (
	"encoding/binary"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// reads lists the open files of a process from which a call is waiting to read,
// by their numbers. A call that waits for several things counts as reading each
// of them: whoever waits for its input among others wants it.
func (c call) reads(pid int) []int {
	switch c.number {
	case unix.SYS_READ, unix.SYS_READV, unix.SYS_SPLICE:
		return []int{int(c.args[0])}
	case unix.SYS_PPOLL:
		return polled(pid, c.args[0], c.args[1])
	case unix.SYS_PSELECT6:
		return selected(pid, c.args[1], c.args[0])
	case unix.SYS_EPOLL_PWAIT, unix.SYS_EPOLL_PWAIT2:
		fds, _ := epollSet(pid, c.args[0])
		return fds
	}
	return nil
}

// maxWatched bounds the lists that we read from a program. // arbitrary
const maxWatched = 1024

// polled reads the list of n files at an address, see poll(2), and returns
// those that are waited for to be read.
func polled(pid int, address, n uint64) (fds []int) {
	const size = 8 // of struct pollfd: a number and two sets of events
	raw := memory(pid, address, size*min(n, maxWatched))
	for ; len(raw) >= size; raw = raw[size:] {
		events := binary.NativeEndian.Uint16(raw[4:])
		if events&unix.POLLIN != 0 {
			fds = append(fds, int(int32(binary.NativeEndian.Uint32(raw))))
		}
	}
	return fds
}

// selected reads the set of files below n at an address, see select(2).
func selected(pid int, address, n uint64) (fds []int) {
	const bits = 64 // of a word of the set
	raw := memory(pid, address, (min(n, maxWatched)+bits-1)/bits*(bits/8))
	for i := 0; len(raw) >= bits/8; i, raw = i+bits, raw[bits/8:] {
		word := binary.NativeEndian.Uint64(raw)
		for bit := range bits {
			if word>>bit&1 != 0 {
				fds = append(fds, i+bit)
			}
		}
	}
	return fds
}

// memory returns up to size bytes of a process's memory, nothing where it has
// none or we may not read it.
func memory(pid int, address, size uint64) []byte {
	if address == 0 || size == 0 {
		return nil
	}
	f, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		return nil
	}
	defer f.Close()
	b := make([]byte, size)
	n, _ := f.ReadAt(b, int64(address))
	return b[:n]
}

// epollSet lists the files in a set to wait for, see epoll(7). It is false if
// we may not see it.
func epollSet(pid int, set uint64) (fds []int, ok bool) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/fdinfo/%d", pid, set))
	if err != nil {
		return nil, false
	}
	for line := range strings.Lines(string(b)) {
		var fd int
		if _, err := fmt.Sscanf(line, "tfd: %d", &fd); err == nil {
			fds = append(fds, fd)
		}
	}
	return fds, true
}
