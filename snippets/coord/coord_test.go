package coord_test

import (
	"strings"
	"sync"
	"testing"

	"lanebook/snippets/coord"
)

func TestDialogue(t *testing.T) {
	const want = "天猫精灵:小爱同学\n小爱同学:在\n天猫精灵:现在几点了?\n小爱同学:你猜猜现在几点了\n"
	for name, talk := range map[string]func(*strings.Builder){
		"channels": func(w *strings.Builder) { coord.Dialogue(w) },
		"cond":     func(w *strings.Builder) { coord.DialogueCond(w) },
	} {
		for range 100 {
			var w strings.Builder
			talk(&w)
			if w.String() != want {
				t.Fatalf("%s: got\n%s", name, w.String())
			}
		}
	}
}

// Everybody gets the value of exactly one other, and that one gets theirs.
func TestRendezvous(t *testing.T) {
	meet := make(coord.Rendezvous[int])
	const n = 100
	var got [n]int
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { got[i] = meet.Exchange(i) })
	}
	wg.Wait()
	for i, other := range got {
		if other == i || got[other] != i {
			t.Errorf("%d got %d, who got %d", i, other, got[other])
		}
	}
}

func TestPingPong(t *testing.T) {
	if coord.PingPong(100) <= 0 || coord.PingPongCond(100) <= 0 {
		t.Error("no time at all")
	}
}

func TestUrgent(t *testing.T) {
	urgent, normal := make(chan string, 2), make(chan string, 2)
	urgent <- "u1"
	urgent <- "u2"
	normal <- "n1"
	normal <- "n2"
	close(urgent)
	close(normal)
	var got []string
	coord.Urgent(urgent, normal, func(s string) { got = append(got, s) })
	if s := strings.Join(got, " "); s != "u1 u2 n1 n2" {
		t.Errorf("served %s", s)
	}
}
