package measure

import (
	"math/rand/v2"

	"github.com/aclements/go-moremath/stats"
	"golang.org/x/perf/benchmath"
)

// Ratio says how many times as fast another case is as the yardstick.
type Ratio struct {
	Ratio   float64 `json:"ratio"`
	Lo      float64 `json:"lo"` // the interval that holds the true ratio, as sure as the level says
	Hi      float64 `json:"hi"`
	P       float64 `json:"p"`       // Mann-Whitney: how likely such samples are if there is no difference
	Verdict string  `json:"verdict"` // faster, slower, unclear or none
}

// Verdicts on a ratio.
const (
	Faster  = "faster"
	Slower  = "slower"
	Unclear = "unclear" // the difference, if any, is smaller than the noise
	None    = "none"    // see Run.Doubt
)

// smallest is the smallest difference worth a verdict: how code happens to
// lie in memory makes about as much.
const smallest = 1.02

// Against compares every case with the first one. Several comparisons have
// several chances to be wrong, so each is held to a stricter level: all of
// them together are 95 % sure.
func (r Run) Against() []Ratio {
	if len(r.Cases) < 2 {
		return nil
	}
	alpha := 0.05 / float64(len(r.Cases)-1)
	doubt := r.Doubt()
	ratios := make([]Ratio, len(r.Cases)-1)
	for i := range ratios {
		ratios[i] = ratio(r.Cases[0].Times(), r.Cases[i+1].Times(), alpha)
		if doubt != "" {
			ratios[i].Verdict = None
		}
	}
	return ratios
}

// ratio compares the time of a with that of b.
func ratio(a, b []float64, alpha float64) Ratio {
	if len(a) == 0 || len(b) == 0 {
		return Ratio{Verdict: None}
	}
	r := Ratio{Ratio: median(a) / median(b), P: 1}
	r.Lo, r.Hi = bootstrap(a, b, alpha)
	sample := func(xs []float64) *benchmath.Sample { return benchmath.NewSample(xs, &benchmath.DefaultThresholds) }
	r.P = benchmath.AssumeNothing.Compare(sample(a), sample(b)).P
	switch {
	case r.P < alpha && r.Lo > 1 && r.Ratio >= smallest:
		r.Verdict = Faster
	case r.P < alpha && r.Hi < 1 && r.Ratio <= 1/smallest:
		r.Verdict = Slower
	default:
		r.Verdict = Unclear
	}
	return r
}

// resamples is how often bootstrap draws.
const resamples = 2000

// bootstrap is the interval of the ratio of medians when the samples are drawn
// again from themselves. Cases are measured in rounds; where the rounds match
// they are drawn together, so that what slowed a whole round down cancels out.
// The draws are the same every time: a picture drawn again is the same picture.
func bootstrap(a, b []float64, alpha float64) (lo, hi float64) {
	rnd := rand.New(rand.NewPCG(1, 2))
	ratios := make([]float64, resamples)
	xs, ys := make([]float64, len(a)), make([]float64, len(b))
	for k := range ratios {
		if len(a) == len(b) {
			for i := range xs {
				j := rnd.IntN(len(a))
				xs[i], ys[i] = a[j], b[j]
			}
		} else {
			draw(rnd, xs, a)
			draw(rnd, ys, b)
		}
		ratios[k] = middle(xs) / middle(ys)
	}
	s := *(&stats.Sample{Xs: ratios}).Sort()
	return s.Quantile(alpha / 2), s.Quantile(1 - alpha/2)
}

// draw fills into with values drawn from.
func draw(rnd *rand.Rand, into, from []float64) {
	for i := range into {
		into[i] = from[rnd.IntN(len(from))]
	}
}
