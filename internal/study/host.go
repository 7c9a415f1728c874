package study

import (
	"context"
	"log/slog"

	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
	"lanebook/internal/kernel"
)

// Host returns a StartKernel whose kernels run in this process, each on an
// engine that open makes for it.
func Host(open func(context.Context, KernelConfig) (*engine.Engine, error), version string, log *slog.Logger) StartKernel {
	return func(ctx context.Context, config KernelConfig) (Kernel, error) {
		e, err := open(ctx, config)
		if err != nil {
			return nil, err
		}
		k := kernel.New(ctx, e, sendFunc(config.Send), kernel.Options{Version: version, Log: log})
		return &hosted{Kernel: k, engine: e}, nil
	}
}

// hosted is a kernel with the engine that it drives.
type hosted struct {
	*kernel.Kernel
	engine *engine.Engine
}

func (h *hosted) SetLang(lang string) { h.engine.SetLang(lang) }

// Close ends the kernel, then its engine: no process and no folder is left.
func (h *hosted) Close() error {
	h.Kernel.Close()
	return h.engine.Close()
}

type sendFunc func(jupyter.Message) error

func (f sendFunc) Send(m jupyter.Message) error { return f(m) }
