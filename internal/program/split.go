package program

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
)

// pieceKind is the keyword that starts a piece, or ILLEGAL for a statement.
type pieceKind = token.Token

const statement pieceKind = token.ILLEGAL

// piece is one declaration or statement at the outermost level of a cell.
type piece struct {
	kind  pieceKind
	start int // offset, with the comments above
	code  int // offset of the first token
	end   int // offset behind the last token and a comment on the same line
}

// split cuts tokens into pieces at the semicolons outside all brackets,
// Go's automatic ones included.
func (l *lexer) split(toks []lexeme) []piece {
	var pieces []piece
	var open bool
	comment, trailing, depth := -1, 0, 0
	for i, t := range toks {
		switch {
		case t.tok == token.COMMENT:
			if open {
				trailing = t.end
				continue
			}
			if n := len(pieces) - 1; n >= 0 && comment < 0 && l.sameLine(pieces[n].end, t.off) {
				pieces[n].end = t.end
			} else if comment < 0 {
				comment = t.off
			}
			continue
		case t.tok == token.SEMICOLON && depth == 0:
			// The automatic semicolon comes behind a comment on its line.
			if open && t.off == t.end {
				pieces[len(pieces)-1].end = max(pieces[len(pieces)-1].end, trailing)
			}
			open = false
			continue
		case !open:
			p := piece{kind: classify(toks[i:]), start: t.off, code: t.off}
			if comment >= 0 {
				p.start = comment
			}
			pieces = append(pieces, p)
			open, comment = true, -1
		}
		depth = max(0, depth+nesting(t.tok))
		if t.off < t.end {
			pieces[len(pieces)-1].end = t.end
		}
	}
	return pieces
}

// nesting is +1 for opening brackets, -1 for closing ones.
func nesting(t token.Token) int {
	switch t {
	case token.LPAREN, token.LBRACK, token.LBRACE:
		return 1
	case token.RPAREN, token.RBRACK, token.RBRACE:
		return -1
	}
	return 0
}

func (l *lexer) sameLine(from, to int) bool {
	return !strings.Contains(l.src[from:to], "\n")
}

// classify tells a declaration from a statement by its first tokens.
func classify(toks []lexeme) pieceKind {
	switch t := toks[0].tok; t {
	case token.IMPORT, token.TYPE, token.CONST, token.VAR, token.PACKAGE:
		return t
	case token.FUNC:
		if !isFuncLiteral(toks[1:]) {
			return t
		}
	}
	return statement
}

// isFuncLiteral reports whether the tokens after func belong to a literal. In
// a method, a name and a parameter list follow the receiver; in a literal, a
// result or the body follows the parameters.
func isFuncLiteral(toks []lexeme) bool {
	toks = skipComments(toks)
	if len(toks) == 0 || toks[0].tok != token.LPAREN {
		return false
	}
	depth, i := 0, 0
	for ; i < len(toks); i++ {
		depth += nesting(toks[i].tok)
		if depth == 0 {
			break
		}
	}
	toks = skipComments(toks[min(i+1, len(toks)):])
	if len(toks) == 0 || toks[0].tok != token.IDENT {
		return true
	}
	toks = skipComments(toks[1:])
	return len(toks) == 0 || toks[0].tok != token.LPAREN
}

func skipComments(toks []lexeme) []lexeme {
	for len(toks) > 0 && toks[0].tok == token.COMMENT {
		toks = toks[1:]
	}
	return toks
}

// balance reports the first bracket without a partner, if any.
func (l *lexer) balance(toks []lexeme) bool {
	var open []lexeme
	for _, t := range toks {
		switch nesting(t.tok) {
		case 1:
			open = append(open, t)
		case -1:
			n := len(open) - 1
			switch {
			case n < 0:
				l.report(Diagnostic{Pos: l.pos(t.off), Message: fmt.Sprintf("syntax error: this %s closes nothing", t.tok),
					Hint: "remove it, or add the bracket that it should close"})
				return false
			case partner(open[n].tok) != t.tok:
				at := l.pos(open[n].off)
				l.report(Diagnostic{Pos: l.pos(t.off), Message: fmt.Sprintf("syntax error: unexpected %s, expected %s", t.tok, partner(open[n].tok)),
					Hint: fmt.Sprintf("the %s in line %d, column %d is still open", open[n].tok, at.Line, at.Col)})
				return false
			}
			open = open[:n]
		}
	}
	if len(open) > 0 {
		// A text without its closing quote has swallowed the bracket.
		cut := slices.ContainsFunc(l.problems, func(d Diagnostic) bool { return strings.Contains(d.Message, "not terminated") })
		if !cut {
			l.unclosed(toks, open)
		}
		return false
	}
	return true
}

func partner(t token.Token) token.Token {
	switch t {
	case token.LPAREN:
		return token.RPAREN
	case token.LBRACK:
		return token.RBRACK
	}
	return token.RBRACE
}

// unclosed reports the bracket that is most likely the one left open: the
// innermost whose partner by count stands further left than its own line. Well
// indented text makes this right where counting blames the outermost.
func (l *lexer) unclosed(toks, open []lexeme) {
	culprit := open[len(open)-1]
	var stack []lexeme
	for _, t := range toks {
		switch nesting(t.tok) {
		case 1:
			stack = append(stack, t)
		case -1:
			top := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if l.startsLine(t.off) && l.indent(t.off) < l.indent(top.off) && t.tok == token.RBRACE {
				l.reportUnclosed(top)
				return
			}
		}
	}
	l.reportUnclosed(culprit)
}

func (l *lexer) reportUnclosed(t lexeme) {
	l.report(Diagnostic{Pos: l.pos(t.off), Message: fmt.Sprintf("syntax error: this %s is never closed", t.tok),
		Hint: fmt.Sprintf("add the missing %s", partner(t.tok))})
}

// indent is the number of blanks that start the line of off.
func (l *lexer) indent(off int) int {
	line := l.src[l.lines[l.pos(off).Line-1]:]
	return len(line) - len(strings.TrimLeft(line, " \t"))
}

func (l *lexer) startsLine(off int) bool {
	return l.pos(off).Col == l.indent(off)+1
}
