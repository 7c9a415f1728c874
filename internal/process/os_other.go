//go:build !linux

package process

import (
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	recvFlags = 0
	fionread  = 0x4004667f // FIONREAD of the BSDs, which x/sys does not name
)

// sampleEvery is how often memory and number of processes are looked at. Each
// look runs ps, so they are few.
const sampleEvery = 500 * time.Millisecond

// adopts says that a process without children may still have descendants.
const adopts = false

func adopt() error { return nil }

// attributes puts a program into a session of its own: a group to signal,
// which nothing outside can join.
func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }

func widen(int) {}

func machineMemory() int64 {
	n, err := unix.SysctlUint64("hw.memsize")
	if err != nil {
		return 0
	}
	return int64(n)
}
