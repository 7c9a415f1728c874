//go:build race

package check

import "runtime"

// raceEnabled says that this binary was built with the race detector.
const raceEnabled = true

// unseen keeps what follows, until seen is called, from looking like order
// between goroutines: our own locks must not hide that the learner has none.
func unseen() { runtime.RaceDisable() }

func seen() { runtime.RaceEnable() }
