package kernel

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"lanebook/internal/display"
	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
)

// Engine runs cells; *engine.Engine is one.
type Engine interface {
	Execute(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error)
	Complete(ctx context.Context, d engine.Draft) (engine.Completion, error)
	Inspect(ctx context.Context, d engine.Draft) (display.Bundle, bool, error)
	Check(ctx context.Context, d engine.Draft) ([]engine.Finding, error)
	Ahead(cell engine.Cell)
	AheadOfTurn(cell engine.Cell)
}

// Sender takes messages to the clients, each on its own Channel. It is called
// from several goroutines. When it returns an error the message is lost; the
// kernel goes on.
type Sender interface {
	Send(jupyter.Message) error
}

// Options configures a kernel.
type Options struct {
	Version string // of lanebook, for kernel_info; may be empty
	Go      string // version of the Go that builds cells; empty: of the Go that built us
	// ID is what the Jupyter server calls this kernel: pages find it by that.
	// Empty: there are no widgets.
	ID  string
	Log *slog.Logger // nil: log nothing
}

// Kernel is one learner's kernel, from its start to its shutdown.
type Kernel struct {
	engine Engine
	sender Sender
	opts   Options
	log    *slog.Logger
	author *jupyter.Author

	queues [lanes]*queue
	stop   context.CancelFunc // ends all goroutines and the running cell
	done   chan struct{}

	count   atomic.Int64 // of the next cell; changed by the session goroutine
	history history
	status  status
	widgets widgets

	mu      sync.Mutex
	serving *job      // the cell that the session goroutine is at; nil when idle
	typed   string    // the cell that was built ahead last, because somebody types it
	asking  *question // what the running cell waits for; nil when nothing
	restart bool      // what the shutdown request said
}

// New starts a kernel on an engine, which stays the caller's to close, after
// Done. The kernel ends with ctx, on Close, or on a shutdown request.
func New(ctx context.Context, e Engine, sender Sender, opts Options) *Kernel {
	ctx, stop := context.WithCancel(ctx)
	k := &Kernel{
		engine: e, sender: sender, opts: opts, log: opts.Log,
		author: jupyter.NewAuthor(rand.Text(), "lanebook", time.Now),
		stop:   stop, done: make(chan struct{}),
	}
	for i := range k.queues {
		k.queues[i] = newQueue()
	}
	k.count.Store(1)
	if k.log == nil {
		k.log = slog.New(slog.DiscardHandler)
	}
	k.send(k.author.New(jupyter.IOPub, jupyter.Status{ExecutionState: jupyter.Starting}))
	var loops sync.WaitGroup
	loops.Go(func() { k.session(ctx) })
	loops.Go(func() { k.serveBeside(ctx, k.queues[atOnce]) })
	loops.Go(func() { k.serveBeside(ctx, k.queues[help]) })
	go func() {
		loops.Wait()
		close(k.done)
	}()
	return k
}

// Handle takes one message from a client. It never waits for a running cell.
// What a request is, not its channel, says whether it waits for its turn; it
// is answered on its channel.
func (k *Kernel) Handle(m jupyter.Message) {
	switch m.Channel {
	case jupyter.Shell, jupyter.Control:
	case jupyter.Stdin:
		k.answer(m)
		return
	default:
		k.log.Warn("message on a channel that takes none", "message", m.String())
		return
	}
	if !k.queues[handlers[m.Type()].lane].push(m) {
		k.dispatch(context.Background(), m, true)
		return
	}
	if m.Type() == jupyter.TypeExecuteRequest {
		k.aheadOfTurn()
	}
}

// Interrupt stops the running cell. When none runs, the cells that wait in the
// queue are aborted instead: whoever pressed the button meant the one that was
// about to start.
func (k *Kernel) Interrupt() {
	k.queues[cells].inspect(func(items []item) {
		k.mu.Lock()
		defer k.mu.Unlock()
		if k.serving != nil {
			k.serving.cancel()
			return
		}
		abort(items)
	})
}

// Close ends the kernel, and with it a running cell. It returns when nothing
// of the kernel runs any more.
func (k *Kernel) Close() {
	k.stop()
	<-k.done
}

// Done is closed when the kernel has ended and has sent everything.
func (k *Kernel) Done() <-chan struct{} { return k.done }

// Restarting reports whether the shutdown request said that a new kernel will
// follow.
func (k *Kernel) Restarting() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.restart
}

// job is the cell that the session goroutine is at.
type job struct {
	built  bool // the cell is built, and does not change how the next one is
	cancel context.CancelFunc
}

// session runs the cells, one after the other, until ctx ends.
func (k *Kernel) session(ctx context.Context) {
	for {
		jobCtx, cancel := context.WithCancel(ctx)
		next, ok := k.queues[cells].pop(ctx, func() { k.serve(&job{cancel: cancel}) })
		if ok {
			k.dispatch(jobCtx, next.message, next.aborted)
			k.serve(nil)
		}
		cancel()
		if !ok {
			return
		}
	}
}

// serve notes what the session goroutine is at.
func (k *Kernel) serve(j *job) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.serving = j
}

// serveBeside serves one of the other queues until ctx ends, whether or not a
// cell runs.
func (k *Kernel) serveBeside(ctx context.Context, q *queue) {
	for {
		next, ok := q.pop(ctx, nil)
		if !ok {
			return
		}
		k.dispatch(ctx, next.message, false)
	}
}

// send passes a message on. Nobody can be told when that fails, so it is
// logged.
func (k *Kernel) send(m jupyter.Message) {
	if err := k.sender.Send(m); err != nil {
		k.log.Warn("message lost", "message", m.String(), "err", err)
	}
}

// publish sends something to all clients about a request.
func (k *Kernel) publish(request jupyter.Message, content jupyter.Content) {
	k.send(k.author.Child(request, jupyter.IOPub, content))
}
