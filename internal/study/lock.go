package study

import (
	"os"
	"syscall"
)

// lockFolder keeps other lanebook processes from saving into the same folder
// between our reading a notebook and our replacing it. The lock is on the
// folder itself, so nothing is left behind, and it ends with the process.
// Where a file system has no such locks, nothing is locked: the version that
// every save names still tells most conflicts.
func lockFolder(root *os.Root) (unlock func()) {
	dir, err := root.Open(".")
	if err != nil {
		return func() {}
	}
	for {
		err = syscall.Flock(int(dir.Fd()), syscall.LOCK_EX)
		if err != syscall.EINTR {
			break
		}
	}
	return func() { dir.Close() } // which gives up the lock
}
