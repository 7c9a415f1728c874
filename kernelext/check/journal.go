package check

import (
	"os"
	"strconv"
	"strings"
	"sync"
)

// journal is how a child tells its parent what it does: lines of words, each a
// verb and its arguments, in a file. The file survives whatever ends the child.
//
//	case N          the N-th case begins
//	attempt N       the N-th attempt at it begins
//	try TEXT        T.Try, and likewise expect and look
//	meet N K        N of K calls that must meet have come
//	left            the attempt is over; are goroutines left?
//	fail KIND GOT WANT
//	pass N          the N-th case is over
//	done            all is over
//	started N       N goroutines were started; the last line of a child that ends by itself
type journal struct {
	mu     sync.Mutex
	file   *os.File
	before uint64 // goroutines started before the first case
	terse  bool   // only how it ends: nothing else shall be seen in a recording
}

func (j *journal) write(verb string, args ...string) {
	if j.terse && (verb == "try" || verb == "expect" || verb == "look" || verb == "meet") {
		return
	}
	line := []byte(verb)
	for _, a := range args {
		line = strconv.AppendQuote(append(line, ' '), a)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	// The parent notices when the end is missing.
	_, _ = j.file.Write(append(line, '\n'))
}

func (j *journal) fail(f failure) {
	j.write("fail", string(f.kind), f.got, f.want)
	j.started()
}

func (j *journal) started() { j.write("started", strconv.FormatUint(created()-j.before, 10)) }

// story is what a journal says about the attempt that came last.
type story struct {
	begun         int // index of the case that began last, -1 before the first
	attempt       int
	passed        int // so many cases are over
	tried, expect string
	look          string
	met, meet     int
	left          bool
	failed        *failure
	done          bool
	goroutines    bool // some were started, or it is not known
}

// readStory reads a journal; a line that is cut off is left out.
func readStory(text string) story {
	s := story{begun: -1, goroutines: true}
	for line := range strings.Lines(text) {
		if !strings.HasSuffix(line, "\n") {
			break
		}
		verb, args := words(strings.TrimSpace(line))
		s.take(verb, args)
	}
	return s
}

func (s *story) take(verb string, args [3]string) {
	switch verb {
	case "case":
		*s = story{begun: number(args[0]), passed: s.passed, goroutines: true}
	case "attempt":
		*s = story{begun: s.begun, passed: s.passed, attempt: number(args[0]), goroutines: true}
	case "try":
		s.tried, s.expect = args[0], ""
	case "expect":
		s.expect = args[0]
	case "look":
		s.look = args[0]
	case "meet":
		s.met, s.meet = number(args[0]), number(args[1])
	case "left":
		s.left = true
	case "fail":
		s.failed = &failure{Kind(args[0]), args[1], args[2]}
	case "pass":
		s.passed = number(args[0]) + 1
	case "done":
		s.done = true
	case "started":
		s.goroutines = number(args[0]) > 0
	}
}

// words takes a line apart: the verb and up to three arguments.
func words(line string) (verb string, args [3]string) {
	verb, rest, _ := strings.Cut(line, " ")
	for i := range args {
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			break
		}
		args[i], _ = strconv.Unquote(quoted)
		rest = strings.TrimPrefix(rest[len(quoted):], " ")
	}
	return verb, args
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
