package stuck

import (
	"errors"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Report is what Watch has written down.
type Report struct {
	Title   string
	State   string // "watching", "waiting" (for long, perhaps for ever), "suspect", "stuck", "returned" or "panicked"
	Verdict string // if Watch knows it: "ok", "deadlock", "partial-deadlock" or "leak"
	After   time.Duration
	Caller  int64 // the goroutine that called Watch
	// Collector says that the garbage collector was asked who can never be
	// woken; Goroutine.Leaked is its answer.
	Collector bool
	// Holders says that the runtime knew who held which lock: Held is all there
	// is. Otherwise it is empty, and the source has to tell.
	Holders    bool
	Held       []Held
	Total      int // goroutines; more than there are below, if they were too many
	Labels     map[uint64]string
	Names      map[int64]string
	Goroutines []Goroutine
}

// Held is a lock that a goroutine holds, as the runtime of a deep build knows.
type Held struct {
	Lock      uint64 // address
	Goroutine int64
	Read      bool   // shared with other readers
	File      string // where it was taken
	Line      int
}

// Goroutine is one stack.
type Goroutine struct {
	ID      int64
	State   string // "running", "chan receive", "sync.Mutex.Lock", ...
	Leaked  bool   // nobody can wake it
	Frames  []Frame
	Created Frame
	Parent  int64
}

// Frame is one call of a stack. Frames are innermost first.
type Frame struct {
	Func string
	File string // "cell[3]", or a path
	Line int
	Args []Word
}

// Word is an argument as the stack shows it.
type Word struct {
	Value uint64
	Sure  bool // the value is what the function was called with, or has put there
}

// errNotReport says that a text was not written by Watch.
var errNotReport = errors.New("this is not a report of Watch")

// Parse reads what Watch has written.
func Parse(text []byte) (*Report, error) {
	head, stacks, _ := strings.Cut(string(text), "\n\n")
	if !strings.HasPrefix(head, "watch: 1") {
		return nil, errNotReport
	}
	r := &Report{Labels: map[uint64]string{}, Names: map[int64]string{}}
	for line := range strings.Lines(head) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		n, _ := strconv.ParseInt(value, 10, 64)
		switch name {
		case "title":
			r.Title = value
		case "state":
			r.State = value
		case "verdict":
			r.Verdict = value
		case "after":
			r.After = time.Duration(n)
		case "caller":
			r.Caller = n
		case "goroutines":
			r.Total = int(n)
		case "witness":
			r.Collector = value == "collector"
		case "holders":
			r.Holders = value == "runtime"
		case "held":
			if h, ok := parseHeld(value); ok {
				r.Held = append(r.Held, h)
			}
		case "label":
			at, what, _ := strings.Cut(value, " ")
			if address, err := strconv.ParseUint(at, 0, 64); err == nil {
				r.Labels[address] = what
			}
		case "name":
			who, what, _ := strings.Cut(value, " ")
			if id, err := strconv.ParseInt(who, 10, 64); err == nil {
				r.Names[id] = what
			}
		}
	}
	r.Goroutines = stacksIn(stacks)
	r.Total = max(r.Total, len(r.Goroutines))
	return r, nil
}

// parseHeld reads "824633802816 7 w /path/cell[3]:12".
func parseHeld(text string) (Held, bool) {
	fields := strings.SplitN(text, " ", 4)
	if len(fields) < 4 {
		return Held{}, false
	}
	colon := strings.LastIndexByte(fields[3], ':')
	if colon < 0 {
		return Held{}, false
	}
	lock, err1 := strconv.ParseUint(fields[0], 10, 64)
	id, err2 := strconv.ParseInt(fields[1], 10, 64)
	line, err3 := strconv.Atoi(fields[3][colon+1:])
	return Held{lock, id, fields[2] == "r", fileName(fields[3][:colon]), line}, errors.Join(err1, err2, err3) == nil
}

// stacksIn reads stacks as Go prints them.
func stacksIn(text string) []Goroutine {
	var gs []Goroutine
	for block := range strings.SplitSeq(text, "\n\n") {
		if g, ok := parseGoroutine(block); ok {
			gs = append(gs, g)
		}
	}
	return gs
}

var (
	goroutineLine = regexp.MustCompile(`^goroutine (\d+)[^\[\n]*\[([^],\n]*)[^]\n]*\]:$`)
	positionLine  = regexp.MustCompile(`^\t(.*):(\d+)(?: \+0x[0-9a-f]+.*)?$`)
	arguments     = regexp.MustCompile(`\((\.\.\.|(?:0x|\{|\?|_).*)?\)$`)
)

func parseGoroutine(block string) (Goroutine, bool) {
	lines := strings.Split(strings.TrimSpace(block), "\n")
	m := goroutineLine.FindStringSubmatch(lines[0])
	if m == nil {
		return Goroutine{}, false
	}
	id, _ := strconv.ParseInt(m[1], 10, 64)
	g := Goroutine{ID: id}
	g.State, g.Leaked = strings.CutSuffix(m[2], " (leaked)")
	for i := 1; i+1 < len(lines); i++ {
		at := positionLine.FindStringSubmatch(lines[i+1])
		if at == nil {
			continue
		}
		line, _ := strconv.Atoi(at[2])
		f := Frame{File: fileName(at[1]), Line: line}
		if by, created := strings.CutPrefix(lines[i], "created by "); created {
			var parent string
			f.Func, parent, _ = strings.Cut(by, " in goroutine ")
			g.Parent, _ = strconv.ParseInt(parent, 10, 64)
			g.Created = f
		} else {
			f.Func = arguments.ReplaceAllString(lines[i], "")
			f.Args = words(strings.TrimPrefix(lines[i], f.Func))
			g.Frames = append(g.Frames, f)
		}
		i++
	}
	return g, true
}

// fileName cuts a folder that a tool put before a cell's name.
func fileName(file string) string {
	if base := path.Base(file); strings.HasPrefix(base, "cell[") {
		return base
	}
	return file
}

// words reads "(0x1, 0xc000012040?, {0x2, 0x3})", one word for an argument;
// what takes several, such as a string, has no single value.
func words(list string) []Word {
	var ws []Word
	depth := 0
	for field := range strings.FieldsFuncSeq(list, func(r rune) bool { return strings.ContainsRune("(), ", r) }) {
		open, shut := strings.Count(field, "{"), strings.Count(field, "}")
		if depth == 0 {
			text, doubtful := strings.CutSuffix(field, "?")
			v, err := strconv.ParseUint(text, 0, 64)
			ws = append(ws, Word{v, err == nil && !doubtful})
		}
		depth += open - shut
	}
	return ws
}

// learners reports whether a function is the learner's own.
func learners(fn string) bool {
	return strings.HasPrefix(fn, "main.") && !strings.Contains(fn, ".gowrap")
}

// own are the frames in the learner's code, innermost first.
func (g Goroutine) own() []Frame {
	var fs []Frame
	for _, f := range g.Frames {
		if learners(f.Func) {
			fs = append(fs, f)
		}
	}
	return fs
}

// lock is the address of the lock that g waits for, or 0.
func (g Goroutine) lock() uint64 {
	for i, f := range g.Frames {
		if i > 5 || learners(f.Func) {
			break
		}
		switch f.Func {
		case "internal/sync.(*Mutex).lockSlow", "sync.(*RWMutex).RLock", "sync.(*RWMutex).Lock", "sync.(*Mutex).Lock",
			"sync.(*RWMutex).lanebook_RLock", "sync.(*RWMutex).lanebook_Lock", "sync.(*WaitGroup).Wait", "sync.(*Cond).Wait":
			if len(f.Args) > 0 && f.Args[0].Value > 4096 {
				return f.Args[0].Value
			}
		}
	}
	return 0
}

func digits(n int) string { return strconv.Itoa(n) }
