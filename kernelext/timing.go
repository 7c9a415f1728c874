package kernelext

import (
	"fmt"
	"runtime"
	"strconv"
	"time"
)

// Timing is what one run cost, or one call of many. A []Timing can be given to Table.
type Timing struct {
	Name   string
	Wall   time.Duration // what the clock on the wall says
	User   time.Duration // processor time in the program, all cores together
	System time.Duration // processor time in the operating system for it
	Cores  float64       // cores kept busy on average: (User + System) / Wall
	Allocs uint64        // pieces of memory asked for
	Bytes  uint64        // and how much that was
}

// Time runs f once, shows what it cost, and returns the figures. It starts no
// goroutine while f runs, so Go's own deadlock report works as always.
//
// One run is an anecdote. With Budget or Samples f is run repeatedly, after a
// warm-up, and every sample is shown; to find out which of two things is
// faster, use Compare.
func Time(name string, f func(), options ...Option) Timing {
	p := planFor(options)
	c := &timed{name: name, f: f, loops: 1}
	p.cases = []*timed{c}
	if !p.complete("Time") {
		return Timing{Name: name}
	}
	if p.repeat {
		m := p.measure()
		m.draw("timing", name)
		return c.timing()
	}
	m := &measured{plan: p, probe: probe(), start: time.Now(), cold: true}
	c.samples = []sample{take(f, 1)}
	m.took = time.Since(m.start)
	m.draw("timing", name)
	return c.timing()
}

// String is the timing as one sentence.
func (t Timing) String() string {
	return fmt.Sprintf(say(
		"%s: %s by the clock · %s user + %s system · %.2f of %d cores kept busy · %s allocations (%s)",
		"%s：实际 %s · 用户 %s + 系统 %s · 平均用满 %.2f 个核（共 %d 个）· 分配 %s 次（%s）"),
		t.Name, durationText(t.Wall), durationText(t.User), durationText(t.System),
		t.Cores, runtime.GOMAXPROCS(0), thousands(t.Allocs), bytesText(t.Bytes))
}

// thousands writes n with a comma after every three digits.
func thousands(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func bytesText(n uint64) string {
	switch v := float64(n); {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case v < 1e6:
		return threeDigits(v/1e3) + " kB"
	case v < 1e9:
		return threeDigits(v/1e6) + " MB"
	default:
		return threeDigits(v/1e9) + " GB"
	}
}
