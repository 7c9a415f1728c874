package render

import (
	"go/scanner"
	"go/token"
	"go/types"
	"html"
	"strings"
)

// goToken is a token and where it begins.
type goToken struct {
	start int
	kind  token.Token
}

// highlightGo colours Go source, which need be neither complete nor correct,
// with Go's own scanner.
func highlightGo(b *strings.Builder, src string) {
	tokens := scanGo(src)
	end := 0 // what is before it has been written
	for i, t := range tokens {
		next := goToken{start: len(src), kind: token.EOF}
		if i+1 < len(tokens) {
			next = tokens[i+1]
		}
		// A literal's own length is no help: the scanner drops carriage returns.
		text := strings.TrimRight(src[t.start:next.start], " \t\r\n")
		b.WriteString(html.EscapeString(src[end:t.start]))
		span(b, goClass(t.kind, text, next.kind), text)
		end = t.start + len(text)
	}
	b.WriteString(html.EscapeString(src[end:]))
}

// scanGo lists the tokens of src, without the semicolons that Go adds.
func scanGo(src string) []goToken {
	file := token.NewFileSet().AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, []byte(src), nil, scanner.ScanComments) // no matter what is wrong with it
	var tokens []goToken
	for {
		pos, kind, text := s.Scan()
		if kind == token.EOF {
			return tokens
		}
		if kind != token.SEMICOLON || text == ";" {
			tokens = append(tokens, goToken{file.Offset(pos), kind})
		}
	}
}

// goClass is the class of a token, with a look at the next one.
func goClass(kind token.Token, text string, next token.Token) string {
	switch {
	case kind == token.COMMENT:
		return "hl-c"
	case kind == token.STRING || kind == token.CHAR:
		return "hl-s"
	case kind.IsLiteral() && kind != token.IDENT:
		return "hl-n"
	case kind.IsKeyword():
		return "hl-k"
	case kind != token.IDENT:
		return ""
	}
	switch types.Universe.Lookup(text).(type) {
	case *types.TypeName:
		return "hl-t"
	case *types.Const, *types.Nil:
		return "hl-n"
	case *types.Builtin:
		return "hl-b"
	}
	if next == token.LPAREN {
		return "hl-f"
	}
	return ""
}
