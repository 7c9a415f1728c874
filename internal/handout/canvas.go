package handout

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image"
	_ "image/gif" // the sizes of pictures in notebooks
	_ "image/jpeg"
	_ "image/png"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"lanebook/internal/paper"
	"lanebook/internal/render"
)

// canvas is the size of a slide, in rem; slides.css has the same numbers.
type canvas struct{ wide, high float64 }

var (
	ordinary = canvas{64, 36}
	large    = canvas{48, 27}
)

// What slides.css says, in rem or parts of a letter's height.
const (
	side        = 4.0 // left and right of everything
	aboveBelow  = 5.3 // above and below together, with something to spare
	headingSize = 1.6 // of those that are repeated, and the least that is counted on
	whereHeight = 8.0 // address and QR code on the first slide
	proseSize   = 1.15
	outputSize  = 1.0
	codeSize    = 0.9
	leading     = 1.45
	codeLeading = 1.4
	codeLine    = codeSize * codeLeading
	codePadding = 2.8      // of a cell's code, with what is around it
	pixel       = 1.0 / 15 // a picture's own pixel
)

// room is the height that is left for what stands below the heading of a
// section, be it the section's own or the one repeated.
func (c canvas) room(h render.Heading) float64 {
	size := map[int]float64{1: 2.6, 2: 1.9}[h.Level]
	lines := math.Ceil(1.1 * paper.Wide(h.Text+" … (10)", max(size, headingSize)) / c.prose().width) // 1.1: bold
	below := .8
	if h.Level == 1 {
		below = 1.6
	}
	return c.high - aboveBelow - max(1, lines)*max(size, headingSize)*1.25 - below
}

// setting is how text is set at some place of a slide, in rem.
type setting struct{ width, size float64 }

func (c canvas) prose() setting { return setting{c.wide - 2*side, proseSize} }

func (c canvas) output() setting { return setting{c.wide - 2*side - 1, outputSize} }

// within is the setting inside of an element.
func (s setting) within(n *html.Node) setting {
	switch n.DataAtom {
	case atom.Ul, atom.Ol, atom.Dd, atom.Blockquote:
		s.width -= 2.5
	case atom.Figcaption:
		s.width = min(s.width, 46*s.size)
	}
	return s
}

// codeHeight is the height of lines of code.
func (c canvas) codeHeight(code string) float64 {
	return lineCount(html.UnescapeString(plain(code)), c.prose().width-3.5, codeSize) * codeLine
}

// lineCount counts lines of preformatted text, broken where they are too long.
func lineCount(text string, width, size float64) float64 {
	n := 0.0
	for line := range strings.Lines(text) {
		line = strings.ReplaceAll(strings.TrimRight(line, "\n"), "\t", "    ")
		if wide := paper.WideCode(line, size); wide > width {
			n += math.Ceil(wide / (.85 * width)) // broken between words, where there are any
		} else {
			n++
		}
	}
	return n
}

// margins are below an element, and around its inside, in parts of its size.
var margins = map[atom.Atom]float64{
	atom.P: .75, atom.Ul: .75, atom.Ol: .75, atom.Dl: .75, atom.Blockquote: 1, atom.Table: .9,
	atom.H1: 1.6, atom.H2: 1.2, atom.H3: 1.2, atom.H4: 1, atom.Li: .2, atom.Tr: .55, atom.Figure: .5, atom.Hr: 3,
}

// height estimates how high an element is, in rem: too high rather than too
// low, so that it fits in every font.
func (c canvas) height(n *html.Node, s setting) float64 {
	switch n.DataAtom {
	case atom.Details:
		return 0 // hidden on slides
	case atom.Img:
		return c.imageSpace(n)
	case atom.Pre:
		around := .9
		if class(n, "code") {
			around = 2.2 // it stands on a ground of its own
		}
		return lineCount(text(n), s.width-1, codeSize)*codeLine + around
	case atom.Tr:
		return c.row(n, s)
	case atom.Math:
		return 3
	}
	inner, own := s.within(n), margins[n.DataAtom]*s.size
	if class(n, "out") {
		own += .6
	}
	if strings.Contains(attr(n, "style"), "padding") {
		own += .8
	}
	if !hasBlocks(n) {
		return own + c.sentence(n, inner)
	}
	if strings.Contains(attr(n, "style"), "flex") {
		most, wide := 0.0, 0.0
		for child := range n.ChildNodes() {
			half := inner
			half.width *= .45
			most = max(most, c.height(child, half))
			wide += paper.Wide(strings.TrimSpace(text(child)), s.size)*.7 + 1
		}
		if wide > s.width && wide < 2*s.width { // figures that need a second row; panes of text break their lines instead
			most *= 2
		}
		return own + most + s.size
	}
	return own + sumHeights(c, n, inner)
}

func sumHeights(c canvas, n *html.Node, s setting) float64 {
	sum := 0.0
	for child := range n.ChildNodes() {
		if child.Type == html.ElementNode || strings.TrimSpace(child.Data) != "" {
			sum += c.height(child, s)
		}
	}
	return sum
}

// sentence is the height of running text.
func (c canvas) sentence(n *html.Node, s setting) float64 {
	words := strings.Join(strings.Fields(text(n)), " ")
	if words == "" && !contains(n, atom.Img) {
		return 0
	}
	lines := max(1, math.Ceil(paper.Wide(words, s.size)*1.03/s.width))
	breaks, images := 0.0, 0.0
	for d := range n.Descendants() {
		switch d.DataAtom {
		case atom.Br:
			breaks++
		case atom.Img:
			images += c.imageSpace(d)
		}
	}
	return (lines+breaks)*s.size*leading + images
}

// row is the height of a table's row. Its cells share the width.
func (c canvas) row(n *html.Node, s setting) float64 {
	cells, wide, most := 0.0, 0.0, 0.0
	for cell := range n.ChildNodes() {
		if cell.Type == html.ElementNode {
			w := paper.Wide(strings.TrimSpace(text(cell)), s.size) + 1.3
			cells, wide, most = cells+1, wide+w, max(most, w)
		}
	}
	lines := 1.0
	if wide > .6*s.width { // other rows may want the width as well
		lines = max(1, math.Ceil(most/(.85*s.width/max(1, cells))))
	}
	return lines*s.size*leading + margins[atom.Tr]*s.size
}

func hasBlocks(n *html.Node) bool {
	inline := []atom.Atom{0, atom.A, atom.B, atom.Strong, atom.Em, atom.I, atom.Code, atom.Span, atom.Sub, atom.Sup, atom.Br, atom.Img, atom.Small, atom.Kbd, atom.Input, atom.Del, atom.Th, atom.Td}
	for child := range n.ChildNodes() {
		if child.Type == html.ElementNode && !slices.Contains(inline, child.DataAtom) {
			return true
		}
	}
	return false
}

func contains(n *html.Node, a atom.Atom) bool {
	for d := range n.Descendants() {
		if d.DataAtom == a {
			return true
		}
	}
	return false
}

func text(n *html.Node) string {
	var b strings.Builder
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func class(n *html.Node, name string) bool {
	return slices.Contains(strings.Fields(attr(n, "class")), name)
}

// imageSpace is the height of a picture that went through fitImage.
func (c canvas) imageSpace(n *html.Node) float64 {
	_, after, _ := strings.Cut(attr(n, "style"), ";height:")
	if h, err := strconv.ParseFloat(strings.TrimSuffix(after, "rem"), 64); err == nil {
		return h + .5
	}
	return c.high / 2
}

// fitImage gives a picture that is in the page the size it has on a slide: at
// most half as high.
// The size of others is for the style sheet to bound.
func (c canvas) fitImage(n *html.Node) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "style" || a.Key == "width" || a.Key == "height" })
	w, h := imageSize(attr(n, "src"))
	if w <= 0 || h <= 0 {
		return
	}
	by := min(pixel, (c.wide-2*side-1)/w, c.high/2/h)
	n.Attr = append(n.Attr, html.Attribute{Key: "style", Val: fmt.Sprintf("width:%.2frem;height:%.2frem", w*by, h*by)})
}

// imageSize reads the size of a picture from its data: URL; 0 is unknown.
func imageSize(src string) (width, height float64) {
	kind, encoded, ok := strings.Cut(src, ";base64,")
	if !ok {
		return 0, 0
	}
	data, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return 0, 0
	}
	if !strings.HasPrefix(kind, "data:image/svg") {
		c, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			return 0, 0
		}
		return float64(c.Width), float64(c.Height)
	}
	var root struct {
		Width   string `xml:"width,attr"`
		Height  string `xml:"height,attr"`
		ViewBox string `xml:"viewBox,attr"`
	}
	if xml.Unmarshal(data, &root) != nil {
		return 0, 0
	}
	w, errW := strconv.ParseFloat(strings.TrimSuffix(root.Width, "px"), 64)
	h, errH := strconv.ParseFloat(strings.TrimSuffix(root.Height, "px"), 64)
	if box := strings.Fields(root.ViewBox); (errW != nil || errH != nil) && len(box) == 4 {
		w, errW = strconv.ParseFloat(box[2], 64)
		h, errH = strconv.ParseFloat(box[3], 64)
	}
	if errW != nil || errH != nil {
		return 0, 0
	}
	return w, h
}
