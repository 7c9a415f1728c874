package goroutines

import (
	"context"
	"errors"
	"net"
	"time"

	"golang.org/x/sync/errgroup"
)

// Chat is one side of a conversation over UDP: one goroutine sends what comes
// in on say, another one calls heard with everything that peer sends. It ends
// when ctx ends, or at the first error.
func Chat(
	ctx context.Context, conn net.PacketConn, peer net.Addr,
	say <-chan string, heard func(text string),
) error {
	g, either := errgroup.WithContext(ctx)
	// ReadFrom knows nothing of contexts. A deadline that has passed wakes it up.
	stop := context.AfterFunc(either, func() { conn.SetReadDeadline(time.Now()) })
	defer stop()

	g.Go(func() error { return send(either, conn, peer, say) })
	g.Go(func() error { return receive(conn, peer, heard) })
	err := g.Wait()
	if errors.Is(ctx.Err(), context.Canceled) {
		return nil // somebody hung up: that is how every chat ends
	}
	return err
}

func send(ctx context.Context, conn net.PacketConn, peer net.Addr, say <-chan string) error {
	for {
		select {
		case text := <-say:
			if _, err := conn.WriteTo([]byte(text), peer); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func receive(conn net.PacketConn, peer net.Addr, heard func(text string)) error {
	buf := make([]byte, 2048) // a longer message is cut off
	for {
		n, from, err := conn.ReadFrom(buf)
		if err != nil {
			return err
		}
		if from.String() == peer.String() { // UDP brings letters from anybody
			heard(string(buf[:n]))
		}
	}
}

// ChatBoth lets two sides talk to each other: a says lines, b answers each
// with reply. It returns what each side heard, after the last answer.
func ChatBoth(
	ctx context.Context, a, b net.PacketConn, lines []string, reply func(string) string,
) (heardA, heardB []string, err error) {
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	sayA, sayB := make(chan string, len(lines)), make(chan string, len(lines))
	for _, line := range lines {
		sayA <- line
	}
	var g errgroup.Group
	g.Go(func() error {
		return Chat(ctx, a, b.LocalAddr(), sayA, func(text string) {
			heardA = append(heardA, text)
			if len(heardA) == len(lines) {
				hangUp()
			}
		})
	})
	g.Go(func() error {
		return Chat(ctx, b, a.LocalAddr(), sayB, func(text string) {
			heardB = append(heardB, text)
			sayB <- reply(text)
		})
	})
	err = g.Wait()
	return heardA, heardB, err
}
