package charts

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// axis maps values to places, evenly or by powers of ten.
type axis struct {
	from, to    float64 // values
	left, right float64 // places
	log         bool
}

func (a axis) at(v float64) float64 {
	share := (v - a.from) / (a.to - a.from)
	if a.log {
		share = math.Log(v/a.from) / math.Log(a.to/a.from)
	}
	return a.left + (a.right-a.left)*share
}

// maxTicks bounds the ticks of an axis whose ends are too close for floats to
// tell them apart.
const maxTicks = 40

// ticks are round values on the axis, about as many as wanted.
func (a axis) ticks(want int) []float64 {
	var ts []float64
	if a.log {
		step := 1
		for decades := math.Log10(a.to / a.from); decades/float64(step) > float64(want); step++ {
		}
		for e := math.Ceil(math.Log10(a.from) - 1e-9); e <= math.Log10(a.to)+1e-9 && len(ts) < maxTicks; e += float64(step) {
			ts = append(ts, math.Pow(10, e))
		}
		return ts
	}
	step := roundStep((a.to - a.from) / float64(want))
	for i := math.Ceil(a.from/step - 1e-9); i*step <= a.to+step*1e-9 && len(ts) < maxTicks; i++ {
		ts = append(ts, i*step)
	}
	return ts
}

// logText says how far apart the lines of an axis of powers are.
func (a axis) logText(w *words) string {
	ts := a.ticks(logTicks)
	if len(ts) < 2 {
		return ""
	}
	return fmt.Sprintf(w.logAxis, thousands(int64(math.Round(ts[1]/ts[0]))))
}

// logTicks is how many lines such an axis has at most.
const logTicks = 6

// roundStep is 1, 2 or 5 times a power of ten, and not less than least.
func roundStep(least float64) float64 {
	if least <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(least)))
	if power == 0 || math.IsInf(power, 0) {
		return least
	}
	for _, k := range []float64{1, 2, 5} {
		if k*power >= least*(1-1e-9) {
			return k * power
		}
	}
	return 10 * power
}

// decades widens from and to to powers of ten.
func decades(from, to float64) (float64, float64) {
	return math.Pow(10, math.Floor(math.Log10(from)+1e-9)), math.Pow(10, math.Ceil(math.Log10(to)-1e-9))
}

// timeText writes nanoseconds with three significant digits: "1.23 ms", "0.43 ns".
func timeText(ns float64) string {
	switch {
	case ns == 0:
		return "0"
	case ns < 999.5:
		return digits(ns) + " ns"
	case ns < 999.5e3:
		return digits(ns/1e3) + " µs"
	case ns < 999.5e6:
		return digits(ns/1e6) + " ms"
	}
	return digits(ns/1e9) + " s"
}

// tickText writes a round number of nanoseconds.
func tickText(ns float64) string {
	units := []struct {
		size float64
		name string
	}{{1e9, "s"}, {1e6, "ms"}, {1e3, "µs"}, {1, "ns"}}
	if ns == 0 {
		return "0"
	}
	for _, u := range units {
		if ns >= u.size*(1-1e-9) || u.size == 1 {
			return strconv.FormatFloat(math.Round(ns/u.size*1e6)/1e6, 'f', -1, 64) + " " + u.name
		}
	}
	return ""
}

func digits(v float64) string {
	switch {
	case v < 9.995:
		return fmt.Sprintf("%.2f", v)
	case v < 99.95:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

// times writes a ratio: "1.94", "12.3", "1,240", "0.0072".
func times(ratio float64) string {
	switch {
	case ratio >= 999.5:
		return thousands(int64(math.Round(ratio)))
	case ratio < 0.0995:
		return strconv.FormatFloat(ratio, 'g', 2, 64)
	}
	return digits(ratio)
}

// count writes a number of things per call: "0", "3", "0.5", "12,345".
func count(v float64) string {
	if v >= 100 || v == math.Trunc(v) {
		return thousands(int64(math.Round(v)))
	}
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.1f", v), "0"), ".")
}

// thousands writes n with a comma after every three digits.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func bytesText(v float64) string {
	switch {
	case v < 1000:
		return count(v) + " B"
	case v < 999.5e3:
		return digits(v/1e3) + " kB"
	case v < 999.5e6:
		return digits(v/1e6) + " MB"
	}
	return digits(v/1e9) + " GB"
}
