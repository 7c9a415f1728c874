package transport

import (
	"net"
	"strings"
	"testing"
	"time"

	"lanebook/internal/jupyter"
	"lanebook/internal/zmtp"
)

// junk is what strangers send to open ports.
var junk = map[string]string{
	"nothing":             "",
	"HTTP":                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
	"TLS":                 "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
	"zeros":               strings.Repeat("\x00", 500),
	"ones":                strings.Repeat("\xff", 500),
	"half a greeting":     "\xff\x00\x00\x00\x00\x00\x00\x00\x00\x7f\x03",
	"greeting only":       "\xff\x00\x00\x00\x00\x00\x00\x00\x00\x7f\x03\x00NULL" + strings.Repeat("\x00", 48),
	"greeting, then junk": "\xff\x00\x00\x00\x00\x00\x00\x00\x00\x7f\x03\x00NULL" + strings.Repeat("\x00", 48) + strings.Repeat("\xaa", 500),
}

// afterHandshake is what a peer may send that speaks the protocol, badly.
var afterHandshake = map[string]string{
	"exabytes announced":   "\x02\x40\x00\x00\x00\x00\x00\x00\x00",
	"megabytes announced":  "\x02\x00\x00\x00\x00\x03\x00\x00\x00",
	"unknown flags":        "\xf8\x01a",
	"empty command":        "\x04\x00",
	"half a message":       "\x01\x01a",
	"empty message":        "\x00\x00",
	"endless message":      strings.Repeat("\x01\x00", 2000),
	"subscription to junk": "\x00\x05\x07junk",
	"unknown command":      "\x04\x06\x05DANCE",
	"empty ping":           "\x04\x05\x04PING",
}

func TestJunkOnEverySocket(t *testing.T) {
	info := connection(t)
	s, arrived := start(t, info)
	for _, channel := range channels {
		for _, sent := range junk {
			c := dial(t, info, channel)  // stays open: half a handshake must block nobody
			_, _ = c.Write([]byte(sent)) // the server may have hung up already
		}
		for _, sent := range afterHandshake {
			for _, typ := range []string{"DEALER", "REQ", "SUB"} {
				c := dial(t, info, channel)
				if _, err := zmtp.Open(c, typ, []string{"ROUTER", "XPUB", "REP"}, zmtp.Limits{Frames: 1, Bytes: 1000}); err == nil {
					_, _ = c.Write([]byte(sent))
				}
			}
		}
	}
	check(t, info, s, arrived)
}

func TestTooManyConnections(t *testing.T) {
	info := connection(t)
	s, arrived := start(t, info)
	var open []net.Conn
	for range maxPeers + 50 {
		open = append(open, dial(t, info, jupyter.Shell))
	}
	for _, c := range open {
		_, _ = c.Read(make([]byte, 1)) // the server has taken it, and greets it or hangs up
	}
	for _, c := range open {
		c.Close()
	}
	sock := s.sockets[jupyter.Shell]
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		sock.mu.Lock()
		n := len(sock.conns)
		sock.mu.Unlock()
		if n == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d connections are left", n)
		}
	}
	check(t, info, s, arrived)
}
