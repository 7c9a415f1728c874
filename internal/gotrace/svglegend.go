package gotrace

import (
	"lanebook/internal/paper"
)

// legend explains what occurs in this picture, and returns the picture's height.
func (c *canvas) legend(top float64) float64 {
	x, y := float64(picMargin), top
	item := func(text string, draw func(x, y float64)) {
		if x > picMargin && x+34+paper.Wide(text, 13) > picWidth-picMargin {
			x, y = picMargin, y+22
		}
		draw(x, y)
		c.printf(`<text class="small dim" x="%.1f" y="%.1f">%s</text>`, x+28, y, text)
		x += 28 + paper.Wide(text, 13) + 20
	}
	for _, l := range looks {
		if !c.used[l] {
			continue
		}
		h := 12.0
		if !isTall(l) {
			h = 6
		}
		item(c.w.states[l], func(x, y float64) {
			c.printf(`<rect class="%s" x="%.1f" y="%.1f" width="22" height="%.0f"/>`, l, x, y+1-h, h)
		})
	}
	extra := []struct {
		key, text string
		draw      func(x, y float64)
	}{
		{"born", c.w.born, func(x, y float64) {
			c.printf(`<path class="born" d="M%.1f %.1fv14"/><circle class="dot" cx="%.1f" cy="%.1f" r="2"/>`, x+11, y-12, x+11, y-12)
		}},
		{"wake", c.w.wakes, func(x, y float64) {
			c.printf(`<path class="wake" d="M%.1f %.1fv8"/><path class="head" d="M%.1f %.1fl-3.4 -6h6.8z"/>`, x+11, y-12, x+11, y+2)
		}},
		{"chain", c.w.chain, func(x, y float64) { c.printf(`<path class="chain" d="M%.1f %.1fh22"/>`, x, y-4) }},
		{"core", c.w.onCore, func(x, y float64) {
			c.printf(`<rect class="running" x="%.1f" y="%.1f" width="22" height="13"/><text class="core" x="%.1f" y="%.1f">0</text>`, x, y-11, x+4, y-1)
		}},
		{"alive", c.w.goesOn, func(x, y float64) { c.printf(`<path class="alive" d="M%.1f %.1fl8 5l-8 5z"/>`, x+8, y-9) }},
		{"cut", c.w.cut, func(x, y float64) { c.printf(`<path class="cut" d="M%.1f %.1fv14"/>`, x+11, y-12) }},
		{"gc", c.w.collect, func(x, y float64) {
			c.printf(`<rect class="gc" x="%.1f" y="%.1f" width="22" height="14"/>`, x, y-11)
		}},
		{"stop", c.w.stopped, func(x, y float64) {
			c.printf(`<rect class="stop" x="%.1f" y="%.1f" width="22" height="14"/>`, x, y-11)
		}},
	}
	if c.used["task"] {
		item(c.w.pool.task, func(x, y float64) { c.printf(`<path class="task" d="%s"/>`, rounded(x, y-11, 22, 13)) })
	}
	c.objectLegend(item)
	for _, e := range extra {
		if c.used[e.key] {
			item(e.text, e.draw)
		}
	}
	return y + 16
}
