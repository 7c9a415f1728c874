//go:build race

package wire

// raceFlag builds the kernel like the test: with the race detector.
var raceFlag = []string{"-race"}
