//go:build !unix

package kernelext

import "time"

// cpuTime knows nothing where there is no getrusage.
func cpuTime() (user, system time.Duration) { return 0, 0 }
