package display

import (
	"errors"
	"os"
	"sync"
	"time"
)

// ErrNoKernel says that the program runs outside a notebook.
var ErrNoKernel = errors.New("display: not started by a notebook kernel")

// patience is how long Show waits for the kernel. Longer than any healthy
// front end takes; it only keeps a cell from hanging for ever when something
// else reads the answers (GoNB's own library in the same cell does).
const patience = 30 * time.Second

// Conn is a cell's connection to its kernel. It may be used by several
// goroutines. A process should have one only.
type Conn struct {
	mu   sync.Mutex
	out  *os.File
	back answers
	enc  encoder
	seq  int
}

// Dial opens the pipes the kernel has named in the environment. It returns
// ErrNoKernel when there are none.
func Dial() (*Conn, error) {
	to, from := os.Getenv("GONB_PIPE"), os.Getenv("GONB_PIPE_BACK")
	if to == "" || from == "" {
		return nil, ErrNoKernel
	}
	// In this order, which is the order in which GoNB opens its ends.
	out, err := os.OpenFile(to, os.O_WRONLY, 0)
	if err != nil {
		return nil, errors.New("display: " + err.Error())
	}
	back, err := openAnswers(from)
	if err != nil {
		out.Close()
		return nil, errors.New("display: " + err.Error())
	}
	// Away from the numbers encoding/gob gives out, and different in every
	// process that shares the pipe.
	base := 1<<16 + os.Getpid()%(1<<22)*typeCount
	return &Conn{out: out, back: back, enc: encoder{base: base}}, nil
}

// Show sends d and returns once the kernel has acknowledged it, so that what
// is printed before and after it stays before and after it.
func (c *Conn) Show(d Display) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.settle(); err != nil {
		return err
	}
	if err := c.send(d); err != nil {
		return err
	}
	return c.sync()
}

// Input asks the learner for a line. It returns once the kernel has the
// question; the answer arrives on standard input, which is at its end when
// nobody can answer.
func (c *Conn) Input(prompt string, password bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.send(Display{Data: Bundle{mimeInput: inputRequest{prompt, password}}}); err != nil {
		return err
	}
	return c.sync()
}

// Close closes the pipes. A program that ends need not call it.
func (c *Conn) Close() error {
	return errors.Join(c.out.Close(), c.back.Close())
}

func (c *Conn) send(d Display) error {
	msg, err := c.enc.message(d)
	if err != nil {
		return err
	}
	if _, err := c.out.Write(msg); err != nil {
		return errors.New("display: " + err.Error())
	}
	return nil
}

// sync asks the kernel to acknowledge everything sent so far, and waits.
func (c *Conn) sync() error {
	c.seq++
	if err := c.send(Display{Data: Bundle{mimeComm: commValue{syncAddr, c.seq}}}); err != nil {
		return err
	}
	for {
		if !c.back.ready(patience) {
			return errors.New("display: the kernel did not answer; a cell cannot use both kernelext and gonbui")
		}
		id, ok, err := readAnswer(c.back)
		if err != nil {
			return errors.New("display: wait for the kernel: " + err.Error())
		}
		if ok && id == c.seq {
			return nil
		}
	}
}
