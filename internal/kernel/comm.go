package kernel

import (
	"context"

	"lanebook/internal/jupyter"
)

// widgetTarget is what GoNB's widgets call their comm. It is the only one that
// we know.
const widgetTarget = "gonb_comm"

// commInfo lists the open comms: that of the widgets, if it is open.
func (k *Kernel) commInfo(_ context.Context, _ jupyter.Message, req jupyter.CommInfoRequest) (jupyter.Content, error) {
	comms := map[string]jupyter.CommInfo{}
	if id := k.widgets.openID(); id != "" && (req.TargetName == "" || req.TargetName == widgetTarget) {
		comms[id] = jupyter.CommInfo{TargetName: widgetTarget}
	}
	return jupyter.CommInfoReply{Status: jupyter.OK, Comms: comms}, nil
}

// commOpen opens the comm of the widgets. It closes what has another target:
// the protocol wants exactly that.
func (k *Kernel) commOpen(_ context.Context, request jupyter.Message, req jupyter.CommOpen) (jupyter.Content, error) {
	if req.TargetName == widgetTarget {
		k.widgets.opened(k, request, req.ID)
		return nil, nil
	}
	k.log.Info("comm with unknown target", "target", req.TargetName)
	k.publish(request, jupyter.CommClose{ID: req.ID, Data: map[string]any{}})
	return nil, nil
}

// commMsg passes a value on to the running cell. Messages on a comm that is not
// open are dropped.
func (k *Kernel) commMsg(_ context.Context, request jupyter.Message, req jupyter.CommMsg) (jupyter.Content, error) {
	if !k.widgets.received(k, request, req) {
		k.log.Info("message on an unknown comm", "comm", req.ID)
	}
	return nil, nil
}

// commClose forgets the comm.
func (k *Kernel) commClose(_ context.Context, _ jupyter.Message, req jupyter.CommClose) (jupyter.Content, error) {
	k.widgets.closed(req.ID)
	return nil, nil
}
