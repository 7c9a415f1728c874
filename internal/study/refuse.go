package study

import (
	"maps"
	"slices"

	"lanebook/internal/jupyter"
)

// refuse answers a request that will not reach a kernel: nobody shall wait
// for it in vain.
func (l *live) refuse(m jupyter.Message) {
	reply, ok := jupyter.ReplyType(m.Type())
	if !ok {
		return
	}
	l.send(l.author.Reply(m, jupyter.ErrorReply{
		Name: reply, Status: jupyter.Aborted,
		Error: jupyter.Error{
			Name: "TooManyRequests", Value: "too many requests wait for the kernel to start",
			Traceback: []string{"too many requests wait for the kernel to start"},
		},
	}))
	l.send(l.author.Child(m, jupyter.IOPub, jupyter.Status{ExecutionState: jupyter.Idle}))
}

// settle answers the cells that the kernel, which is gone, will not answer, so
// that no client waits for them. Those that wait for the next one are not.
func (l *live) settle() {
	for _, request := range l.unanswered() {
		l.send(l.author.Reply(request, jupyter.ExecuteReply{
			Status: jupyter.Aborted, Payload: []map[string]any{}, UserExpressions: map[string]any{},
		}))
		l.send(l.author.Child(request, jupyter.IOPub, jupyter.Status{ExecutionState: jupyter.Idle}))
	}
}

func (l *live) unanswered() []jupyter.Message {
	l.in.Lock()
	defer l.in.Unlock()
	l.out.Lock()
	defer l.out.Unlock()
	left := maps.Clone(l.asked)
	for _, m := range l.pending {
		delete(left, m.Header.ID)
	}
	clear(l.busy)
	return slices.Collect(maps.Values(left))
}
