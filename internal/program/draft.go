package program

import (
	"go/token"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Draft is a program composed from a cell that is still being written. It may
// not parse, and it is not meant to run.
type Draft struct {
	Source []byte // main.go
	Offset int    // of the cursor in Source; -1 if the cursor is not in Go
}

// Draft composes what the session and an unfinished cell look like, for
// completion and help at a byte offset of the cell. Open brackets are closed at
// the end, those that close nothing are left out, and a dot right before the
// cursor gets a name ("_") behind it.
func (s Session) Draft(cell Cell, offset int, packages Packages) Draft {
	offset = max(0, min(offset, len(cell.Source)))
	if _, _, ok := parseBody(cell); ok {
		return Draft{Offset: -1}
	}
	cell.Source = withName(cell.Source, offset)
	cell.Source = balanced(cell)
	script := &Script{Cell: cell}
	p := &cellParser{lexer: lex(cell), script: script, draft: true}
	inGo := p.inGo(offset)
	p.problems = nil
	p.parse()

	look := lookup{packages}
	kept := s.filter(newReplacement(script.decls, look).apply)
	c := &composer{script: script, look: look, draft: true,
		decls: append(kept.decls, script.decls...), fresh: len(kept.decls)}
	d := Draft{Source: c.compose().Source, Offset: -1}
	if inGo {
		d.Offset = c.find(offset)
	}
	return d
}

// withName puts a name behind a selector's dot that ends at offset, so that
// the next line is not taken for its continuation.
func withName(src string, offset int) string {
	if !strings.HasSuffix(src[:offset], ".") {
		return src
	}
	if r, _ := utf8.DecodeRuneInString(src[offset:]); r == '_' || unicode.IsLetter(r) {
		return src
	}
	return src[:offset] + "_" + src[offset:]
}

// balanced returns the text of a cell with a partner for every bracket: blanks
// stand for those that close nothing, and what is open is closed at the end.
func balanced(cell Cell) string {
	text := []byte(cell.Source)
	var open []string
	for _, t := range lex(cell).toks {
		switch nesting(t.tok) {
		case 1:
			open = append(open, partner(t.tok).String())
		case -1:
			if len(open) == 0 {
				blankOut(text[t.off:t.end])
				continue
			}
			open = open[:len(open)-1]
		}
	}
	var b strings.Builder
	b.Write(text)
	for i := len(open) - 1; i >= 0; i-- {
		if open[i] == "}" {
			b.WriteByte('\n') // ends the statement inside
		}
		b.WriteString(open[i])
	}
	return b.String()
}

// inGo reports whether the cursor stands in Go text: not in a special line,
// and not in a comment or a string.
func (l *lexer) inGo(offset int) bool {
	if start := l.lines[l.pos(offset).Line-1]; start < len(l.src) && l.text[start] != l.src[start] {
		return false
	}
	for _, t := range l.toks {
		if t.off >= offset {
			break
		}
		if offset < t.end && (t.tok.IsLiteral() && strings.IndexByte("\"`'", l.src[t.off]) >= 0 || t.tok == token.COMMENT) {
			return false
		}
	}
	return l.open == 0 || offset < l.toks[len(l.toks)-1].off
}

// span says which stretch of main.go was copied from which of the cell.
type span struct {
	from, to int // offsets in the cell
	at       int // offset in main.go
	main     bool
}

// find converts an offset in the cell to one in main.go. A cursor between two
// pieces is taken to stand in main, behind the piece before it.
func (c *composer) find(offset int) int {
	near := span{at: c.mainStart}
	for _, s := range c.spans {
		if s.from <= offset && offset <= s.to {
			return s.at + offset - s.from
		}
		if s.main && s.to < offset && s.to >= near.to {
			near = s
		}
	}
	return near.at + near.to - near.from
}
