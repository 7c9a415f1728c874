package kernel

import (
	"context"

	"lanebook/internal/jupyter"
)

// commInfo lists the open comms: there are none, since cells do not outlive
// their run.
func (k *Kernel) commInfo(context.Context, jupyter.Message, jupyter.CommInfoRequest) (jupyter.Content, error) {
	return jupyter.CommInfoReply{Status: jupyter.OK, Comms: map[string]jupyter.CommInfo{}}, nil
}

// commOpen closes what was opened: we know no target. The protocol wants
// exactly that.
func (k *Kernel) commOpen(_ context.Context, request jupyter.Message, req jupyter.CommOpen) (jupyter.Content, error) {
	k.log.Info("comm with unknown target", "target", req.TargetName)
	k.publish(request, jupyter.CommClose{ID: req.ID, Data: map[string]any{}})
	return nil, nil
}

// commMsg drops a message on a comm that is not open.
func (k *Kernel) commMsg(_ context.Context, _ jupyter.Message, req jupyter.CommMsg) (jupyter.Content, error) {
	k.log.Info("message on an unknown comm", "comm", req.ID)
	return nil, nil
}

// commClose has nothing to close.
func (k *Kernel) commClose(context.Context, jupyter.Message, jupyter.CommClose) (jupyter.Content, error) {
	return nil, nil
}
