//go:build lanebook_deep

package kernelext

import (
	"runtime"
	"strings"
	_ "unsafe" // for go:linkname
)

// hold is an entry of the runtime's table of held locks. The runtime of a deep
// build has the same type; see internal/deep.
type hold struct {
	object    uintptr
	goroutine uint64
	read      bool
	stack     [8]uintptr
}

// knowsHolders says whether this runtime keeps a table of who holds which lock.
const knowsHolders = true

//go:linkname watchLocks runtime.lanebookWatchLocks
func watchLocks(on bool)

//go:linkname deepReports runtime.lanebookReports
func deepReports(on bool)

//go:linkname heldLocks runtime.lanebookHeldLocks
func heldLocks(into []hold) int

// holders lists the locks that are held, as "ADDRESS GOROUTINE r|w FILE:LINE".
// Locks that a library took for itself are left out.
func holders() []string {
	all := make([]hold, 4096)
	var list []string
	for _, h := range all[:heldLocks(all)] {
		if place := takenAt(h.stack[:]); place != "" {
			how := "w"
			if h.read {
				how = "r"
			}
			list = append(list, decimal(uint64(h.object))+" "+decimal(h.goroutine)+" "+how+" "+place)
		}
	}
	return list
}

// takenAt is the line that called Lock, unless it is one of Go's library.
func takenAt(stack []uintptr) string {
	n := 0
	for n < len(stack) && stack[n] != 0 {
		n++
	}
	frames := runtime.CallersFrames(stack[:n])
	for {
		f, more := frames.Next()
		pkg, _, _ := strings.Cut(f.Function, ".")
		switch {
		case pkg == "sync" || pkg == "internal/sync" || pkg == "runtime":
		case strings.HasPrefix(f.Function, "main.") || strings.Contains(pkg, "/") && !strings.HasPrefix(pkg, "internal/"):
			return f.File + ":" + decimal(f.Line)
		default:
			return ""
		}
		if !more {
			return ""
		}
	}
}
