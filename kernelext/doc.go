// Package kernelext is what a notebook cell imports to show things and to see
// what its goroutines did. It works under the lanebook kernel, under GoNB, and
// in a plain Go program, where it prints text instead of showing pictures.
//
//	kernelext.HTML("<b>hello</b>")      // also Markdown, SVG, PNG, JSON, Table, Text
//	bar := kernelext.Progress(100)      // a progress bar that updates in place
//	kernelext.Lanes(func() { ... })     // record f, then draw every goroutine over time
//	kernelext.Watch(func() { ... })     // run f; if it is stuck, draw who waits for whom
//	kernelext.Label(&mu, "account")     // names a lock, a channel, ... in pictures
//	kernelext.Name("worker 1")          // names the goroutine it is called in
//	kernelext.Mark("paid")              // puts a flag on its lane
//	kernelext.Task("task 3", f)         // runs f as a task: a bar in a pool's picture
//	kernelext.Time("squares", f)        // how long f took, and how many cores it kept busy
//	kernelext.Compare(Case("a", f), Case("b", g))   // which is faster, and is that certain?
//	kernelext.Observer(f)               // how much slower is f while it is recorded?
//	kernelext.Sweep("workers", []int{1, 2, 4}, f)   // what do more workers bring?
//	kernelext.Tally(200, f)             // how often does each outcome come out?
//	name, ok := kernelext.Input("name? ")           // ask the learner; also Password, Predict
//
// What it deliberately does not do: it never imports os/signal, has no init
// functions, and leaves no goroutine behind, because one lingering goroutine
// would switch off Go's own deadlock report for the learner's program. Its
// package-level variables say where Mark notes its texts while Tally runs, and
// what Label and Name have named.
//
// The functions that show something return nothing. A learner has no use for
// their errors, so a failure is printed to standard error in words.
//
// Words come in English, or in Chinese when LANEBOOK_LANG is "zh".
//
// Under the build tag lanebook, which the lanebook kernel sets, a recording is
// only written to a file and announced; the kernel draws it, and the cell links
// the standard library alone. Without the tag the cell draws by itself.
package kernelext
