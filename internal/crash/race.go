package crash

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Race is one report of Go's race detector: two goroutines use the same
// memory, at least one of them writes it, and nothing makes one wait for the
// other. The format is that of PrintReport in the compiler-rt of LLVM.
type Race struct {
	// Accesses are the two uses of the memory. The first is the one at which
	// the detector noticed; which of them came first in time means nothing.
	Accesses [2]Access
}

// Access is one goroutine's use of the memory.
type Access struct {
	Write bool
	// Goroutine is the detector's number of the goroutine, which no other
	// text mentions; 0 is main.
	Goroutine int
	// Frames is the stack, innermost first; empty when the detector, which
	// remembers a few accesses only, has lost it.
	Frames []Frame
	// Created is the stack of the go statement; empty for main. Of a
	// goroutine that wg.Go started, Go knows nothing outside of wg.Go.
	Created []Frame
}

// Cell is the innermost place in a cell; false if there is none.
func (a Access) Cell() (Frame, bool) { return Goroutine{Frames: a.Frames}.Cell() }

// Key is the same for all races between the same two places. For a learner
// they are one, whoever came first and whether it read or wrote.
func (r Race) Key() string {
	var places []string
	for _, a := range r.Accesses {
		f, ok := a.Cell()
		if !ok && len(a.Frames) > 0 {
			f = a.Frames[0]
		}
		places = append(places, fmt.Sprintf("%s:%d", f.File, f.Line))
	}
	slices.Sort(places)
	return strings.Join(places, " ")
}

// writeFirst returns the accesses with one that writes in front.
func (r Race) writeFirst() [2]Access {
	a := r.Accesses
	if !a[0].Write && a[1].Write {
		a[0], a[1] = a[1], a[0]
	}
	return a
}

// A report stands between two of these lines.
const (
	raceFence = "==================\n"
	raceHead  = raceFence + "WARNING: DATA RACE\n"
)

var (
	accessLine   = regexp.MustCompile(`^(?:Previous )?(?i:atomic )?(read|write|Read|Write) at 0x[0-9a-f]+ by (?:main goroutine|goroutine (\d+)):$`)
	creationLine = regexp.MustCompile(`^Goroutine (\d+) \([a-z]+\) created at:$`)
	foundLine    = regexp.MustCompile(`(?m)^Found \d+ data race\(s\)\n?`)
)

// Races finds the race detector's reports in what a program wrote to stderr.
func Races(text string) []Race {
	var races []Race
	for {
		_, r, after, ok := CutRace(text)
		if !ok {
			return races
		}
		if r != nil {
			races = append(races, *r)
		}
		text = after
	}
}

// CutRace splits text around its first complete report. The race is nil when
// the report cannot be read; then it stays part of before.
func CutRace(text string) (before string, r *Race, after string, ok bool) {
	start := raceStart(text)
	if start < 0 || !strings.HasPrefix(text[start:], raceHead) {
		return text, nil, "", false
	}
	body, after, ok := strings.Cut(text[start+len(raceHead):], raceFence)
	if !ok {
		return text, nil, "", false
	}
	if r = parseRace(body); r == nil {
		start = len(text) - len(after)
	}
	return text[:start], r, after, true
}

// raceStart is the offset at which a report begins or, at the end of the text,
// may begin once more of it is there; -1 if there is none. Text of the program
// may stand before it on the same line.
func raceStart(text string) int {
	if at := strings.Index(text, raceHead); at >= 0 {
		return at
	}
	for n := min(len(raceHead)-1, len(text)); n > 0; n-- {
		if strings.HasSuffix(text, raceHead[:n]) {
			return len(text) - n
		}
	}
	return -1
}

// RaceBegins is the offset from which text may be a race report whose end is
// still to come; len(text) if nothing of it is.
func RaceBegins(text string) int {
	if at := raceStart(text); at >= 0 {
		return at
	}
	return len(text)
}

// WithoutCount removes the line by which the detector says goodbye.
func WithoutCount(text string) string { return foundLine.ReplaceAllString(text, "") }

// parseRace reads what stands between the fences; nil if it is not what we
// know.
func parseRace(body string) *Race {
	var r Race
	found := 0
	created := map[int][]Frame{}
	for block := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
		head, stack, _ := strings.Cut(block, "\n")
		if m := accessLine.FindStringSubmatch(head); m != nil && found < len(r.Accesses) {
			id, _ := strconv.Atoi(cmp.Or(m[2], "0"))
			r.Accesses[found] = Access{Write: strings.EqualFold(m[1], "write"), Goroutine: id, Frames: raceStack(stack)}
			found++
		} else if m := creationLine.FindStringSubmatch(head); m != nil {
			id, _ := strconv.Atoi(m[1])
			created[id] = raceStack(stack)
		}
	}
	if found < len(r.Accesses) {
		return nil
	}
	for i := range r.Accesses {
		r.Accesses[i].Created = created[r.Accesses[i].Goroutine]
	}
	return &r
}

// raceStack reads pairs of lines: a function, and where it is.
func raceStack(text string) []Frame {
	var frames []Frame
	lines := strings.Split(text, "\n")
	for i := 0; i+1 < len(lines); i++ {
		at := positionLine.FindStringSubmatch("\t" + strings.TrimLeft(lines[i+1], " "))
		if at == nil || !strings.HasPrefix(lines[i], "  ") {
			continue
		}
		line, _ := strconv.Atoi(at[2])
		frames = append(frames, Frame{
			Func: arguments.ReplaceAllString(strings.TrimSpace(lines[i]), ""),
			File: cellName(at[1]), Line: line,
		})
		i++
	}
	return frames
}
