package render

import (
	"bytes"

	"github.com/gomarkdown/markdown/ast"
	"github.com/gomarkdown/markdown/parser"
)

// emphasis parses the stars of one text.
type emphasis struct {
	// unclosed says, by where a piece of text ends and how many stars there
	// are, that nothing in it closes them. Without it, a text of nothing but
	// opening stars would be searched to its end once for each of them.
	unclosed map[opening]bool
}

type opening struct {
	end   *byte // the last byte of the piece of text
	stars int
}

// parse parses *text*, **text** and ***text*** at data[offset]. gomarkdown's
// own wants a space or punctuation after the closing star, which Chinese,
// written without spaces, does not have: 是*反复*的. As in CommonMark, a star
// may stand inside a word; an underscore, left to gomarkdown, may not.
func (e *emphasis) parse(p *parser.Parser, data []byte, offset int) (int, ast.Node) {
	data = data[offset:]
	n := run(data)
	if n > 3 || n == len(data) || space(data[n]) {
		return 0, nil
	}
	key := opening{&data[len(data)-1], n}
	if e.unclosed[key] {
		return 0, nil
	}
	end := closing(data, n)
	if end < 0 {
		e.unclosed[key] = true
		return 0, nil
	}
	var node, inner ast.Node
	switch n {
	case 1:
		node = &ast.Emph{}
		inner = node
	case 2:
		node = &ast.Strong{}
		inner = node
	case 3:
		node, inner = &ast.Strong{}, &ast.Emph{}
		ast.AppendChild(node, inner)
	}
	p.Inline(inner, data[n:end])
	return end + n, node
}

// closing finds the stars that end what n stars at the start of data began.
// It is negative when there are none.
func closing(data []byte, n int) int {
	for i := n; i < len(data); {
		switch data[i] {
		case '\\':
			i += 2
		case '`':
			i = afterCode(data, i)
		case '*':
			m := run(data[i:])
			if m == n && !space(data[i-1]) {
				return i
			}
			i += m
		default:
			i++
		}
	}
	return -1
}

// afterCode skips a code span, or just its backticks when nothing ends it.
func afterCode(data []byte, i int) int {
	n := 0
	for i+n < len(data) && data[i+n] == '`' {
		n++
	}
	ticks := data[i : i+n]
	if end := bytes.Index(data[i+n:], ticks); end >= 0 {
		return i + n + end + n
	}
	return i + n
}

// run counts the stars at the start of data.
func run(data []byte) int {
	n := 0
	for n < len(data) && data[n] == '*' {
		n++
	}
	return n
}

func space(b byte) bool { return b == ' ' || b == '\n' || b == '\t' }
