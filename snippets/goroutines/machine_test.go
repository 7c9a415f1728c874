package goroutines_test

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lanebook/snippets/goroutines"
)

// Those who wait at a gate are counted as waiting; those who compute are either
// running or ready, and no more run than may.
func TestLook(t *testing.T) {
	const waiting, computing = 100, 4
	gate := goroutines.NewGate()
	var over atomic.Bool
	var wg sync.WaitGroup
	for range waiting {
		wg.Go(gate.Wait)
	}
	for range computing {
		wg.Go(func() {
			for !over.Load() {
				_ = goroutines.Spin(1000)
			}
		})
	}
	var now goroutines.Machine
	for {
		// The gate's goroutines have to get there first, and who computes may be
		// between two states while the runtime counts.
		now = goroutines.Look()
		if now.Waiting >= waiting && now.Running+now.Ready >= computing {
			break
		}
		time.Sleep(time.Millisecond)
	}
	over.Store(true)
	gate.Open()
	wg.Wait()
	if now.Procs != runtime.GOMAXPROCS(0) || now.Running > now.Procs || now.Threads < now.Running {
		t.Errorf("GOMAXPROCS is %d, and there is %+v", runtime.GOMAXPROCS(0), now)
	}
}
