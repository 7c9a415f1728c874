package program

import (
	"go/format"
	"strings"
)

// Format lays a cell out as gofmt would. Special lines stay as they are, and
// so does a cell that is not Go or that Go cannot read: nobody's half-finished
// line is moved about.
func Format(source string) string {
	script, problems := Parse(Cell{Name: "cell", Source: source})
	if script.Body != nil || len(problems) > 0 || strings.Contains(source, "\r") || !script.HasGo() {
		return source
	}
	var out strings.Builder
	for _, piece := range script.pieces() {
		if piece.kind == specialLines {
			out.WriteString(piece.text)
			continue
		}
		formatted, err := format.Source([]byte(piece.text))
		if err != nil {
			return source
		}
		out.Write(formatted)
	}
	return out.String()
}

// lineKind says what a line of a cell is a part of.
type lineKind int

const (
	declarations lineKind = iota
	statements
	specialLines
)

// textPiece is a run of lines of one kind, which go/format reads on their own.
type textPiece struct {
	kind lineKind
	text string
}

// pieces cuts the text of a cell into runs of lines of one kind. Blank lines
// belong to what stands above them.
func (s *Script) pieces() []textPiece {
	special := map[int]bool{}
	for _, line := range s.Lines {
		for i := range 1 + strings.Count(line.Text, "\n") {
			special[line.Line+i] = true
		}
	}
	var pieces []textPiece
	number, offset := 0, 0
	for text := range strings.Lines(s.Cell.Source) {
		number++
		kind := declarations
		switch {
		case special[number]:
			kind = specialLines
		case s.main.holds(offset, offset+len(strings.TrimRight(text, "\n"))):
			kind = statements
		}
		offset += len(text)
		last := len(pieces) - 1
		if last >= 0 && (pieces[last].kind == kind || strings.TrimSpace(text) == "" && pieces[last].kind != specialLines) {
			pieces[last].text += text
			continue
		}
		pieces = append(pieces, textPiece{kind, text})
	}
	return pieces
}

// holds reports whether a line that goes from one offset to another is part of
// main.
func (m *mainBody) holds(from, to int) bool {
	if m == nil {
		return false
	}
	for _, c := range m.chunks {
		if from < c.off+len(c.text) && to > c.off {
			return true
		}
	}
	return false
}
