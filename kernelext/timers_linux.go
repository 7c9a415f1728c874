package kernelext

import (
	"os"
	"strings"
	"syscall"
	"time"
)

// timersPending reports whether the runtime sleeps until a timer is due. When
// nobody runs, Go waits for the next timer in epoll_wait, with a limit of time;
// without timers it waits there without a limit, or not at all. Linux tells
// us in which system call each of our threads is. known is false where it does
// not.
//
// It only decides when the guard goes away, never what is a deadlock.
func timersPending() (pending, known bool) {
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return false, false
	}
	for _, thread := range threads {
		text, err := os.ReadFile("/proc/self/task/" + thread.Name() + "/syscall")
		if os.IsNotExist(err) {
			continue // it has just ended
		}
		if err != nil {
			return false, false
		}
		// Number and six arguments: "281 0x4 0x7f… 0x80 0x3e7 0x0 0x0 …"
		call := strings.Fields(string(text))
		if len(call) > 4 && call[0] == epollWait && !strings.HasSuffix(call[4], "ffffffff") {
			pending = true
		}
	}
	return pending, epollWait != ""
}

// nap sleeps without a timer of Go's.
func nap(d time.Duration) {
	ts := syscall.NsecToTimespec(int64(d))
	_ = syscall.Nanosleep(&ts, nil) // a signal may end it early, which does no harm
}
