package process

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// linkFile is the number under which the supervisor finds its socket.
const linkFile = 3

// Main is the supervisor: what "lanebook supervise" runs. It starts programs
// as its parent orders, kills what they leave behind, and when the parent
// goes away it kills everything and returns.
func Main() error {
	// The program's Pdeathsig counts the life of the thread that started it.
	runtime.LockOSThread()
	unix.CloseOnExec(linkFile)
	l, err := inherit()
	if err != nil {
		return fmt.Errorf("supervise: %w (it is started by lanebook itself, not by hand)", err)
	}
	if err := adopt(); err != nil {
		return fmt.Errorf("supervise: %w", err)
	}
	s := &supervisor{link: l, tree: newTree(), own: syscall.Getpgrp()}
	return s.loop()
}

// inherit takes over the socket from the parent.
func inherit() (*link, error) {
	if err := unix.SetNonblock(linkFile, true); err != nil {
		return nil, err
	}
	conn, err := os.NewFile(linkFile, "link").SyscallConn()
	return &link{fd: linkFile, wait: conn}, err
}

// supervisor runs one program at a time. All its state belongs to the
// goroutine of loop; a second goroutine only reads orders.
type supervisor struct {
	link *link
	tree *tree
	own  int // our own process group

	folder string // to remove at the end

	pid       int // of the running program, or 0
	order     startOrder
	exit      Exit
	started   time.Time
	graceOver <-chan time.Time
}

// received is an order with its files, or the end of the socket.
type received struct {
	order order
	files []int
	err   error
}

func (s *supervisor) loop() error {
	orders := make(chan received)
	go func() {
		for {
			var r received
			r.files, r.err = s.link.receive(&r.order)
			orders <- r
			if r.err != nil {
				return
			}
		}
	}()
	died := make(chan os.Signal, 1)
	signal.Notify(died, syscall.SIGCHLD)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	sample := time.NewTicker(sampleEvery)
	sample.Stop()
	for {
		select {
		case r := <-orders:
			if r.err != nil {
				s.leave()
				if r.err == io.EOF {
					return nil
				}
				return fmt.Errorf("supervise: read order: %w", r.err)
			}
			s.obey(r)
			if s.pid != 0 {
				sample.Reset(sampleEvery)
			}
		case <-died:
			s.reap()
			if s.pid == 0 {
				sample.Stop()
			}
		case <-sample.C:
			s.sample()
		case <-s.graceOver:
			s.graceOver = nil
			s.kill()
		case <-stop: // the engine lives, and will start another supervisor
			s.sweep()
			return nil
		}
	}
}

// leave kills what is left and removes the engine's folder.
func (s *supervisor) leave() {
	s.sweep()
	if s.folder != "" {
		_ = os.RemoveAll(s.folder)
	}
}

func (s *supervisor) obey(r received) {
	switch {
	case r.order.Folder != "":
		s.folder = r.order.Folder
	case r.order.Start != nil:
		s.start(*r.order.Start, r.files)
	case r.order.Interrupt != 0 && s.pid != 0 && r.order.Interrupt == s.order.Run:
		if s.exit.Reason == "" {
			s.exit.Reason = Interrupted
		}
		s.ask(-s.pid, syscall.SIGINT)
	case r.order.Quit != 0 && s.pid != 0 && r.order.Quit == s.order.Run:
		if s.exit.Reason == "" {
			s.exit.Reason = Stuck
		}
		s.ask(s.pid, syscall.SIGQUIT)
	}
}

// ask sends a signal that a program may handle; kill follows.
func (s *supervisor) ask(pid int, sig syscall.Signal) {
	_ = syscall.Kill(pid, sig)
	if s.graceOver == nil {
		s.graceOver = time.After(s.order.Grace)
	}
}

// start runs the program with the three files as its standard files.
func (s *supervisor) start(o startOrder, files []int) {
	defer func() {
		for _, fd := range files {
			_ = unix.Close(fd)
		}
	}()
	if s.pid != 0 || len(files) != 3 {
		s.fail(fmt.Errorf("start order with %d files, program %d still runs", len(files), s.pid))
		return
	}
	attr := &syscall.ProcAttr{Dir: o.Dir, Env: o.Env, Sys: attributes()}
	for _, fd := range files {
		attr.Files = append(attr.Files, uintptr(fd))
	}
	s.order, s.exit, s.started = o, Exit{}, time.Now()
	pid, err := syscall.ForkExec(o.Path, o.Argv, attr)
	if err != nil {
		s.fail(&os.PathError{Op: "start", Path: o.Path, Err: err})
		return
	}
	s.pid = pid
	s.tree.remember(pid)
	_ = s.link.send(report{Pid: pid})
}

func (s *supervisor) fail(err error) {
	// If the parent is gone, the end of the socket says so next.
	_ = s.link.send(report{Err: err.Error()})
}

// reap collects dead children; when the program itself is among them, the
// rest of its tree is killed and the parent gets its report.
func (s *supervisor) reap() {
	main := false
	for {
		var ws syscall.WaitStatus
		var ru syscall.Rusage
		pid, err := syscall.Wait4(-1, &ws, syscall.WNOHANG, &ru)
		if err == syscall.EINTR {
			continue
		}
		if pid <= 0 {
			break
		}
		if pid == s.pid {
			main = true
			s.exit.Wall = time.Since(s.started)
			s.exit.Code = ws.ExitStatus()
			if ws.Signaled() {
				s.exit.Signal = ws.Signal()
			}
			s.exit.User = time.Duration(ru.Utime.Nano())
			s.exit.System = time.Duration(ru.Stime.Nano())
		}
	}
	if !main {
		return
	}
	s.sweep()
	s.pid, s.graceOver = 0, nil
	_ = s.link.send(report{Exit: s.exit})
}

// kill kills the program and everything below it, once. What is born
// meanwhile dies in sweep.
func (s *supervisor) kill() {
	if s.pid != 0 {
		_ = syscall.Kill(-s.pid, syscall.SIGKILL)
	}
	killAll(s.tree.list(), s.own)
}

// sweepTime is how long sweep waits for a death: a process that hangs in the
// kernel does not die, while a busy machine has many to bury.
const sweepTime = 5 * time.Second

// sweep kills everything below the supervisor until nothing is left.
func (s *supervisor) sweep() {
	// Mostly a program leaves no child behind: then there is nothing to do.
	for end, pause := time.Now().Add(sweepTime), 50*time.Microsecond; time.Now().Before(end); pause = min(2*pause, 5*time.Millisecond) {
		var ws syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &ws, syscall.WNOHANG, nil)
		if pid > 0 {
			end = time.Now().Add(sweepTime)
			continue
		}
		if err == syscall.EINTR {
			continue
		}
		if err == syscall.ECHILD && (adopts || len(s.tree.list()) == 0) {
			return
		}
		s.kill()
		time.Sleep(pause)
	}
}

// sample kills a program that uses more than it may.
func (s *supervisor) sample() {
	if s.pid == 0 {
		return
	}
	procs := s.tree.list()
	var used int64
	for _, p := range procs {
		used += p.memory
	}
	s.exit.Memory = max(s.exit.Memory, used)
	s.exit.Processes = max(s.exit.Processes, len(procs))
	switch {
	case s.order.Memory > 0 && used > s.order.Memory:
		s.exit.Reason = OutOfMemory
	case s.order.Processes > 0 && len(procs) > s.order.Processes:
		s.exit.Reason = TooManyProcesses
	default:
		return
	}
	s.kill()
}
