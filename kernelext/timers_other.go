//go:build !linux

package kernelext

// timersPending knows nothing where the operating system does not tell.
func timersPending() (pending, known bool) { return false, false }
