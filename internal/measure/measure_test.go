package measure

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/quick"
)

// quiet is a machine that gave all its cores.
var quiet = &Probe{CPUs: 4, Before: 3.9, After: 3.95}

// series makes samples of about ns each, with noise as timings have it: a few
// per cent either way, and now and then something much slower.
func series(rnd *rand.Rand, n int, ns float64, drift []float64) Series {
	s := Series{Loops: 1}
	for i := range n {
		v := ns * math.Exp(0.05*rnd.NormFloat64())
		if rnd.IntN(12) == 0 {
			v *= 1 + 3*rnd.Float64()
		}
		if drift != nil {
			v *= drift[i]
		}
		s.Samples = append(s.Samples, Sample{At: i, Wall: int64(v), User: int64(v)})
	}
	return s
}

func runOf(cases ...Series) Run {
	return Run{Version: 1, Kind: "compare", Procs: 4, Probe: quiet, Cases: cases}
}

// When there is no difference, a verdict is an error. The level promises at
// most 5 % of them for the whole picture, however many cases it has.
func TestNoVerdictOnNoise(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 7))
	for _, tt := range []struct{ cases, samples, trials int }{{2, 6, 300}, {2, 12, 200}, {2, 40, 30}, {4, 12, 60}} {
		wrong := 0
		for range tt.trials {
			// The machine drifts, the same for all cases of a round.
			drift := make([]float64, tt.samples)
			for i := range drift {
				drift[i] = 1 + 0.2*math.Sin(float64(i)/3)
			}
			var cases []Series
			for range tt.cases {
				cases = append(cases, series(rnd, tt.samples, 1e6, drift))
			}
			r := runOf(cases...)
			if slices.ContainsFunc(r.Against(), func(r Ratio) bool { return r.Verdict != Unclear }) {
				wrong++
			}
		}
		// Three standard deviations more than the 5 % that are allowed.
		n := float64(tt.trials)
		if most := 0.05*n + 3*math.Sqrt(n*0.05*0.95); float64(wrong) > most {
			t.Errorf("%d cases, %d samples: %d of %d verdicts on nothing", tt.cases, tt.samples, wrong, tt.trials)
		}
	}
}

// A real difference is found, in the right direction, and the interval holds
// the truth nearly always.
func TestVerdictOnADifference(t *testing.T) {
	rnd := rand.New(rand.NewPCG(8, 8))
	const trials = 60
	found, held := 0, 0
	for range trials {
		r := runOf(series(rnd, 20, 2e6, nil), series(rnd, 20, 1e6, nil)).Against()[0]
		if r.Verdict == Faster {
			found++
		}
		if r.Lo <= 2 && 2 <= r.Hi {
			held++
		}
		if back := runOf(series(rnd, 20, 1e6, nil), series(rnd, 20, 2e6, nil)).Against()[0]; back.Verdict == Faster {
			t.Error("twice as slow was called faster")
		}
	}
	if found < trials*95/100 || held < trials*88/100 {
		t.Errorf("of %d: %d found, %d intervals hold the true ratio", trials, found, held)
	}
}

// A difference that code layout makes is no verdict, however certain.
func TestTinyDifferenceIsUnclear(t *testing.T) {
	a, b := Series{Loops: 1}, Series{Loops: 1}
	for i := range 40 {
		a.Samples = append(a.Samples, Sample{Wall: int64(1_010_000 + i%5)})
		b.Samples = append(b.Samples, Sample{Wall: int64(1_000_000 + i%7)})
	}
	if r := runOf(a, b).Against()[0]; r.Verdict != Unclear || r.P > 0.001 {
		t.Errorf("got %+v", r)
	}
}

// sleepy makes all cases wait nearly all the time.
func sleepy(r *Run) {
	for _, c := range r.Cases {
		for i := range c.Samples {
			s := &c.Samples[i]
			s.User, s.System = s.Wall/20, 0
		}
	}
}

func TestDoubt(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 9))
	good := func() Run { return runOf(series(rnd, 10, 1e6, nil), series(rnd, 10, 5e6, nil)) }
	for name, tt := range map[string]struct {
		change func(*Run)
		want   string
	}{
		"quiet":                 {func(*Run) {}, ""},
		"GOMAXPROCS 1":          {func(r *Run) { r.Procs = 1 }, OneCore},
		"one processor":         {func(r *Run) { r.Probe = &Probe{CPUs: 1, Before: 1, After: 1} }, OneCore},
		"busy before":           {func(r *Run) { r.Probe = &Probe{CPUs: 4, Before: 2.5, After: 4} }, Busy},
		"busy after":            {func(r *Run) { r.Probe = &Probe{CPUs: 4, Before: 4, After: 3.1} }, Busy},
		"busy, but all wait":    {func(r *Run) { r.Probe = &Probe{CPUs: 4, Before: 1.1, After: 1}; sleepy(r) }, ""},
		"too busy to wait":      {func(r *Run) { r.Probe = &Probe{CPUs: 4, Before: 0.6, After: 1}; sleepy(r) }, Busy},
		"not probed after":      {func(r *Run) { r.Probe = &Probe{CPUs: 4, Before: 4} }, ""},
		"fewer procs than CPUs": {func(r *Run) { r.Procs = 2; r.Probe = &Probe{CPUs: 64, Before: 1.9, After: 2} }, ""},
		"more procs than CPUs":  {func(r *Run) { r.Procs = 8; r.Probe = &Probe{CPUs: 2, Before: 1.9, After: 2} }, ""},
		"no probe":              {func(r *Run) { r.Probe = nil }, Unprobed},
		"probe knows nothing":   {func(r *Run) { r.Probe = &Probe{CPUs: 4} }, Unprobed},
		"five samples":          {func(r *Run) { r.Cases[1].Samples = r.Cases[1].Samples[:5] }, Few},
	} {
		r := good()
		tt.change(&r)
		if got := r.Doubt(); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
		if v := r.Against()[0].Verdict; (v == None) != (tt.want != "") {
			t.Errorf("%s: verdict %q", name, v)
		}
	}
}

func TestSummarise(t *testing.T) {
	s := Series{Loops: 10}
	for i := range 12 {
		s.Samples = append(s.Samples, Sample{Wall: int64(1000 + 10*i), User: 1500, System: 500, Allocs: 20, Bytes: 320})
	}
	s.Samples[3].Wall = 9000
	got := Summarise(s)
	if got.Median < 100 || got.Median > 110 || got.Lo > got.Median || got.Hi < got.Median || got.Allocs != 2 || got.Bytes != 32 ||
		got.Cores < 1.8 || got.Cores > 2 || !slices.Equal(got.Outliers, []int{3}) {
		t.Errorf("got %+v", got)
	}
	if got := Summarise(Series{}); got.Median != 0 {
		t.Errorf("of nothing: got %+v", got)
	}
}

// Whatever a cell sends, the median lies within the samples and its interval
// around it, and ratios turn around with their cases.
func TestProperties(t *testing.T) {
	within := func(walls []uint32, other []uint32) bool {
		if len(walls) == 0 || len(other) == 0 {
			return true
		}
		of := func(walls []uint32) Series {
			s := Series{Loops: 3}
			for _, w := range walls {
				s.Samples = append(s.Samples, Sample{Wall: int64(w) + 1})
			}
			return s
		}
		a, b := of(walls), of(other)
		sum, times := Summarise(a), a.Times()
		if sum.Median < slices.Min(times) || sum.Median > slices.Max(times) || sum.Hi > 0 && (sum.Lo > sum.Median || sum.Hi < sum.Median) {
			return false
		}
		ab, ba := runOf(a, b).Against()[0], runOf(b, a).Against()[0]
		return math.Abs(ab.Ratio*ba.Ratio-1) < 1e-9 && !(ab.Verdict == Faster && ba.Verdict == Faster)
	}
	if err := quick.Check(within, &quick.Config{MaxCount: 30, Rand: nil}); err != nil {
		t.Error(err)
	}
}

func BenchmarkAgainst(b *testing.B) {
	rnd := rand.New(rand.NewPCG(1, 1))
	r := runOf(series(rnd, 40, 1e6, nil), series(rnd, 40, 1e6, nil), series(rnd, 40, 2e6, nil), series(rnd, 40, 3e6, nil))
	for b.Loop() {
		r.Against()
	}
}
