package kernel

import (
	"context"

	"lanebook/internal/jupyter"
	"lanebook/internal/program"
)

// isComplete says whether Enter should run the text or continue it.
func (k *Kernel) isComplete(_ context.Context, _ jupyter.Message, req jupyter.IsCompleteRequest) (jupyter.Content, error) {
	answer := program.Complete(req.Code)
	return jupyter.IsCompleteReply{Status: answer.Status, Indent: answer.Indent}, nil
}
