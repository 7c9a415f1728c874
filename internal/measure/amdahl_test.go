package measure

import (
	"math"
	"math/rand/v2"
	"testing"
)

// sweep makes a run whose times follow a law: f(n) nanoseconds, busy cores.
func sweep(rnd *rand.Rand, ns []int, noise float64, f func(n float64) float64, cores func(n int) float64) Run {
	r := Run{Version: 1, Kind: "sweep", Procs: 8, Probe: &Probe{CPUs: 8, Before: 7.9, After: 7.9}}
	for _, n := range ns {
		s := Series{N: n, Loops: 1}
		for range 15 {
			wall := f(float64(n)) * math.Exp(noise*rnd.NormFloat64())
			s.Samples = append(s.Samples, Sample{Wall: int64(wall), User: int64(wall * cores(n))})
		}
		r.Cases = append(r.Cases, s)
	}
	return r
}

func amdahl(serial float64, limit float64) func(n float64) float64 {
	return func(n float64) float64 { return 1e7 * (serial + (1-serial)/math.Min(n, limit)) }
}

func busy(n int) float64 { return float64(min(n, 8)) }
func asleep(int) float64 { return 0.05 }

func TestLawFindsTheSerialShare(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	for _, serial := range []float64{0, 0.05, 0.2, 0.5} {
		law := sweep(rnd, []int{1, 2, 4, 8, 16}, 0.02, amdahl(serial, 8), busy).Law()
		if law == nil || law.Why != "" || math.Abs(law.Serial-serial) > 0.03 || law.Lo > law.Serial+1e-9 || law.Hi < law.Serial-1e-9 || law.Limit != 8 {
			t.Errorf("%v: got %+v", serial, law)
		}
	}
	// Those who sleep are not limited by cores.
	law := sweep(rnd, []int{1, 4, 16, 64}, 0.02, amdahl(0.01, 1e9), asleep).Law()
	if law == nil || law.Why != "" || law.Limit != 0 || math.Abs(law.Serial-0.01) > 0.01 {
		t.Errorf("sleepers: got %+v", law)
	}
	if at := law.At(64); at < 30 || at > 64 {
		t.Errorf("at 64 the law says %v", at)
	}
}

func TestLawSaysWhenItMeansLittle(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 2))
	all := []int{1, 2, 4, 8}
	for name, tt := range map[string]struct {
		run  Run
		want string
	}{
		"flat":         {sweep(rnd, all, 0.02, func(float64) float64 { return 1e7 }, busy), NoGain},
		"slower":       {sweep(rnd, all, 0.02, func(n float64) float64 { return 1e7 * n }, busy), NoGain},
		"super-linear": {sweep(rnd, all, 0.02, func(n float64) float64 { return 1e7 / (n * n) }, busy), SuperLinear},
		"two points":   {sweep(rnd, []int{1, 4}, 0.02, amdahl(0.2, 8), busy), TwoPoints},
		"noise":        {sweep(rnd, all, 1.2, amdahl(0.3, 8), busy), Uncertain},
		"best at four": {sweep(rnd, []int{1, 2, 4, 6, 8}, 0.01, func(n float64) float64 { return 1e7 * (1/n + math.Max(0, n-4)*0.2) }, busy), PoorFit},
	} {
		law := tt.run.Law()
		if law == nil || law.Why != tt.want && !(name == "noise" && law.Why != "") {
			t.Errorf("%s: got %+v, want %q", name, law, tt.want)
		}
	}
	busyMachine := sweep(rnd, all, 0.02, amdahl(0.2, 8), busy)
	busyMachine.Probe = &Probe{CPUs: 8, Before: 3}
	one := sweep(rnd, []int{4}, 0.02, amdahl(0.2, 8), busy)
	if busyMachine.Law() != nil || one.Law() != nil || (Run{}).Law() != nil {
		t.Error("a law without ground")
	}
}

func TestSpeedUps(t *testing.T) {
	r := sweep(rand.New(rand.NewPCG(3, 3)), []int{4, 1, 2}, 0.02, amdahl(0, 8), busy)
	ups := r.SpeedUps()
	if r.Base() != 1 || ups[1].Verdict != None || ups[0].Verdict != Faster || math.Abs(ups[0].Ratio-4) > 0.3 || math.Abs(ups[2].Ratio-2) > 0.2 {
		t.Errorf("got %+v", ups)
	}
}
