package render

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// name reads the name of a command, behind its backslash.
func (p *texParser) name() string {
	start := p.pos
	for p.pos < len(p.src) && (p.src[p.pos] >= 'a' && p.src[p.pos] <= 'z' || p.src[p.pos] >= 'A' && p.src[p.pos] <= 'Z') {
		p.pos++
	}
	if p.pos == start && p.pos < len(p.src) {
		_, size := utf8.DecodeRuneInString(p.src[p.pos:])
		p.pos += size
	}
	return p.src[start:p.pos]
}

func (p *texParser) command() (markup string, large, ok bool) {
	p.pos++
	name := p.name()
	if symbol, found := texSymbols[name]; found {
		return symbol.markup(), symbol.large, true
	}
	if width, found := texSpaces[name]; found {
		return `<mspace width="` + width + `"></mspace>`, false, true
	}
	if accent, found := texAccents[name]; found {
		arg, ok := p.argument()
		return "<mover>" + arg + "<mo>" + accent + "</mo></mover>", false, ok
	}
	switch name {
	case "frac", "dfrac", "tfrac", "binom":
		above, ok1 := p.argument()
		below, ok2 := p.argument()
		if name == "binom" {
			return `<mrow><mo>(</mo><mfrac linethickness="0">` + above + below + "</mfrac><mo>)</mo></mrow>", false, ok1 && ok2
		}
		return "<mfrac>" + above + below + "</mfrac>", false, ok1 && ok2
	case "sqrt":
		return p.root()
	case "text", "textrm", "textit", "textbf", "mathrm", "operatorname", "texttt", "mathtt", "mathsf", "mbox":
		words, ok := p.verbatim()
		if name == "operatorname" || name == "mathrm" {
			return functionName + html.EscapeString(words) + "</mi>", false, ok
		}
		return "<mtext>" + html.EscapeString(words) + "</mtext>", false, ok
	case "mathbf", "boldsymbol", "mathit", "mathcal", "mathbb", "mathfrak", "displaystyle", "textstyle", "limits", "nolimits", "big", "Big", "bigl", "bigr", "Bigl", "Bigr":
		if strings.HasPrefix(name, "math") || name == "boldsymbol" {
			arg, ok := p.argument()
			return arg, false, ok
		}
		return "", false, true
	case "left":
		return p.fenced()
	case "begin":
		return p.environment()
	}
	return `<mtext>\` + html.EscapeString(name) + "</mtext>", false, true
}

// infix is a command between what stands above and what stands below.
type infix struct{ open, line, closing string }

// infix reads \over or \choose.
func (p *texParser) infix() (infix, bool) {
	for name, mark := range map[string]infix{`\over`: {}, `\choose`: {"<mo>(</mo>", ` linethickness="0"`, "<mo>)</mo>"}} {
		rest, ok := strings.CutPrefix(p.src[p.pos:], name)
		if ok && (rest == "" || !unicode.IsLetter(rune(rest[0]))) {
			p.pos += len(name)
			return mark, true
		}
	}
	return infix{}, false
}

func (m infix) around(above, below string) string {
	return "<mrow>" + m.open + "<mfrac" + m.line + ">" + group(above) + below + "</mfrac>" + m.closing + "</mrow>"
}

// root reads \sqrt{x} and \sqrt[n]{x}.
func (p *texParser) root() (string, bool, bool) {
	p.space()
	if p.pos < len(p.src) && p.src[p.pos] == '[' {
		p.pos++
		index, ok := p.row("]")
		if !ok || p.pos >= len(p.src) || p.src[p.pos] != ']' {
			return "", false, false
		}
		p.pos++
		arg, ok := p.argument()
		return "<mroot>" + arg + index + "</mroot>", false, ok
	}
	arg, ok := p.argument()
	return "<msqrt>" + arg + "</msqrt>", false, ok
}

// verbatim reads {…} as words.
func (p *texParser) verbatim() (string, bool) {
	p.space()
	if p.pos >= len(p.src) || p.src[p.pos] != '{' {
		return "", false
	}
	end := strings.IndexByte(p.src[p.pos:], '}')
	if end < 0 {
		return "", false
	}
	words := p.src[p.pos+1 : p.pos+end]
	p.pos += end + 1
	return words, true
}

// fenced reads \left( … \right).
func (p *texParser) fenced() (string, bool, bool) {
	open := p.fence()
	body, ok := p.row("")
	if !ok || !p.at(`\right`) {
		return "", false, false
	}
	p.pos += len(`\right`)
	return "<mrow>" + open + body + p.fence() + "</mrow>", false, true
}

func (p *texParser) fence() string {
	p.space()
	if p.pos >= len(p.src) {
		return ""
	}
	r, size := utf8.DecodeRuneInString(p.src[p.pos:])
	p.pos += size
	s := string(r)
	switch r {
	case '.':
		return ""
	case '\\':
		s = p.name()
		if symbol, ok := texSymbols[s]; ok {
			s = symbol.text
		}
	}
	return `<mo stretchy="true">` + html.EscapeString(s) + "</mo>"
}

// environment reads \begin{pmatrix} … \end{pmatrix} and its like.
func (p *texParser) environment() (string, bool, bool) {
	name, ok := p.verbatim()
	if !ok {
		return "", false, false
	}
	open, closing := "", ""
	switch strings.TrimSuffix(name, "*") {
	case "pmatrix":
		open, closing = "(", ")"
	case "bmatrix":
		open, closing = "[", "]"
	case "vmatrix":
		open, closing = "|", "|"
	case "cases":
		open = "{"
	case "matrix", "aligned", "align", "array", "gathered", "gather", "split", "equation", "eqnarray", "multline":
	default:
		return "", false, false
	}
	if name == "array" {
		if _, ok := p.verbatim(); !ok {
			return "", false, false
		}
	}
	var rows strings.Builder
	rows.WriteString("<mtr>")
	for {
		cell, ok := p.row("")
		if !ok {
			return "", false, false
		}
		rows.WriteString("<mtd>" + cell + "</mtd>")
		switch {
		case p.at("&"):
			p.pos++
		case p.at(`\\`):
			p.pos += 2
			rows.WriteString("</mtr><mtr>")
		case p.at(`\end`):
			p.pos += len(`\end`)
			if end, ok := p.verbatim(); !ok || end != name {
				return "", false, false
			}
			return "<mrow>" + bracket(open) + "<mtable>" + rows.String() + "</mtr></mtable>" + bracket(closing) + "</mrow>", false, true
		default:
			return "", false, false
		}
	}
}

func bracket(s string) string {
	if s == "" {
		return ""
	}
	return `<mo stretchy="true">` + s + "</mo>"
}
