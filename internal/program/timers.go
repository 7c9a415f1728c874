package program

import (
	"slices"
	"strings"
)

// timerPackages are packages of the standard library, with what is below them,
// that set timers by themselves.
var timerPackages = []string{"database", "expvar", "log/syslog", "net", "os/exec", "os/signal", "testing"}

// setsTimers reports whether the program may set a timer, by which a goroutine
// that does not sleep now may wake up later. It may say so of one that does not.
func (c *composer) setsTimers() bool {
	return c.script.Has(KindTest) ||
		c.uses("time", "After", "AfterFunc", "NewTicker", "NewTimer", "Tick") ||
		c.uses("context", "WithDeadline", "WithDeadlineCause", "WithTimeout", "WithTimeoutCause") ||
		slices.ContainsFunc(c.lines, func(l importLine) bool { return !quietPackage(l.path) })
}

// quietPackage reports whether a package is known to set no timer unless it is
// asked to.
func quietPackage(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	if first == "lanebook" {
		return path == wrapperPath || path == wrapperPath+"/figure"
	}
	within := func(pkg string) bool { return path == pkg || strings.HasPrefix(path, pkg+"/") }
	return path != "C" && !strings.Contains(first, ".") && !slices.ContainsFunc(timerPackages, within)
}
