//go:build !race

package checktest

const raceEnabled = false
