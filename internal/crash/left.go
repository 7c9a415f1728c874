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

// Stands tells what all goroutines were at when the program was asked, of
// those that are in cells.
func (r Report) Stands(lang string, source Source) string {
	var in []Goroutine
	for _, g := range r.Goroutines {
		if _, ok := g.Cell(); ok {
			in = append(in, g)
		}
	}
	return tellWaiting(in, words(lang), source)
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
