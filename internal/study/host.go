package study

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"sync"

	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
	"lanebook/internal/kernel"
	"lanebook/internal/toolchain"
)

// Host starts kernels in this process. They share one Go toolchain, which is
// opened and prepared while the learner reads.
type Host struct {
	version string
	log     *slog.Logger

	opened chan struct{} // closed when tool and err are set
	tool   *toolchain.Toolchain
	err    error
}

// NewHost returns a host whose kernels wait for Prepare to open the toolchain.
func NewHost(version string, log *slog.Logger) *Host {
	return &Host{version: version, log: log, opened: make(chan struct{})}
}

// Prepare opens the toolchain and makes the standard library ready. It is
// called once; report hears how it goes and, last, how it ended.
func (h *Host) Prepare(ctx context.Context, report func(Progress)) {
	h.tool, h.err = toolchain.Open(ctx, toolchain.Options{Progress: func(p toolchain.Progress) {
		report(Progress{Stage: p.Stage, Done: p.Done, Total: p.Total})
	}})
	close(h.opened)
	err := h.err
	if err == nil {
		for _, note := range h.tool.Notes() {
			h.log.Warn(note)
		}
		err = h.tool.Prepare(ctx)
	}
	switch {
	case ctx.Err() != nil: // the server is ending
	case err != nil:
		report(Progress{Error: err.Error()})
	default:
		report(Progress{Ready: true})
	}
}

// Close ends what Prepare may have left running. It is called after Prepare
// has returned and the server has ended.
func (h *Host) Close() {
	if h.tool != nil {
		h.tool.Close()
	}
}

// Start is a StartKernel. When there is no usable Go, the kernel starts all
// the same, and every cell says why it cannot run.
func (h *Host) Start(ctx context.Context, config KernelConfig) (Kernel, error) {
	k := &hosted{}
	k.opening = kernel.Open(func() (kernel.OpenEngine, error) {
		select {
		case <-h.opened:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if h.err != nil {
			return nil, fmt.Errorf("%w; when that is settled, start lanebook again", h.err)
		}
		// Not ctx: the engine ends by Close, after the kernel.
		e, err := engine.New(context.WithoutCancel(ctx), engine.Options{
			Tool: h.tool, Dir: config.Dir, Lang: k.language(config.Lang), Version: h.version,
		})
		if err != nil {
			return nil, err
		}
		k.opened(e)
		return e, nil
	})
	k.Kernel = kernel.New(ctx, k.opening, sendFunc(config.Send), kernel.Options{Version: h.version, Log: h.log})
	return k, nil
}

// hosted is a kernel with the engine that it drives.
type hosted struct {
	*kernel.Kernel
	opening *kernel.Opening

	mu     sync.Mutex
	engine *engine.Engine // nil until it is open
	lang   string         // as set before that
}

// SetLang changes the language, also of an engine that is yet to open.
func (h *hosted) SetLang(lang string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lang = lang
	if h.engine != nil {
		h.engine.SetLang(lang)
	}
}

// Park lets the engine go of what it can do without while nobody uses it.
func (h *hosted) Park() {
	if e := h.current(); e != nil {
		e.Park()
	}
}

// Wake lets the engine get ready for a cell that is about to come.
func (h *hosted) Wake() {
	if e := h.current(); e != nil {
		e.Wake()
	}
}

// current is the engine, or nil until it is open.
func (h *hosted) current() *engine.Engine {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.engine
}

func (h *hosted) language(first string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return cmp.Or(h.lang, first)
}

func (h *hosted) opened(e *engine.Engine) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.engine = e
	if h.lang != "" {
		e.SetLang(h.lang)
	}
}

// Close ends the kernel, then its engine: no process and no folder is left.
func (h *hosted) Close() error {
	h.Kernel.Close()
	return h.opening.Close()
}

type sendFunc func(jupyter.Message) error

func (f sendFunc) Send(m jupyter.Message) error { return f(m) }
