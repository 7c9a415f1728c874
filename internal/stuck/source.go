package stuck

import (
	"go/scanner"
	"go/token"
	"strings"
)

// file is a learner's source text as a row of tokens. A cell need not be a
// whole Go file, and may hold mistakes elsewhere, so it is not parsed.
type file struct {
	toks  []tok
	match []int // by bracket: its partner, or -1
	funcs []function
	ops   []op
}

type tok struct {
	tok  token.Token
	text string
	line int
}

// function is a function with a body, by the indexes of its tokens.
type function struct {
	name       string // "" for a literal
	at         int    // the word func
	open, shut int    // the braces of the body
	params     []string
	via        string // how a literal is used: "go", "defer", "Go" (wg.Go), or ""
	group      int    // for "Go": the token before ".Go"
	call       int    // for "go", "defer" and "Go": the token where that stands
	inside     int    // the function around it, or -1
}

// newFile reads the text of a cell. Special lines become empty ones.
func newFile(text string) *file {
	var clean strings.Builder
	for line := range strings.Lines(text) {
		switch start := strings.TrimSpace(line); {
		case strings.HasPrefix(start, "%"), strings.HasPrefix(start, "!"):
			clean.WriteString("\n")
		default:
			clean.WriteString(line)
		}
	}
	src := []byte(clean.String())
	fset := token.NewFileSet()
	pos := fset.AddFile("", fset.Base(), len(src))
	var s scanner.Scanner
	s.Init(pos, src, func(token.Position, string) {}, 0)
	f := &file{}
	for {
		at, t, lit := s.Scan()
		if t == token.EOF {
			break
		}
		if lit == "" {
			lit = t.String()
		}
		f.toks = append(f.toks, tok{t, lit, pos.PositionFor(at, false).Line})
	}
	f.pair()
	f.findFuncs()
	f.findOps()
	return f
}

// pair finds the partner of every bracket.
func (f *file) pair() {
	f.match = make([]int, len(f.toks))
	var open []int
	for i, t := range f.toks {
		f.match[i] = -1
		switch t.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			open = append(open, i)
		case token.RPAREN, token.RBRACK, token.RBRACE:
			if n := len(open); n > 0 {
				f.match[i], f.match[open[n-1]] = open[n-1], i
				open = open[:n-1]
			}
		}
	}
}

// is reports whether token i is t.
func (f *file) is(i int, t token.Token) bool { return i >= 0 && i < len(f.toks) && f.toks[i].tok == t }

// word reports whether token i is the identifier.
func (f *file) word(i int, text string) bool { return f.is(i, token.IDENT) && f.toks[i].text == text }

func (f *file) findFuncs() {
	for i, t := range f.toks {
		if t.tok != token.FUNC {
			continue
		}
		fn := function{at: i, inside: -1, group: -1, call: i}
		at := i + 1
		if f.is(at, token.LPAREN) && f.match[at] > 0 && f.is(f.match[at]+1, token.IDENT) && f.is(f.match[at]+2, token.LPAREN) {
			at = f.match[at] + 1 // a method: behind its receiver
		}
		if f.is(at, token.IDENT) {
			fn.name = f.toks[at].text
			at++
			if f.is(at, token.LBRACK) && f.match[at] > 0 {
				at = f.match[at] + 1 // type parameters
			}
		}
		if !f.is(at, token.LPAREN) || f.match[at] < 0 {
			continue
		}
		fn.params = f.paramNames(at)
		if fn.open = f.bodyAfter(f.match[at] + 1); fn.open < 0 || f.match[fn.open] < 0 {
			continue
		}
		fn.shut = f.match[fn.open]
		f.usage(&fn, i)
		for j := range f.funcs { // those around it came before
			if f.funcs[j].open < i && fn.shut < f.funcs[j].shut {
				fn.inside = j
			}
		}
		f.funcs = append(f.funcs, fn)
	}
}

// bodyAfter finds the brace that opens a body, behind the parameters; -1 if
// this is only the type of a function.
func (f *file) bodyAfter(at int) int {
	for i := at; i < len(f.toks); i++ {
		switch f.toks[i].tok {
		case token.LBRACE:
			return i
		case token.STRUCT, token.INTERFACE:
			if f.is(i+1, token.LBRACE) && f.match[i+1] > 0 {
				i = f.match[i+1]
			}
		case token.LPAREN, token.LBRACK:
			if f.match[i] < 0 {
				return -1
			}
			i = f.match[i]
		case token.IDENT, token.PERIOD, token.MUL, token.CHAN, token.ARROW, token.MAP, token.FUNC:
		default:
			return -1
		}
	}
	return -1
}

// paramNames are the names in a parameter list, in order.
func (f *file) paramNames(open int) []string {
	var names []string
	depth, first := 0, true
	for i := open + 1; i < f.match[open]; i++ {
		switch t := f.toks[i]; t.tok {
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
		case token.RPAREN, token.RBRACK, token.RBRACE:
			depth--
		case token.COMMA:
			first = first || depth == 0
			continue
		case token.IDENT:
			if first && depth == 0 {
				names = append(names, t.text)
			}
		}
		first = false
	}
	return names
}

// usage says what becomes of a function literal.
func (f *file) usage(fn *function, at int) {
	switch {
	case f.is(at-1, token.GO):
		fn.via, fn.call = "go", at-1
	case f.is(at-1, token.DEFER):
		fn.via, fn.call = "defer", at-1
	case f.is(at-1, token.LPAREN) && f.word(at-2, "Go") && f.is(at-3, token.PERIOD):
		fn.via, fn.call, fn.group = "Go", at-2, at-4
	}
}

// funcAt is the innermost function around token i, or -1.
func (f *file) funcAt(i int) int {
	best := -1
	for j, fn := range f.funcs {
		if fn.open < i && i < fn.shut {
			best = j // later ones are further in
		}
	}
	return best
}

// before is the expression that ends at token i: "p.mu", "forks[i]".
func (f *file) before(i int) (text string, root int) {
	start := i
	for {
		switch {
		case (f.is(start, token.RBRACK) || f.is(start, token.RPAREN)) && f.match[start] > 0:
			start = f.match[start] - 1
			continue
		case !f.is(start, token.IDENT):
			return "", -1
		}
		if !f.is(start-1, token.PERIOD) {
			return f.text(start, i), start
		}
		start -= 2
	}
}

// after is the expression that begins at token i.
func (f *file) after(i int) (text string, root int) {
	if !f.is(i, token.IDENT) {
		return "", -1
	}
	end := i
	for {
		switch {
		case f.is(end+1, token.PERIOD) && f.is(end+2, token.IDENT):
			end += 2
		case (f.is(end+1, token.LBRACK) || f.is(end+1, token.LPAREN)) && f.match[end+1] > 0:
			end = f.match[end+1]
		default:
			return f.text(i, end), i
		}
	}
}

// text is the source of tokens, as gofmt would write an expression.
func (f *file) text(from, to int) string {
	var b strings.Builder
	for i := from; i <= to; i++ {
		if f.is(i-1, token.COMMA) && i > from {
			b.WriteByte(' ')
		}
		b.WriteString(f.toks[i].text)
	}
	return b.String()
}
