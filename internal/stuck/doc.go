// Package stuck says who is stuck, on whom, and why, and draws it. It reads
// what kernelext.Watch has written down: the stacks of all goroutines, in Go's
// own format.
//
// What it shows comes from two sources, and it keeps them apart. The stacks
// say, as a matter of fact, who waits, in which line, for which kind of thing,
// and the garbage collector says who can never be woken. Who holds a lock and
// who would have woken whom is not in any stack. That is read from the source
// text: the goroutine stands behind `mu.Lock()` and before `mu.Unlock()`. Where
// the text does not say it clearly, nothing is drawn.
//
// It does not decide whether a program is stuck: Watch and Go do.
package stuck
