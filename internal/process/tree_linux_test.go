package process

import (
	"os"
	"testing"
)

func TestParseStat(t *testing.T) {
	tail := " 7 8 9 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 100 5000 3 18446744073709551615"
	tests := []struct {
		name, stat string
		ok         bool
	}{
		{"plain", "42 (cell) S" + tail, true},
		{"odd name", "42 (a) R 1 (b) S" + tail, true},
		{"dead", "42 (cell) Z" + tail, false},
		{"short", "42 (cell) S 7", false},
		{"junk", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, ok := parseStat(42, []byte(tt.stat))
			if ok != tt.ok || ok && p != (proc{42, 7, 8, 3 * int64(os.Getpagesize())}) {
				t.Errorf("got %+v, %v", p, ok)
			}
		})
	}
}

// The slow way finds what the quick way finds.
func TestScanFindsOurselves(t *testing.T) {
	for _, p := range scan() {
		if p.pid == os.Getpid() && p.parent == os.Getppid() && p.memory > 0 {
			return
		}
	}
	t.Error("this process is not in the list")
}
