package transport

import (
	"errors"
	"net"
	"sync"
	"time"

	"lanebook/internal/zmtp"
)

// Limits of what may wait for a peer. All are arbitrary.
const (
	softLimit = 4 << 20   // bytes from which on senders of output wait
	hardLimit = 64 << 20  // bytes at which a peer counts as gone
	chunk     = 256 << 10 // bytes written in one go
	keep      = 1 << 20   // a larger buffer is given back when it is empty
)

var errGone = errors.New("peer is gone")

// peer is one connection of a socket.
type peer struct {
	conn  net.Conn
	zmtp  *zmtp.Conn
	id    string        // routing identity
	stall time.Duration // without any progress for so long, the peer counts as gone

	mu      sync.Mutex
	changed sync.Cond // pending, writing or gone changed
	pending []byte    // encoded messages that wait
	writing bool      // the writer has taken some and is at it
	gone    bool

	topics  map[string]int // subscriptions and how often; guarded by mu
	grumble sync.Once      // the first bad message of a peer is logged
}

func newPeer(conn net.Conn, z *zmtp.Conn, id string, stall time.Duration) *peer {
	p := &peer{conn: conn, zmtp: z, id: id, stall: stall}
	p.changed.L = &p.mu
	return p
}

// send queues an encoded message. With wait set it first waits until the peer
// has read enough of what was sent before.
func (p *peer) send(encoded []byte, wait bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for wait && len(p.pending) > softLimit && !p.gone {
		p.changed.Wait()
	}
	if len(p.pending) > hardLimit {
		p.closeLocked()
	}
	if p.gone {
		return errGone
	}
	p.pending = append(p.pending, encoded...)
	p.changed.Broadcast()
	return nil
}

// write sends what is queued until the peer is gone.
func (p *peer) write() {
	var buf []byte
	for {
		p.mu.Lock()
		p.writing = false
		p.changed.Broadcast()
		for len(p.pending) == 0 && !p.gone {
			p.changed.Wait()
		}
		if p.gone {
			p.mu.Unlock()
			return
		}
		buf, p.pending = p.pending, buf[:0]
		p.writing = true
		p.changed.Broadcast()
		p.mu.Unlock()
		if err := p.writeAll(buf); err != nil {
			p.close()
			return
		}
		if cap(buf) > keep {
			buf = nil
		}
	}
}

// writeAll writes in chunks, each of which must make progress before the stall
// is over.
func (p *peer) writeAll(data []byte) error {
	for len(data) > 0 {
		n := min(len(data), chunk)
		if err := p.conn.SetWriteDeadline(time.Now().Add(p.stall)); err != nil {
			return err
		}
		if _, err := p.conn.Write(data[:n]); err != nil {
			return err
		}
		data = data[n:]
	}
	return nil
}

// drain waits until everything queued has been written, or the peer is gone.
func (p *peer) drain() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for (len(p.pending) > 0 || p.writing) && !p.gone {
		p.changed.Wait()
	}
}

// closeWrite tells the peer that no more will come. It still may send.
func (p *peer) closeWrite() {
	if c, ok := p.conn.(interface{ CloseWrite() error }); ok {
		_ = c.CloseWrite() // a connection that is broken needs no goodbye
	}
}

func (p *peer) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closeLocked()
}

func (p *peer) closeLocked() {
	p.gone = true
	p.pending = nil
	_ = p.conn.Close() // nothing that was unsaid can be said any more
	p.changed.Broadcast()
}
