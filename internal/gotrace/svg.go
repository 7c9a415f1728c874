package gotrace

import (
	_ "embed"
	"fmt"
	"html"
	"strings"
	"time"

	"lanebook/internal/paper"
)

//go:embed picture.css
var pictureCSS string

//go:embed patterns.svg
var picturePatterns string

// width of the picture in its own units; it scales to the page.
const (
	picWidth  = 880
	picMargin = 16
)

// canvas is a picture being drawn. Heights are collected from the top.
type canvas struct {
	strings.Builder
	t     *Timeline
	w     *words
	opt   Options
	lanes []*Goroutine
	row   map[int64]int // of a lane, by goroutine
	tasks [][]Task      // by lane
	named map[flagKey]bool
	size  laneSize
	left  float64 // where time begins
	right float64 // and where it ends
	top   float64 // of the first lane
	used  map[string]bool
	busy  [][]span // by lane: places already taken by words
	thin  float64  // the narrowest thing drawn by itself
}

// laneSize is the geometry of a lane: how tall, how much of it the bar takes, how
// tall a wait is, and whether there is room for words.
type laneSize struct {
	lane, bar, wait float64
	words           bool
}

func sizeFor(lanes int) laneSize {
	switch {
	case lanes <= 9:
		return laneSize{44, 30, 9, true}
	case lanes <= 16:
		return laneSize{35, 25, 7, true}
	case lanes <= 24:
		return laneSize{25, 18, 6, false}
	}
	if lanes <= 48 {
		return laneSize{20, 14, 5, false}
	}
	return laneSize{13, 10, 3, false}
}

// svg draws the picture, as a file of its own.
func svg(t *Timeline, opt Options) string {
	c := &canvas{t: t, w: wordsOf(opt.Lang), opt: opt, lanes: t.lanes(), row: map[int64]int{}, used: map[string]bool{}}
	c.size = sizeFor(len(c.lanes))
	names := 56.0
	for i, g := range c.lanes {
		c.row[g.ID] = i
		names = max(names, paper.Wide(paper.Clip(g.Name, 22), 14.5))
	}
	names = max(names, paper.Wide(c.w.cores, 13))
	c.busy = make([][]span, len(c.lanes))
	c.left, c.right = picMargin+names+12, picWidth-picMargin-14
	c.setPool()
	c.top = picMargin + 26
	if t.Title != "" {
		c.top += 28
	}
	c.fitThin()
	lanesEnd := c.top + float64(len(c.lanes))*c.size.lane
	bottom := lanesEnd + float64(len(t.shownGroups()))*groupRow

	c.axis(bottom)
	c.ranges(bottom)
	c.groups(lanesEnd)
	bottom = c.objects(c.queue(bottom))
	c.cores(bottom + 10)
	for i, g := range c.lanes {
		c.lane(i, g)
		c.taskBars(i)
	}
	c.utilisation()
	c.births()
	c.chain()
	c.wakes()
	c.marks()
	for i, g := range c.lanes {
		c.coreDigits(i, g)
		c.labels(i, g)
	}
	height := c.legend(bottom + 62)

	title := ""
	if t.Title != "" {
		title = fmt.Sprintf(`<text class="title" x="%d" y="%d">%s</text>`, picMargin, picMargin+15, html.EscapeString(paper.Clip(t.Title, 90)))
	}
	return paper.File(picWidth, height, pictureCSS, picturePatterns, title+c.String())
}

// maxPieces bounds what is drawn of many busy lanes. // arbitrary: 300 kB
const maxPieces = 4000

// fitThin finds how narrow the narrowest thing may be.
func (c *canvas) fitThin() {
	for c.thin = thin; ; c.thin *= 1.5 {
		n := 0
		for _, g := range c.lanes {
			c.pieces(g, func(string, float64, float64) { n++ })
		}
		if n <= maxPieces {
			return
		}
	}
}

// x is where a moment is on the time axis.
func (c *canvas) x(at time.Duration) float64 {
	return c.left + (c.right-c.left)*float64(at)/float64(c.t.End)
}

// barTop and barEnd are the upper and lower edge of what is drawn in a lane.
func (c *canvas) barTop(row int) float64 {
	return c.top + float64(row)*c.size.lane + (c.size.lane-c.size.bar)/2
}

func (c *canvas) barEnd(row int) float64 { return c.barTop(row) + c.size.bar }

func (c *canvas) printf(format string, args ...any) { fmt.Fprintf(c, format, args...) }

func (c *canvas) axis(bottom float64) {
	unit, name := unitOf(c.t.End)
	ts := ticks(c.t.End, 8)
	for i, t := range ts {
		x := c.x(t)
		c.printf(`<line class="grid" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, x, x, c.top-4, bottom)
		label := in(t, unit)
		if i == len(ts)-1 {
			label += " " + name
		}
		anchor := "middle"
		if i == len(ts)-1 && x+paper.Wide(label, 13)/2 > picWidth-picMargin {
			anchor = "end"
		}
		c.printf(`<text class="small dim" x="%.1f" y="%.1f" text-anchor="%s">%s</text>`, x, c.top-10, anchor, label)
	}
}

// ranges draws what concerned everybody as bands behind the lanes.
func (c *canvas) ranges(bottom float64) {
	for _, r := range c.t.Ranges {
		x0, x1 := c.x(r.From), c.x(min(r.To, c.t.End))
		if x0 > c.right {
			continue
		}
		class := "gc"
		if r.Kind == "stop" {
			class = "stop"
			if x1-x0 < 1 {
				continue
			}
		}
		c.used[class] = true
		c.printf(`<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, class, x0, c.top-4, max(x1-x0, 1), bottom-c.top+4)
	}
	if c.t.How == "" {
		x := c.x(c.t.End)
		c.printf(`<line class="cut" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, x, x, c.top-4, bottom)
		c.used["cut"] = true
	}
}

// cores draws how many processors were busy, as a strip under the lanes.
func (c *canvas) cores(top float64) {
	const height = 26
	const step = 2 // units of the picture that one value stands for
	columns := int((c.right - c.left) / step)
	sums := make([]float64, columns+1)
	column := func(at time.Duration) float64 { return float64(at) / float64(c.t.End) * float64(columns) }
	for _, l := range c.t.loads() {
		addTo(sums[:columns], column(l.from), column(l.to), float64(l.running))
	}
	procs := max(c.t.Procs, 1)
	c.printf(`<text class="small dim" x="%.1f" y="%.1f" text-anchor="end">%s</text>`, c.left-10, top+height-7, c.w.cores)
	c.printf(`<line class="limit" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, c.left, c.right, top+height, top+height)
	c.printf(`<line class="grid" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, c.left, c.right, top, top)
	c.printf(`<text class="small dim" x="%.1f" y="%.1f">%d</text>`, c.right+4, top+9, procs)
	c.printf(`<path class="busy" d="M%.1f %.1f`, c.left, top+height)
	before := -1.0
	for i, v := range sums[:columns] {
		if v != before {
			c.printf(`V%.1fH%.1f`, top+height-min(v/float64(procs), 1)*height, c.left+float64(i+1)*step)
		} else {
			c.printf(`h%d`, step)
		}
		before = v
	}
	c.printf(`V%.1fz"/>`, top+height)
}

// addTo adds value to the columns between from and to, by how much of each is covered.
func addTo(columns []float64, from, to, value float64) {
	for i := max(int(from), 0); i < len(columns) && float64(i) < to; i++ {
		columns[i] += value * (min(to, float64(i+1)) - max(from, float64(i)))
	}
}
