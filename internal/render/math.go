package render

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mathML turns the TeX that notebooks write between dollars into MathML, which
// browsers draw by themselves, without script or fonts of ours. It knows what
// prose about programs needs: scripts, fractions, roots, Greek, operators,
// functions, accents, fences, matrices and cases. What it does not know stays
// visible as it was written. ok is false when the braces do not match.
func mathML(tex string, block bool) (markup string, ok bool) {
	p := &texParser{src: tex}
	body, ok := p.row("")
	if !ok || p.pos < len(p.src) {
		return "", false
	}
	display := "inline"
	if block {
		display = "block"
	}
	return `<math display="` + display + `" alttext="` + html.EscapeString(strings.TrimSpace(tex)) + `">` + body + "</math>", true
}

// texParser reads TeX from left to right. Each method returns MathML.
type texParser struct {
	src   string
	pos   int
	depth int
}

// maxTeXDepth of braces; arbitrary. Hostile text must not exhaust the stack.
const maxTeXDepth = 100

// row reads atoms with their scripts until one of the ends, which it leaves.
func (p *texParser) row(ends string) (string, bool) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxTeXDepth {
		return "", false
	}
	var out strings.Builder
	for {
		p.space()
		if p.pos >= len(p.src) || ends != "" && p.at(ends) {
			return "<mrow>" + out.String() + "</mrow>", true
		}
		if p.src[p.pos] == '}' || p.at("&") || p.at(`\\`) || p.at(`\end`) || p.at(`\right`) {
			return "<mrow>" + out.String() + "</mrow>", true
		}
		if mark, ok := p.infix(); ok {
			below, ok := p.row(ends)
			return mark.around(out.String(), below), ok
		}
		atom, large, ok := p.atom()
		if !ok {
			return "", false
		}
		scripted, ok := p.scripts(atom, large)
		if !ok {
			return "", false
		}
		out.WriteString(scripted)
		if strings.HasPrefix(atom, functionName) || strings.HasPrefix(atom, "<mo>lim") {
			out.WriteString(`<mspace width="0.17em"></mspace>`) // log n, not logn
		}
	}
}

// functionName begins a name of several letters.
const functionName = `<mi mathvariant="normal">`

func (p *texParser) at(s string) bool { return strings.HasPrefix(p.src[p.pos:], s) }

func (p *texParser) space() {
	for p.pos < len(p.src) && strings.ContainsRune(" \t\r\n~", rune(p.src[p.pos])) {
		p.pos++
	}
}

// scripts reads ^ and _ behind an atom. Those of a large operator, such as a
// sum, stand above and below it.
func (p *texParser) scripts(atom string, large bool) (string, bool) {
	sub, super := "", ""
	for {
		p.space()
		if p.pos >= len(p.src) {
			break
		}
		switch c := p.src[p.pos]; c {
		case '^', '_':
			p.pos++
			arg, ok := p.argument()
			if !ok {
				return "", false
			}
			if c == '^' {
				super += arg
			} else {
				sub += arg
			}
			continue
		case '\'':
			p.pos++
			super += "<mo>′</mo>"
			continue
		}
		break
	}
	name := map[bool][3]string{false: {"msub", "msup", "msubsup"}, true: {"munder", "mover", "munderover"}}[large]
	switch {
	case sub != "" && super != "":
		return "<" + name[2] + ">" + atom + group(sub) + group(super) + "</" + name[2] + ">", true
	case sub != "":
		return "<" + name[0] + ">" + atom + group(sub) + "</" + name[0] + ">", true
	case super != "":
		return "<" + name[1] + ">" + atom + group(super) + "</" + name[1] + ">", true
	}
	return atom, true
}

func group(s string) string { return "<mrow>" + s + "</mrow>" }

// argument reads {…}, or the one atom that stands in its place.
func (p *texParser) argument() (string, bool) {
	p.space()
	if p.pos >= len(p.src) {
		return "", false
	}
	atom, _, ok := p.atom()
	return atom, ok
}

// atom reads one thing. large is true for operators with limits.
func (p *texParser) atom() (markup string, large, ok bool) {
	r, size := utf8.DecodeRuneInString(p.src[p.pos:])
	switch {
	case r == '{':
		p.pos++
		body, ok := p.row("}")
		if !ok || p.pos >= len(p.src) || p.src[p.pos] != '}' {
			return "", false, false
		}
		p.pos++
		return body, false, true
	case r == '^' || r == '_':
		return "<mi></mi>", false, true // a script of nothing
	case r == '\\':
		return p.command()
	case unicode.IsDigit(r):
		start := p.pos
		for p.pos < len(p.src) && (p.src[p.pos] >= '0' && p.src[p.pos] <= '9' || p.src[p.pos] == '.' || p.src[p.pos] == ',' && digitAt(p.src, p.pos+1)) {
			p.pos++
		}
		if p.pos == start { // a digit of another script
			p.pos += size
		}
		return "<mn>" + p.src[start:p.pos] + "</mn>", false, true
	case unicode.IsLetter(r):
		p.pos += size
		if r > unicode.MaxLatin1 && !unicode.Is(unicode.Greek, r) {
			return "<mtext>" + string(r) + "</mtext>", false, true
		}
		return "<mi>" + string(r) + "</mi>", false, true
	}
	p.pos += size
	s := map[rune]string{'-': "−", '*': "∗"}[r]
	if s == "" {
		s = string(r)
	}
	return "<mo>" + html.EscapeString(s) + "</mo>", false, true
}

func digitAt(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }
