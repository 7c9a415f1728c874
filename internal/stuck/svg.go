package stuck

import (
	_ "embed"
	"fmt"
	"html"
	"slices"
	"strings"

	"lanebook/internal/paper"
)

//go:embed stuck.css
var style string

// The picture is a column of cards, one for each goroutine, and at its right
// side arcs from who waits to who could wake it. It is narrow, so that it can
// be read on a telephone.
const (
	picWidth  = 600
	cardLeft  = 14
	cardRight = 492
	lineStep  = 20
	cardGap   = 14
)

// card is a goroutine in the picture, or several that are alike.
type card struct {
	nodes    []*Node
	lines    []string // SVG
	top, end float64
	ring     bool // part of the circle
}

func (t *teller) svg() string {
	var b strings.Builder
	y := 16.0
	head := t.w.headline[t.verdict]
	if t.r.Title != "" {
		head = t.r.Title + " · " + head
	}
	fmt.Fprintf(&b, `<text class="title" x="%d" y="%.0f">%s</text>`, cardLeft, y+14, html.EscapeString(fit(head, picWidth-2*cardLeft, 17)))
	y += 32
	cards := t.cards()
	for _, c := range cards {
		c.top = y
		c.end = y + float64(len(c.lines))*lineStep + 14
		y = c.end + cardGap
		t.drawCard(&b, c)
	}
	if t.arcs(&b, cards) {
		fmt.Fprintf(&b, `<text class="small dim" x="%d" y="%.0f">%s</text>`, cardLeft, y+8, html.EscapeString(t.w.arrow))
		y += 22
	}
	if rest := len(t.g.Nodes) - shownIn(cards) + t.g.Hidden; rest > 0 {
		fmt.Fprintf(&b, `<text class="small dim" x="%d" y="%.0f">%s</text>`, cardLeft, y+6, html.EscapeString(fmt.Sprintf(t.w.more, rest)))
		y += 20
	}
	return paper.File(picWidth, y, style, "", b.String())
}

func shownIn(cards []*card) int {
	n := 0
	for _, c := range cards {
		n += len(c.nodes)
	}
	return n
}

// cards puts goroutines that are alike on one card.
func (t *teller) cards() []*card {
	var cards []*card
	for _, group := range alike(t.ranked()) {
		if len(cards) == maxNodes || t.verdict == "panic" && len(cards) == 1 {
			break
		}
		c := &card{nodes: group}
		for _, n := range group {
			c.ring = c.ring || slices.Contains(t.g.Cycle, n.ID)
		}
		c.lines = t.cardLines(group)
		cards = append(cards, c)
	}
	return cards
}

const cardRoom = cardRight - cardLeft - 30

func (t *teller) cardLines(group []*Node) []string {
	n := group[0]
	name := n.Name
	if len(group) > 1 {
		name = fmt.Sprintf("%s … %s (%d)", group[0].Name, group[len(group)-1].Name, len(group))
	}
	lines := []string{fmt.Sprintf(`<tspan class="name">%s</tspan>`, html.EscapeString(fit(name, cardRoom, 16)))}
	what := *n
	what.At = Place{}
	doing := t.waits(&what)
	if t.verdict == "panic" {
		doing = firstLine(t.opt.Message)
	}
	lines = append(lines, rich(doing, cardRoom))
	if at := t.placeText(n.At); at != "" {
		lines = append(lines, rich(at, cardRoom))
	}
	for _, h := range n.Holds {
		lines = append(lines, rich(fmt.Sprintf(t.w.holds, fmt.Sprintf(t.w.held, strings.ReplaceAll(h.Object, "`", "'"), t.placeText(h.At))), cardRoom))
	}
	if len(n.Holds) == 0 && n.Started.Line > 0 {
		lines = append(lines, `<tspan class="dim">`+rich(fmt.Sprintf(t.w.started, t.placeText(n.Started)), cardRoom)+`</tspan>`)
	}
	return lines
}

func (t *teller) drawCard(b *strings.Builder, c *card) {
	class := "box"
	if c.ring {
		class += " ring"
	}
	fmt.Fprintf(b, `<rect class="%s" x="%d" y="%.1f" width="%d" height="%.1f" rx="6"/>`, class, cardLeft, c.top, cardRight-cardLeft, c.end-c.top)
	fmt.Fprintf(b, `<rect class="%s" x="%d" y="%.1f" width="6" height="%.1f" rx="2"/>`, c.nodes[0].look(), cardLeft+5, c.top+6, c.end-c.top-12)
	for i, line := range c.lines {
		fmt.Fprintf(b, `<text x="%d" y="%.1f">%s</text>`, cardLeft+20, c.top+float64(i+1)*lineStep+2, line)
	}
}

// look is the colour of a card: the same as in lanes.
func (n *Node) look() string {
	switch n.Kind {
	case "lock", "rlock", "wlock":
		return "lock"
	case "send", "receive", "select", "forever":
		return "chan"
	case "running", "sleep", "syscall":
		return n.Kind
	}
	return "group"
}

// arcs draws who waits for whom. Those that span less are further in.
func (t *teller) arcs(b *strings.Builder, cards []*card) bool {
	index := map[int64]int{}
	for i, c := range cards {
		for _, n := range c.nodes {
			index[n.ID] = i
		}
	}
	type arc struct {
		from, to int
		ring     bool
	}
	seen := map[arc]bool{}
	var all []arc
	for _, e := range t.g.Edges {
		from, ok := index[e.From]
		to, known := index[e.To]
		a := arc{from, to, e.Cycle}
		if !ok || !known || seen[a] || seen[arc{from, to, true}] {
			continue
		}
		seen[a] = true
		all = append(all, a)
	}
	out, in := map[int]int{}, map[int]int{} // how many begin and end at a card already
	for _, a := range all {
		class := ""
		if a.ring {
			class = " ring"
		}
		y0 := cards[a.from].top + 16 + float64(out[a.from])*9
		y1 := cards[a.to].end - 14 - float64(in[a.to])*9
		out[a.from]++
		in[a.to]++
		span := a.to - a.from
		if span < 0 {
			span = -span
		}
		reach := cardRight + min(float64(24+22*span), picWidth-cardRight-8)*1.28
		fmt.Fprintf(b, `<path class="arc%s" d="M%d %.1fC%.1f %.1f %.1f %.1f %d %.1f"/>`, class, cardRight, y0, reach, y0, reach, y1, cardRight+9, y1)
		fmt.Fprintf(b, `<path class="tip%s" d="M%d %.1fl11 -5.5v11z"/>`, class, cardRight, y1)
	}
	return len(all) > 0
}

// fit shortens a text to a width.
func fit(s string, room, size float64) string {
	for n := len([]rune(s)); n > 1 && paper.Wide(s, size) > room; n-- {
		s = paper.Clip(s, n-1)
	}
	return s
}

// rich is a text with source between backquotes, as SVG, no wider than room.
func rich(s string, room float64) string {
	var b strings.Builder
	for i, part := range strings.Split(s, "`") {
		if part == "" {
			continue
		}
		if i%2 == 0 {
			part = fit(part, room, 14)
			room -= paper.Wide(part, 14)
			b.WriteString(html.EscapeString(part))
			continue
		}
		if wide := paper.WideCode(part, 13); wide > room {
			part = paper.Clip(part, max(int(room/(0.61*13)), 1))
		}
		room -= paper.WideCode(part, 13)
		b.WriteString(`<tspan class="code">` + html.EscapeString(part) + `</tspan>`)
	}
	return b.String()
}
