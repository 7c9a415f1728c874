package program

import (
	"go/token"
	"strings"
)

// Completeness answers a console that asks whether to run a cell or to go on
// to another line.
type Completeness struct {
	Status string // "complete", "incomplete" or "invalid"
	Indent string // with "incomplete": what the next line should start with
}

// step is one level of indentation. Consoles draw tabs badly.
const step = "    "

// Complete tells whether src is a whole cell.
func Complete(src string) Completeness {
	complete, invalid := Completeness{Status: "complete"}, Completeness{Status: "invalid"}
	if body, problems, ok := parseBody(Cell{Source: src}); ok {
		switch {
		case len(problems) > 0:
			return invalid
		case body.Text != "" && strings.Trim(lastLine(src), blanks) == "":
			return complete // as in IPython, an empty line ends it
		}
		return Completeness{Status: "incomplete"}
	}
	l := lex(Cell{Source: src})
	switch {
	case l.hanging, l.open != token.ILLEGAL:
		return Completeness{Status: "incomplete"}
	case len(l.problems) > 0:
		return invalid
	}
	depth, closed := l.depth()
	switch {
	case !closed:
		return invalid
	case l.mainAt >= 0 && len(skipComments(l.toks[l.mainAt:])) == 0:
		return Completeness{Status: "incomplete"} // %% alone
	case depth > 0 || l.wantsMore():
		return Completeness{Status: "incomplete", Indent: l.nextIndent()}
	}
	if _, problems := Parse(Cell{Source: src}); len(problems) > 0 {
		return invalid
	}
	return complete
}

func lastLine(src string) string { return src[strings.LastIndexByte(src, '\n')+1:] }

// depth counts the brackets left open. It reports false if one closes what
// was not open, or if %% stands inside of one.
func (l *lexer) depth() (int, bool) {
	var open []token.Token
	for i, t := range l.toks {
		if i == l.mainAt && len(open) > 0 {
			return 0, false
		}
		switch nesting(t.tok) {
		case 1:
			open = append(open, t.tok)
		case -1:
			n := len(open) - 1
			if n < 0 || partner(open[n]) != t.tok {
				return 0, false
			}
			open = open[:n]
		}
	}
	return len(open), l.mainAt < len(l.toks) || len(open) == 0
}

// last returns the last token that is neither a comment nor an automatic
// semicolon.
func (l *lexer) last() (lexeme, bool) {
	for i := len(l.toks) - 1; i >= 0; i-- {
		if t := l.toks[i]; t.tok != token.COMMENT && t.off < t.end {
			return t, true
		}
	}
	return lexeme{}, false
}

// wantsMore reports whether the last token cannot end a statement.
func (l *lexer) wantsMore() bool {
	t, ok := l.last()
	if !ok {
		return false
	}
	switch t.tok {
	case token.SEMICOLON, token.RPAREN, token.RBRACK, token.RBRACE, token.INC, token.DEC:
		return false
	case token.BREAK, token.CONTINUE, token.FALLTHROUGH, token.RETURN:
		return false
	case token.COLON:
		return false // a label; what follows may be empty
	}
	return t.tok.IsOperator() || t.tok.IsKeyword()
}

// nextIndent is the indentation of the last line that is not blank, one step
// more if that line opens a bracket or ends in the middle of an expression.
func (l *lexer) nextIndent() string {
	t, ok := l.last()
	if !ok {
		return ""
	}
	at := l.lines[l.pos(t.off).Line-1]
	indent := l.src[at : at+l.indent(t.off)]
	opened := 0
	for i := len(l.toks) - 1; i >= 0 && l.toks[i].off >= at; i-- {
		opened += nesting(l.toks[i].tok)
	}
	if opened > 0 || t.tok == token.COLON || l.wantsMore() && t.tok != token.COMMA {
		if strings.HasPrefix(indent, "\t") {
			return indent + "\t"
		}
		return indent + step
	}
	return indent
}
