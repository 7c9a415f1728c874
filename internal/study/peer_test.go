package study

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"lanebook/internal/jupyter"
)

// peer is one WebSocket client of a kernel.
type peer struct {
	t    *testing.T
	conn *websocket.Conn
	v1   bool
	n    int
}

const patience = time.Minute

func (s *running) dial(kernel, session, subprotocol string) *peer {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	options := &websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {"token " + s.secret}}}
	if subprotocol != "" {
		options.Subprotocols = []string{subprotocol}
	}
	conn, _, err := websocket.Dial(ctx, s.base+"/api/kernels/"+kernel+"/channels?session_id="+session, options)
	if err != nil {
		s.t.Fatal(err)
	}
	conn.SetReadLimit(-1)
	s.t.Cleanup(func() { conn.CloseNow() })
	return &peer{t: s.t, conn: conn, v1: conn.Subprotocol() == jupyter.Subprotocol}
}

// send sends a request and returns its id.
func (p *peer) send(channel jupyter.Channel, content jupyter.Content) string {
	p.t.Helper()
	p.n++
	id := fmt.Sprintf("%s-%d", p.t.Name(), p.n)
	m := jupyter.Message{Channel: channel, Content: content, Metadata: map[string]any{},
		Header: jupyter.Header{ID: id, Type: content.Type(), Session: "s", Username: "u", Version: "5.3"}}
	var data []byte
	var err error
	kind := websocket.MessageBinary
	if p.v1 {
		data, err = jupyter.EncodeV1(m)
	} else {
		data, _, err = jupyter.EncodeJSON(m)
		kind = websocket.MessageText
	}
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	if err := p.conn.Write(ctx, kind, data); err != nil {
		p.t.Fatal(err)
	}
	return id
}

// read returns the next message as it comes.
func (p *peer) read() (websocket.MessageType, []byte, error) {
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	return p.conn.Read(ctx)
}

// next returns the next message.
func (p *peer) next() (jupyter.Message, error) {
	kind, data, err := p.read()
	if err != nil {
		return jupyter.Message{}, err
	}
	if p.v1 {
		return jupyter.DecodeV1(data)
	}
	return jupyter.DecodeJSON(data, kind == websocket.MessageBinary)
}

// until reads until a message is the one wanted, and returns all it read.
func (p *peer) until(wanted func(jupyter.Message) bool) []jupyter.Message {
	p.t.Helper()
	var all []jupyter.Message
	for {
		m, err := p.next()
		if err != nil {
			p.t.Fatalf("after %s: %v", describe(all), err)
		}
		all = append(all, m)
		if wanted(m) {
			return all
		}
	}
}

// execute runs a cell and returns what it sent, up to and with its reply and idle.
func (p *peer) execute(code string) []jupyter.Message {
	p.t.Helper()
	id := p.send(jupyter.Shell, jupyter.ExecuteRequest{Code: code, StoreHistory: true, AllowStdin: true})
	return p.finish(id)
}

// finish reads up to the reply and the idle of a request, in either order.
func (p *peer) finish(id string) []jupyter.Message {
	p.t.Helper()
	replied, idle := false, false
	return p.until(func(m jupyter.Message) bool {
		if m.Parent.ID == id {
			replied = replied || m.Channel == jupyter.Shell || m.Channel == jupyter.Control
			status, ok := m.Content.(jupyter.Status)
			idle = idle || ok && status.ExecutionState == jupyter.Idle
		}
		return replied && idle
	})
}

func describe(all []jupyter.Message) string {
	var b strings.Builder
	for i, m := range all {
		if i == 50 { // arbitrary
			return b.String() + "..."
		}
		fmt.Fprintf(&b, "[%s %s]", m.Channel, m.Type())
		if status, ok := m.Content.(jupyter.Status); ok {
			fmt.Fprintf(&b, "=%s", status.ExecutionState)
		}
	}
	return b.String()
}

// stdout joins what the messages print.
func stdout(all []jupyter.Message) string {
	var b strings.Builder
	for _, m := range all {
		if s, ok := m.Content.(jupyter.Stream); ok {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}
