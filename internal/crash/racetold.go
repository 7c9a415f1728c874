package crash

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Teller tells of races in a language, with the text of cells. Name says what
// the learner calls a cell; nil: as the program does.
type Teller struct {
	Lang   string
	Source Source
	Name   func(cell string) string
}

// told is a race in words, before it becomes text or HTML.
type told struct {
	head, hint string
	sides      []side
	wrong      interleaving
}

// side is one of the two accesses, or both where they are at the same line.
type side struct {
	title   string
	at      string // "cell[3]:5"
	excerpt []excerptLine
	notes   []string // called from where, in which goroutine
}

type excerptLine struct {
	number  int
	text    string
	accused bool
}

// Short is one line about a race.
func (t Teller) Short(r Race) string {
	a := r.writeFirst()
	return fmt.Sprintf(raceWordsFor(t.Lang).short, t.where(a[0]), t.where(a[1]))
}

// where is the position of an access, without the text there.
func (t Teller) where(a Access) string {
	if f, ok := a.Cell(); ok {
		return t.place(f)
	}
	for _, f := range a.Frames {
		if !f.isRuntime() {
			return literal.ReplaceAllString(f.Func, "")
		}
	}
	return raceWordsFor(t.Lang).lost
}

func (t Teller) place(f Frame) string {
	cell := f.File
	if t.Name != nil {
		cell = t.Name(cell)
	}
	return fmt.Sprintf("%s:%d", cell, f.Line)
}

// quoted is a position with the text of its line.
func (t Teller) quoted(f Frame) string {
	text := strings.TrimSpace(t.line(f.File, f.Line))
	if text == "" {
		return t.place(f)
	}
	return t.place(f) + "  " + shortened(text)
}

func (t Teller) line(cell string, n int) string {
	if t.Source == nil {
		return ""
	}
	return t.Source(cell, n)
}

func (t Teller) tell(r Race) told {
	w := raceWordsFor(t.Lang)
	a := r.writeFirst()
	out := told{head: w.head, hint: w.try + t.hint(w, a), wrong: t.interleave(w, a)}
	first, ok1 := a[0].Cell()
	second, ok2 := a[1].Cell()
	if ok1 && ok2 && sameLine(first, second) {
		s := t.side(w, a[0])
		s.title = fmt.Sprintf(w.sameLine, w.verb(a[0]), w.also(a))
		if inner := a[0].library(); inner != "" && inner == a[1].library() {
			s.title = fmt.Sprintf(w.sameInside, w.verb(a[0]), w.also([2]Access{{Write: a[0].Write}, {Write: a[1].Write}}), inner)
		}
		for _, note := range t.side(w, a[1]).notes {
			if len(s.notes) > 0 && !slices.Contains(s.notes, note) {
				s.notes = append(s.notes, note)
			}
		}
		out.sides = []side{s}
		return out
	}
	out.sides = []side{t.side(w, a[0]), t.side(w, a[1])}
	out.sides[0].title = fmt.Sprintf(w.one, w.does(a[0]))
	out.sides[1].title = fmt.Sprintf(w.other, w.also(a))
	return out
}

func sameLine(a, b Frame) bool { return a.File == b.File && a.Line == b.Line }

// does is what an access does: it writes, reads a map, writes inside a
// function of a library.
func (w *raceWords) does(a Access) string {
	if inner := a.library(); inner != "" {
		return fmt.Sprintf(w.inside, w.verb(a), inner)
	}
	return w.verb(a)
}

func (w *raceWords) verb(a Access) string {
	switch {
	case a.onMap() && a.Write:
		return w.writesMap
	case a.onMap():
		return w.readsMap
	case a.Write:
		return w.writes
	}
	return w.reads
}

// also is what the second one does, after the first has been told.
func (w *raceWords) also(a [2]Access) string {
	if a[0].Write && a[1].Write && a[0].onMap() == a[1].onMap() && a[1].library() == "" {
		return w.writesToo
	}
	return w.does(a[1])
}

// onMap reports whether the memory belongs to a map.
func (a Access) onMap() bool {
	return len(a.Frames) > 0 && (strings.HasPrefix(a.Frames[0].Func, "runtime.map") || strings.HasPrefix(a.Frames[0].Func, "internal/runtime/maps."))
}

// isRuntime reports whether the frame is of Go itself, which does what the
// code above it asked for.
func (f Frame) isRuntime() bool {
	return strings.HasPrefix(f.Func, "runtime.") || strings.HasPrefix(f.Func, "internal/")
}

// library is the function of a library that a cell called and that then used
// the memory; "" if the cell itself did, be it through Go's runtime.
func (a Access) library() string {
	inner := ""
	for _, f := range a.Frames {
		if _, ok := f.Cell(); ok {
			break
		}
		if !f.isRuntime() {
			inner = f.Func
		}
	}
	return inner
}

// mostCallers are enough to find one's way. // arbitrary
const mostCallers = 3

func (t Teller) side(w *raceWords, a Access) side {
	f, ok := a.Cell()
	if !ok {
		return side{at: t.where(a), notes: []string{t.goroutine(w, a)}}
	}
	s := side{at: t.place(f), excerpt: t.excerpt(f)}
	last := f
	for _, caller := range a.Frames { // innermost first
		if _, ok := caller.Cell(); !ok || sameLine(caller, last) || wrapper.MatchString(caller.Func) || len(s.notes) == mostCallers {
			continue
		}
		last = caller
		s.notes = append(s.notes, fmt.Sprintf(w.calledFrom, t.quoted(caller)))
	}
	s.notes = append(s.notes, t.goroutine(w, a))
	return s
}

// goroutine says in which goroutine an access happened.
func (t Teller) goroutine(w *raceWords, a Access) string {
	if a.Goroutine == 0 {
		return w.main
	}
	if len(a.Created) == 0 {
		return w.unknownStart
	}
	if f, ok := t.goCall(a); ok {
		return fmt.Sprintf(w.started, t.quoted(f))
	}
	// Of wg.Go the detector leaves out the caller: what it names next is the
	// caller's caller, often another cell.
	if a.Created[0].Func == "sync.(*WaitGroup).Go" {
		return fmt.Sprintf(w.startedGo, "wg.Go")
	}
	for _, f := range a.Created {
		if _, ok := f.Cell(); ok {
			return fmt.Sprintf(w.started, t.quoted(f))
		}
	}
	return fmt.Sprintf(w.startedGo, a.Created[0].Func)
}

// farthest is how far above a function literal's line its call is looked for. // arbitrary
const farthest = 50

var (
	literal = regexp.MustCompile(`\.func\d+(?:\.\d+)*$`)
	wrapper = regexp.MustCompile(`\.(?:gowrap|deferwrap)\d+$`) // the go statement itself, as a function
	goCall  = regexp.MustCompile(`\.Go\(func\(`)
)

// goCall finds the wg.Go(func() { … }) around the outermost frame: Go does not
// tell where wg.Go was called, but the text does.
func (t Teller) goCall(a Access) (Frame, bool) {
	if a.Created[0].Func != "sync.(*WaitGroup).Go" || len(a.Frames) == 0 {
		return Frame{}, false
	}
	var outer Frame
	for _, f := range a.Frames {
		if _, ok := f.Cell(); ok {
			outer = f
		}
	}
	if !literal.MatchString(outer.Func) {
		return Frame{}, false
	}
	open := 0 // braces closed between the line looked at and the frame's
	for n := outer.Line; n > 0 && n > outer.Line-farthest; n-- {
		text := t.line(outer.File, n)
		if at := goCall.FindStringIndex(text); at != nil && open <= 0 {
			return Frame{Func: outer.Func, File: outer.File, Line: n}, true
		}
		if n < outer.Line {
			open += strings.Count(text, "}") - strings.Count(text, "{")
		}
	}
	return Frame{}, false
}

// around is how many lines an excerpt shows on each side.
const around = 2

// excerpt shows the accused line between its neighbours.
func (t Teller) excerpt(f Frame) []excerptLine {
	var lines []excerptLine
	for n := max(1, f.Line-around); n <= f.Line+around; n++ {
		text := strings.ReplaceAll(strings.TrimRight(t.line(f.File, n), " \t"), "\t", "    ")
		if n != f.Line && (strings.HasPrefix(text, "%") || strings.HasPrefix(text, "!")) {
			text = "" // special lines are no code
		}
		lines = append(lines, excerptLine{number: n, text: text, accused: n == f.Line})
	}
	for len(lines) > 0 && lines[0].text == "" && !lines[0].accused {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1].text == "" && !lines[len(lines)-1].accused {
		lines = lines[:len(lines)-1]
	}
	indent := -1
	for _, l := range lines {
		if n := len(l.text) - len(strings.TrimLeft(l.text, " ")); l.text != "" && (indent < 0 || n < indent) {
			indent = n
		}
	}
	for i := range lines {
		if indent > 0 && lines[i].text != "" {
			lines[i].text = lines[i].text[indent:]
		}
		lines[i].text = shortened(lines[i].text)
	}
	return lines
}

// shortened cuts a line of source that is too long to show.
func shortened(text string) string {
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return text
}

// updates are statements that read a variable and write it.
var updates = regexp.MustCompile(`\+\+|--|[-+*/%&|^]=`)

// hint is what to try.
func (t Teller) hint(w *raceWords, a [2]Access) string {
	first, ok1 := a[0].Cell()
	second, ok2 := a[1].Cell()
	text := t.line(first.File, first.Line) + "\n" + t.line(second.File, second.Line)
	switch {
	case a[0].onMap() || a[1].onMap():
		return w.hints.maps
	case strings.Contains(text, "append("):
		return w.hints.slices
	case a[0].Goroutine == 0 || a[1].Goroutine == 0:
		return w.hints.main
	case ok1 && ok2 && sameLine(first, second) && updates.MatchString(text):
		return w.hints.count
	}
	return w.hints.other
}
