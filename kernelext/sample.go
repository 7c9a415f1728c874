package kernelext

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"lanebook/internal/cell"
)

// An Option is a part of a measurement: a case, or how much time it may take.
type Option func(*plan)

// Case is something to measure. f is called many times, so it should not
// print, and should do the same work every time.
func Case(name string, f func()) Option {
	return func(p *plan) { p.cases = append(p.cases, &timed{name: name, f: f}) }
}

// Budget says how long measuring may take, about. Without it that is 2.5 seconds.
// One call of every case is made in any event.
func Budget(d time.Duration) Option {
	return func(p *plan) {
		if d > 0 {
			p.budget, p.repeat = d, true
		}
	}
}

// Samples says how many samples to take of each case, if the budget allows.
// Without it 40 are enough. A verdict needs six.
func Samples(n int) Option {
	return func(p *plan) {
		if n > 0 {
			p.samples, p.repeat = n, true
		}
	}
}

// How much is measured.
const (
	usualBudget  = 2500 * time.Millisecond
	usualSamples = 40
	// longEnough is how long a sample should be: far more than it takes to
	// read the clock, and than a short disturbance.
	longEnough = 5 * time.Millisecond
	mostLoops  = 1 << 30
)

// plan is what is to be measured, and how.
type plan struct {
	cases   []*timed
	budget  time.Duration
	samples int
	alike   bool // all cases are the same function, so their samples have as many calls
	repeat  bool // the learner asked for more than one call
	rarest  bool
}

func planFor(options []Option) *plan {
	p := &plan{budget: usualBudget, samples: usualSamples}
	for _, o := range options {
		if o != nil {
			o(p)
		}
	}
	return p
}

// timed is one case and what was measured of it.
type timed struct {
	name    string
	n       int // of a sweep
	f       func()
	under   func(run func()) // what a sample is taken under, if anything; it calls run
	loops   int              // calls in a sample
	samples []sample
}

// take measures as many calls in a row.
func (c *timed) take(loops int) sample {
	if c.under == nil {
		return take(c.f, loops)
	}
	var s sample
	c.under(func() { s = take(c.f, loops) })
	return s
}

// sample is one measurement, of some calls in a row.
type sample struct {
	at            int // its place in the order of all samples
	wall          time.Duration
	user, system  time.Duration
	allocs, bytes uint64
}

// take measures some calls of f in a row. It starts no goroutine, so Go's own
// deadlock report works as always.
func take(f func(), loops int) sample {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	user, system := cpuTime()
	start := time.Now()
	for range loops {
		f()
	}
	wall := time.Since(start)
	userEnd, systemEnd := cpuTime()
	runtime.ReadMemStats(&after)
	return sample{
		wall: wall, user: userEnd - user, system: systemEnd - system,
		allocs: after.Mallocs - before.Mallocs, bytes: after.TotalAlloc - before.TotalAlloc,
	}
}

// measure takes samples of all cases, in rounds. Each round takes one sample
// of each case, in random order, so that whatever changes on the machine
// meanwhile hits all cases alike.
func (p *plan) measure() *measured {
	m := &measured{plan: p, probe: probe(), start: time.Now()}
	for i, c := range p.cases {
		m.meter.show(float64(i)/float64(4*len(p.cases)), m.start)
		c.warmUp(p.budget / time.Duration(4*len(p.cases)))
	}
	if m.cold = time.Since(m.start) >= p.budget; m.cold {
		for i, c := range p.cases {
			c.samples[0].at = i
		}
		return m.finish()
	}
	for _, c := range p.cases {
		c.samples = nil
		if p.alike {
			c.loops = p.cases[0].loops
		}
	}
	runtime.GC() // what was left before is nobody's fault
	rounds := time.Now()
	for round, at := 0, 0; round < p.samples; round++ {
		// The next round takes about as long as the rounds so far.
		if spent := time.Since(rounds); round > 0 && time.Since(m.start)+spent/time.Duration(round) > p.budget {
			break
		}
		for _, i := range rand.Perm(len(p.cases)) {
			c := p.cases[i]
			s := c.take(c.loops)
			s.at = at
			at++
			c.samples = append(c.samples, s)
			m.meter.show(max(float64(round)/float64(p.samples), float64(time.Since(m.start))/float64(p.budget)), m.start)
		}
	}
	return m.finish()
}

// warmUp calls f for the first time and finds out how many calls make a sample
// long enough. The first call is kept as a sample, in case there is no time for more.
func (c *timed) warmUp(most time.Duration) {
	start := time.Now()
	first := c.take(1)
	c.loops, c.samples = 1, []sample{first}
	for last := first.wall; last < longEnough && time.Since(start) < most && c.loops < mostLoops; {
		want := float64(c.loops) * 1.2 * float64(longEnough) / float64(max(last, 1))
		c.loops = int(min(max(want, float64(2*c.loops)), float64(100*c.loops), mostLoops))
		last = c.take(c.loops).wall
	}
	if c.loops > 1 {
		c.samples = []sample{c.take(c.loops)}
	}
}

// measured is a plan that was carried out.
type measured struct {
	*plan
	probe    probed
	start    time.Time
	took     time.Duration
	cold     bool // no time was left after the first calls
	overhead float64
	meter    meter
}

func (m *measured) finish() *measured {
	m.probe.again()
	m.overhead = emptyCall()
	m.took = time.Since(m.start)
	return m
}

// emptyCall is what calling a function that does nothing costs, in nanoseconds.
func emptyCall() float64 {
	nothing := func() {}
	f := &nothing // or the compiler would see through it
	const calls = 1 << 16
	best := time.Hour
	for range 5 {
		best = min(best, take(*f, calls).wall)
	}
	return float64(best) / calls
}

// draw shows the measurement.
func (m *measured) draw(kind, name string) {
	var cases cell.List
	for _, c := range m.cases {
		cases = append(cases, c.data())
	}
	cell.Draw(cell.Object{
		"version", 1, "kind", kind, "name", name, "procs", m.probe.procs, "budget", m.budget, "took", m.took,
		"call", m.overhead, "cold", m.cold, "probe", m.probe.data(), "cases", cases,
	}, m.meter.id())
}

func (c *timed) data() cell.Object {
	var samples cell.List
	for _, s := range c.samples {
		samples = append(samples, cell.Object{
			"at", s.at, "wall", s.wall, "user", s.user, "system", s.system, "allocs", s.allocs, "bytes", s.bytes,
		})
	}
	return cell.Object{"name", c.name, "n", c.n, "loops", c.loops, "samples", samples}
}

// timing is what one call costs: of each figure the median of all samples.
func (c *timed) timing() Timing {
	middle := func(value func(sample) float64) float64 {
		var xs []float64
		for _, s := range c.samples {
			xs = append(xs, value(s)/float64(c.loops))
		}
		slices.Sort(xs)
		return (xs[(len(xs)-1)/2] + xs[len(xs)/2]) / 2
	}
	return Timing{
		Name:   c.name,
		Wall:   time.Duration(middle(func(s sample) float64 { return float64(s.wall) })),
		User:   time.Duration(middle(func(s sample) float64 { return float64(s.user) })),
		System: time.Duration(middle(func(s sample) float64 { return float64(s.system) })),
		Cores: float64(c.loops) * middle(func(s sample) float64 {
			return float64(s.user+s.system) / float64(max(s.wall, 1))
		}),
		Allocs: uint64(middle(func(s sample) float64 { return float64(s.allocs) })),
		Bytes:  uint64(middle(func(s sample) float64 { return float64(s.bytes) })),
	}
}
