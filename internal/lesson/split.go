package lesson

import (
	"regexp"
	"strings"
)

// block is a stretch of a lesson: prose, a fence, or the border between two
// prose cells.
type block struct {
	line int // of its first line, from 1

	prose  string   // text without comments
	covers []string // ids found in comments of the prose

	border bool   // a new prose cell begins here
	id     string // its id, may be empty

	fence bool
	info  string // what stands behind the opening ```
	body  string
	raw   string // the whole fence as it is
}

var (
	headingLine = regexp.MustCompile(`^(#{1,6}) .*?(\s*\{#([^}]*)\})?\s*$`)
	borderLine  = regexp.MustCompile(`^\+\+\+(\s+(\S+))?\s*$`)
	fenceLine   = regexp.MustCompile("^(`{3,}|~{3,})\\s*(.*)$")
	comment     = regexp.MustCompile(`(?s)<!--(.*?)-->`)
)

// split cuts the body of a lesson into blocks; first is the number of its
// first line.
func split(body string, first int) []block {
	s := &splitter{}
	lines := strings.Split(body, "\n")
	for i := 0; i < len(lines); i++ {
		s.line = first + i
		line := lines[i]
		if m := fenceLine.FindStringSubmatch(line); m != nil && !strings.Contains(m[2], "`") {
			end := fenceEnd(lines, i, m[1])
			s.flush()
			s.blocks = append(s.blocks, block{
				line: s.line, fence: true, info: strings.TrimSpace(m[2]),
				body: strings.Join(lines[i+1:min(end, len(lines))], "\n"),
				raw:  strings.Join(lines[i:min(end+1, len(lines))], "\n"),
			})
			i = end
			continue
		}
		if m := borderLine.FindStringSubmatch(line); m != nil {
			s.flush()
			s.blocks = append(s.blocks, block{line: s.line, border: true, id: m[2]})
			continue
		}
		if m := headingLine.FindStringSubmatch(line); m != nil && (len(m[1]) <= 2 || m[3] != "") {
			s.flush()
			s.blocks = append(s.blocks, block{line: s.line, border: true, id: m[3]})
			line = strings.TrimSuffix(strings.TrimRight(line, " "), m[2])
		}
		s.add(line)
	}
	s.flush()
	return s.blocks
}

// fenceEnd finds the line that closes the fence opened at lines[start], or the
// end of the text, as Markdown does.
func fenceEnd(lines []string, start int, open string) int {
	for i := start + 1; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		if len(line) >= len(open) && strings.Trim(line, open[:1]) == "" {
			return i
		}
	}
	return len(lines)
}

type splitter struct {
	blocks []block
	line   int // of the line at hand
	start  int // of the prose being collected
	prose  []string
}

func (s *splitter) add(line string) {
	if len(s.prose) == 0 {
		s.start = s.line
	}
	s.prose = append(s.prose, line)
}

func (s *splitter) flush() {
	if len(s.prose) == 0 {
		return
	}
	text, covers := cutComments(strings.Join(s.prose, "\n"))
	if text = trimBlankLines(text); text != "" || len(covers) > 0 {
		s.blocks = append(s.blocks, block{line: s.start, prose: text, covers: covers})
	}
	s.prose = nil
}

// cutComments takes HTML comments out of prose. A comment that is a list of
// inventory ids is returned as such; any other is a note of the author.
func cutComments(text string) (rest string, covers []string) {
	for {
		m := comment.FindStringSubmatchIndex(text)
		if m == nil {
			return text, covers
		}
		covers = append(covers, coverIDs(text[m[2]:m[3]])...)
		before, after := strings.TrimRight(text[:m[0]], " \t"), text[m[1]:]
		switch {
		case strings.HasSuffix(before, "\n") && strings.HasPrefix(after, "\n"):
			after = after[1:] // the comment had the line to itself
		case before != "" && !strings.HasSuffix(before, "\n") && after != "" && !strings.HasPrefix(after, "\n"):
			before = text[:m[0]] // in the middle of a line: keep the space
			after = strings.TrimLeft(after, " \t")
		}
		text = before + after
	}
}

func coverIDs(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' })
	for _, w := range words {
		if !coverPattern.MatchString(w) {
			return nil
		}
	}
	return words
}

// trimBlankLines removes blank lines at both ends; spaces before the first
// word stay, they may be Markdown.
func trimBlankLines(s string) string {
	s = strings.TrimRight(s, " \t\n")
	for {
		line, rest, ok := strings.Cut(s, "\n")
		if !ok || strings.TrimSpace(line) != "" {
			return s
		}
		s = rest
	}
}
