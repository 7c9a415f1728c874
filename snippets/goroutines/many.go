package goroutines

import (
	"runtime"
	"runtime/pprof"
	"sync"
	"time"
)

// Stats is what many goroutines cost.
type Stats struct {
	Goroutines int
	Start      time.Duration // for starting one, on average
	Bytes      int           `table:"bytes each"`
	Threads    int           `table:"OS threads"` // of the whole program
}

// Many starts n goroutines that only wait, looks at what they cost, and lets
// them go.
func Many(n int) Stats {
	before := memory()
	gate := NewGate()
	var wg sync.WaitGroup
	begin := time.Now()
	for range n {
		wg.Go(gate.Wait)
	}
	took := time.Since(begin)
	stats := Stats{
		Goroutines: n,
		Start:      took / time.Duration(n),
		Bytes:      (memory() - before) / n,
		Threads:    pprof.Lookup("threadcreate").Count(),
	}
	gate.Open()
	wg.Wait()
	return stats
}

// memory is how many bytes stacks and heap use.
func memory() int {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.StackInuse + m.HeapAlloc)
}

// Spin computes something useless without ever waiting: work for a processor.
func Spin(steps int) uint64 {
	x := uint64(88172645463325252)
	for range steps {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}
