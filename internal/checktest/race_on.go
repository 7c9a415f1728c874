//go:build race

package checktest

const raceEnabled = true
