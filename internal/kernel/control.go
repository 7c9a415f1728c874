package kernel

import (
	"context"

	"lanebook/internal/jupyter"
)

// interrupt stops the running cell. It never waits for its turn.
func (k *Kernel) interrupt(context.Context, jupyter.Message, jupyter.InterruptRequest) (jupyter.Content, error) {
	k.Interrupt()
	return jupyter.InterruptReply{Status: jupyter.OK}, nil
}

// shutdown stops the running cell and, once dispatch has sent the reply, the
// kernel. Who hosts the kernel decides what a restart is.
func (k *Kernel) shutdown(_ context.Context, _ jupyter.Message, req jupyter.ShutdownRequest) (jupyter.Content, error) {
	k.mu.Lock()
	k.restart = req.Restart
	k.mu.Unlock()
	k.queues[cells].inspect(abort)
	k.Interrupt()
	return jupyter.ShutdownReply{Status: jupyter.OK, Restart: req.Restart}, nil
}

// debug answers that there is no debugger, in the debugger's own protocol.
func (k *Kernel) debug(_ context.Context, _ jupyter.Message, req jupyter.DebugRequest) (jupyter.Content, error) {
	return jupyter.DebugReply{
		Kind: "response", Seq: req.Seq, RequestSeq: req.Seq, Command: req.Command,
		Message: "lanebook has no debugger",
	}, nil
}
