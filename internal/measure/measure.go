// Package measure turns measurements into statements: how long something
// takes, whether one thing is really faster than another, how much more cores
// help. It knows nothing of pictures and words, and runs nothing itself: a cell
// measures and sends every sample, and this package judges them in the kernel.
//
// It is careful on purpose. A verdict needs a machine that gave the program
// the cores it asked for, enough samples, and two witnesses: an interval of
// the ratio that excludes 1 and a rank test.
package measure

import (
	"math"
	"slices"

	"github.com/aclements/go-moremath/stats"
	"golang.org/x/perf/benchmath"
)

// Run is what a cell sends: kinds "timing", "compare" and "sweep". Times are
// nanoseconds.
type Run struct {
	Version int      `json:"version"`
	Kind    string   `json:"kind"`
	Name    string   `json:"name,omitempty"`
	Budget  int64    `json:"budget,omitempty"` // how long measuring was meant to take at most
	Took    int64    `json:"took,omitempty"`   // and how long it took
	Call    float64  `json:"call,omitempty"`   // what calling a function that does nothing costs
	Cold    bool     `json:"cold,omitempty"`   // the only samples are the first calls, without warm-up
	Probe   *Probe   `json:"probe,omitempty"`
	Procs   int      `json:"procs"` // GOMAXPROCS
	Cases   []Series `json:"cases"`
}

// Probe says how many cores the machine gave the program when it wanted all
// of them, just before and just after measuring.
type Probe struct {
	CPUs   int     `json:"cpus"`
	Before float64 `json:"before"`
	After  float64 `json:"after,omitempty"` // absent: only probed before
}

// Series holds all samples of one case.
type Series struct {
	Name    string   `json:"name,omitempty"`
	N       int      `json:"n,omitempty"` // of a sweep
	Loops   int      `json:"loops"`       // calls in a sample
	Samples []Sample `json:"samples"`
}

// Sample is one measurement, of Loops calls in a row.
type Sample struct {
	At     int   `json:"at"` // its place in the order of all samples
	Wall   int64 `json:"wall"`
	User   int64 `json:"user"`
	System int64 `json:"system"`
	Allocs int64 `json:"allocs"`
	Bytes  int64 `json:"bytes"`
}

// Summary is what the samples of a case say, for one call.
type Summary struct {
	Median   float64 `json:"median"`       // nanoseconds
	Lo       float64 `json:"lo,omitempty"` // 95 % interval of the median; absent below 6 samples
	Hi       float64 `json:"hi,omitempty"`
	Cores    float64 `json:"cores"` // kept busy: processor time by wall time
	Allocs   float64 `json:"allocs"`
	Bytes    float64 `json:"bytes"`
	Outliers []int   `json:"outliers,omitempty"` // indexes of samples far from the others
}

// minSamples is how many samples a 95 % interval of a median takes.
const minSamples = 6

// Times are the times of one call, sample by sample, in nanoseconds.
func (s Series) Times() []float64 {
	ts := make([]float64, len(s.Samples))
	for i, x := range s.Samples {
		ts[i] = float64(x.Wall) / float64(max(s.Loops, 1))
	}
	return ts
}

// Summarise describes the samples of a case; the zero Summary if there are none.
func Summarise(s Series) Summary {
	if len(s.Samples) == 0 {
		return Summary{}
	}
	times := s.Times()
	sum := Summary{Median: median(times), Outliers: outliers(times)}
	if len(times) >= minSamples {
		m := benchmath.AssumeNothing.Summary(benchmath.NewSample(times, &benchmath.DefaultThresholds), 0.95)
		if !math.IsInf(m.Lo, 0) && !math.IsInf(m.Hi, 0) {
			sum.Lo, sum.Hi = m.Lo, m.Hi
		}
	}
	calls := float64(max(s.Loops, 1))
	of := func(value func(Sample) float64) float64 {
		xs := make([]float64, len(s.Samples))
		for i, x := range s.Samples {
			xs[i] = value(x)
		}
		return median(xs)
	}
	sum.Cores = of(func(x Sample) float64 { return float64(x.User+x.System) / float64(max(x.Wall, 1)) })
	sum.Allocs = of(func(x Sample) float64 { return float64(x.Allocs) / calls })
	sum.Bytes = of(func(x Sample) float64 { return float64(x.Bytes) / calls })
	return sum
}

// median is the middle of xs, which must not be empty.
func median(xs []float64) float64 { return middle(slices.Clone(xs)) }

// middle is median for those who do not need the order of xs any more.
func middle(xs []float64) float64 {
	slices.Sort(xs)
	return (xs[(len(xs)-1)/2] + xs[len(xs)/2]) / 2
}

// outliers are the samples beyond Tukey's outer fences: three times the width
// of the middle half away from it. Fewer than eight samples have none.
func outliers(xs []float64) []int {
	if len(xs) < 8 {
		return nil
	}
	s := stats.Sample{Xs: xs}
	q1, q3 := s.Quantile(0.25), s.Quantile(0.75)
	reach := 3 * (q3 - q1)
	var far []int
	for i, x := range xs {
		if x < q1-reach || x > q3+reach {
			far = append(far, i)
		}
	}
	return far
}

// Reasons why there is no verdict.
const (
	OneCore  = "one-core"
	Busy     = "busy"
	Unprobed = "unprobed"
	Few      = "few-samples"
)

// fairShare is how much of the wanted cores a machine must give. One busy
// neighbour on two cores leaves half.
const fairShare = 0.8

// Doubt says why measurements of this run can carry no verdict, "" if they can.
func (r Run) Doubt() string {
	switch {
	case r.Procs <= 1 || r.Probe != nil && r.Probe.CPUs == 1:
		return OneCore
	case r.Probe == nil || r.Probe.Before <= 0:
		return Unprobed
	}
	if r.Probe.Least() < fairShare*float64(r.needed()) {
		return Busy
	}
	for _, c := range r.Cases {
		if len(c.Samples) < minSamples {
			return Few
		}
	}
	return ""
}

// needed is how many cores the cases cannot do without: one when all of them
// mostly wait, since the others would stand idle anyway, else all.
func (r Run) needed() int {
	for _, c := range r.Cases {
		var worked, wall int64
		for _, s := range c.Samples {
			worked, wall = worked+s.User+s.System, wall+s.Wall
		}
		if float64(worked) >= waiting*float64(wall) {
			return r.Wanted()
		}
	}
	if len(r.Cases) == 0 {
		return r.Wanted()
	}
	return min(1, r.Wanted())
}

// Wanted is how many cores the probe asked for.
func (r Run) Wanted() int {
	if r.Probe == nil {
		return r.Procs
	}
	return min(r.Procs, r.Probe.CPUs)
}

// Least is the worse of the two readings.
func (p Probe) Least() float64 {
	if p.After <= 0 {
		return p.Before
	}
	return min(p.Before, p.After)
}
