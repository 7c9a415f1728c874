package transport

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"lanebook/internal/jupyter"
	"lanebook/internal/zmtp"
)

// Limits of a socket. All are arbitrary.
const (
	maxPeers  = 256                    // connections at once
	handshake = 5 * time.Second        // until a stranger has to be done with it
	goodbye   = 300 * time.Millisecond // for a peer to hang up after us
)

// socket is one bound port and its connections.
type socket struct {
	channel jupyter.Channel
	typ     string   // ZeroMQ socket type
	accepts []string // types of its peers
	limits  zmtp.Limits
	stall   time.Duration // see peer
	log     *slog.Logger

	receive func(*peer, zmtp.Message) // takes each message and each command but PING

	listener net.Listener
	all      sync.WaitGroup // accept loop and connections

	mu      sync.Mutex
	peers   map[string]*peer // by identity
	conns   map[net.Conn]bool
	strange int // counts connections, for identities and logs
	closed  bool
}

// accept takes connections until the listener is closed.
func (s *socket) accept() {
	for {
		conn, err := s.listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case err != nil:
			s.log.Warn("accept", "channel", s.channel, "err", err)
			time.Sleep(100 * time.Millisecond) // out of files, most likely
		case !s.admit(conn):
			s.log.Warn("too many connections", "channel", s.channel)
			_ = conn.Close()
		default:
			s.all.Go(func() { s.serve(conn) })
		}
	}
}

// admit notes a new connection, unless there are too many.
func (s *socket) admit(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || len(s.conns) >= maxPeers {
		return false
	}
	s.conns[conn] = true
	return true
}

// serve shakes hands with a connection and reads its messages until it ends.
func (s *socket) serve(conn net.Conn) {
	defer func() {
		_ = conn.Close()
		s.mu.Lock()
		delete(s.conns, conn)
		s.mu.Unlock()
	}()
	if err := conn.SetDeadline(time.Now().Add(handshake)); err != nil {
		return
	}
	z, err := zmtp.Open(conn, s.typ, s.accepts, s.limits)
	if err == nil {
		err = conn.SetDeadline(time.Time{})
	}
	if err != nil {
		s.log.Debug("no handshake", "channel", s.channel, "err", err)
		return
	}
	p := s.join(conn, z)
	defer s.leave(p)
	s.all.Go(p.write)
	if err := s.read(p); err != nil {
		s.log.Debug("connection ended", "channel", s.channel, "err", err)
	}
}

// read passes on a peer's messages until it is done.
func (s *socket) read(p *peer) error {
	for {
		m, err := p.zmtp.Read()
		if errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err != nil {
			return err
		}
		if m.Command == "PING" {
			// The body is a time to live and a context; the context goes back.
			body := m.Frames[0]
			pong := zmtp.AppendCommand(nil, "PONG", body[min(2, len(body)):])
			if err := p.send(pong, false); err != nil {
				return err
			}
			continue
		}
		s.receive(p, m)
	}
}

// join gives a connection its identity: the one it asks for, or a new one, which
// begins with a zero as no client's may. A second connection with the same
// identity is the same client, come back; it takes the first one's place.
func (s *socket) join(conn net.Conn, z *zmtp.Conn) *peer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.strange++
	id := string(z.PeerIdentity)
	if id == "" || id[0] == 0 {
		id = fmt.Sprintf("\x00%d", s.strange)
	}
	p := newPeer(conn, z, id, s.stall)
	if old := s.peers[id]; old != nil {
		old.close()
	}
	s.peers[id] = p
	return p
}

func (s *socket) leave(p *peer) {
	p.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.peers[p.id] == p {
		delete(s.peers, p.id)
	}
}

// peer finds a connection by its identity.
func (s *socket) peer(id string) (*peer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.peers[id]
	return p, ok
}

// everyone lists the connections.
func (s *socket) everyone() []*peer {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]*peer, 0, len(s.peers))
	for _, p := range s.peers {
		all = append(all, p)
	}
	return all
}

// close sends what is queued, says goodbye and closes everything; it takes no
// longer than patience.
func (s *socket) close(patience time.Duration) {
	_ = s.listener.Close() // it has been accepting, so it can only be closed
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	deadline := time.AfterFunc(patience, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		for conn := range s.conns {
			_ = conn.Close()
		}
	})
	defer deadline.Stop()
	for _, p := range s.everyone() {
		p.drain()
		// Closing outright would throw away what the peer has not read yet, if
		// it has sent something that we have not read. So wait for its end.
		p.closeWrite()
	}
	s.dropStrangers()
	deadline.Reset(min(patience, goodbye))
	s.all.Wait()
}

// dropStrangers closes the connections that never finished their handshake.
func (s *socket) dropStrangers() {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := map[net.Conn]bool{}
	for _, p := range s.peers {
		known[p.conn] = true
	}
	for conn := range s.conns {
		if !known[conn] {
			_ = conn.Close()
		}
	}
}
