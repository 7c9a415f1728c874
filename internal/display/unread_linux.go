package display

import (
	"syscall"
	"unsafe"
)

// unread is how many bytes wait in a pipe for its reader, 0 if fd is no pipe.
func unread(fd uintptr) int {
	var n int32
	_, _, err := syscall.Syscall(syscall.SYS_IOCTL, fd, syscall.TIOCINQ, uintptr(unsafe.Pointer(&n)))
	if err != 0 {
		return 0
	}
	return int(n)
}
