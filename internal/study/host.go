package study

import (
	"context"
	"fmt"
	"log/slog"

	"lanebook/internal/display"
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
	select {
	case <-h.opened:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	options := kernel.Options{Version: h.version, Log: h.log}
	if h.err != nil {
		k := kernel.New(ctx, withoutGo{h.err}, sendFunc(config.Send), options)
		return &hosted{Kernel: k}, nil
	}
	e, err := engine.New(ctx, engine.Options{Dir: config.Dir, Lang: config.Lang})
	if err != nil {
		return nil, err
	}
	return &hosted{Kernel: kernel.New(ctx, e, sendFunc(config.Send), options), engine: e}, nil
}

// hosted is a kernel with the engine that it drives; nil when it has none.
type hosted struct {
	*kernel.Kernel
	engine *engine.Engine
}

func (h *hosted) SetLang(lang string) {
	if h.engine != nil {
		h.engine.SetLang(lang)
	}
}

// Close ends the kernel, then its engine: no process and no folder is left.
func (h *hosted) Close() error {
	h.Kernel.Close()
	if h.engine == nil {
		return nil
	}
	return h.engine.Close()
}

type sendFunc func(jupyter.Message) error

func (f sendFunc) Send(m jupyter.Message) error { return f(m) }

// withoutGo stands in for an engine where Go cannot be found.
type withoutGo struct{ err error }

func (e withoutGo) Execute(context.Context, engine.Cell, engine.Sink) (engine.Result, error) {
	return engine.Result{}, fmt.Errorf("%w; when it is installed, start lanebook again", e.err)
}

func (withoutGo) Complete(_ context.Context, _ string, offset int) (engine.Completion, error) {
	return engine.Completion{Start: offset, End: offset}, nil
}

func (withoutGo) Inspect(context.Context, string, int) (display.Bundle, bool, error) {
	return nil, false, nil
}
