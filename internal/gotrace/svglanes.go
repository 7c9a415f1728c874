package gotrace

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"

	"lanebook/internal/paper"
)

// span is a stretch of a lane, in units of the picture.
type span struct{ from, to float64 }

func (s span) overlaps(o span) bool { return s.from < o.to && o.from < s.to }

// thin is the narrowest thing drawn by itself; shorter intervals are drawn
// together, as what they mostly were.
const thin = 1.2

func (c *canvas) lane(row int, g *Goroutine) {
	mid := c.barTop(row) + c.size.bar/2
	class, drop := "", 5.0
	if c.size.lane < 16 {
		class, drop = ` class="tiny"`, 3.5
	}
	c.printf(`<text%s x="%.1f" y="%.1f" text-anchor="end">%s</text>`, class, c.left-10, mid+drop, html.EscapeString(paper.Clip(g.Name, 22)))
	base := c.barEnd(row) - .5
	c.printf(`<line class="base" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, c.left, c.right, base, base)
	paths := map[string]*strings.Builder{}
	c.pieces(g, func(look string, x0, x1 float64) {
		class := look
		if x1-x0 < 5 {
			class += " slim" // too narrow for a pattern
		}
		p := paths[class]
		if p == nil {
			p = &strings.Builder{}
			paths[class] = p
		}
		c.used[look] = true
		h := c.heightOf(row, look)
		if !isTall(look) && x1-x0 > 6 {
			// A tick where a wait begins: one long wait and many short ones
			// in a row are different stories.
			c.printf(`<path class="tick" d="M%.1f %.1fv%.1f"/>`, x0+.6, c.barEnd(row)-h-4, h+4)
		}
		fmt.Fprintf(p, "M%.1f %.1fh%.1fv%.1fh%.1fz", x0, c.barEnd(row)-h, x1-x0, h, x0-x1)
	})
	for _, look := range looks {
		for _, class := range []string{look, look + " slim"} {
			if p := paths[class]; p != nil {
				c.printf(`<path class="%s" d="%s"/>`, class, p)
			}
		}
	}
	x := c.x(g.End)
	switch {
	case g.Alive:
		y := c.barEnd(row) - c.size.wait/2
		c.printf(`<path class="alive" d="M%.1f %.1fl8 5l-8 5z"/>`, x+2, y-5)
		c.used["alive"] = true
	case row > 0:
		c.printf(`<line class="end" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, x, x, c.barTop(row), c.barEnd(row))
	}
}

// heightOf a state: what works stands tall, what waits lies low.
func (c *canvas) heightOf(row int, look string) float64 {
	part := 1.0
	if len(c.tasks[row]) > 0 {
		part -= taskShare
	}
	if isTall(look) {
		return c.size.bar * part
	}
	return c.size.wait * (1 + part) / 2
}

func isTall(look string) bool { return look == "running" || look == "ready" || look == "syscall" }

// pieces cuts a lane into what can be seen.
func (c *canvas) pieces(g *Goroutine, draw func(look string, x0, x1 float64)) {
	var open span
	spent := map[string]float64{}
	flush := func() {
		best := ""
		for _, l := range looks {
			if spent[l] > 0 && (best == "" || spent[l] > spent[best]) {
				best = l
			}
		}
		if best != "" {
			draw(best, open.from, max(open.to, open.from+c.thin/2))
		}
		clear(spent)
	}
	for _, i := range g.Intervals {
		x0, x1 := c.x(i.From), c.x(i.To)
		if x1-x0 >= c.thin {
			flush()
			draw(i.look(), x0, x1)
			continue
		}
		if len(spent) > 0 && x1-open.from > c.thin {
			flush()
		}
		if len(spent) == 0 {
			open.from = x0
		}
		open.to = x1
		spent[i.look()] += x1 - x0
	}
	flush()
}

// births draws a line from the go statement to the new lane.
func (c *canvas) births() {
	for i, g := range c.lanes {
		from, ok := c.row[g.Parent]
		if !ok || i == 0 {
			continue
		}
		x, y := c.x(g.Start), c.barEnd(from)
		if from > i {
			y = c.barTop(from)
		}
		c.used["born"] = true
		c.printf(`<path class="born" d="M%.1f %.1fV%.1f"/><circle class="dot" cx="%.1f" cy="%.1f" r="2"/>`, x, y, c.barEnd(i), x, y)
	}
}

// How many arrows stay readable, and how close together.
const (
	maxWakes = 60
	arrowGap = 3.5
)

// arrow is a hand-over between two lanes of the picture.
type arrow struct {
	x        float64
	from, to int           // rows
	ended    time.Duration // how long the wait was that it ended
}

// arrows are the hand-overs worth drawing: those that ended the longest waits,
// and of several at the same place one.
func (c *canvas) arrows() []arrow {
	var all []arrow
	for _, w := range c.t.Wakes {
		from, ok := c.row[w.From]
		to, known := c.row[w.To]
		if ok && known && w.At <= c.t.End {
			all = append(all, arrow{c.x(w.At), from, to, w.Ended})
		}
	}
	slices.SortStableFunc(all, func(a, b arrow) int { return cmp.Compare(b.ended, a.ended) })
	var some []arrow
	for _, a := range all {
		near := func(b arrow) bool {
			return a.from == b.from && a.to == b.to && a.x-b.x < arrowGap && b.x-a.x < arrowGap
		}
		if len(some) < maxWakes && !slices.ContainsFunc(some, near) {
			some = append(some, a)
		}
	}
	return some
}

// wakes draws an arrow for every hand-over from the lane that made it possible.
func (c *canvas) wakes() {
	arrows := c.arrows()
	if len(arrows) == 0 {
		return
	}
	opacity := 0.75
	if len(arrows) > maxWakes/3 {
		opacity = 0.5
	}
	c.used["wake"] = true
	c.printf(`<g opacity="%.2f">`, opacity)
	for _, a := range arrows {
		y0, y1, tip := c.barEnd(a.from), c.barEnd(a.to)-c.size.wait, -6.0
		if a.from > a.to {
			y0, y1, tip = c.barTop(a.from), c.barEnd(a.to), 6.0
		}
		c.printf(`<path class="wake" d="M%.1f %.1fV%.1f"/><path class="head" d="M%.1f %.1fl-3.4 %.0fh6.8z"/>`, a.x, y0, y1+tip, a.x, y1, tip)
	}
	c.WriteString("</g>")
}

// labels says on long waits what they wait for and where.
func (c *canvas) labels(row int, g *Goroutine) {
	if !c.size.words {
		return
	}
	for _, i := range g.Intervals {
		if i.State != Waiting {
			continue
		}
		room := span{c.x(i.From) + 4, c.x(i.To) - 3}
		if room.to-room.from < 20 {
			continue
		}
		for _, b := range c.busy[row] {
			if b.from <= room.from && b.to > room.from {
				room.from = b.to + 4
			} else if b.from > room.from && b.from < room.to {
				room.to = b.from - 4
			}
		}
		c.label(row, i, room)
	}
}

// label writes the longest of several forms that fits.
func (c *canvas) label(row int, i Interval, room span) {
	what := c.w.label[i.Reason]
	y := c.barEnd(row) - c.size.wait - 4
	for _, code := range []string{join(i.Pos.where(c.opt), i.Pos.Text), i.Pos.Text, i.Pos.where(c.opt)} {
		if code == "" {
			continue
		}
		if paper.Wide(what, 13)+8+paper.WideCode(code, 13) <= room.to-room.from {
			c.printf(`<text class="small dim" x="%.1f" y="%.1f">%s <tspan class="code" dx="4">%s</tspan></text>`,
				room.from, y, html.EscapeString(what), html.EscapeString(code))
			return
		}
	}
	if paper.Wide(what, 13) <= room.to-room.from {
		c.printf(`<text class="small dim" x="%.1f" y="%.1f">%s</text>`, room.from, y, html.EscapeString(what))
	}
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}
