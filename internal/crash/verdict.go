package crash

import (
	"fmt"
	"slices"
	"strings"
)

// Source returns a line of a cell's text, without its line end; an empty
// string if it does not know.
type Source func(cell string, line int) string

// most is how many goroutines a verdict lists; the rest is counted.
const most = 8

// longest is how much of a line of source is shown: enough to find it.
const longest = 80

// Verdict says in a few lines what happened and where, in English or, with
// lang "zh", in Chinese.
func (r Report) Verdict(lang string, source Source) string {
	w := words(lang)
	var b strings.Builder
	switch r.Kind {
	case Deadlock:
		r.deadlock(&b, w, source)
	case Partial:
		b.WriteString(w.stuckSome)
	case Panic:
		fmt.Fprintf(&b, w.panic, r.Message)
		r.where(&b, w, source)
	default:
		fmt.Fprintf(&b, w.fatal, r.Message)
		r.where(&b, w, source)
	}
	if hint := w.hint(r.stuckOn() + r.Message); hint != "" {
		b.WriteString("\n" + hint)
	}
	return b.String()
}

// stuckOn is what the first of the waiting waits for, if the program is stuck.
func (r Report) stuckOn() string {
	if r.Kind != Deadlock || len(r.Goroutines) == 0 {
		return ""
	}
	return r.Goroutines[0].State + ": "
}

// deadlock says who waits for what.
func (r Report) deadlock(b *strings.Builder, w *vocabulary, source Source) {
	var waiting []Goroutine
	for _, g := range r.Goroutines {
		if _, ok := g.Cell(); ok || g.ID == 1 {
			waiting = append(waiting, g)
		}
	}
	// Of a program that is not made of cells, all goroutines count.
	if !slices.ContainsFunc(r.Goroutines, func(g Goroutine) bool { _, ok := g.Cell(); return ok }) {
		waiting = r.Goroutines
	}
	switch {
	case r.Message == goexitMessage && len(waiting) == 0:
		b.WriteString(w.goneAll)
	case len(waiting) == 0:
		b.WriteString(w.stuckUnknown)
	case len(waiting) == 1:
		b.WriteString(w.stuckOne)
	default:
		fmt.Fprintf(b, w.stuckAll, len(waiting))
	}
	lines, hidden := describe(waiting, w, source)
	b.WriteString(lines)
	if hidden > 0 {
		fmt.Fprintf(b, "\n"+w.more, hidden)
	}
}

// describe is a line about each kind of waiting goroutine: how many, for what,
// and where. Workers of one pool wait alike, so they are counted and not
// listed. hidden is how many goroutines no line speaks of.
func describe(waiting []Goroutine, w *vocabulary, source Source) (lines string, hidden int) {
	type kind struct {
		main bool
		what string // for what, and where
	}
	count := map[kind]int{}
	var kinds []kind // in the order of the report
	for _, g := range waiting {
		k := kind{main: g.ID == 1, what: w.reason(g.State)}
		if f, ok := g.Cell(); ok {
			k.what += fmt.Sprintf(w.at, place(f, source))
		}
		if count[k] == 0 {
			kinds = append(kinds, k)
		}
		count[k]++
	}
	for i, k := range kinds {
		switch n := count[k]; {
		case i >= most:
			hidden += n
		case k.main:
			lines += "\n" + fmt.Sprintf(w.waits, "main", k.what)
		case n == 1: // its number is the runtime's secret: pictures count otherwise
			lines += "\n" + fmt.Sprintf(w.waits, w.goroutine, k.what)
		default:
			lines += "\n" + fmt.Sprintf(w.wait, n, k.what)
		}
	}
	return lines, hidden
}

// where says in which line of which cell it happened, and how the program came
// there.
func (r Report) where(b *strings.Builder, w *vocabulary, source Source) {
	if len(r.Goroutines) == 0 {
		return
	}
	g := r.Goroutines[0]
	var places []string
	for _, f := range g.Frames {
		if _, ok := f.Cell(); !ok {
			continue
		}
		p := place(f, source)
		if len(places) == 0 || places[len(places)-1] != p {
			places = append(places, p)
		}
	}
	for i, p := range places {
		if i == most {
			fmt.Fprintf(b, "\n"+w.moreCalls, len(places)-most)
			break
		}
		format := w.calledFrom
		if i == 0 {
			format = w.happenedAt
		}
		fmt.Fprintf(b, "\n"+format, p)
	}
	if pos, ok := g.Created.Cell(); ok {
		fmt.Fprintf(b, "\n"+w.startedAt, place(Frame{File: pos.Cell, Line: pos.Line}, source))
	}
}

// place is a frame's position with the text of its line.
func place(f Frame, source Source) string {
	text := ""
	if source != nil {
		text = strings.TrimSpace(source(f.File, f.Line))
	}
	if text == "" {
		return fmt.Sprintf("%s:%d", f.File, f.Line)
	}
	if runes := []rune(text); len(runes) > longest {
		text = string(runes[:longest-1]) + "…"
	}
	return fmt.Sprintf("%s:%d  %s", f.File, f.Line, text)
}
