package kernel

import (
	"context"
	"fmt"

	"lanebook/internal/jupyter"
)

// question is what a running cell waits for.
type question struct {
	id    string // of the input_request
	reply chan string
}

// ask puts a question to the client that sent the request, and waits for its
// answer or for the end of ctx.
func (k *Kernel) ask(ctx context.Context, request jupyter.Message, prompt string, password bool) (string, error) {
	m := k.author.Child(request, jupyter.Stdin, jupyter.InputRequest{Prompt: prompt, Password: password})
	q := &question{id: m.Header.ID, reply: make(chan string, 1)}
	k.mu.Lock()
	k.asking = q
	k.mu.Unlock()
	defer func() {
		k.mu.Lock()
		k.asking = nil
		k.mu.Unlock()
	}()
	if err := k.sender.Send(m); err != nil {
		return "", fmt.Errorf("ask for input: %w", err)
	}
	select {
	case <-ctx.Done():
		return "", fmt.Errorf("ask for input: %w", ctx.Err())
	case value := <-q.reply:
		return value, nil
	}
}

// answer passes a reply on stdin to the cell that asked. Replies that nobody
// waits for, or that answer an earlier question, are dropped.
func (k *Kernel) answer(m jupyter.Message) {
	reply, ok := m.Content.(jupyter.InputReply)
	if !ok {
		k.log.Warn("unexpected message", "message", m.String())
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	q := k.asking
	// Some clients leave the parent out.
	late := q != nil && m.Parent.Type == jupyter.TypeInputRequest && m.Parent.ID != q.id
	if q == nil || late {
		k.log.Warn("answer to no question", "message", m.String())
		return
	}
	select {
	case q.reply <- reply.Value:
	default: // answered twice
	}
}
