//go:build !linux

package check

import "time"

// effort knows nothing where there is no /proc.
func effort(int) (cpu time.Duration, runs, known bool) { return 0, false, false }
