package handout

import (
	"html/template"
	"math"
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
	Part    int    // of its section, from 1
	Tight   string // "", "dense" or "denser": what does not fit otherwise is set smaller
	Cells   []item
}

// Next and Previous are links for those who click; keys scroll.
func (s slide) Next() template.URL     { return template.URL("#slide-" + strconv.Itoa(s.Number+1)) }
func (s slide) Previous() template.URL { return template.URL("#slide-" + strconv.Itoa(s.Number-1)) }

// slides deals the cells out, one heading a slide; what does not fit goes on
// to more slides. A cell of prose has at most one heading, at its start. The
// style sheet sets slides in units of their own width, so that a slide holds
// the same on every screen and on paper.
func slides(cells []item, page canvas) []slide {
	var deck []slide
	var heading render.Heading
	for first := true; len(cells) > 0; first = false {
		n := 1
		for n < len(cells) && len(cells[n].Headings) == 0 {
			n++
		}
		if len(cells[0].Headings) > 0 {
			heading = cells[0].Headings[0]
		}
		whole := page.room(heading)
		room := whole
		if first {
			room -= whereHeight
		}
		for part, blocks := range deal(page.blocks(cells[:n], room), room) {
			s := slide{Number: len(deck) + 1, Part: part + 1, Cells: gather(blocks), Tight: tight(blocks, whole)}
			if part > 0 || len(cells[0].Headings) == 0 {
				s.Heading = heading.Text
			}
			deck = append(deck, s)
		}
		cells = cells[n:]
	}
	return deck
}

// Costs of dealing, in parts of an empty slide. Arbitrary, tried on the course.
const (
	costSlide  = 1.0
	costKeep   = 3.0  // a break after what belongs to the next block
	costCell   = 0.5  // a break within code
	costOutput = 0.25 // a break between code and its output
	costProse  = 0.1  // a break within prose
)

// deal chooses the breaks between slides that cost least: half-empty slides
// cost, and so do breaks that tear apart what belongs together. This is how
// TeX breaks paragraphs into lines (Knuth and Plass, Breaking Paragraphs into
// Lines, 1981).
func deal(blocks []block, room float64) [][]block {
	best := make([]float64, len(blocks)+1) // of the first i blocks
	from := make([]int, len(blocks)+1)     // where the slide begins that ends there
	for end := 1; end <= len(blocks); end++ {
		best[end] = math.Inf(1)
		used := 0.0
		for start := end - 1; start >= 0; start-- {
			used += blocks[start].height
			if used > room && start < end-1 {
				break
			}
			empty := 1 - (used+blocks[start].first)/room
			if empty < 0 && start < end-1 {
				continue
			}
			empty = max(0, empty)
			if end == len(blocks) {
				empty /= 2 // that the last one is half empty is nobody's fault
			}
			cost := best[start] + costSlide + empty*empty
			if end < len(blocks) {
				cost += breakCost(blocks[end-1], blocks[end])
			}
			if cost < best[end] {
				best[end], from[end] = cost, start
			}
		}
	}
	var dealt [][]block
	for end := len(blocks); end > 0; end = from[end] {
		dealt = append(dealt, blocks[from[end]:end])
	}
	slices.Reverse(dealt)
	return dealt
}

func breakCost(a, b block) float64 {
	switch {
	case a.keep:
		return costKeep
	case a.cell != b.cell || a.kind == output && b.kind == output:
		return 0
	case a.kind == prose:
		return costProse
	case b.kind == source:
		return costCell
	}
	return costOutput
}

// tight says how much smaller a single block must be set to fit. What is
// too large even so goes on below the screen, and on the next sheet.
func tight(blocks []block, room float64) string {
	used := blocks[0].first
	for _, b := range blocks {
		used += b.height
	}
	switch {
	case used > 1.25*room:
		return "denser"
	case used > room:
		return "dense"
	}
	return ""
}

// gather makes cells of blocks again.
func gather(blocks []block) []item {
	var cells []item
	for i, b := range blocks {
		if i == 0 || blocks[i-1].cell != b.cell {
			it := *b.cell
			if it.HTML, it.Outputs = "", ""; b.piece > 0 {
				it.ID += "-" + strconv.Itoa(b.piece+1)
			}
			cells = append(cells, it)
		}
		last := &cells[len(cells)-1]
		if b.kind == output {
			last.Outputs += template.HTML(b.html)
		} else {
			last.HTML += template.HTML(b.html)
		}
	}
	return cells
}

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
				part.ID = c.ID + "-h" + strconv.Itoa(i+1)
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
