package render

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gomarkdown/markdown/ast"
)

// maxWhole is how long a piece of inline code may be that is never broken
// between lines, in characters. Arbitrary: a quarter of a line.
const maxWhole = 20

// inlineCode sets code within a sentence. A browser would break -race behind
// its hyphen; class whole forbids that to code and to words of it that are
// short.
func inlineCode(code string) string {
	if !strings.ContainsAny(code, "- ") {
		return "<code>" + html.EscapeString(code) + "</code>"
	}
	if utf8.RuneCountInString(code) <= maxWhole {
		return `<code class="whole">` + html.EscapeString(code) + "</code>"
	}
	words := strings.Split(code, " ")
	for i, word := range words {
		if words[i] = html.EscapeString(word); strings.Contains(word, "-") && utf8.RuneCountInString(word) <= maxWhole {
			words[i] = `<span class="whole">` + words[i] + "</span>"
		}
	}
	return "<code>" + strings.Join(words, " ") + "</code>"
}

// foreign marks what is not Chinese in an emphasis of Chinese prose: the dots
// that Chinese sets under its words do not go under letters and digits, which
// become italic instead.
func foreign(em *ast.Emph) {
	var pieces []ast.Node
	for _, child := range em.GetChildren() {
		text, ok := child.(*ast.Text)
		if !ok {
			pieces = append(pieces, child)
			continue
		}
		for len(text.Literal) > 0 {
			n, wide := stretch(text.Literal)
			piece := ast.Leaf{Parent: em, Literal: text.Literal[:n]}
			if text.Literal = text.Literal[n:]; wide {
				pieces = append(pieces, &ast.Text{Leaf: piece})
				continue
			}
			piece.Literal = []byte(`<span class="latin">` + html.EscapeString(string(piece.Literal)) + "</span>")
			pieces = append(pieces, &ast.HTMLSpan{Leaf: piece})
		}
	}
	em.SetChildren(pieces)
}

// stretch is the length of the text's first part that is all Chinese, or all
// not.
func stretch(text []byte) (n int, chinese bool) {
	for n < len(text) {
		r, size := utf8.DecodeRune(text[n:])
		is := unicode.In(r, unicode.Han, unicode.Bopomofo) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFFEF
		if n == 0 {
			chinese = is
		}
		if is != chinese {
			return n, chinese
		}
		n += size
	}
	return n, chinese
}
