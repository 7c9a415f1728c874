package goroutines_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"lanebook/snippets/goroutines"
)

// page is a buffer that several goroutines may write to.
type page struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (p *page) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buf.Write(b)
}

// lines are the lines of the page, sorted.
func (p *page) lines() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(strings.Lines(p.buf.String()))
}

// In virtual time: six seconds one after the other, three at the same time,
// and the same six lines.
func TestSingDance(t *testing.T) {
	want := []string{
		"正在唱歌...0\n", "正在唱歌...1\n", "正在唱歌...2\n",
		"正在跳舞...0\n", "正在跳舞...1\n", "正在跳舞...2\n",
	}
	for _, tt := range []struct {
		name    string
		perform func(*page)
		takes   time.Duration
	}{
		{"in turn", func(p *page) { goroutines.SingDance(p, time.Second) }, 6 * time.Second},
		{"at once", func(p *page) { goroutines.SingDanceConcurrent(p, time.Second) }, 3 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			var p page
			begin := time.Now()
			tt.perform(&p)
			if took := time.Since(begin); took != tt.takes {
				t.Errorf("%s: took %v, want %v", tt.name, took, tt.takes)
			}
			if got := p.lines(); !slices.Equal(got, want) {
				t.Errorf("%s: got %q", tt.name, got)
			}
		})
	}
}

func TestTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p page
		begin := time.Now()
		goroutines.Hello(&p, 5, time.Second)
		if took := time.Since(begin); took != time.Second {
			t.Errorf("Hello took %v, want 1s", took)
		}
		if got := p.lines(); !slices.Equal(got, slices.Repeat([]string{"hello\n"}, 5)) {
			t.Errorf("got %q", got)
		}
		if took := goroutines.TwoWorkers(&page{}, time.Second); took != 5*time.Second {
			t.Errorf("TwoWorkers took %v, want 5s", took)
		}
	})
}

// Whatever the order: every line is there once.
func TestNamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var p page
		goroutines.Named(&p, 5, 5, time.Second)
		var want []string
		for n := range 5 {
			for i := range 5 {
				want = append(want, fmt.Sprintf("I'm Thread-%d > %d\n", n+1, i))
			}
		}
		if got := p.lines(); !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
}

func TestTaskStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var p page
	err := goroutines.Task{Name: "late", Out: &p, N: 5}.Run(ctx)
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "late") || len(p.lines()) != 0 {
		t.Errorf("error %v, wrote %q", err, p.lines())
	}
}

// Nobody passes before the gate opens; afterwards everybody does, latecomers
// too.
func TestGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gate := goroutines.NewGate()
		var through atomic.Int32
		for range 5 {
			go func() {
				gate.Wait()
				through.Add(1)
			}()
		}
		synctest.Wait()
		if through.Load() != 0 {
			t.Errorf("%d passed a closed gate", through.Load())
		}
		gate.Open()
		gate.Open()
		synctest.Wait()
		if through.Load() != 5 {
			t.Errorf("%d passed the open gate, want 5", through.Load())
		}
		gate.Wait()
	})
}

// The order is anybody's guess, but everybody starts once.
func TestOrders(t *testing.T) {
	runs := 0
	for order, times := range goroutines.Orders(200, "A", "B", "C") {
		letters := strings.Split(order, "")
		slices.Sort(letters)
		if strings.Join(letters, "") != "ABC" {
			t.Errorf("order %q", order)
		}
		runs += times
	}
	if runs != 200 {
		t.Errorf("%d runs, want 200", runs)
	}
}

func TestSafeGo(t *testing.T) {
	broken := errors.New("broken")
	if err := <-goroutines.SafeGo(func() error { return broken }); err != broken {
		t.Errorf("got %v", err)
	}
	if err := <-goroutines.SafeGo(func() error { return nil }); err != nil {
		t.Errorf("got %v", err)
	}
	err := <-goroutines.SafeGo(func() error {
		panic("out of tea")
	})
	caught, ok := errors.AsType[*goroutines.PanicError](err)
	if !ok || !strings.Contains(caught.Error(), "out of tea") || !strings.Contains(caught.Stack, "TestSafeGo") {
		t.Errorf("got %v", err)
	}
}

func TestMany(t *testing.T) {
	s := goroutines.Many(10_000)
	if s.Bytes < 1000 || s.Bytes > 20_000 || s.Threads > 1000 {
		t.Errorf("got %+v", s)
	}
}

func TestChatBoth(t *testing.T) {
	a, b := listen(t), listen(t)
	lines := []string{"nihao", "how are you?", "bye"}
	heardA, heardB, err := goroutines.ChatBoth(t.Context(), a, b, lines, strings.ToUpper)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(heardB, lines) {
		t.Errorf("b heard %q", heardB)
	}
	if want := []string{"NIHAO", "HOW ARE YOU?", "BYE"}; !slices.Equal(heardA, want) {
		t.Errorf("a heard %q", heardA)
	}
}

// Letters from strangers are not heard, and a broken socket is an error.
func TestChat(t *testing.T) {
	a, b, stranger := listen(t), listen(t), listen(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	heard := make(chan string, 10)
	done := make(chan error, 1)
	go func() {
		done <- goroutines.Chat(ctx, a, b.LocalAddr(), nil, func(text string) { heard <- text })
	}()
	stranger.WriteTo([]byte("buy my wares"), a.LocalAddr())
	b.WriteTo([]byte("it is me"), a.LocalAddr())
	if text := <-heard; text != "it is me" {
		t.Errorf("heard %q", text)
	}
	a.Close()
	if err := <-done; !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v, want an error about the closed socket", err)
	}
}

// listen opens a UDP socket that only this machine can reach.
func listen(t *testing.T) net.PacketConn {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}
