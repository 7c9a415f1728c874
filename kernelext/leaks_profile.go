//go:build goexperiment.goroutineleakprofile

package kernelext

import (
	"io"
	"runtime/pprof"
)

// leakProfile says whether the garbage collector can find goroutines that
// nobody can wake.
const leakProfile = true

// markLeaked lets it look for them. In stack dumps made afterwards they are
// marked. It returns whether it did.
func markLeaked() bool {
	p := pprof.Lookup("goroutineleak")
	return p != nil && p.WriteTo(io.Discard, 0) == nil
}
