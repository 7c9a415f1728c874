package toolchain

import (
	"bytes"
	"errors"
	"go/parser"
	"go/scanner"
	"go/token"
	"slices"
	"strings"
)

// mended blanks lines that do not parse, so that they do not take the line of
// the cursor with them. Braces stay, and so do all offsets.
func mended(source []byte, cursor int) []byte {
	const attempts = 5
	for range attempts {
		_, err := parser.ParseFile(token.NewFileSet(), fileName, source, parser.SkipObjectResolution)
		var list scanner.ErrorList
		if !errors.As(err, &list) || len(list) == 0 {
			break
		}
		if strings.HasSuffix(list[0].Msg, "must be function call") {
			source = withoutGo(source) // the call is still to come
			continue
		}
		at := min(list[0].Pos.Offset, len(source))
		from := bytes.LastIndexByte(source[:at], '\n') + 1
		to := len(source)
		if n := bytes.IndexByte(source[at:], '\n'); n >= 0 {
			to = at + n
		}
		if from <= cursor && cursor <= to || from == to {
			break
		}
		source = slices.Clone(source)
		for i := from; i < to; i++ {
			if source[i] != '{' && source[i] != '}' {
				source[i] = ' '
			}
		}
	}
	return source
}

// withoutGo blanks the keywords go and defer: what follows them means the same
// without.
func withoutGo(source []byte) []byte {
	out := slices.Clone(source)
	file := token.NewFileSet().AddFile("", -1, len(source))
	var s scanner.Scanner
	s.Init(file, source, nil, 0)
	for {
		pos, tok, _ := s.Scan()
		switch tok {
		case token.EOF:
			return out
		case token.GO, token.DEFER:
			at := file.Offset(pos)
			copy(out[at:], strings.Repeat(" ", len(tok.String())))
		}
	}
}
