package engine

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lanebook/internal/process"
	"lanebook/internal/program"
)

// tests is what the tests of a cell have printed.
type tests struct {
	text strings.Builder
	lost bool
}

// maxTests bounds what is kept of it. // arbitrary
const maxTests = 1 << 20

func (t *tests) add(text string) {
	if t.text.Len()+len(text) > maxTests {
		t.lost = true
		return
	}
	t.text.WriteString(text)
}

// failed reports whether the program ended as one does whose tests fail.
func (t *tests) failed(exit process.Exit) bool {
	return t != nil && exit.Code == 1 && exit.Reason == "" && (t.lost || len(t.failures()) > 0)
}

var (
	testStarts = regexp.MustCompile(`^=== (?:RUN|CONT|NAME) +(\S+)`)
	testFails  = regexp.MustCompile(`^ *--- FAIL: (\S+) \(`)
	testSays   = regexp.MustCompile(`^ +(cell\[[^:]*):(\d+): (.*)`)
)

// failures lists the first complaint of each test that failed; of those with
// subtests, what the subtests say.
func (t *tests) failures() []program.Diagnostic {
	said := map[string]program.Diagnostic{}
	var failed []string
	current := ""
	for line := range strings.Lines(t.text.String()) {
		line = strings.TrimRight(line, "\r\n")
		if m := testStarts.FindStringSubmatch(line); m != nil {
			current = m[1]
		} else if m := testFails.FindStringSubmatch(line); m != nil {
			current = m[1]
			failed = append(failed, current)
		} else if m := testSays.FindStringSubmatch(line); m != nil && current != "" {
			if _, before := said[current]; !before {
				n, _ := strconv.Atoi(m[2])
				said[current] = program.Diagnostic{Pos: program.Pos{Cell: m[1], Line: n}, Message: current + ": " + m[3]}
			}
		}
	}
	var out []program.Diagnostic
	for _, name := range failed {
		_, spoke := said[name]
		if !spoke && slices.ContainsFunc(failed, func(other string) bool { return strings.HasPrefix(other, name+"/") }) {
			continue
		}
		d := said[name]
		if !spoke {
			d.Message = name
		}
		out = append(out, d)
	}
	return out
}

// testProblem sums up what failed.
func (x *execution) testProblem(t *tests) *Problem {
	failures := t.failures()
	for i, d := range failures {
		if d.Cell == "" {
			failures[i].Message = fmt.Sprintf(x.say.testFailed, d.Message)
		}
	}
	if len(failures) == 0 {
		return x.problem("TestFailed", fmt.Sprintf(x.say.testFailed, "%test"))
	}
	return x.diagnosed("TestFailed", failures)
}
