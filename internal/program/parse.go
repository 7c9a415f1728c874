package program

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// Script is a parsed cell: its special lines in order, and then either Go or a
// body that is not Go.
type Script struct {
	Cell  Cell
	Lines []Line
	Body  *Body // nil if the cell is Go
	Page  Page  // for a cell with %wasm; set it before Session.Add

	decls []*decl // declarations in source order; imports, func main and blank names too
	main  *mainBody
}

// mainBody is the text of main() that is not written as func main.
type mainBody struct {
	chunks []chunk // pieces of text; what was hoisted stood between them
	refs   refs
	locals map[string]bool // names declared at the outermost level of main
}

// chunk is a stretch of a cell's text and where it stood.
type chunk struct {
	Pos
	off  int // in the cell
	text string
}

// chunk cuts a stretch out of the cell.
func (l *lexer) chunk(start, end int) chunk {
	return chunk{Pos: l.pos(start), off: start, text: string(l.text[start:end])}
}

// HasGo reports whether the cell holds any Go, be it only a declaration or the
// wish to run tests that are remembered.
func (s *Script) HasGo() bool { return s.main != nil || len(s.decls) > 0 || s.Has(KindTest) }

// Has reports whether the cell has a special line of that kind.
func (s *Script) Has(kind Kind) bool {
	return slices.ContainsFunc(s.Lines, func(l Line) bool { return l.Kind == kind })
}

// Parse splits a cell into special lines and Go. It always returns a script;
// if there are diagnostics, the script holds what could be understood and
// should not be added to a session.
func Parse(cell Cell) (*Script, []Diagnostic) {
	s := &Script{Cell: cell}
	if body, problems, ok := parseBody(cell); ok {
		s.Body = body
		return s, problems
	}
	p := &cellParser{lexer: lex(cell), script: s}
	s.Lines = p.specials
	if p.open == token.ILLEGAL && len(p.problems) < maxProblems {
		p.parse()
	}
	return s, tidy(p.problems)
}

// tidy sorts diagnostics, keeps the first of each line and no more than the
// compiler would print.
func tidy(ds []Diagnostic) []Diagnostic {
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Col - b.Col
	})
	ds = slices.CompactFunc(ds, func(a, b Diagnostic) bool { return a.Line == b.Line && a.Cell == b.Cell })
	return ds[:min(len(ds), maxDiagnostics)]
}

// cellParser fills a script from the lexer's tokens.
type cellParser struct {
	*lexer
	script *Script
	draft  bool // go on where brackets do not match
}

func (p *cellParser) parse() {
	above, below := p.toks, []lexeme(nil)
	if p.mainAt >= 0 {
		above, below = p.toks[:p.mainAt], p.toks[p.mainAt:]
	}
	if balanced := p.balance(above) && p.balance(below); !balanced && !p.draft {
		return
	}
	pieces := p.dropPackage(p.split(above))
	first := slices.IndexFunc(pieces, func(q piece) bool { return q.kind == statement })
	if first < 0 {
		first = len(pieces)
	}
	hoisted := append([]piece(nil), pieces[:first]...)
	var body []piece
	for _, q := range pieces[first:] {
		switch q.kind {
		case token.IMPORT, token.FUNC, token.TYPE:
			hoisted = append(hoisted, q)
		default:
			body = append(body, q)
		}
	}
	for _, q := range hoisted {
		p.declaration(q)
	}
	switch {
	case p.mainAt >= 0 && len(body) > 0:
		p.report(Diagnostic{Pos: p.pos(body[0].code), Message: "syntax error: statement outside main",
			Hint: "statements belong below the %% line; above it stand declarations only"})
	case p.mainAt >= 0:
		p.percentMain(p.split(below))
	case len(body) > 0:
		p.looseMain(pieces[first:])
	}
	p.execMain()
	p.oneMain()
	p.wrapsMain()
	p.wasmAlone()
}

// execMain makes main of %exec.
func (p *cellParser) execMain() {
	switch {
	case p.exec == nil:
	case p.script.main != nil:
		p.report(Diagnostic{Pos: p.exec.Pos, Message: "this cell has %exec and statements",
			Hint: "keep one of the two: only one of them can be what runs"})
	default:
		p.script.main = &mainBody{chunks: []chunk{*p.exec}, refs: refs{}}
		name, member, selects := strings.Cut(p.exec.text, ".")
		if selects {
			p.script.main.refs.add(name, strings.TrimSuffix(member, "()"))
		} else {
			p.script.main.refs.mention(strings.TrimSuffix(name, "()"))
		}
	}
}

// dropPackage removes the package clause of a pasted file. A cell is part of
// package main whatever it says, as in GoNB.
func (p *cellParser) dropPackage(pieces []piece) []piece {
	if len(pieces) == 0 || pieces[0].kind != token.PACKAGE {
		return pieces
	}
	return pieces[1:]
}

// oneMain reports a func main next to statements or %%.
func (p *cellParser) oneMain() {
	i := slices.IndexFunc(p.script.decls, (*decl).isMain)
	if i < 0 || p.script.main == nil {
		return
	}
	d := p.script.decls[i]
	p.report(Diagnostic{Pos: d.Pos, Message: "this cell has func main and statements outside of it",
		Hint: "keep one of the two: only one of them can be what runs"})
}

// percentMain takes everything below %% for main's body.
func (p *cellParser) percentMain(pieces []piece) {
	m := &mainBody{}
	p.script.main = m
	if len(pieces) == 0 {
		return
	}
	start, end := pieces[0].start, pieces[len(pieces)-1].end
	m.chunks = []chunk{p.chunk(start, end)}
	p.mainRefs(start, string(p.text[start:end]))
}

// looseMain makes main of the statements of a cell without %%, and of the
// variables and constants among them. Imports, functions and types in between
// are hoisted to the top level: they are blank in what main sees.
func (p *cellParser) looseMain(pieces []piece) {
	m := &mainBody{}
	p.script.main = m
	start, end := pieces[0].start, pieces[len(pieces)-1].end
	text := slices.Clone(p.text[start:end])
	run := 0 // pieces that stand together, up to the one looked at
	flush := func(i int) {
		if run > 0 {
			m.chunks = append(m.chunks, p.chunk(pieces[i-run].start, pieces[i-1].end))
		}
		run = 0
	}
	for i, q := range pieces {
		switch q.kind {
		case token.IMPORT, token.FUNC, token.TYPE:
			blankOut(text[q.start-start : q.end-start])
			flush(i)
		default:
			run++
		}
	}
	flush(len(pieces))
	p.mainRefs(start, string(text))
}

// mainRefs parses main's body, for its errors and for the names it uses.
func (p *cellParser) mainRefs(start int, text string) {
	f := p.goParse("package p;func _(){", text, "\n}", start)
	if f == nil || len(f.Decls) == 0 {
		return
	}
	m := p.script.main
	m.refs = newFree(f).refs(f)
	if fn, ok := f.Decls[0].(*ast.FuncDecl); ok && fn.Body != nil {
		m.locals = localNames(fn.Body)
	}
}

// goParse runs go/parser over a piece of the cell that starts at offset start,
// and reports its errors where they are in the cell. With errors, it returns
// what could be understood, which may be nil.
func (p *cellParser) goParse(before, text, after string, start int) *ast.File {
	f, err := parser.ParseFile(token.NewFileSet(), "", before+text+after, parser.ParseComments)
	if err == nil {
		return f
	}
	list, ok := err.(scanner.ErrorList)
	if !ok {
		p.problem(start, err.Error())
	}
	for i, e := range list {
		off := min(max(0, e.Pos.Offset-len(before)), len(text))
		if off == len(text) && i > 0 {
			break // brackets are balanced: this follows from the errors before
		}
		p.problem(start+off, p.plain(e.Msg, start+off, off == len(text)))
	}
	return f
}

// plain rewords a message of go/parser that speaks of what our wrapper added.
func (p *cellParser) plain(msg string, off int, atEnd bool) string {
	if !atEnd {
		return "syntax error: " + msg
	}
	what := "the end of this declaration"
	if strings.Trim(string(p.text[off:]), blanks+"\n") == "" {
		what = "the end of the cell"
	}
	for _, found := range []string{"'}'", "'EOF'", "newline"} {
		msg = strings.Replace(msg, "found "+found, "found "+what, 1)
	}
	return "syntax error: " + msg
}
