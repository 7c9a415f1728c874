package process

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Places in the set of files to poll.
const (
	pollLink = iota
	pollShow
	pollAnswer
	pollStdin
	pollStdout
	pollStderr
	pollMail
	pollBack
	pollCount
)

// pollSet lists what to wait for. A negative number is skipped by poll.
func (r *run) pollSet(quiet time.Time) ([]unix.PollFd, time.Time) {
	now := time.Now()
	set := make([]unix.PollFd, pollCount)
	for i := range set {
		set[i] = unix.PollFd{Fd: -1, Events: unix.POLLIN}
	}
	set[pollLink].Fd = int32(r.link.fd)
	if r.show != nil {
		set[pollShow].Fd = int32(r.show.in)
	}
	if r.mail != nil {
		set[pollMail].Fd = int32(r.mail.wake)
	}
	if r.show != nil && len(r.show.unsent) > 0 {
		set[pollBack] = unix.PollFd{Fd: int32(r.show.back), Events: unix.POLLOUT}
	}
	if r.stdin.wake >= 0 {
		set[pollAnswer].Fd = int32(r.stdin.wake)
	}
	if len(r.stdin.pending) > 0 {
		set[pollStdin] = unix.PollFd{Fd: int32(r.stdin.fd), Events: unix.POLLOUT}
	}
	if !now.Before(quiet) {
		set[pollStdout].Fd, set[pollStderr].Fd = int32(r.stdout), int32(r.stderr)
	}
	return set, now
}

// timeout is how long poll may wait, in milliseconds; -1 for ever.
func (r *run) timeout(now, quiet time.Time) int {
	wait := r.out.due(now)
	if d := quiet.Sub(now); d > 0 && (wait < 0 || d < wait) {
		wait = d
	}
	if d, ok := r.attention(now); ok && (wait < 0 || d < wait) {
		wait = d
	}
	if wait < 0 {
		return -1
	}
	return int((wait + time.Millisecond - 1) / time.Millisecond)
}

func poll(set []unix.PollFd, timeout int) error {
	_, err := unix.Poll(set, timeout)
	if err != nil && !errors.Is(err, unix.EINTR) {
		return os.NewSyscallError("poll", err)
	}
	return nil
}

func ready(p unix.PollFd) bool { return p.Fd >= 0 && p.Revents != 0 }
