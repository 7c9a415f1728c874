package charts

import (
	"slices"
	"testing"
)

func TestTexts(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{timeText(0.434), "0.43 ns"}, {timeText(999), "999 ns"}, {timeText(999.7), "1.00 µs"}, {timeText(45.64e6), "45.6 ms"}, {timeText(39.3e9), "39.3 s"},
		{tickText(0), "0"}, {tickText(2e6), "2 ms"}, {tickText(0.1), "0.1 ns"}, {tickText(1e9), "1 s"},
		{times(1.944), "1.94"}, {times(0.0072), "0.0072"}, {times(48779.3), "48,779"},
		{count(0), "0"}, {count(0.52), "0.5"}, {count(12345.4), "12,345"}, {count(3), "3"},
		{bytesText(16), "16 B"}, {bytesText(1 << 20), "1.05 MB"},
		{(&tally{Runs: 200}).percent(200), "100"}, {(&tally{Runs: 1000}).percent(1), "0.1"}, {(&tally{Runs: 3}).percent(1), "33"},
		{(&tally{Runs: 500}).percent(498), "99.6"}, {(&tally{Runs: 100_000}).percent(99_999), "99.9"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, tt := range []struct {
		axis axis
		want []float64
	}{
		{axis{from: 0, to: 8.2}, []float64{0, 2, 4, 6, 8}},
		{axis{from: 0, to: 0.9}, []float64{0, 0.2, 0.4, 0.6000000000000001, 0.8}},
		{axis{from: 1, to: 1e6, log: true}, []float64{1, 100, 1e4, 1e6}},
	} {
		if got := tt.axis.ticks(5); !slices.Equal(got, tt.want) {
			t.Errorf("%+v: got %v, want %v", tt.axis, got, tt.want)
		}
	}
}
