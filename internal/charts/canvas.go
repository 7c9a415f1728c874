package charts

import (
	_ "embed"
	"fmt"
	"html"
	"strings"

	"lanebook/internal/paper"
)

//go:embed chart.css
var chartCSS string

// margin around everything in a picture, in units of the picture.
const margin = 16

// canvas is an image being drawn, in units that are pixels on a wide page.
type canvas struct {
	strings.Builder
	width  int
	height float64
	legend []legendItem
	// hatched says that the pattern "pad" occurs.
	hatched bool
}

// legendItem explains one sign.
type legendItem struct {
	text string
	draw func(x, y float64) // around x, y
}

func newCanvas(width int) *canvas { return &canvas{width: width} }

func (c *canvas) printf(format string, args ...any) { fmt.Fprintf(c, format, args...) }

// svg is the image as a file of its own.
func (c *canvas) svg(title string) string {
	head := 0.0
	if title != "" {
		head = 30
	}
	defs, body := "", ""
	if c.hatched {
		defs = `<defs><pattern id="pad" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="6" style="fill:var(--groupbg)"/></pattern></defs>`
	}
	if title != "" {
		body = fmt.Sprintf(`<text class="title" x="%d" y="%d">%s</text>`, margin, margin+15, html.EscapeString(paper.Clip(title, 80)))
	}
	body += fmt.Sprintf(`<g transform="translate(0 %.0f)">%s</g>`, head, c.String())
	return paper.File(float64(c.width), c.height+head, chartCSS, defs, body)
}

// text writes a text. class and anchor may be empty.
func (c *canvas) text(x, y float64, class, anchor, s string) {
	if class != "" {
		class = ` class="` + class + `"`
	}
	if anchor != "" {
		anchor = ` text-anchor="` + anchor + `"`
	}
	c.printf(`<text%s x="%.1f" y="%.1f"%s>%s</text>`, class, x, y, anchor, html.EscapeString(s))
}

func (c *canvas) line(class string, x1, y1, x2, y2 float64) {
	c.printf(`<line class="%s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, class, x1, y1, x2, y2)
}

func (c *canvas) rect(class string, x, y, width, height float64) {
	c.printf(`<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="2"/>`, class, x, y, width, height)
}

func (c *canvas) dot(class string, x, y, r float64) {
	c.printf(`<circle class="%s" cx="%.1f" cy="%.1f" r="%.1f"/>`, class, x, y, r)
}

// boxed draws a box with a text in its middle, shortened to fit.
func (c *canvas) boxed(class string, x, y, width, height float64, textClass, s string) {
	c.rect(class, x, y, width, height)
	c.text(x+width/2, y+height/2+5, textClass, "middle", fit(s, width-6, 13))
}

// explain adds a sign to the legend.
func (c *canvas) explain(text string, draw func(x, y float64)) {
	c.legend = append(c.legend, legendItem{text, draw})
}

// finish draws the legend below top and settles the height.
func (c *canvas) finish(top float64) {
	x, y := float64(margin), top+18
	for _, item := range c.legend {
		width := paper.Wide(item.text, 13)
		if x > margin && x+30+width > float64(c.width-margin) {
			x, y = margin, y+22
		}
		item.draw(x+10, y-4.5)
		c.text(x+26, y, "small dim", "", item.text)
		x += 26 + width + 20
	}
	if len(c.legend) == 0 {
		y = top
	}
	c.height = y + margin
}

// fit shortens s until it is not wider than width.
func fit(s string, width, size float64) string {
	s = paper.Clip(s, 120) // more never fits, and measuring a long text again and again takes long
	for n := len([]rune(s)); paper.Wide(s, size) > width && n > 1; n-- {
		s = paper.Clip(s, n-1)
	}
	return s
}
