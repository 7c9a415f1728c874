package kernelext

import (
	"context"
	"runtime/trace"
)

// The categories of the log events by which a recording describes itself.
// internal/gotrace reads them; docs/pictures.md lists them.
const (
	logStart = "lanebook.lanes" // by the goroutine that called Lanes; message: the title
	logEnd   = "lanebook.end"   // by the same goroutine when f is over; message: how it ended
	logStill = "lanebook.still" // by the watchdog, when it ends the recording; message: milliseconds
	logName  = "lanebook.name"
	logMark  = "lanebook.mark"
	logLabel = "lanebook.label" // by whoever calls Label; message: the address and the name
)

// Lanes runs f, records what its goroutines do, and draws one lane for each of
// them over time: when it ran, when it waited, for what, at which line, and who
// woke it up. The title is optional.
//
// The picture holds the goroutine that calls Lanes and all goroutines started
// while f runs. A goroutine that is still alive when f returns is drawn with an
// open end: wait for your goroutines inside f if you want to see how they end.
//
// If f panics, what was recorded is drawn and the panic goes on. If everything
// stands still for ever, recording ends and Go reports the deadlock as always.
func Lanes(f func(), title ...string) {
	if f == nil {
		complain("Lanes needs a function: Lanes(func() { ... })", "Lanes 需要一个函数：Lanes(func() { ... })")
		return
	}
	heading := ""
	if len(title) > 0 {
		heading = title[0]
	}
	rec, err := record(heading)
	if err != nil {
		complain("Lanes runs the function without drawing it: %v", "Lanes 照常运行函数，但不画图：%v", err)
		f()
		return
	}
	ended := "panic" // or runtime.Goexit: in both cases the next line is never reached
	defer func() { rec.finish(ended) }()
	f()
	ended = "returned"
}

// Deep is Lanes with a runtime that tells more: which channel and which lock
// each operation was on, how full every channel was, who held a lock and for
// how long, and in a deadlock who waits for whom. The lanebook kernel builds
// the cell with a second edition of Go's channels and locks for it, made from
// your own installation of Go; the first time that takes some seconds. Your code
// stays as it is. Where that is not possible, under GoNB for one, Deep is Lanes.
func Deep(f func(), title ...string) {
	deepBegins()
	Lanes(f, title...)
}

// Name names the goroutine it is called in, for Lanes and for Watch. Outside of
// them it does nothing.
func Name(name string) {
	remember(name)
	trace.Log(context.Background(), logName, name)
}

// Mark puts a flag with a text on the lane of the goroutine it is called in, at
// this moment. In Tally it says what happened first. Without either it does nothing.
func Mark(text string) {
	if n := marking.Load(); n != nil {
		n.add(text)
	}
	trace.Log(context.Background(), logMark, text)
}

// Task runs f and draws it in Lanes as one piece of work of the goroutine it
// is called in: a bar with this name. Where several goroutines do such tasks,
// the picture shows a pool: who did which, how busy each of them was, and, as
// far as that was recorded, how many tasks waited. It stands on the regions of
// runtime/trace, so other tools that read traces know it too. Outside of Lanes
// it only runs f. A task inside of a task is part of it.
func Task(name string, f func()) {
	if f == nil {
		complain("Task %q needs a function: Task(name, func() { ... })", "任务 %q 需要一个函数：Task(名称, func() { ... })", name)
		return
	}
	trace.WithRegion(context.Background(), name, f)
}
