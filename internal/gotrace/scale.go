package gotrace

import (
	"fmt"
	"strings"
	"time"
)

// ticks are round times from 0 to end, about as many as wanted.
func ticks(end time.Duration, want int) []time.Duration {
	step := time.Duration(1)
	for end/step > time.Duration(want) {
		switch lead := leading(step); lead {
		case 2:
			step = step / 2 * 5
		default:
			step *= 2
		}
	}
	var ts []time.Duration
	for t := time.Duration(0); t <= end; t += step {
		ts = append(ts, t)
	}
	return ts
}

// leading is the first digit of d.
func leading(d time.Duration) time.Duration {
	for d >= 10 {
		d /= 10
	}
	return d
}

// unitOf is the unit an axis to end is labelled in.
func unitOf(end time.Duration) (unit time.Duration, name string) {
	switch {
	case end < 2*time.Microsecond:
		return time.Nanosecond, "ns"
	case end < 2*time.Millisecond:
		return time.Microsecond, "µs"
	case end < 2*time.Second:
		return time.Millisecond, "ms"
	}
	return time.Second, "s"
}

// in writes d as a bare number of units.
func in(d, unit time.Duration) string {
	s := fmt.Sprintf("%.3f", float64(d)/float64(unit))
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

// short writes d with three significant digits: "1.23 ms", "45.6 µs".
func short(d time.Duration) string {
	switch v := float64(d); {
	case d < time.Microsecond:
		return fmt.Sprintf("%d ns", d)
	case v < 999.5e3:
		return threeDigits(v/1e3) + " µs"
	case v < 999.5e6:
		return threeDigits(v/1e6) + " ms"
	}
	return threeDigits(d.Seconds()) + " s"
}

func threeDigits(v float64) string {
	switch {
	case v < 9.995:
		return fmt.Sprintf("%.2f", v)
	case v < 99.95:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

// share is part of whole in per cent, never more exact than it is.
func share(part, whole time.Duration) int {
	if whole <= 0 {
		return 0
	}
	return int((100*part + whole/2) / whole)
}
