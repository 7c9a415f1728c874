package process

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// canLook says whether we can see what a program waits for.
const canLook = true

func newLook(pid, stdin int, pipes []string) *look {
	l := &look{pid: pid, pipes: pipes}
	var stat unix.Stat_t
	if stdin >= 0 && unix.Fstat(stdin, &stat) == nil {
		l.input = fmt.Sprintf("pipe:[%d]", stat.Ino) // both ends have the same
	}
	return l
}

// call is the system call that a thread is in, see proc_pid_syscall(5).
type call struct {
	number int
	args   [6]uint64
}

// calls returns the system calls of a process's threads, by thread. It is
// false if one of them is in none, or if we may not see it.
func calls(pid int) (map[string]call, bool) {
	dir := filepath.Join("/proc", strconv.Itoa(pid), "task")
	f, err := os.Open(dir)
	if err != nil {
		return nil, false
	}
	threads, err := f.Readdirnames(-1)
	f.Close()
	all, whole := map[string]call{}, err == nil
	for _, thread := range threads {
		b, err := os.ReadFile(filepath.Join(dir, thread, "syscall"))
		c, ok := parseCall(string(b))
		if err != nil || !ok {
			whole = false
			continue
		}
		all[thread] = c
	}
	return all, whole
}

// parseCall reads "NUMBER ARG…". "running" and -1 are no calls.
func parseCall(text string) (c call, ok bool) {
	fields := strings.Fields(text)
	if len(fields) < 1+len(c.args) {
		return call{}, false
	}
	n, err := strconv.Atoi(fields[0])
	if err != nil || n < 0 {
		return call{}, false
	}
	c.number = successor(n)
	for i := range c.args {
		if c.args[i], err = strconv.ParseUint(fields[1+i], 0, 64); err != nil {
			return call{}, false
		}
	}
	return c, true
}

// readsInput reports whether the program, or a process it has started, is
// waiting to read from our end of its standard input.
func (l *look) readsInput() bool {
	if l.input == "" {
		return false
	}
	for todo := []int{l.pid}; len(todo) > 0; todo = todo[1:] {
		if l.processReads(todo[0]) {
			return true
		}
		todo = append(todo, childrenOf(todo[0])...)
	}
	return false
}

func (l *look) processReads(pid int) bool {
	all, _ := calls(pid)
	for _, c := range all {
		for _, fd := range c.reads(pid) {
			link, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", pid, fd))
			if err == nil && link == l.input {
				return true
			}
		}
	}
	return false
}

// stillness describes what the threads wait for if only another thread of the
// program could wake any of them; empty if not. A Go program whose goroutines
// wait for nothing but each other looks like this: all its threads sleep on a
// futex without a limit of time, but one, Go's monitor, which looks around
// once a minute. With a timer or somebody at the network, a thread would be in
// epoll_wait; with somebody in a system call, a thread would be in it. A thread
// that waits for us to answer through the display pipe does not count: GoNB's
// library has one, and we have nothing to say to it.
func (l *look) stillness() string {
	all, whole := calls(l.pid)
	if !whole || len(all) == 0 {
		return ""
	}
	var state []string
	monitors := 0
	for thread, c := range all {
		const private, realtime = 0x80, 0x100
		op := c.args[1] &^ (private | realtime)
		switch {
		case c.number == unix.SYS_EPOLL_PWAIT && int32(c.args[3]) == -1 && l.nobodyElse(c.args[0]):
		case c.number != unix.SYS_FUTEX || op != 0: // FUTEX_WAIT
			return ""
		case c.args[3] != 0: // a limit of time
			monitors++
			continue
		}
		state = append(state, fmt.Sprintf("%s %x %s", thread, c.args[0], switches(l.pid, thread)))
	}
	if monitors > 1 {
		return ""
	}
	slices.Sort(state)
	return strings.Join(state, "\n")
}

// nobodyElse reports whether a set of files to wait for holds our display pipes
// only, and the event by which Go wakes itself.
func (l *look) nobodyElse(set uint64) bool {
	dir := fmt.Sprintf("/proc/%d/", l.pid)
	fds, ok := epollSet(l.pid, set)
	if !ok {
		return false
	}
	events := 0
	for _, fd := range fds {
		link, err := os.Readlink(fmt.Sprintf("%sfd/%d", dir, fd))
		switch {
		case err == nil && link == "anon_inode:[eventfd]":
			events++
		case err != nil || !slices.Contains(l.pipes, link):
			return false
		}
	}
	return events <= 1
}

// switches is how often a thread has gone to sleep.
func switches(pid int, thread string) string {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%s/status", pid, thread))
	if err != nil {
		return "?"
	}
	for line := range strings.Lines(string(b)) {
		if n, ok := strings.CutPrefix(line, "voluntary_ctxt_switches:"); ok {
			return strings.TrimSpace(n)
		}
	}
	return "?"
}
