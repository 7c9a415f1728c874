package process

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	recvFlags = unix.MSG_CMSG_CLOEXEC
	fionread  = unix.TIOCINQ // FIONREAD
)

// sampleEvery is how often memory and number of processes are looked at: a
// cell can allocate about 100 MB in that time.
const sampleEvery = 50 * time.Millisecond

// adopts says that who has no child has no descendant, either.
const adopts = true

// adopt makes this process inherit every descendant whose parent ends, so
// that none can get away.
func adopt() error {
	return unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
}

// attributes puts a program into a session of its own: a group to signal,
// which nothing outside can join. Should the supervisor be killed, the kernel
// kills the program; its children we then cannot reach.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}

// widen asks for a larger pipe, so that a program that prints a lot seldom
// waits for us. The default does if the system refuses.
func widen(fd int) {
	_, _ = unix.FcntlInt(uintptr(fd), unix.F_SETPIPE_SZ, 1<<20)
}

// machineMemory is what the machine (not the container) has, or 0.
func machineMemory() int64 {
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return 0
	}
	return int64(info.Totalram) * int64(info.Unit)
}
