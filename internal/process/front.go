package process

import (
	"errors"
	"sync"

	"golang.org/x/sys/unix"
)

// Front is where a program's widgets live: scripts in a front end that
// exchange values with the program, each value at an address. Its methods may
// be called from any goroutine and do not wait.
type Front interface {
	// Open makes sure that scripts can reach us.
	Open()
	// Send passes a value on to the scripts.
	Send(address string, value any)
	// Request asks the scripts for the value at an address.
	Request(address string)
	// Listen says who takes values from scripts; nil: nobody any more.
	Listen(take func(address string, value any))
}

// startAddr is where a program asks for Open and nothing else.
const startAddr = "#comms/start"

// maxMail bounds what scripts may send before the program takes it. // arbitrary
const maxMail = 1000

// mailbox keeps values for the program until the poll loop takes them.
type mailbox struct {
	mu          sync.Mutex
	values      []commValue
	wake, wakeW int // a pipe; readable when there are values
}

func newMailbox() (*mailbox, error) {
	var fds [2]int
	if err := cloexecPipe(&fds); err != nil {
		return nil, err
	}
	_ = unix.SetNonblock(fds[0], true)
	_ = unix.SetNonblock(fds[1], true)
	return &mailbox{wake: fds[0], wakeW: fds[1]}, nil
}

func (m *mailbox) put(address string, value any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.values) < maxMail && m.wakeW >= 0 {
		m.values = append(m.values, commValue{Address: address, Value: value})
		_, _ = unix.Write(m.wakeW, []byte{0}) // a full pipe wakes as well
	}
}

func (m *mailbox) take() []commValue {
	m.mu.Lock()
	defer m.mu.Unlock()
	var b [256]byte
	for {
		if n, err := unix.Read(m.wake, b[:]); n <= 0 && !errors.Is(err, unix.EINTR) {
			break
		}
	}
	values := m.values
	m.values = nil
	return values
}

func (m *mailbox) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	_ = unix.Close(m.wake)
	_ = unix.Close(m.wakeW)
	m.wake, m.wakeW = -1, -1
}

// widget deals with a message to or about widgets.
func (r *run) widget(it item) {
	front := r.cmd.Front
	r.cmd.QuitWhenStuck = false // it may wait for somebody to press a button
	switch {
	case front == nil && !r.noWidgets:
		r.noWidgets = true
		r.h.Notice(Notice{Kind: NoWidgets})
	case front == nil:
	case it.subscription != nil && it.subscription.Unsubscribe:
		delete(r.subscribed, it.subscription.Address)
	case it.subscription != nil:
		r.subscribed[it.subscription.Address] = true
		front.Open()
	case it.value.Address == startAddr:
		front.Open()
	case it.value.Request:
		front.Request(it.value.Address)
	default:
		front.Send(it.value.Address, it.value.Value)
	}
}

// deliver gives the program the values that it wants to hear of.
func (r *run) deliver() {
	for _, v := range r.mail.take() {
		if r.subscribed[v.Address] && r.show != nil {
			r.show.answer(v)
		}
	}
}
