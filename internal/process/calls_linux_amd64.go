package process

import "golang.org/x/sys/unix"

// successor is the call that has taken the place of an older one, and begins
// with the same arguments. Processors that Linux learned later have the
// successors only.
func successor(number int) int {
	switch number {
	case unix.SYS_POLL:
		return unix.SYS_PPOLL
	case unix.SYS_SELECT:
		return unix.SYS_PSELECT6
	case unix.SYS_EPOLL_WAIT:
		return unix.SYS_EPOLL_PWAIT
	}
	return number
}
