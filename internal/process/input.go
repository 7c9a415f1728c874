package process

import (
	"context"
	"errors"
	"os"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

type askFunc = func(ctx context.Context, prompt string, password bool) (string, error)

// input is a program's standard input: answers to its questions, or nothing.
type input struct {
	fd      int // write end, -1 when closed or absent
	pending []byte
	once    bool // ends when pending is written
	wake    int  // readable when an answer is there
	wakeW   int
	askf    askFunc

	open    sync.WaitGroup // the goroutine that waits for an answer
	answers chan answer
	waiting []question // asked while another question was open
	busy    bool
	// explicit is set once the program has asked by itself.
	explicit bool
}

type question struct {
	ctx context.Context
	inputRequest
}

type answer struct {
	text string
	err  error
}

// newInput returns our side and the program's end of it.
func newInput(ask askFunc, text []byte) (*input, int, error) {
	in := &input{fd: -1, wake: -1, wakeW: -1, askf: ask, answers: make(chan answer, 1), pending: text, once: text != nil}
	if len(text) == 0 && ask == nil {
		null, err := unix.Open(os.DevNull, unix.O_RDONLY|unix.O_CLOEXEC, 0)
		return in, null, err
	}
	var fds, wake [2]int
	if err := cloexecPipe(&fds); err != nil {
		return nil, 0, err
	}
	if err := cloexecPipe(&wake); err != nil {
		return nil, 0, errors.Join(err, unix.Close(fds[0]), unix.Close(fds[1]))
	}
	in.fd, in.wake, in.wakeW = fds[1], wake[0], wake[1]
	_ = unix.SetNonblock(in.fd, true)
	return in, fds[0], nil
}

// ask puts a question; false means that nobody can answer. Questions wait
// for each other.
func (in *input) ask(ctx context.Context, req inputRequest) bool {
	if in.askf == nil {
		return false
	}
	if in.fd < 0 { // refused before
		return true
	}
	in.waiting = append(in.waiting, question{ctx, req})
	in.next()
	return true
}

func (in *input) next() {
	if in.busy || len(in.waiting) == 0 {
		return
	}
	q := in.waiting[0]
	in.waiting, in.busy = in.waiting[1:], true
	in.open.Add(1)
	go func() {
		defer in.open.Done()
		text, err := in.askf(q.ctx, q.Prompt, q.Password)
		in.answers <- answer{text, err}
		_, _ = unix.Write(in.wakeW, []byte{0})
	}()
}

// endOfInput, Ctrl-D in a terminal, is the answer that ends the input.
const endOfInput = "\x04"

// takeAnswer queues an answer for writing; a refusal ends the input. A question
// that ended with ctx, because the program is interrupted, has no answer: the
// end of its input might reach the program before the interrupt does.
func (in *input) takeAnswer(ctx context.Context) {
	var b [1]byte
	_, _ = unix.Read(in.wake, b[:])
	a := <-in.answers
	if a.err != nil && ctx.Err() != nil {
		return // and stays busy: nobody is asked any more
	}
	in.busy = false
	if a.err != nil || a.text == endOfInput {
		in.shut()
		return
	}
	in.pending = append(in.pending, a.text+"\n"...)
	in.write()
	in.next()
}

// write writes what the pipe takes now; poll calls again for the rest.
func (in *input) write() {
	for len(in.pending) > 0 && in.fd >= 0 {
		n, err := unix.Write(in.fd, in.pending)
		switch {
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EAGAIN):
			return
		case err != nil: // the program has closed its end
			in.shut()
		default:
			in.pending = in.pending[n:]
		}
	}
	if in.once {
		in.shut()
	}
}

// shut ends the program's input.
func (in *input) shut() {
	if in.fd >= 0 {
		_ = unix.Close(in.fd)
	}
	in.fd, in.pending, in.waiting = -1, nil, nil
}

// close waits for an open question, whose context must have ended, and
// closes everything.
func (in *input) close() {
	in.open.Wait()
	in.shut()
	for _, fd := range []int{in.wake, in.wakeW} {
		if fd >= 0 {
			_ = unix.Close(fd)
		}
	}
}

// cloexecPipe makes a pipe that programs started meanwhile do not inherit.
func cloexecPipe(fds *[2]int) error {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	var p [2]int
	if err := syscall.Pipe(p[:]); err != nil {
		return os.NewSyscallError("pipe", err)
	}
	unix.CloseOnExec(p[0])
	unix.CloseOnExec(p[1])
	*fds = p
	return nil
}
