//go:build !race

package wire

// raceFlag builds the kernel like the test: without the race detector.
var raceFlag []string
