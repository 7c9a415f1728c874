package kernel

import (
	"sync"

	"lanebook/internal/jupyter"
)

// status is what clients were told of the kernel's state.
//
// Busy and idle belong to a request each, but front ends, and the Jupyter
// server, show one state for the kernel: that of the last status, whichever
// request it belongs to. Help that is given while a cell runs would turn the
// kernel idle there, so busy is said once more for the cell.
type status struct {
	mu   sync.Mutex       // held while a status is sent: clients see them in this order
	cell *jupyter.Message // the request of the running cell; nil: none runs
}

// busy says that a request is being served.
func (k *Kernel) busy(request jupyter.Message) {
	s := &k.status
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cell == nil && request.Type() == jupyter.TypeExecuteRequest {
		s.cell = &request
	}
	k.publish(request, jupyter.Status{ExecutionState: jupyter.Busy})
}

// idle says that a request has been served.
func (k *Kernel) idle(request jupyter.Message) {
	s := &k.status
	s.mu.Lock()
	defer s.mu.Unlock()
	k.publish(request, jupyter.Status{ExecutionState: jupyter.Idle})
	switch {
	case s.cell == nil:
	case s.cell.Header.ID == request.Header.ID && s.cell.Type() == request.Type():
		s.cell = nil
	default:
		k.publish(*s.cell, jupyter.Status{ExecutionState: jupyter.Busy})
	}
}
