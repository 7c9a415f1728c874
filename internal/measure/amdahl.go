package measure

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/aclements/go-moremath/stats"
)

// Amdahl is Amdahl's law fitted to a sweep: of the whole work, the serial
// share cannot be divided among workers; the rest can.
type Amdahl struct {
	Serial float64 `json:"serial"` // 0 to 1
	Lo     float64 `json:"lo"`     // its 95 % interval
	Hi     float64 `json:"hi"`
	Limit  int     `json:"limit,omitempty"` // more workers than this cannot run at once; absent: they mostly wait
	Why    string  `json:"why,omitempty"`   // why the fit means little
}

// Reasons why a fit means little.
const (
	TwoPoints   = "two-points"   // any curve goes through two points
	NoGain      = "no-gain"      // more workers do not make it faster
	SuperLinear = "super-linear" // faster than the ideal: something else changes too
	PoorFit     = "poor-fit"     // the law does not describe these points
	Uncertain   = "uncertain"    // the samples are too noisy to tell
)

// waiting is below how many busy cores a case counts as mostly waiting: then
// workers are not limited by cores.
const waiting = 0.6

// Base is the index of the case that the others are compared with: that with
// the fewest workers. -1 if there is none.
func (r Run) Base() int {
	base := -1
	for i, c := range r.Cases {
		if c.N > 0 && len(c.Samples) > 0 && (base < 0 || c.N < r.Cases[base].N) {
			base = i
		}
	}
	return base
}

// SpeedUps compares every case of a sweep with the one with the fewest workers.
func (r Run) SpeedUps() []Ratio {
	base := r.Base()
	if base < 0 {
		return nil
	}
	alpha := 0.05 / float64(max(len(r.Cases)-1, 1))
	doubt := r.Doubt()
	ratios := make([]Ratio, len(r.Cases))
	for i, c := range r.Cases {
		ratios[i] = ratio(r.Cases[base].Times(), c.Times(), alpha)
		if doubt != "" || i == base {
			ratios[i].Verdict = None
		}
	}
	return ratios
}

// Law fits Amdahl's law to the medians of a sweep. It returns nil when there
// is nothing to fit, or no verdict on anything.
func (r Run) Law() *Amdahl {
	base := r.Base()
	if base < 0 || r.Doubt() != "" {
		return nil
	}
	law := &Amdahl{Limit: r.Wanted()}
	busiest := 0.0
	for _, c := range r.Cases {
		if c.N > 1 {
			busiest = max(busiest, Summarise(c).Cores)
		}
	}
	if busiest < waiting {
		law.Limit = 0
	}
	x := func(n int) float64 {
		if law.Limit > 0 {
			n = min(n, law.Limit)
		}
		return 1 / float64(n)
	}
	var xs, ys []float64
	var times [][]float64
	for _, c := range r.Cases {
		if c.N > 0 && len(c.Samples) > 0 {
			xs = append(xs, x(c.N))
			times = append(times, c.Times())
			ys = append(ys, median(c.Times()))
		}
	}
	distinct := len(slices.Compact(slices.SortedFunc(slices.Values(xs), cmp.Compare)))
	if distinct < 2 {
		return nil
	}
	misfit := 0.0
	law.Serial, misfit = serialShare(xs, ys)
	law.Lo, law.Hi = serialInterval(xs, times)
	fewest := ys[slices.Index(xs, slices.Max(xs))]
	switch {
	case slices.Min(ys) > fewest/1.1:
		law.Why = NoGain
	case law.Hi < -0.02:
		law.Why = SuperLinear
	case misfit > 0.15:
		law.Why = PoorFit
	case law.Hi-law.Lo > 0.4:
		law.Why = Uncertain
	case distinct == 2:
		law.Why = TwoPoints
	}
	law.Serial, law.Lo, law.Hi = clamp(law.Serial), clamp(law.Lo), clamp(law.Hi)
	return law
}

func clamp(share float64) float64 { return min(max(share, 0), 1) }

// serialShare fits time = serial + parallel·x by least squares. Errors of
// times are relative, so each point weighs 1/time². The misfit is how far off
// the points are, relative to their size.
func serialShare(xs, ys []float64) (share, misfit float64) {
	var w, wx, wy, wxx, wxy float64
	for i, x := range xs {
		y := ys[i]
		k := 1 / max(y*y, 1e-12)
		w, wx, wy, wxx, wxy = w+k, wx+k*x, wy+k*y, wxx+k*x*x, wxy+k*x*y
	}
	parallel := (w*wxy - wx*wy) / (w*wxx - wx*wx)
	serial := (wy - parallel*wx) / w
	for i, x := range xs {
		off := (serial+parallel*x)/ys[i] - 1
		misfit += off * off
	}
	return serial / (serial + parallel), math.Sqrt(misfit / float64(len(xs)))
}

// serialInterval draws the samples again and fits every time.
func serialInterval(xs []float64, times [][]float64) (lo, hi float64) {
	rnd := rand.New(rand.NewPCG(3, 4))
	shares := make([]float64, 400)
	ys := make([]float64, len(xs))
	for k := range shares {
		for i, ts := range times {
			again := make([]float64, len(ts))
			draw(rnd, again, ts)
			ys[i] = middle(again)
		}
		shares[k], _ = serialShare(xs, ys)
	}
	s := *(&stats.Sample{Xs: shares}).Sort()
	return s.Quantile(0.025), s.Quantile(0.975)
}

// At is the speed-up that the law predicts for n workers.
func (a Amdahl) At(n float64) float64 {
	if a.Limit > 0 {
		n = min(n, float64(a.Limit))
	}
	return 1 / (a.Serial + (1-a.Serial)/n)
}
