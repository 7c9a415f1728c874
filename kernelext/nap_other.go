//go:build !linux && !darwin

package kernelext

import "time"

// nap uses a timer of Go's here: the guard then hides from Go what it should
// report, until it goes away.
func nap(d time.Duration) { time.Sleep(d) }
