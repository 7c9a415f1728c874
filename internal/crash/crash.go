// Package crash reads what a Go program prints when the runtime ends it (a
// panic, a deadlock, or another fatal error) and what the race detector reports.
// It turns that text into typed reports and into verdicts in a learner's words.
//
// The format is that of runtime.printpanics and runtime.tracebackothers in
// Go 1.26; it is not specified anywhere, so everything here tolerates text it
// does not know. Positions in cells come from //line comments: a frame belongs
// to a cell if its file is named cell[…].
package crash

import (
	"path"
	"regexp"
	"strconv"
	"strings"

	"lanebook/internal/program"
)

// Kind says how a program died.
type Kind int

// The ways in which the runtime ends a program.
const (
	Panic    Kind = iota + 1 // nobody recovered
	Deadlock                 // all goroutines are asleep
	Fatal                    // any other fatal error, which nobody can recover from
	Partial                  // some goroutines are asleep for ever: kernelext.Watch says so, in Go's manner
)

// Report is what the runtime said.
type Report struct {
	Kind       Kind
	Message    string      // without "panic: " or "fatal error: "; nested panics on lines of their own
	Goroutines []Goroutine // in the order printed: the culprit first
}

// Goroutine is one stack of the report.
type Goroutine struct {
	ID      int
	State   string  // "running", "chan receive", "sync.Mutex.Lock", ...
	Frames  []Frame // innermost first
	Created Frame   // where it was started; zero for the main goroutine
}

// Frame is one call of a stack.
type Frame struct {
	Func string // "main.worker", "sync.(*Mutex).Lock"
	File string // "cell[3]", or a path
	Line int
}

// Cell says where in a cell the frame is; it is false for code of libraries.
func (f Frame) Cell() (program.Pos, bool) {
	if !strings.HasPrefix(f.File, "cell[") {
		return program.Pos{}, false
	}
	return program.Pos{Cell: f.File, Line: f.Line}, true
}

// Cell is the innermost frame of the goroutine that is in a cell.
func (g Goroutine) Cell() (Frame, bool) {
	for _, f := range g.Frames {
		if _, ok := f.Cell(); ok {
			return f, true
		}
	}
	return Frame{}, false
}

// At is the place in a cell to look at first; the zero Pos if no cell is to
// blame.
func (r Report) At() program.Pos {
	for _, g := range r.Goroutines {
		if f, ok := g.Cell(); ok {
			pos, _ := f.Cell()
			return pos
		}
	}
	return program.Pos{}
}

// Name is the report's kind as the name of an error: "Panic", "Deadlock",
// "PartialDeadlock" or "FatalError".
func (r Report) Name() string {
	switch r.Kind {
	case Panic:
		return "Panic"
	case Deadlock:
		return "Deadlock"
	case Partial:
		return "PartialDeadlock"
	}
	return "FatalError"
}

const (
	deadlockMessage = "all goroutines are asleep - deadlock!"
	// goexitMessage is the one fatal error that comes without a stack: nobody
	// is left to have one.
	goexitMessage  = "no goroutines (main called runtime.Goexit) - deadlock!"
	partialMessage = "some goroutines are asleep for ever - partial deadlock!"
)

// Parse finds the runtime's last words in what a program wrote to stderr.
// before is what the program wrote itself. If there are no last words, ok is
// false and before is all of stderr.
func Parse(stderr string) (before string, r Report, ok bool) {
	start := lastWords(stderr)
	if start < 0 {
		return parseGoexit(stderr)
	}
	head, stacks, _ := strings.Cut(stderr[start:], "\n\n")
	if message, isPanic := strings.CutPrefix(head, "panic: "); isPanic {
		// What the signal was, and where in memory, helps nobody here.
		message, _, _ = strings.Cut(message, "\n[signal ")
		r.Kind, r.Message = Panic, unindent(message)
	} else {
		r.Kind = Fatal
		_, r.Message, _ = strings.Cut(head, "fatal error: ")
		r.Message = strings.TrimSpace(r.Message)
		switch r.Message {
		case deadlockMessage, goexitMessage:
			r.Kind = Deadlock
		case partialMessage:
			r.Kind = Partial
		}
	}
	r.Goroutines = parseGoroutines(stacks)
	return stderr[:start], r, true
}

// ParseQuit finds what a program prints when it is told to quit (SIGQUIT)
// because it was seen to be stuck. The report is that of a deadlock.
func ParseQuit(stderr string) (before string, r Report, ok bool) {
	const head = "SIGQUIT: quit\n"
	start := strings.Index(stderr, head)
	if start < 0 || start > 0 && stderr[start-1] != '\n' {
		return stderr, Report{}, false
	}
	r = Report{Kind: Deadlock, Message: deadlockMessage}
	for _, g := range parseGoroutines(stderr[start:]) {
		if _, user := g.Cell(); user || g.ID == 1 {
			r.Goroutines = append(r.Goroutines, g)
		}
	}
	if len(r.Goroutines) == 0 {
		r.Message = goexitMessage
	}
	return stderr[:start], r, true
}

func parseGoroutines(stacks string) []Goroutine {
	var all []Goroutine
	for block := range strings.SplitSeq(stacks, "\n\n") {
		if g, ok := parseGoroutine(block); ok {
			all = append(all, g)
		}
	}
	return all
}

// parseGoexit finds the last words of a program that nobody is left in.
func parseGoexit(stderr string) (before string, r Report, ok bool) {
	const line = "fatal error: " + goexitMessage + "\n"
	start := strings.LastIndex(stderr, line)
	if start < 0 || start > 0 && stderr[start-1] != '\n' {
		return stderr, Report{}, false
	}
	return stderr[:start], Report{Kind: Deadlock, Message: goexitMessage}, true
}

// lastWords is the offset at which the runtime's text begins, or -1. A program
// may print "panic: " itself: what counts is a goroutine's stack behind it.
func lastWords(stderr string) int {
	for from, last := 0, lastStack(stderr); from < last; {
		line, _, _ := strings.Cut(stderr[from:], "\n")
		if begins(line) {
			return from
		}
		from += len(line) + 1
	}
	return -1
}

// lastStack is the offset of the last goroutine's stack, or -1.
func lastStack(text string) int {
	for end := len(text); ; {
		at := strings.LastIndex(text[:end], "goroutine ")
		if at < 0 {
			return -1
		}
		if at == 0 || text[at-1] == '\n' {
			if line, _, _ := strings.Cut(text[at:], "\n"); goroutineLine.MatchString(line) {
				return at
			}
		}
		end = at
	}
}

// begins reports whether a line may be the first of the runtime's last words.
func begins(line string) bool {
	return strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") ||
		strings.HasPrefix(line, "runtime: goroutine stack exceeds ")
}

var (
	// goroutine 19 gp=0x… m=0 mp=0x… [chan receive, 2 minutes, locked to thread]:
	goroutineLine = regexp.MustCompile(`^goroutine (\d+)[^\[\n]*\[([^],\n]*(?:\([^)\n]*\))?)[^]\n]*\]:$`)
	// 	cell[3]:12 +0x1d     	/path/file.go:12 +0x1d fp=0x… sp=0x…
	positionLine = regexp.MustCompile(`^\t(.*):(\d+)(?: \+0x[0-9a-f]+.*)?$`)
	// main.worker(0x1, {0x2?, 0x3})     main.f(...)
	arguments = regexp.MustCompile(`\((\.\.\.|(?:0x|\{|\?|_).*)?\)$`)
)

// parseGoroutine reads one block of a stack dump.
func parseGoroutine(block string) (Goroutine, bool) {
	lines := strings.Split(strings.TrimSpace(block), "\n")
	m := goroutineLine.FindStringSubmatch(lines[0])
	if m == nil {
		return Goroutine{}, false
	}
	id, _ := strconv.Atoi(m[1])
	g := Goroutine{ID: id, State: strings.TrimSuffix(m[2], " (leaked)")}
	for i := 1; i+1 < len(lines); i++ {
		at := positionLine.FindStringSubmatch(lines[i+1])
		if at == nil {
			continue
		}
		line, _ := strconv.Atoi(at[2])
		f := Frame{File: cellName(at[1]), Line: line}
		if by, created := strings.CutPrefix(lines[i], "created by "); created {
			f.Func, _, _ = strings.Cut(by, " in goroutine ")
			g.Created = f
		} else {
			f.Func = arguments.ReplaceAllString(lines[i], "")
			g.Frames = append(g.Frames, f)
		}
		i++
	}
	return g, true
}

// cellName cuts a folder that a tool put before a cell's name.
func cellName(file string) string {
	if base := path.Base(file); strings.HasPrefix(base, "cell[") {
		return base
	}
	return file
}

// unindent joins the lines of a panic's message. The runtime indents nested
// panics and the later lines of a message by a tab.
func unindent(message string) string {
	lines := strings.Split(strings.TrimRight(message, "\n"), "\n")
	for i, l := range lines {
		// WaitGroup.Go passes panics on and marks them; to a learner it is one.
		lines[i] = strings.TrimSuffix(strings.TrimPrefix(l, "\t"), " [recovered, repanicked]")
	}
	return strings.Join(lines, "\n")
}
