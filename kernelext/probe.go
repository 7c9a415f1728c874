package kernelext

import (
	"runtime"
	"runtime/trace"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"lanebook/internal/cell"
)

// probed is how many cores the machine gave this program when it wanted all of
// them. Processor time by wall time tells it, whatever the cores' speed: while
// all goroutines work without a pause, it is the number of cores they had.
type probed struct {
	procs         int
	before, after float64
}

const (
	probeRounds = 5
	probeSpin   = 4 * time.Millisecond
)

// probe asks for all cores for some 25 ms. Its goroutines are gone when it
// returns. While a recording runs it asks for nothing: they would be drawn.
func probe() probed {
	if trace.IsEnabled() {
		return probed{procs: runtime.GOMAXPROCS(0)}
	}
	return probed{procs: runtime.GOMAXPROCS(0), before: coresGiven(wanted())}
}

// again probes once more. Somebody who changed GOMAXPROCS meanwhile gets other
// cores than before, and the first reading stands alone.
func (p *probed) again() {
	if p.before > 0 && runtime.GOMAXPROCS(0) == p.procs {
		p.after = coresGiven(wanted())
	}
}

func (p probed) data() cell.Object {
	return cell.Object{"cpus", runtime.NumCPU(), "before", p.before, "after", p.after}
}

func wanted() int { return min(runtime.GOMAXPROCS(0), runtime.NumCPU()) }

// coresGiven is the median of some rounds in which n goroutines do the same
// work. A round ends with the last of them: a goroutine that must share its
// core with a stranger holds up the round. 0 means not known.
func coresGiven(n int) float64 {
	turns := 1 << 14
	for start := time.Now(); ; turns *= 2 {
		spin(turns)
		if d := time.Since(start); d > probeSpin/4 {
			turns = int(float64(turns) * float64(probeSpin) / float64(d))
			break
		}
		start = time.Now()
	}
	rounds := make([]float64, probeRounds)
	for i := range rounds {
		user, system := cpuTime()
		start := time.Now()
		var wg sync.WaitGroup
		for range n {
			wg.Go(func() { spin(turns) })
		}
		wg.Wait()
		wall := time.Since(start)
		userEnd, systemEnd := cpuTime()
		rounds[i] = min(float64(userEnd+systemEnd-user-system)/float64(max(wall, 1)), float64(n))
	}
	slices.Sort(rounds)
	return rounds[probeRounds/2]
}

// spin keeps a core busy. Every turn needs the result of the one before, so two
// of these on the two halves of one physical core hardly hinder each other.
func spin(turns int) {
	x := uint64(turns)
	for range turns {
		x = x*6364136223846793005 + 1442695040888963407
	}
	var result atomic.Uint64 // or the compiler would leave the loop out
	result.Store(x)
}
