package display

import (
	"syscall"
	"time"
	"unsafe"
)

// ready waits until there is something to read, or everything that could be
// read has come, but not longer than patience.
func (a answers) ready(patience time.Duration) bool {
	var set syscall.FdSet
	const word = int(unsafe.Sizeof(set.Bits[0])) * 8
	if a.fd >= len(set.Bits)*word {
		return true // cannot be watched; wait without a limit
	}
	for end := time.Now().Add(patience); ; {
		left := time.Until(end)
		if left <= 0 {
			return false
		}
		set = syscall.FdSet{}
		set.Bits[a.fd/word] = 1 << (a.fd % word)
		tv := syscall.NsecToTimeval(left.Nanoseconds())
		err := syscall.Select(a.fd+1, &set, nil, nil, &tv)
		if err == syscall.EINTR {
			continue
		}
		return err != nil || set.Bits[a.fd/word] != 0
	}
}
