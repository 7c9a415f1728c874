package study

import (
	"context"
	"net/http"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/time/rate"

	"lanebook/internal/jupyter"
)

// Limits of one socket; all arbitrary. A notebook's largest cell passes, and
// no person or front end sends faster for long.
const (
	maxMessage  = 32 << 20 // bytes
	perSecond   = 500      // messages, after a burst of
	burst       = 2000
	writeWithin = 30 * time.Second
	pingEvery   = 30 * time.Second
)

// channels joins a WebSocket to a kernel: all its channels travel over one
// socket, in the protocol of the subprotocol or, without one, as JSON text.
func (s *Server) channels(w http.ResponseWriter, r *http.Request) error {
	l, err := s.kernels.find(r.PathValue("id"))
	if err != nil {
		return err
	}
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{
		Subprotocols:       []string{jupyter.Subprotocol},
		InsecureSkipVerify: true, // the gate has compared Origin, more strictly
	})
	if err != nil {
		return nil // Accept has answered
	}
	defer conn.CloseNow()
	conn.SetReadLimit(maxMessage)

	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	so := &socket{conn: conn, v1: conn.Subprotocol() == jupyter.Subprotocol}
	so.client = l.attach(r.URL.Query().Get("session_id"))
	defer l.detach(so.client)
	written := make(chan struct{})
	go func() {
		defer close(written)
		defer cancel()
		so.write(ctx)
	}()
	go so.ping(ctx, cancel)
	so.read(ctx, l, s.options.Log.Debug)
	cancel()
	<-written // the queue has one owner: detach may hand it to the next socket
	return nil
}

func (l *live) attach(session string) *client {
	l.out.Lock()
	defer l.out.Unlock()
	l.activity = time.Now()
	return l.clients.attach(session)
}

func (l *live) detach(c *client) {
	l.out.Lock()
	defer l.out.Unlock()
	l.clients.detach(c)
}

// socket is one WebSocket of one client.
type socket struct {
	conn   *websocket.Conn
	v1     bool
	client *client
}

// read passes requests on until the socket ends. Junk is dropped: it concerns
// neither the kernel nor the other requests on this socket.
func (so *socket) read(ctx context.Context, l *live, logf func(string, ...any)) {
	limiter := rate.NewLimiter(perSecond, burst)
	for {
		if limiter.Wait(ctx) != nil {
			return
		}
		kind, data, err := so.conn.Read(ctx)
		if err != nil {
			return
		}
		m, err := so.decode(kind, data)
		if err != nil {
			logf("message dropped", "err", err)
			continue
		}
		switch m.Channel {
		case jupyter.Shell, jupyter.Control, jupyter.Stdin:
			m.Identities = [][]byte{[]byte(so.client.id)}
			l.handle(m)
		default:
			logf("message dropped", "channel", m.Channel)
		}
	}
}

func (so *socket) decode(kind websocket.MessageType, data []byte) (jupyter.Message, error) {
	if so.v1 {
		return jupyter.DecodeV1(data)
	}
	return jupyter.DecodeJSON(data, kind == websocket.MessageBinary)
}

// write empties the client's queue into the socket until either is closed.
func (so *socket) write(ctx context.Context) {
	for {
		w, code, reason, err := so.client.queue.pop(ctx)
		if err != nil {
			return
		}
		if w == nil {
			so.conn.Close(code, reason)
			return
		}
		encode := w.text
		if so.v1 {
			encode = w.v1
		}
		f, err := encode()
		if err != nil {
			continue // unsendable to anyone; the kernel never makes one
		}
		writing, done := context.WithTimeout(ctx, writeWithin)
		err = so.conn.Write(writing, f.kind, f.data)
		done()
		if err != nil {
			so.client.queue.unpop(w)
			return
		}
	}
}

// ping notices a peer that is gone without a word.
func (so *socket) ping(ctx context.Context, cancel context.CancelFunc) {
	ticker := time.NewTicker(pingEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		waiting, done := context.WithTimeout(ctx, writeWithin)
		err := so.conn.Ping(waiting)
		done()
		if err != nil {
			cancel()
			return
		}
	}
}
