//go:build !lanebook_deep

package kernelext

// knowsHolders says whether this runtime keeps a table of who holds which lock.
const knowsHolders = false

func watchLocks(bool) {}

// deepReports says whether the runtime of a deep build reports what is done to
// channels and locks. This is none.
func deepReports(bool) {}

func holders() []string { return nil }
