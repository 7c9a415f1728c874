package program

import (
	"fmt"
	"go/scanner"
	"go/token"
	"sort"
	"strings"
	"unicode/utf8"
)

// lexeme is one token of a cell. An automatic semicolon has off == end.
type lexeme struct {
	off, end int
	tok      token.Token
}

// lexer walks over a cell once, with go/scanner, so that a line inside a raw
// string or a comment is never taken for a special line.
type lexer struct {
	cell  Cell
	src   string
	text  []byte // src with the special lines blanked out: same length, same lines
	lines []int  // offset of each line's first byte
	first int    // offset behind a byte order mark

	toks     []lexeme
	before   token.Token // the last token that is no comment
	specials []Line
	mainAt   int    // index in toks of the first token below %%; -1 without %%
	exec     *chunk // the call that %exec makes
	problems []Diagnostic
	open     token.Token // STRING or COMMENT if the cell ends inside a raw string or a comment
	hanging  bool        // the last special line ends in a backslash
}

// maxProblems bounds the work on a cell that is wrong everywhere. It is more
// than is shown because problems are not found in order.
const maxProblems = 200

// lex splits a cell into Go tokens and special lines.
func lex(cell Cell) *lexer {
	l := &lexer{cell: cell, src: cell.Source, text: []byte(cell.Source), mainAt: -1, lines: []int{0}}
	if strings.HasPrefix(l.src, "\ufeff") {
		l.first = len("\ufeff")
		blankOut(l.text[:l.first])
	}
	for i := range len(l.src) {
		if l.src[i] == '\n' {
			l.lines = append(l.lines, i+1)
		}
	}
	for next := l.first; next >= 0; {
		next = l.scan(next)
	}
	return l
}

// scan collects tokens from offset base up to the next special line, and
// returns the offset behind that line, or -1 at the end of the cell.
func (l *lexer) scan(base int) int {
	var errs scanner.ErrorList
	enough := func() bool { return len(errs)+len(l.problems) >= maxProblems }
	file := token.NewFileSet().AddFile("", -1, len(l.text)-base)
	var s scanner.Scanner
	s.Init(file, l.text[base:], func(p token.Position, msg string) {
		p.Offset += base
		if !enough() {
			errs.Add(p, msg)
		}
	}, scanner.ScanComments)
	next := -1
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF || enough() {
			break
		}
		off := base + file.Offset(pos)
		if l.isSpecial(off, tok) {
			next = l.special(off)
			break
		}
		l.toks = append(l.toks, lexeme{off, l.end(off, tok, lit), tok})
		if tok != token.COMMENT {
			l.before = tok
		}
	}
	for _, e := range errs {
		// The scanner reads one character ahead, into the special line.
		if next < 0 || e.Pos.Offset < next && l.text[e.Pos.Offset] == l.src[e.Pos.Offset] {
			l.scanError(e)
		}
	}
	return next
}

// scanError keeps an error of go/scanner and notes what was left open.
func (l *lexer) scanError(e *scanner.Error) {
	switch e.Msg {
	case "raw string literal not terminated":
		l.open = token.STRING
	case "comment not terminated":
		l.open = token.COMMENT
	}
	l.problem(e.Pos.Offset, e.Msg)
}

// end returns the offset behind a token. The scanner's literal cannot always
// say: for one thing, it leaves out carriage returns in comments and raw strings.
func (l *lexer) end(off int, tok token.Token, lit string) int {
	rest := l.src[off:]
	n := len(lit)
	switch {
	case tok == token.ILLEGAL:
		_, n = utf8.DecodeRuneInString(rest) // lit is U+FFFD for a stray byte
	case tok == token.SEMICOLON && lit == "\n":
		n = 0
	case tok.IsOperator():
		n = len(tok.String())
	case tok == token.STRING && rest[0] == '`':
		n = past(rest, 1, "`")
	case tok == token.COMMENT && strings.HasPrefix(rest, "/*"):
		n = past(rest, 2, "*/")
	case tok == token.COMMENT:
		line, _, _ := strings.Cut(rest, "\n")
		n = len(strings.TrimSuffix(line, "\r"))
	}
	return min(off+n, len(l.src))
}

// past returns the index behind the first mark in s at or after from, or len(s).
func past(s string, from int, mark string) int {
	if i := strings.Index(s[from:], mark); i >= 0 {
		return from + i + len(mark)
	}
	return len(s)
}

// isSpecial reports whether the token at off starts a special line.
func (l *lexer) isSpecial(off int, tok token.Token) bool {
	if off != l.first && (off == 0 || l.src[off-1] != '\n') {
		return false
	}
	if off >= len(l.src) || tok == token.SEMICOLON {
		return false
	}
	switch l.src[off] {
	case '%':
		return true // no line of Go starts with it
	case '!':
		return !l.goContinues()
	}
	if tok == token.COMMENT {
		_, ok := cutGonb(l.src[off:])
		return ok
	}
	return false
}

// cutGonb removes GoNB's comment prefix from a special line.
func cutGonb(line string) (string, bool) {
	rest, ok := strings.CutPrefix(line, "//gonb:")
	if !ok || rest == "" || rest[0] != '%' && rest[0] != '!' {
		return line, false
	}
	return rest, true
}

// goContinues reports whether the last token wants an operand on the next
// line, so that a ! there is Go's "not".
func (l *lexer) goContinues() bool {
	switch l.before {
	case token.SEMICOLON, token.COLON, token.LBRACE, token.RBRACE, token.RPAREN, token.RBRACK, token.INC, token.DEC,
		token.PERIOD, token.ELLIPSIS:
		return false
	}
	return l.before.IsOperator()
}

// special parses the special line at off with its continuation lines, blanks
// it out and returns the offset behind it.
func (l *lexer) special(off int) int {
	text, end := l.joined(off)
	blankOut(l.text[off:end])
	at := l.pos(off)
	if command, ok := strings.CutPrefix(text, "!"); ok {
		l.shell(at, command)
	} else {
		l.percent(at, strings.TrimPrefix(text, "%"))
	}
	return min(end+1, len(l.src))
}

// joined returns the special line at off, joined with the lines that continue
// it, and the offset of its end. As in GoNB a backslash and a line break
// become one blank.
func (l *lexer) joined(off int) (text string, end int) {
	var b strings.Builder
	for {
		line, _, more := strings.Cut(l.src[off:], "\n")
		end = off + len(line)
		line = strings.TrimRight(line, "\r")
		line, _ = cutGonb(line)
		head := strings.TrimRight(line, `\`)
		if (len(line)-len(head))%2 == 0 {
			b.WriteString(line)
			l.hanging = false
			return b.String(), end
		}
		b.WriteString(line[:len(line)-1])
		if !more {
			l.hanging = true
			return b.String(), end
		}
		b.WriteByte(' ')
		off = end + 1
	}
}

func (l *lexer) shell(at Pos, command string) {
	kind := KindShell
	// GoNB allows blanks between ! and *.
	if rest, ok := strings.CutPrefix(strings.TrimLeft(command, blanks), "*"); ok {
		kind, command = KindBuildShell, rest
	}
	command = strings.Trim(command, blanks)
	if command == "" {
		l.report(Diagnostic{Pos: at, Message: fmt.Sprintf("%s without a command", kind), Hint: "write the shell command on the same line: !ls"})
		return
	}
	l.specials = append(l.specials, Line{Pos: at, Kind: kind, Text: command})
}

// percent parses what follows the first % of a special line.
func (l *lexer) percent(at Pos, text string) {
	if len(l.problems) >= maxProblems {
		return
	}
	text = strings.Trim(text, blanks)
	name, rest := text, ""
	if i := strings.IndexAny(text, blanks); i >= 0 {
		name, rest = text[:i], strings.Trim(text[i:], blanks)
	}
	if name == "%" {
		name = "main"
	}
	s, known := findSpecial(name)
	switch {
	case name == "":
		l.report(Diagnostic{Pos: at, Message: "% without a name", Hint: "%help lists the special lines"})
		return
	case !known && isBodyName(strings.TrimPrefix(name, "%")) && name[0] == '%':
		l.report(misplacedBody(at, name[1:]))
		return
	case !known:
		l.report(unknownSpecial(at, "%"+name))
		return
	}
	args, ok := splitArgs(rest)
	if !ok {
		l.report(Diagnostic{Pos: at, Message: "a double quote is not closed", Hint: unclosedQuote})
		return
	}
	if s.kind == KindMain {
		l.startMain(at)
	}
	if s.kind == KindEnv && len(args) == 1 {
		if k, v, ok := strings.Cut(args[0], "="); ok && k != "" {
			args = []string{k, v}
		}
	}
	wrong := s.kind == KindReset && len(args) == 1 && args[0] != "go.mod"
	if wrong || len(args) < s.min || s.max >= 0 && len(args) > s.max {
		l.report(Diagnostic{Pos: at, Message: fmt.Sprintf("wrong arguments for %%%s", s.name), Hint: fmt.Sprintf("write %s", s.usage)})
		return
	}
	if s.kind == KindExec && !l.execs(at, args[0]) {
		return
	}
	l.specials = append(l.specials, Line{Pos: at, Kind: s.kind, Args: args, Text: rest})
}

// execs notes the function that main is to call.
func (l *lexer) execs(at Pos, name string) bool {
	for part := range strings.SplitSeq(name, ".") {
		if !token.IsIdentifier(part) {
			l.report(Diagnostic{Pos: at, Message: fmt.Sprintf("%s is not the name of a function", name), Hint: "write %exec function [arguments]"})
			return false
		}
	}
	if l.exec != nil {
		l.report(Diagnostic{Pos: at, Message: "a second %exec in one cell",
			Hint: "a cell has one main; put the second program in a cell of its own"})
		return false
	}
	off := l.lines[at.Line-1]
	off += max(0, strings.Index(l.src[off:], name))
	l.exec = &chunk{Pos: l.pos(off), off: off, text: name + "()"}
	return true
}

// startMain notes that main's body starts below the special line at at.
func (l *lexer) startMain(at Pos) {
	if l.mainAt >= 0 {
		l.report(Diagnostic{Pos: at, Message: "a second %% in one cell",
			Hint: "a cell has one main; put the second program in a cell of its own"})
		return
	}
	l.mainAt = len(l.toks)
}

// pos converts an offset in the cell.
func (l *lexer) pos(off int) Pos {
	i := sort.Search(len(l.lines), func(i int) bool { return l.lines[i] > off }) - 1
	return Pos{Cell: l.cell.Name, Line: i + 1, Col: off - l.lines[i] + 1}
}

// problem reports a syntax error, with a hint if we know a usual cause.
func (l *lexer) problem(off int, msg string) {
	if len(l.problems) >= maxProblems {
		return // hints cost time
	}
	off = max(0, min(off, len(l.src)))
	l.report(Diagnostic{Pos: l.pos(off), Message: msg, Hint: hint(msg, l.src, off)})
}

func (l *lexer) report(d Diagnostic) {
	if len(l.problems) < maxProblems {
		l.problems = append(l.problems, d)
	}
}

// blankOut overwrites text with spaces but keeps line breaks, so that offsets,
// lines and columns of everything else stay.
func blankOut(text []byte) {
	for i, c := range text {
		if c != '\n' {
			text[i] = ' '
		}
	}
}
