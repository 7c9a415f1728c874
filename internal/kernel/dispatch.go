package kernel

import (
	"context"
	"fmt"
	"runtime/debug"

	"lanebook/internal/jupyter"
)

// handlers maps every request type we answer to its handler. Dispatch publishes
// busy before and idle after each of the protocol's own, whatever happens.
var handlers = map[string]handler{
	jupyter.TypeKernelInfoRequest: on((*Kernel).kernelInfo).whileRunning(),
	jupyter.TypeExecuteRequest:    on((*Kernel).execute),
	jupyter.TypeIsCompleteRequest: on((*Kernel).isComplete),
	jupyter.TypeCompleteRequest:   on((*Kernel).complete),
	jupyter.TypeInspectRequest:    on((*Kernel).inspect),
	jupyter.TypeHistoryRequest:    on((*Kernel).searchHistory),
	jupyter.TypeCommInfoRequest:   on((*Kernel).commInfo),
	jupyter.TypeCommOpen:          on((*Kernel).commOpen).aboutComms(),
	jupyter.TypeCommMsg:           on((*Kernel).commMsg).aboutComms(),
	jupyter.TypeCommClose:         on((*Kernel).commClose).aboutComms(),
	jupyter.TypeInterruptRequest:  on((*Kernel).interrupt).whileRunning(),
	jupyter.TypeShutdownRequest:   on((*Kernel).shutdown).whileRunning().last(),
	jupyter.TypeDebugRequest:      on((*Kernel).debug).whileRunning(),
	jupyter.TypeDraftRequest:      on((*Kernel).draft).whileRunning().inPassing(),
}

// handler serves one type of request. A nil reply means that the type has none.
type handler struct {
	serve func(k *Kernel, ctx context.Context, request jupyter.Message) (reply jupyter.Content, err error)
	free  bool // leaves the session alone: on control, served while a cell runs
	ends  bool // ends the kernel after its reply
	comm  bool // is about comms: served while a cell runs, also on shell
	quiet bool // is no news to other clients: no busy, no idle
}

// on makes a handler of a method that takes the content with its type.
func on[T jupyter.Content](method func(*Kernel, context.Context, jupyter.Message, T) (jupyter.Content, error)) handler {
	return handler{serve: func(k *Kernel, ctx context.Context, request jupyter.Message) (jupyter.Content, error) {
		content, ok := request.Content.(T)
		if !ok {
			return nil, fmt.Errorf("unreadable %s", request.Type())
		}
		return method(k, ctx, request, content)
	}}
}

func (h handler) whileRunning() handler { h.free = true; return h }
func (h handler) aboutComms() handler   { h.free, h.comm = true, true; return h }
func (h handler) last() handler         { h.ends = true; return h }
func (h handler) inPassing() handler    { h.quiet = true; return h }

// dispatch answers one request. It is the only place that publishes busy and
// idle.
func (k *Kernel) dispatch(ctx context.Context, request jupyter.Message, abort bool) {
	h, known := handlers[request.Type()]
	if !h.quiet {
		k.publish(request, jupyter.Status{ExecutionState: jupyter.Busy})
	}
	defer func() {
		if !h.quiet {
			k.publish(request, jupyter.Status{ExecutionState: jupyter.Idle})
		}
		if h.ends {
			k.stop()
		}
	}()
	switch {
	case abort:
		k.refuse(request, jupyter.Aborted, "Aborted", "not run: an earlier cell failed or was stopped")
		h.ends = false
	case !known:
		k.log.Warn("unknown request", "message", request.String())
		k.refuse(request, jupyter.Failed, "UnknownRequest", fmt.Sprintf("this kernel does not know %q", request.Type()))
	default:
		k.call(ctx, h, request)
	}
}

// call runs a handler and sends its reply, or an error reply when it fails or
// panics.
func (k *Kernel) call(ctx context.Context, h handler, request jupyter.Message) {
	defer func() {
		if p := recover(); p != nil {
			k.log.Error("panic", "message", request.String(), "panic", p, "stack", string(debug.Stack()))
			k.refuse(request, jupyter.Failed, "KernelError", fmt.Sprint("the kernel panicked: ", p))
		}
	}()
	if bad, ok := request.Content.(jupyter.Malformed); ok {
		k.log.Warn("unreadable request", "message", request.String(), "err", bad.Err)
		k.refuse(request, jupyter.Failed, "BadRequest", bad.Err.Error())
		return
	}
	started := k.author.Now()
	content, err := h.serve(k, ctx, request)
	if err != nil {
		k.log.Error("request failed", "message", request.String(), "err", err)
		k.refuse(request, jupyter.Failed, "KernelError", err.Error())
		return
	}
	if content == nil {
		return
	}
	reply := k.author.Reply(request, content)
	reply.Metadata["started"] = started // front ends show how long a cell took
	k.send(reply)
}

// refuse answers a request that was not served, if its type has a reply.
func (k *Kernel) refuse(request jupyter.Message, status, name, value string) {
	reply, ok := jupyter.ReplyType(request.Type())
	if !ok {
		return
	}
	k.send(k.author.Reply(request, jupyter.ErrorReply{
		Name: reply, Status: status,
		Error: jupyter.Error{Name: name, Value: value, Traceback: []string{name + ": " + value}},
	}))
}
