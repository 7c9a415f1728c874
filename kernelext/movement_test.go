package kernelext

import (
	"bytes"
	"os"
	"testing"

	"golang.org/x/exp/trace"
)

// moversIn finds with the real reader which goroutines move in a recording.
func moversIn(t testing.TB, data []byte) map[uint64]bool {
	t.Helper()
	r, err := trace.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	movers := map[uint64]bool{}
	for {
		ev, err := r.ReadEvent()
		if err != nil {
			return movers
		}
		if ev.Kind() != trace.EventStateTransition {
			continue
		}
		st := ev.StateTransition()
		if st.Resource.Kind != trace.ResourceGoroutine {
			continue
		}
		if from, to := st.Goroutine(); from != to && (to == trace.GoRunning || to == trace.GoRunnable && from == trace.GoWaiting) && from != trace.GoUndetermined {
			movers[uint64(st.Resource.Goroutine())] = true
		}
	}
}

// TestMovement compares what movement sees in recordings with what the real
// reader of traces sees, however the bytes arrive.
func TestMovement(t *testing.T) {
	for _, name := range []string{"pool", "lock", "exit", "group"} {
		data, err := os.ReadFile("../internal/gotrace/testdata/" + name + ".trace")
		if err != nil {
			t.Fatal(err)
		}
		movers := moversIn(t, data)
		if len(movers) < 3 {
			t.Fatalf("%s: only %d goroutines move", name, len(movers))
		}
		for chunk, ids := range map[int]uint64{1: 8, 7: 8, 4096: 60, len(data): 60} { // many small chunks take time
			for id := range ids {
				m := newMovement()
				m.follow(map[uint64]bool{id: true})
				for rest := data; len(rest) > 0; rest = rest[min(chunk, len(rest)):] {
					m.Write(rest[:min(chunk, len(rest))])
				}
				moved, generation, sees := m.state()
				if moved != movers[id] || generation == 0 || !sees {
					t.Errorf("%s in chunks of %d: goroutine %d moved %v, want %v; generation %d, sees %v", name, chunk, id, moved, movers[id], generation, sees)
				}
			}
		}
	}
}

func TestMovementIsBlindToWhatItDoesNotKnow(t *testing.T) {
	m := newMovement()
	m.Write([]byte("go 1.99 trace\x00\x00\x00 and more"))
	if _, _, sees := m.state(); sees {
		t.Error("sees a format it does not know")
	}
}

func FuzzMovement(f *testing.F) {
	f.Add([]byte(traceHeader+"\x01\x01\x02\x03\x04\x10\x00\x01\x02"), 5)
	f.Fuzz(func(t *testing.T, data []byte, chunk int) {
		m := newMovement()
		m.follow(map[uint64]bool{1: true})
		chunk = max(1, chunk)
		for rest := data; len(rest) > 0; rest = rest[min(chunk, len(rest)):] {
			if n, err := m.Write(rest[:min(chunk, len(rest))]); err != nil || n != min(chunk, len(rest)) {
				t.Fatal(n, err)
			}
		}
	})
}
