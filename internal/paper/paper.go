// Package paper is what pictures are drawn on: the colours and fonts that all
// of them share, how wide a text will be, and the figure that stands around an
// image in a page.
//
// Notebooks remove inline SVG, style sheets and scripts, but they keep images.
// So a picture is an SVG file inside an <img>, and it brings its own ground,
// light or dark as the reader has it.
package paper

import (
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"strings"
	"unicode"
)

// Style is the style sheet of every picture: colours by name, for light and
// for dark, and the classes of text.
//
//go:embed paper.css
var Style string

// File makes an SVG file: a card of the given size with what body draws on
// it. style and defs are the picture's own.
func File(width, height float64, style, defs, body string) string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f"><style>%s</style>%s`+
		`<rect class="card" x=".5" y=".5" width="%.0f" height="%.0f" rx="8"/>%s</svg>`+"\n",
		width, height, width, height, html.EscapeString(Style+style), defs, width-1, height-1, body)
}

// Image is a picture in a page.
type Image struct {
	SVG string // a whole file
	Alt string // what it says, for those who cannot see it
	Min int    // narrower than this it can be scrolled, in CSS pixels; 0: never
	Max int    // and it grows to this
}

// Figure is an image with its caption below, and after the figure what rest
// holds: HTML wants a caption to come last. caption and rest are HTML.
func Figure(img Image, caption, rest string) string {
	least := ""
	if img.Min > 0 {
		least = fmt.Sprintf("min-width:%dpx;", img.Min)
	}
	return fmt.Sprintf(`<figure style="margin:0 0 8px"><div style="overflow-x:auto">`+
		`<img src="data:image/svg+xml;base64,%s" alt="%s" style="display:block;width:100%%;%smax-width:%dpx;height:auto"></div>`+
		`<figcaption style="max-width:75ch;margin-top:6px;line-height:1.5">%s</figcaption></figure>%s`,
		base64.StdEncoding.EncodeToString([]byte(img.SVG)), html.EscapeString(img.Alt), least, img.Max, caption, rest)
}

// Code escapes s as HTML and sets what stands between backquotes as code.
func Code(s string) string {
	var b strings.Builder
	for i, part := range strings.Split(s, "`") {
		if i%2 == 1 {
			b.WriteString("<code>" + html.EscapeString(part) + "</code>")
		} else {
			b.WriteString(html.EscapeString(part))
		}
	}
	return b.String()
}

// Clip shortens s to at most n characters.
func Clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// Wide guesses the width of a text, a little too wide rather than too narrow.
func Wide(s string, size float64) float64 {
	var em float64
	for _, r := range s {
		switch {
		case isWide(r):
			em += 1
		case strings.ContainsRune("iljtf.,:;|'!()[] ", r):
			em += 0.36
		case r >= 'A' && r <= 'Z' || r == 'm' || r == 'w':
			em += 0.74
		default:
			em += 0.58
		}
	}
	return em * size
}

// WideCode is the width of a text in a font with equal widths.
func WideCode(s string, size float64) float64 { return float64(Columns(s)) * 0.61 * size }

// Columns counts the columns s takes in a terminal: Chinese characters take two.
func Columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Mn, r):
		case isWide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		r >= 0xFF00 && r <= 0xFF60 || r >= 0x3000 && r <= 0x303F || r >= 0x1F300
}
