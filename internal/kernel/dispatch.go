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
	jupyter.TypeExecuteRequest: on((*Kernel).execute).in(cells),

	jupyter.TypeCompleteRequest:   on((*Kernel).complete).in(help),
	jupyter.TypeInspectRequest:    on((*Kernel).inspect).in(help),
	jupyter.TypeIsCompleteRequest: on((*Kernel).isComplete).in(help),
	jupyter.TypeHistoryRequest:    on((*Kernel).searchHistory).in(help),
	jupyter.TypeDraftRequest:      on((*Kernel).draft).in(help).inPassing(),

	jupyter.TypeKernelInfoRequest: on((*Kernel).kernelInfo),
	jupyter.TypeCommInfoRequest:   on((*Kernel).commInfo),
	jupyter.TypeCommOpen:          on((*Kernel).commOpen),
	jupyter.TypeCommMsg:           on((*Kernel).commMsg),
	jupyter.TypeCommClose:         on((*Kernel).commClose),
	jupyter.TypeInterruptRequest:  on((*Kernel).interrupt),
	jupyter.TypeShutdownRequest:   on((*Kernel).shutdown).last(),
	jupyter.TypeDebugRequest:      on((*Kernel).debug),
}

// lane is one of the goroutines that serve requests, each in the order in which
// they came.
type lane int

const (
	atOnce lane = iota // takes no time: an interrupt must not wait; also for what we do not know
	help               // reads a text, which may be long
	cells              // waits for the cells before it
	lanes              // how many there are
)

// handler serves one type of request. A nil reply means that the type has none.
type handler struct {
	serve func(k *Kernel, ctx context.Context, request jupyter.Message) (reply jupyter.Content, err error)
	lane  lane
	ends  bool // ends the kernel after its reply
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

func (h handler) in(l lane) handler  { h.lane = l; return h }
func (h handler) last() handler      { h.ends = true; return h }
func (h handler) inPassing() handler { h.quiet = true; return h }

// dispatch answers one request.
func (k *Kernel) dispatch(ctx context.Context, request jupyter.Message, abort bool) {
	h, known := handlers[request.Type()]
	if !h.quiet {
		k.busy(request)
	}
	defer func() {
		if !h.quiet {
			k.idle(request)
		}
		if h.ends {
			k.stop()
		}
	}()
	bad, malformed := request.Content.(jupyter.Malformed)
	switch {
	case abort:
		k.refuse(request, jupyter.Aborted, "Aborted", "not run: an earlier cell failed or was stopped")
		h.ends = false
	case malformed:
		k.log.Warn("unreadable request", "message", request.String(), "err", bad.Err)
		k.refuse(request, jupyter.Failed, "BadRequest", bad.Err.Error())
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
