package handout

import (
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block is the smallest piece that is dealt out to slides: a paragraph, a part
// of some code, an output. Blocks that come to stand side by side become one
// cell again.
type block struct {
	cell   *item
	piece  int // of its cell, from 0
	kind   kind
	html   string
	height float64 // in rem
	first  float64 // and this much more where it is the first on a slide
	keep   bool    // with the next block
}

type kind int

const (
	prose kind = iota
	source
	output
)

// blocks takes the cells of a section apart. No block is higher than room, as
// far as it can be taken apart. Pointers to hints are left out.
func (c canvas) blocks(cells []item, room float64) []block {
	var list []block
	for i := range cells {
		it := &cells[i]
		piece := 0
		add := func(b block) {
			b.cell, b.piece = it, piece
			piece++
			list = append(list, b)
		}
		switch it.Type {
		case "":
		case "markdown":
			for _, n := range c.nodes(it.HTML) {
				for _, p := range c.pieces(n, c.prose(), room) {
					b := block{kind: prose, html: markup(p), height: c.height(p, c.prose())}
					b.keep = p.DataAtom == atom.H1 || p.DataAtom == atom.H2 || p.DataAtom == atom.H3 || leads(template.HTML(b.html))
					if len(it.Headings) > 0 && piece == 0 {
						b.height = 0 // every slide has room for a heading
					}
					add(b)
				}
			}
		default:
			for i, p := range parts(it.HTML) {
				for _, lines := range cutLines(string(p.HTML), int((room-codePadding)/codeLine)) {
					b := block{kind: source, html: lines, height: c.codeHeight(lines), keep: p.Keep}
					if b.first = codePadding; i == 0 {
						b.height, b.first = b.height+codePadding, 0
					}
					add(b)
				}
			}
			for _, n := range c.nodes(it.Outputs) {
				for _, p := range c.pieces(n, c.output(), room) {
					add(block{kind: output, html: markup(p) + "\n", height: c.height(p, c.output())})
				}
			}
		}
	}
	return list
}

// nodes are the elements that HTML of ours is made of, with sizes that scale
// with the slide.
func (c canvas) nodes(src template.HTML) []*html.Node {
	list := parseInside(string(src))
	for _, n := range list {
		c.scale(n)
	}
	return slices.DeleteFunc(list, func(n *html.Node) bool { return n.Type != html.ElementNode })
}

func markup(n *html.Node) string {
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		return html.EscapeString(text(n)) // what cannot be written as HTML is still there to read
	}
	return b.String()
}

var pixels = regexp.MustCompile(`([0-9.]+)px`)

// scale gives pictures a size, and turns pixels into parts of the slide.
func (c canvas) scale(n *html.Node) {
	if n.DataAtom == atom.Img {
		c.fitImage(n)
		return
	}
	for i, a := range n.Attr {
		if a.Key == "style" {
			n.Attr[i].Val = pixels.ReplaceAllStringFunc(a.Val, func(px string) string {
				v, _ := strconv.ParseFloat(strings.TrimSuffix(px, "px"), 64) // digits and points; else 0
				return strconv.FormatFloat(v/16, 'f', 2, 64) + "rem"
			})
		}
	}
	for child := range n.ChildNodes() {
		c.scale(child)
	}
}

// pieces takes an element apart that is higher than room: code into lines,
// everything else into its children, each in a copy of what stands around it.
func (c canvas) pieces(n *html.Node, s setting, room float64) []*html.Node {
	if c.height(n, s) <= room || n.DataAtom == atom.Tr || n.DataAtom == atom.P {
		return []*html.Node{n}
	}
	if n.DataAtom == atom.Pre {
		return cutPre(n, int(room/codeLine)-2)
	}
	inner := s.within(n)
	margin := c.height(emptyCopy(n, 0), s)
	var list []*html.Node
	var shell *html.Node
	used, items := 0.0, 0
	for child := range n.ChildNodes() {
		if child.Type == html.TextNode && strings.TrimSpace(child.Data) != "" {
			return []*html.Node{n} // a sentence stays whole
		}
		if child.Type != html.ElementNode || child.DataAtom == atom.Thead && n.DataAtom == atom.Table {
			continue
		}
		for _, p := range c.pieces(child, inner, room-margin) {
			h := c.height(p, inner)
			if shell == nil || used+h > room-margin {
				shell, used = emptyCopy(n, items), 0
				list = append(list, shell)
			}
			shell.AppendChild(deepCopy(p))
			used += h
		}
		items++
	}
	return list
}

// emptyCopy copies an element without its children, except the head of a
// table. A list goes on counting.
func emptyCopy(n *html.Node, items int) *html.Node {
	shell := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: slices.Clone(n.Attr)}
	if items > 0 {
		shell.Attr = slices.DeleteFunc(shell.Attr, func(a html.Attribute) bool { return a.Key == "id" || a.Key == "start" })
		if n.DataAtom == atom.Ol {
			shell.Attr = append(shell.Attr, html.Attribute{Key: "start", Val: strconv.Itoa(items + 1)})
		}
	}
	for child := range n.ChildNodes() {
		if n.DataAtom == atom.Table && child.DataAtom == atom.Thead {
			shell.AppendChild(deepCopy(child))
		}
	}
	return shell
}

func deepCopy(n *html.Node) *html.Node {
	shell := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Attr: n.Attr}
	for child := range n.ChildNodes() {
		shell.AppendChild(deepCopy(child))
	}
	return shell
}

// cutPre cuts preformatted text into pieces of at most so many lines.
func cutPre(n *html.Node, limit int) []*html.Node {
	var inside strings.Builder
	for child := range n.ChildNodes() {
		inside.WriteString(markup(child))
	}
	var list []*html.Node
	for _, lines := range cutLines(inside.String(), limit) {
		shell := emptyCopy(n, 0)
		for _, child := range parseInside(lines) {
			shell.AppendChild(child)
		}
		list = append(list, shell)
	}
	return list
}

func parseInside(src string) []*html.Node {
	list, err := html.ParseFragment(strings.NewReader(src), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return nil // a reader of a string has no errors
	}
	return list
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plain is HTML without its tags.
func plain(markup string) string { return tag.ReplaceAllString(markup, "") }

// cutLines cuts preformatted HTML into pieces of about equal length and at
// most limit lines. Elements that are open at a cut are closed, and opened
// again behind it.
func cutLines(code string, limit int) []string {
	lines := strings.SplitAfter(code, "\n")
	if len(lines) <= max(1, limit) {
		return []string{code}
	}
	count := (len(lines) + limit - 1) / limit
	each := (len(lines) + count - 1) / count
	var list, open []string
	for chunk := range slices.Chunk(lines, each) {
		piece := strings.Join(open, "") + strings.Join(chunk, "")
		open = open[:0]
		for _, t := range tag.FindAllString(piece, -1) {
			if !strings.HasPrefix(t, "</") {
				open = append(open, t)
			} else if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
		for i := len(open) - 1; i >= 0; i-- {
			name, _, _ := strings.Cut(strings.Trim(open[i], "<>"), " ")
			piece += "</" + name + ">"
		}
		list = append(list, piece)
	}
	return list
}
