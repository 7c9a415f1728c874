package transport

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"lanebook/internal/jupyter"
)

// stream is a message of a flood.
func stream(i, size int) jupyter.Message {
	m := clientAuthor.New(jupyter.IOPub, jupyter.Stream{Name: "stdout", Text: fmt.Sprintf("%d %s", i, strings.Repeat("x", size))})
	m.Identities = [][]byte{[]byte("kernel.stream")}
	return m
}

// flood publishes numbered output without the cost of encoding it.
func flood(s *Server, messages int, after func()) {
	fill := make([]byte, 100_000)
	for i := range messages {
		s.publish([][]byte{[]byte("kernel.stream"), fmt.Append(nil, i), fill}, true)
		after()
	}
}

// A flood reaches every subscriber whole, and what waits stays small.
func TestFloodLosesNothing(t *testing.T) {
	info := connection(t)
	s, _ := start(t, info)
	const messages = 400 // of 100 KB: more than any buffer on the way holds
	subscribers := []link{connect(t, info, jupyter.IOPub, "SUB"), connect(t, info, jupyter.IOPub, "SUB")}
	var readers sync.WaitGroup
	for _, l := range subscribers {
		readers.Go(func() {
			for i := range messages {
				if got := string(l.get()[1]); got != fmt.Sprint(i) {
					t.Errorf("message %s came, want %d", got, i)
					return
				}
				if i == 100 {
					time.Sleep(200 * time.Millisecond) // fall behind
				}
			}
		})
	}
	flood(s, messages, func() {
		for _, p := range s.sockets[jupyter.IOPub].everyone() {
			p.mu.Lock()
			waiting := len(p.pending)
			p.mu.Unlock()
			if waiting > softLimit+200_000 {
				t.Fatalf("%d bytes wait", waiting)
			}
		}
	})
	readers.Wait()
}

// A subscriber that has stopped reading is waited for, then disconnected; the
// others go on.
func TestStalledSubscriber(t *testing.T) {
	info := connection(t)
	s, err := Listen(info, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	sock := s.sockets[jupyter.IOPub]
	sock.stall = time.Second
	s.Serve(func(jupyter.Message) {})
	connect(t, info, jupyter.IOPub, "SUB") // reads no more
	sock.mu.Lock()
	sock.stall = time.Minute // the other one may be slow
	sock.mu.Unlock()
	good := connect(t, info, jupyter.IOPub, "SUB")
	const messages = 400
	done := make(chan bool)
	go func() {
		defer close(done)
		for range messages {
			good.get()
		}
	}()
	flood(s, messages, func() {})
	<-done
	left := func() int { return len(sock.everyone()) }
	for deadline := time.Now().Add(30 * time.Second); left() != 1 && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond) // whoever is gone leaves a little later
	}
	if n := left(); n != 1 {
		t.Errorf("%d subscribers, want 1", n)
	}
}

// What is sent before Close arrives, even when the peer has sent something that
// nobody has read.
func TestCloseDelivers(t *testing.T) {
	info := connection(t)
	s, arrived := start(t, info)
	sub := connect(t, info, jupyter.IOPub, "SUB")
	client := connect(t, info, jupyter.Control, "DEALER")
	client.send(info, jupyter.ShutdownRequest{})
	request := <-arrived
	for i := range 10 {
		if err := s.Send(stream(i, 100_000)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Send(clientAuthor.Reply(request, jupyter.ShutdownReply{Status: "ok"})); err != nil {
		t.Fatal(err)
	}
	client.send(info, jupyter.KernelInfoRequest{})
	for _, sock := range s.sockets {
		go sock.close(time.Minute) // Close gives a peer two seconds, which may be too few here
	}
	for range 10 {
		sub.message(info)
	}
	if reply := client.message(info); reply.Content != (jupyter.ShutdownReply{Status: "ok"}) {
		t.Errorf("got %v", reply)
	}
}
