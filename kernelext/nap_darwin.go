package kernelext

import (
	"syscall"
	"time"
)

// nap sleeps without a timer of Go's.
func nap(d time.Duration) {
	tv := syscall.NsecToTimeval(int64(d))
	_ = syscall.Select(0, nil, nil, nil, &tv) // a signal may end it early, which does no harm
}
