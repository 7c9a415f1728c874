package render

import (
	"bytes"

	"github.com/gomarkdown/markdown/ast"
)

// quote parses a block quote. It ends at a blank line, as CommonMark has it
// (https://spec.commonmark.org/0.31.2/#block-quotes): gomarkdown would join it
// with the quote that follows.
func quote(data []byte) (ast.Node, []byte, int) {
	inside := []byte{} // not nil: an empty quote is one, too
	consumed := 0
	for line := range bytes.Lines(data) {
		text, quoted := unquote(line)
		if !quoted && (consumed == 0 || len(bytes.TrimSpace(line)) == 0) {
			break
		}
		inside = append(inside, text...)
		consumed += len(line)
	}
	if consumed == 0 {
		return nil, nil, 0
	}
	return &ast.BlockQuote{}, inside, consumed
}

// unquote takes the ">" and one space off the beginning of a line.
func unquote(line []byte) (text []byte, quoted bool) {
	rest := bytes.TrimLeft(line, " ")
	if len(line)-len(rest) > 3 {
		return line, false
	}
	if rest, quoted = bytes.CutPrefix(rest, []byte(">")); !quoted {
		return line, false
	}
	return bytes.TrimPrefix(rest, []byte(" ")), true
}
