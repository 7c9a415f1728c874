package transport

import (
	"fmt"
	"log/slog"
	"net"
	"strings"
	"sync"
	"time"

	"lanebook/internal/jupyter"
	"lanebook/internal/zmtp"
)

// Arbitrary times: how long a peer may stop reading before it counts as gone,
// and how long Close waits for peers to take what was sent.
const (
	stall    = 10 * time.Second
	farewell = 2 * time.Second
)

// Server is the five sockets of one kernel.
type Server struct {
	key     []byte
	log     *slog.Logger
	author  *jupyter.Author
	sockets map[jupyter.Channel]*socket
	handle  func(jupyter.Message)
}

// Listen binds the sockets. Connections are answered from Serve on; until then
// clients wait.
func Listen(info ConnectionInfo, log *slog.Logger) (*Server, error) {
	s := &Server{
		key: []byte(info.Key), log: log,
		author:  jupyter.NewAuthor("transport", "lanebook", time.Now),
		sockets: map[jupyter.Channel]*socket{},
	}
	for _, channel := range channels {
		listener, err := info.listen(channel)
		if err != nil {
			s.Close()
			return nil, err
		}
		sock := s.socket(channel)
		sock.channel, sock.listener, sock.log, sock.stall = channel, listener, log, stall
		sock.peers, sock.conns = map[string]*peer{}, map[net.Conn]bool{}
		s.sockets[channel] = sock
	}
	return s, nil
}

// socket says how the socket of a channel behaves.
func (s *Server) socket(channel jupyter.Channel) *socket {
	switch channel {
	case jupyter.IOPub:
		return &socket{
			typ: "XPUB", accepts: []string{"SUB", "XSUB"},
			limits:  zmtp.Limits{Frames: 1, Bytes: 1 << 10},
			receive: s.subscribe,
		}
	case jupyter.Heartbeat:
		return &socket{
			typ: "REP", accepts: []string{"REQ", "DEALER"},
			limits:  zmtp.Limits{Frames: 8, Bytes: 64 << 10},
			receive: echo,
		}
	}
	return &socket{
		typ: "ROUTER", accepts: []string{"DEALER", "REQ", "ROUTER"},
		limits:  zmtp.Limits{Frames: jupyter.MaxFrames, Bytes: jupyter.MaxSize},
		receive: func(p *peer, m zmtp.Message) { s.request(channel, p, m) },
	}
}

// Serve begins to answer connections, and passes all good messages to handle,
// which must not block. It returns at once.
func (s *Server) Serve(handle func(jupyter.Message)) {
	s.handle = handle
	for _, sock := range s.sockets {
		sock.all.Go(sock.accept)
	}
}

// Send signs a message and queues it for the client that it names, or, on
// IOPub, for all subscribers. Output of cells waits for subscribers that are
// behind; everything else leaves at once.
func (s *Server) Send(m jupyter.Message) error {
	frames, err := jupyter.Encode(m, s.key)
	if err != nil {
		return err
	}
	if m.Channel == jupyter.IOPub {
		s.publish(frames, isOutput(m.Type()))
		return nil
	}
	sock, ok := s.sockets[m.Channel]
	if !ok || len(m.Identities) == 0 {
		return fmt.Errorf("send %s: nowhere to send it", m)
	}
	p, ok := sock.peer(string(frames[0]))
	if !ok {
		return fmt.Errorf("send %s: %w", m, errGone)
	}
	return p.send(zmtp.AppendMessage(nil, frames[1:]), false)
}

// Close sends what is queued and closes all sockets.
func (s *Server) Close() {
	var all sync.WaitGroup
	for _, sock := range s.sockets {
		all.Go(func() { sock.close(farewell) })
	}
	all.Wait()
}

// request reads a message of a client on shell, control or stdin.
func (s *Server) request(channel jupyter.Channel, p *peer, m zmtp.Message) {
	if m.Command != "" {
		return
	}
	frames := append([][]byte{[]byte(p.id)}, m.Frames...)
	message, err := jupyter.Decode(channel, frames, s.key)
	if err != nil {
		p.grumble.Do(func() { s.log.Warn("message dropped", "channel", channel, "err", err) })
		return
	}
	s.handle(message)
}

// echo answers a heartbeat with its own bytes.
func echo(p *peer, m zmtp.Message) {
	if m.Command == "" {
		_ = p.send(zmtp.AppendMessage(nil, m.Frames), false) // who is gone needs no heartbeat
	}
}

// maxTopics is how many subscriptions a peer may have. Arbitrary: clients have
// one.
const maxTopics = 100

// subscribe notes what a peer wants to hear, and welcomes it, so that it knows
// from when on it hears everything. Peers of ZMTP 3.0 subscribe with a message,
// those of 3.1 with a command.
func (s *Server) subscribe(p *peer, m zmtp.Message) {
	kind, topic := m.Command, string(m.Frames[0])
	if kind == "" && topic != "" {
		kind = map[byte]string{1: "SUBSCRIBE", 0: "CANCEL"}[topic[0]]
		topic = topic[1:]
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case kind == "SUBSCRIBE" && len(p.topics) < maxTopics:
		if p.topics == nil {
			p.topics = map[string]int{}
		}
		p.topics[topic]++
		s.welcome(p, topic)
	case kind == "CANCEL" && p.topics[topic] > 1:
		p.topics[topic]--
	case kind == "CANCEL":
		delete(p.topics, topic)
	}
}

// welcome queues iopub_welcome for a peer that is locked.
func (s *Server) welcome(p *peer, topic string) {
	m := s.author.New(jupyter.IOPub, jupyter.IOPubWelcome{Subscription: topic})
	m.Identities = [][]byte{[]byte(topic)}
	frames, err := jupyter.Encode(m, s.key)
	if err != nil {
		s.log.Error("welcome", "err", err)
		return
	}
	p.pending = zmtp.AppendMessage(p.pending, frames)
	p.changed.Broadcast()
}

// publish queues a message for all that subscribed to it.
func (s *Server) publish(frames [][]byte, wait bool) {
	topic := string(frames[0])
	var encoded []byte
	for _, p := range s.sockets[jupyter.IOPub].everyone() {
		if !p.wants(topic) {
			continue
		}
		if encoded == nil {
			encoded = zmtp.AppendMessage(nil, frames)
		}
		if err := p.send(encoded, wait); err != nil {
			s.log.Debug("subscriber lost", "err", err)
		}
	}
}

// wants reports whether a peer has subscribed to a topic.
func (p *peer) wants(topic string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for prefix := range p.topics {
		if strings.HasPrefix(topic, prefix) {
			return true
		}
	}
	return false
}

// isOutput reports whether messages of a type are what a cell puts out, which
// may be a flood.
func isOutput(typ string) bool {
	switch typ {
	case jupyter.TypeStream, jupyter.TypeDisplayData, jupyter.TypeUpdateDisplayData:
		return true
	}
	return false
}
