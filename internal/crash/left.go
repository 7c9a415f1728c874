package crash

import (
	"fmt"
	"strings"
)

// Left tells of the goroutines that are left when main has nothing more to do:
// where each was started, and what it waits for.
func (r Report) Left(lang string, source Source) string {
	var left []Goroutine
	for _, g := range r.Goroutines {
		if g.ID != 1 {
			left = append(left, g)
		}
	}
	return tellWaiting(left, words(lang), source)
}

// Stands tells what the goroutines in cells were at when the program was asked.
func (r Report) Stands(lang string, source Source) string {
	w := words(lang)
	var waiting []Goroutine
	var b strings.Builder
	for _, g := range r.Goroutines {
		f, ok := g.Cell()
		switch {
		case !ok:
		case g.State == "running" || g.State == "runnable":
			who := w.goroutine
			if g.ID == 1 {
				who = "main"
			}
			fmt.Fprintf(&b, w.runs+"\n", who, place(f, source))
		default:
			waiting = append(waiting, g)
		}
	}
	return strings.TrimSuffix(b.String()+tellWaiting(waiting, w, source), "\n")
}

// tellWaiting describes goroutines, and says where the first was started.
func tellWaiting(gs []Goroutine, w *vocabulary, source Source) string {
	lines, hidden := describe(gs, w, source)
	if hidden > 0 {
		lines += "\n" + fmt.Sprintf(w.more, hidden)
	}
	if len(gs) > 0 {
		if pos, ok := gs[0].Created.Cell(); ok {
			lines += "\n" + fmt.Sprintf(w.startedAt, place(Frame{File: pos.Cell, Line: pos.Line}, source))
		}
	}
	return strings.TrimPrefix(lines, "\n")
}
