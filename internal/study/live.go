package study

import (
	"sync"
	"time"

	"lanebook/internal/jupyter"
)

// A live kernel is one kernel with its clients. It keeps its id, its clients
// and what they missed when the kernel behind it is restarted.
type live struct {
	id     string
	number int
	name   string
	dir    string
	start  func() (Kernel, error)
	gone   func() // called once, when it has ended for good
	author *jupyter.Author
	stall  time.Duration // see queue.wait

	// in guards the way to the kernel. It is never held while clients wait.
	in      sync.Mutex
	kernel  Kernel            // nil while it starts and after it ended
	pending []jupyter.Message // requests that wait for it to start
	ended   bool

	// out guards what is known about it and the way to its clients. A kernel
	// calls send under its own locks, so nothing is called with out held.
	out      sync.Mutex
	lang     string
	state    string
	busy     map[string]bool            // requests in work, by message id
	asked    map[string]jupyter.Message // cells sent and not yet answered, without their source
	activity time.Time
	parked   bool // since the last activity
	clients  clients

	turn sync.Mutex // one begin, restart or close at a time
}

// States that only a kernel's host knows; the others are the kernel's own.
const (
	restarting = "restarting"
	dead       = "dead"
)

// maxPending requests wait for a kernel that starts; arbitrary, more than the
// cells of a chapter.
const maxPending = 1000

func newLive(id string, number int, name, dir, lang string) *live {
	return &live{
		id: id, number: number, name: name, dir: dir, lang: lang,
		author:   jupyter.NewAuthor(id, "lanebook", time.Now),
		stall:    stallAfter,
		state:    jupyter.Starting,
		busy:     map[string]bool{},
		asked:    map[string]jupyter.Message{},
		activity: time.Now(),
	}
}

// kernelModel is a kernel in the API's JSON.
type kernelModel struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	LastActivity string `json:"last_activity"`
	State        string `json:"execution_state"`
	Connections  int    `json:"connections"`
	Lang         string `json:"lang,omitempty"` // ours
}

func (l *live) model() kernelModel {
	l.out.Lock()
	defer l.out.Unlock()
	return kernelModel{
		ID: l.id, Name: l.name, State: l.state, Lang: l.lang,
		LastActivity: l.activity.UTC().Format("2006-01-02T15:04:05.000000Z"),
		Connections:  l.clients.attached(),
	}
}

// begin starts the kernel behind l and hands it what has been waiting.
func (l *live) begin() {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.beginLocked()
}

func (l *live) beginLocked() {
	l.in.Lock()
	ended := l.ended
	l.in.Unlock()
	if ended {
		return
	}
	kernel, err := l.start()
	if err != nil {
		// StartKernel reports a learner's troubles through the kernel itself;
		// this is the server shutting down, or a fault of ours.
		l.endLocked()
		return
	}
	l.in.Lock()
	l.kernel = kernel
	kernel.SetLang(l.language()) // it may have changed meanwhile
	for _, m := range l.pending {
		kernel.Handle(m)
	}
	if len(l.pending) == 0 {
		l.announce(jupyter.Idle) // before the first request can make it busy
	}
	l.pending = nil
	l.in.Unlock()
	go l.watch(kernel)
}

// watch waits for the kernel to end by itself, at a client's request.
func (l *live) watch(kernel Kernel) {
	<-kernel.Done()
	l.turn.Lock()
	defer l.turn.Unlock()
	l.in.Lock()
	current := l.kernel == kernel
	l.in.Unlock()
	if !current {
		return // restart or close ended it
	}
	if !kernel.Restarting() {
		l.endLocked()
		return
	}
	l.restartLocked(true)
}

// handle passes a client's request on, now or when the kernel has started.
func (l *live) handle(m jupyter.Message) {
	l.in.Lock()
	tooMany := l.kernel == nil && len(l.pending) >= maxPending
	switch {
	case l.ended || tooMany:
	case l.kernel == nil:
		l.note(m)
		l.pending = append(l.pending, m)
	default:
		// Whoever types will soon run what they typed.
		if wasParked := l.note(m); wasParked {
			l.kernel.Wake()
		}
		l.kernel.Handle(m)
	}
	l.in.Unlock()
	if tooMany {
		l.refuse(m)
	}
}

func (l *live) note(m jupyter.Message) (wasParked bool) {
	l.out.Lock()
	defer l.out.Unlock()
	wasParked = l.parked
	l.activity, l.parked = time.Now(), false
	if m.Type() == jupyter.TypeExecuteRequest {
		l.asked[m.Header.ID] = jupyter.Message{Channel: m.Channel, Header: m.Header, Identities: m.Identities}
	}
	return wasParked
}

func (l *live) interrupt() {
	l.in.Lock()
	kernel := l.kernel
	l.in.Unlock()
	if kernel != nil {
		kernel.Interrupt()
	}
}

// restart replaces the kernel. Clients stay connected, and what they send
// meanwhile waits for the new one.
func (l *live) restart() {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.restartLocked(false)
}

func (l *live) restartLocked(byItself bool) {
	l.in.Lock()
	kernel := l.kernel
	l.kernel = nil // requests wait from here on
	l.in.Unlock()
	if byItself {
		// To JupyterLab this state means "has died and comes back by itself", and
		// it says so in a dialog; hence only here, not when somebody asked the API.
		l.announce(restarting)
	}
	if kernel != nil {
		kernel.Close()
	}
	l.settle()
	l.announce(jupyter.Starting)
	l.beginLocked()
}

// close ends the kernel for good and lets its clients go.
func (l *live) close() {
	l.turn.Lock()
	defer l.turn.Unlock()
	l.endLocked()
}

func (l *live) endLocked() {
	l.in.Lock()
	kernel, ended := l.kernel, l.ended
	l.kernel, l.ended, l.pending = nil, true, nil
	l.in.Unlock()
	if ended {
		return
	}
	if kernel != nil {
		kernel.Close()
	}
	l.settle()
	l.announce(dead)
	l.out.Lock()
	l.clients.closeAll(closeGone, "the kernel is gone")
	l.out.Unlock()
	l.gone()
}

func (l *live) language() string {
	l.out.Lock()
	defer l.out.Unlock()
	return l.lang
}

// setLang changes the language of explanations from now on.
func (l *live) setLang(lang string) {
	l.out.Lock()
	l.lang = lang
	l.out.Unlock()
	l.in.Lock()
	kernel := l.kernel
	l.in.Unlock()
	if kernel != nil {
		kernel.SetLang(lang)
	}
}

// announce tells all clients a state that the kernel cannot tell them itself.
func (l *live) announce(state string) {
	l.send(l.author.New(jupyter.IOPub, jupyter.Status{ExecutionState: state}))
}

// send is where the kernel's messages come out: those on IOPub go to every
// client, replies and questions to the one that sent the request. Output in
// bulk waits for clients that are behind but read; nothing waits for a client
// that does not.
func (l *live) send(m jupyter.Message) error {
	full := l.publish(m)
	switch m.Type() {
	case jupyter.TypeStream, jupyter.TypeDisplayData, jupyter.TypeUpdateDisplayData:
		for _, q := range full {
			q.wait(l.stall)
		}
	}
	return nil
}

func (l *live) publish(m jupyter.Message) (full []*queue) {
	l.out.Lock()
	defer l.out.Unlock()
	l.activity, l.parked = time.Now(), false
	if status, ok := m.Content.(jupyter.Status); ok {
		l.follow(m.Parent.ID, status.ExecutionState)
	}
	if m.Type() == jupyter.TypeExecuteReply {
		delete(l.asked, m.Parent.ID)
	}
	if m.Channel == jupyter.IOPub {
		return l.clients.broadcast(newWire(m))
	}
	if len(m.Identities) > 0 {
		l.clients.reply(string(m.Identities[0]), newWire(m))
	}
	return nil
}

// follow keeps the state for the API. Requests overlap (an interrupt is busy
// and idle while a cell runs), so they are counted by parent.
func (l *live) follow(parent, state string) {
	switch state {
	case jupyter.Busy:
		l.busy[parent] = true
	case jupyter.Idle:
		delete(l.busy, parent)
	}
	switch {
	case state != jupyter.Busy && state != jupyter.Idle:
		l.state = state
	case len(l.busy) > 0:
		l.state = jupyter.Busy
	default:
		l.state = jupyter.Idle
	}
}
