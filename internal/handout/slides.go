package handout

import (
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lanebook/internal/notebook"
	"lanebook/internal/render"
)

// slide is one screen. It begins with a heading, its own or, when a section
// needs more than one screen, that of its section again.
type slide struct {
	Number  int
	Heading string // repeated heading; empty when the first cell has one
	Cells   []item
}

// room is how many lines a slide holds in its ordinary size, and limit how
// many in a smaller one. Code is set smaller than prose and a picture is
// shrunk, so both are guesses; what is too long all the same can be scrolled,
// and goes on to the next sheet in print.
const (
	room  = 15
	limit = 20
)

// slides deals the cells out, one heading a slide. A cell of prose has at most
// one heading, at its start.
func slides(cells []item) []slide {
	var deck []slide
	used, heading := 0, ""
	begin := func(repeated string) {
		deck = append(deck, slide{Number: len(deck) + 1, Heading: repeated})
		used = 0
	}
	for _, it := range split(cells) {
		need := lines(it.Cell)
		switch {
		case len(it.Headings) > 0:
			heading = it.Headings[0].Text
			begin("")
		case len(deck) == 0:
			begin("")
		case used > 0 && (used >= room || used+need > limit):
			begin(heading)
		}
		last := &deck[len(deck)-1]
		last.Cells = append(last.Cells, it)
		used += need
	}
	return deck
}

// split leaves out the pointers to hints, and takes outputs that do not fit
// below their code away from it, so that they come to stand on the next slide.
func split(cells []item) []item {
	var out []item
	for _, it := range cells {
		if it.Cell.Type == "" {
			continue
		}
		if it.Outputs == "" || lines(it.Cell) <= limit {
			out = append(out, it)
			continue
		}
		code, outputs := it, it
		code.Outputs = ""
		outputs.Source, outputs.HTML, outputs.ID = "", "", it.ID+"-outputs"
		out = append(out, code, outputs)
	}
	return out
}

var (
	picture  = regexp.MustCompile(`<img `)
	tableRow = regexp.MustCompile(`<tr[ >]`)
)

// lines guesses how many lines of a slide a cell takes.
func lines(c render.Cell) int {
	const width = 60 // letters in a line of prose
	n := 0
	if c.Type == notebook.Markdown {
		for line := range strings.Lines(c.Source) {
			n += 1 + len([]rune(line))/width
		}
		return n
	}
	if c.Source != "" {
		n = strings.Count(c.Source, "\n") + 2
	}
	outputs := string(c.Outputs)
	return n + 13*len(picture.FindAllString(outputs, -1)) + len(tableRow.FindAllString(outputs, -1)) + strings.Count(plain(outputs), "\n")
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plain is HTML without its tags, and so without the bytes of its pictures.
func plain(html string) string { return tag.ReplaceAllString(html, "") }

// Dense says how small a slide must be set: "", "dense", "denser" or "densest".
func (s slide) Dense() string {
	n := 0
	for _, c := range s.Cells {
		n += lines(c.Cell)
	}
	switch {
	case n > 2*limit:
		return "densest"
	case n > limit:
		return "denser"
	case n > room:
		return "dense"
	}
	return ""
}

// Next and Previous are links for those who click; keys scroll.
func (s slide) Next() template.URL     { return template.URL("#slide-" + strconv.Itoa(s.Number+1)) }
func (s slide) Previous() template.URL { return template.URL("#slide-" + strconv.Itoa(s.Number-1)) }

var (
	headingLine = regexp.MustCompile(`^#{1,6} `)
	fence       = regexp.MustCompile("^ {0,3}(```+|~~~+)")
)

// splitAtHeadings is a copy of the notebook in which every heading begins a
// cell of prose of its own.
func splitAtHeadings(nb *notebook.Notebook) *notebook.Notebook {
	split := *nb
	split.Cells = nil
	for _, c := range nb.Cells {
		if c.Type != notebook.Markdown || c.HasTag(hintTag) || c.HasTag(solutionTag) {
			split.Cells = append(split.Cells, c)
			continue
		}
		for i, source := range proseParts(c.Source) {
			part := c
			if part.Source = source; i > 0 {
				part.ID = c.ID + "-" + strconv.Itoa(i+1)
			}
			split.Cells = append(split.Cells, part)
		}
	}
	return &split
}

// proseParts cuts Markdown before each heading that stands outside of code.
func proseParts(source string) []string {
	var parts []string
	var open string // the fence we are in
	for line := range strings.Lines(source) {
		mark := ""
		if m := fence.FindStringSubmatch(line); m != nil {
			mark = m[1]
		}
		switch {
		case open == "" && headingLine.MatchString(line), parts == nil:
			parts = append(parts, "")
		case open != "" && strings.HasPrefix(mark, open):
			open, mark = "", ""
		}
		if open == "" {
			open = mark
		}
		parts[len(parts)-1] += line
	}
	return slices.DeleteFunc(parts, func(p string) bool { return strings.TrimSpace(p) == "" })
}
