package process

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// closeTime is how long Close waits for a supervisor to sweep and end.
const closeTime = 20 * time.Second

// Supervisor runs programs, one at a time, in a process of its own. Should
// that process die, the next Run starts another.
type Supervisor struct {
	argv   []string
	folder string
	// Blind makes Run behave as on systems where nobody can see what a program
	// waits for. It is set before the first Run.
	Blind bool

	mu     sync.Mutex // held by Run and Close
	cmd    *exec.Cmd
	link   *link
	runs   int    // started so far
	buf    []byte // to read output into
	closed bool
}

// New returns a supervisor that will be the command argv, which must call
// Main. Nothing is started before the first Wake or Run: a kernel that is
// never used costs no second process. If folder is not empty, it is removed
// when the supervisor ends, be it because this process was killed.
func New(argv []string, folder string) *Supervisor {
	return &Supervisor{argv: argv, folder: folder}
}

// Wake starts the supervisor in the background, if it is not there yet, so
// that the next Run need not wait for it. An error is met again by Run.
func (s *Supervisor) Wake() {
	go func() {
		if !s.mu.TryLock() { // somebody runs or ends it
			return
		}
		defer s.mu.Unlock()
		_ = s.ensure()
	}()
}

// ensure starts the process if there is none, or none any more.
func (s *Supervisor) ensure() error {
	switch {
	case s.closed:
		return errors.New("start supervisor: closed")
	case len(s.argv) == 0:
		return errors.New("start supervisor: no command")
	case s.cmd != nil && !s.hasGone():
		return nil
	}
	_ = s.end() // how the last one ended helps nobody
	return s.spawn()
}

// hasGone reports whether the process has ended while nothing ran: between
// runs it says nothing, so whatever there is to read is the end.
func (s *Supervisor) hasGone() bool {
	set := []unix.PollFd{{Fd: int32(s.link.fd), Events: unix.POLLIN}}
	return poll(set, 0) == nil && ready(set[0])
}

func (s *Supervisor) spawn() error {
	ours, theirs, err := socketPair()
	if err != nil {
		return fmt.Errorf("start supervisor: %w", err)
	}
	defer theirs.Close()
	cmd := exec.Command(s.argv[0], s.argv[1:]...)
	cmd.ExtraFiles = []*os.File{theirs} // becomes linkFile
	cmd.Stderr = os.Stderr
	// Away from the terminal: Ctrl-C there is for the engine to handle.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	// It works when an order comes; one processor is plenty, and fewer
	// threads cost the system less.
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	if err := cmd.Start(); err != nil {
		unix.Close(ours)
		return fmt.Errorf("start supervisor: %w", err)
	}
	s.cmd, s.link = cmd, &link{fd: ours}
	if s.folder == "" {
		return nil
	}
	if err := s.link.send(order{Folder: s.folder}); err != nil {
		return fmt.Errorf("start supervisor: %w", errors.Join(err, s.end()))
	}
	return nil
}

// socketPair returns our end as a number, for poll, and theirs as a file.
func socketPair() (ours int, theirs *os.File, err error) {
	syscall.ForkLock.RLock()
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	if err == nil {
		unix.CloseOnExec(fds[0])
		unix.CloseOnExec(fds[1])
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return 0, nil, os.NewSyscallError("socketpair", err)
	}
	return fds[0], os.NewFile(uintptr(fds[1]), "supervisor"), nil
}

// Rest ends the process until the next Wake or Run, to save its memory. It
// does nothing while a program runs. Until then, what this process leaves
// behind should it be killed stays: nobody is there to clear it away.
func (s *Supervisor) Rest() {
	if !s.mu.TryLock() { // somebody needs it
		return
	}
	defer s.mu.Unlock()
	if s.cmd == nil {
		return
	}
	// Not end: to a supervisor the end of its socket is the end of the engine,
	// whose folder it would remove.
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.wait()
	_ = unix.Close(s.link.fd)
	s.cmd, s.link = nil, nil
}

// Close ends the supervisor and all that runs below it.
func (s *Supervisor) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return s.end()
}

// end closes the socket, which tells the supervisor to sweep and return.
func (s *Supervisor) end() error {
	if s.cmd == nil {
		return nil
	}
	_ = unix.Close(s.link.fd)
	err := s.wait()
	s.cmd, s.link = nil, nil
	if err != nil {
		return fmt.Errorf("supervisor: %w", err)
	}
	return nil
}

// wait waits for the process to end, but not forever.
func (s *Supervisor) wait() error {
	cmd := s.cmd
	timer := time.AfterFunc(closeTime, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	return cmd.Wait()
}
