// Package figure draws small figures that explain a value or a course of
// events: who has control, which step came when, where a slice's elements
// live. Everything in a figure is real: it is read from the value by
// reflection, or recorded while the program runs.
//
//	s := figure.NewSteps("A lost update", "A", "B")    // s.Do, s.Send, s.Draw
//	for v := range figure.Push(s, "Fib", "loop", Fib(3)) { ... }   // records the transfer of control
//	figure.Bars("one switch", "ns", names, values)     // on a scale of powers of ten where that helps
//	figure.Histogram("latency", "ns", values)
//	g := figure.NewGauge("balance", "yuan")            // g.Set, g.Note, g.Draw: a value over time
//	w := figure.NewWaterfall("five pages")             // done := w.Start("page 1"); done(); w.Draw()
//	figure.Slices("a", a, "b", b)                      // headers and the arrays behind them
//	figure.Struct(Player{})                            // its fields in memory, byte by byte
//	figure.Interface("err", err)                       // the type and the value inside
//	figure.Graph("list", list)                         // variables and the objects they lead to
//	figure.Selector(robot, "Describe")                 // where Go looks for robot.Describe
//	figure.Processes()                                 // this process and its children
//	t := figure.NewTree("calls", "fib(5)")             // child := t.Add("fib(4)"); t.Draw()
//
// Like kernelext it only collects data; the kernel draws.
package figure

import (
	"time"

	"lanebook/internal/cell"
)

// draw ships a figure of a form.
func draw(form, title string, fields ...any) {
	data := cell.Object{"version", 1, "kind", "figure", "form", form, "title", title}
	cell.Draw(append(data, fields...), "")
}

// clock measures since the first use of a figure.
type clock struct{ start time.Time }

func newClock() clock { return clock{time.Now()} }

func (c clock) now() time.Duration { return time.Since(c.start) }

// most is how much one figure records of anything; the rest is counted. // arbitrary
const most = 2000
