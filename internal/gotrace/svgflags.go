package gotrace

import (
	"fmt"
	"html"
	"slices"
	"time"

	"lanebook/internal/paper"
)

// banner is what one or more marks look like on a lane.
type banner struct {
	text  string
	pole  float64
	box   span
	level int  // 0: at the top of the lane, 1: below that
	left  bool // the flag stands at the left of its pole
	more  int  // marks beside it that found no room of their own
}

// flagKey finds the flags that gave tasks their names; those are drawn as bars.
type flagKey struct {
	goroutine int64
	at        time.Duration
}

// flagLevels is how many flags stand one below another in a lane.
const flagLevels = 2

// countWide is room for the edge of a flag and for how many more there are.
const countWide = 56

// label is what the flag says.
func (f *banner) label() string {
	if f.more > 0 {
		return fmt.Sprintf("%s +%d", f.text, f.more)
	}
	return f.text
}

// spread is the room a flag takes beside its pole.
func (f *banner) spread() span {
	wide := paper.Wide(f.label(), 13) + 8
	if f.left {
		return span{f.pole - wide, f.pole}
	}
	return span{f.pole, f.pole + wide}
}

// marks draws flags. Where several are too close to each other for their texts,
// they stand one below another; what still finds no room is counted on the flag
// before it, and the list below the picture has every name.
func (c *canvas) marks() {
	flags := make([][]*banner, len(c.lanes))
	last := make([]float64, len(c.lanes)) // the newest pole
	for _, m := range c.t.Marks {
		row, ok := c.row[m.Goroutine]
		if !ok || m.At > c.t.End || c.named[flagKey{m.Goroutine, m.At}] {
			continue
		}
		x, top := c.x(m.At), c.barTop(row)
		f := &banner{text: paper.Clip(m.Text, 24), pole: x}
		f.left = f.pole+paper.Wide(f.text, 13)+countWide > picWidth-4
		f.box = f.spread()
		first := 0
		if len(c.tasks[row]) > 0 {
			first = 1 // tasks stand above
		}
		placed := c.size.words && settle(f, first, flags[row])
		switch {
		case placed:
			flags[row] = append(flags[row], f)
		case len(flags[row]) > 0:
			before := flags[row][len(flags[row])-1]
			before.more++
			before.box = before.spread()
		}
		if !placed && last[row] > 0 && x-last[row] < arrowGap {
			continue
		}
		last[row] = x
		c.printf(`<line class="pole" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, x, x, top-3, c.barEnd(row))
		if !placed {
			c.printf(`<path class="head" d="M%.1f %.1fl7 3.5l-7 3.5z"/>`, x, top-3)
		}
	}
	tall := min(17, (c.size.bar+4)/flagLevels)
	for row := range flags {
		for _, f := range flags[row] {
			c.busy[row] = append(c.busy[row], f.box)
			y := c.barTop(row) - 4 + float64(f.level)*tall
			c.printf(`<rect class="flag" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="2"/><text class="small" x="%.1f" y="%.1f">%s</text>`,
				f.box.from, y, f.box.to-f.box.from, tall, f.box.from+4, y+tall-4, html.EscapeString(f.label()))
		}
	}
}

// settle finds the highest level, from first on, where f does not cover another flag.
func settle(f *banner, first int, others []*banner) bool {
	for f.level = first; f.level < flagLevels; f.level++ {
		covers := func(o *banner) bool { return o.level == f.level && o.box.overlaps(f.box) }
		// They come in the order of time: only the newest can be in the way.
		if !slices.ContainsFunc(others[max(0, len(others)-4*flagLevels):], covers) {
			return true
		}
	}
	return false
}
