package program

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// SourceLine returns line n (1-based) of a cell's text without its line break,
// or "" if there is no such line.
func SourceLine(src string, n int) string {
	for ; n > 1; n-- {
		_, rest, ok := strings.Cut(src, "\n")
		if !ok {
			return ""
		}
		src = rest
	}
	if n < 1 {
		return ""
	}
	line, _, _ := strings.Cut(src, "\n")
	return strings.TrimSuffix(line, "\r")
}

// Caret returns what to print below line so that a ^ stands under the byte
// column col (1-based): tabs stay tabs, and characters that a terminal or a
// monospaced font draws two cells wide count double. A column beyond the end
// puts the caret right after the line.
func Caret(line string, col int) string {
	var b strings.Builder
	for i, r := range line {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			size = 1
		}
		if i+size > col-1 {
			break
		}
		if r == '\t' {
			b.WriteByte('\t')
			continue
		}
		b.WriteString(strings.Repeat(" ", width(r)))
	}
	b.WriteByte('^')
	return b.String()
}

// wide holds the characters of East Asian width W and F, and emoji, in the
// coarse ranges that terminals use.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x1100, 0x115f, 1}, {0x231a, 0x231b, 1}, {0x23e9, 0x23ec, 1}, {0x25fd, 0x25fe, 1},
		{0x2614, 0x2615, 1}, {0x26a1, 0x26a1, 1}, {0x2705, 0x2705, 1}, {0x274c, 0x274c, 1}, {0x2753, 0x2755, 1},
		{0x2e80, 0x303e, 1}, {0x3041, 0x4dbf, 1}, {0x4e00, 0xa4cf, 1}, {0xa960, 0xa97f, 1}, {0xac00, 0xd7a3, 1},
		{0xf900, 0xfaff, 1}, {0xfe30, 0xfe6f, 1}, {0xff01, 0xff60, 1}, {0xffe0, 0xffe6, 1},
	},
	R32: []unicode.Range32{{0x1f300, 0x1f64f, 1}, {0x1f680, 0x1f6ff, 1}, {0x1f900, 0x1faff, 1}, {0x20000, 0x3fffd, 1}},
}

// width is the number of screen cells that r takes.
func width(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.Is(wide, r):
		return 2
	}
	return 1
}
