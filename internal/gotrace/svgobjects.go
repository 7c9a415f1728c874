package gotrace

import (
	"fmt"
	"html"
	"strings"
	"time"

	"lanebook/internal/paper"
)

// Rows for channels and locks, below the lanes of a deep recording.
const (
	objectRow  = 34.0
	objectBar  = 20.0
	maxObjects = 12
)

// objects draws a row for each channel and each lock: how full the buffer was,
// who held it. It returns where the rows end.
func (c *canvas) objects(top float64) float64 {
	shown := c.shownObjects()
	for i, o := range shown {
		y := top + float64(i)*objectRow + (objectRow-objectBar)/2
		c.printf(`<text class="code" x="%.1f" y="%.1f" text-anchor="end">%s</text>`, c.left-10, y+objectBar-5, html.EscapeString(paper.Clip(o.Name, 18)))
		c.printf(`<line class="base" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, c.left, c.right, y+objectBar, y+objectBar)
		if o.Kind == Channel {
			c.buffer(o, y)
		} else {
			c.holds(o, y)
		}
	}
	return top + float64(len(shown))*objectRow
}

// shownObjects are those with something to see.
func (c *canvas) shownObjects() []*Object {
	var some []*Object
	for _, o := range c.t.Objects {
		if (o.Kind == Channel && o.Cap > 0 && len(o.Fill) > 0 && !c.isQueue(o) || len(o.Holds) > 0) && len(some) < maxObjects {
			some = append(some, o)
		}
	}
	return some
}

// isQueue reports whether o is drawn already, as the queue of a pool.
func (c *canvas) isQueue(o *Object) bool { return c.t.Pool != nil && c.t.Pool.object == o }

// buffer draws how many values a channel held as steps.
func (c *canvas) buffer(o *Object, y float64) {
	height := func(n int) float64 { return y + objectBar*(1-float64(n)/float64(o.Cap)) }
	var path strings.Builder
	fmt.Fprintf(&path, "M%.1f %.1f", c.left, y+objectBar)
	for _, l := range c.steps(o) {
		fmt.Fprintf(&path, "H%.1fV%.1f", c.x(l.At), height(l.N))
	}
	fmt.Fprintf(&path, "H%.1fV%.1fz", c.right, y+objectBar)
	c.printf(`<line class="grid" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/><path class="fill" d="%s"/>`, c.left, c.right, y, y, path.String())
	c.printf(`<text class="small dim" x="%.1f" y="%.1f">%d</text>`, c.right+4, y+9, o.Cap)
	c.used["fill"] = true
	if o.Closed >= 0 {
		x := c.x(o.Closed)
		c.printf(`<path class="shut" d="M%.1f %.1fv%.1f"/>`, x, y-2, objectBar+4)
		c.used["shut"] = true
	}
}

// steps are the levels of a buffer, of several at the same place the highest.
func (c *canvas) steps(o *Object) []Level {
	var out []Level
	var edge time.Duration
	pixel := max(c.t.End/time.Duration(c.right-c.left), 1)
	for _, l := range o.Fill {
		if n := len(out); n > 0 && l.At < edge {
			out[n-1].N = max(out[n-1].N, l.N)
			continue
		}
		out = append(out, l)
		edge = l.At + pixel
	}
	if n := len(out); n > 0 {
		out = append(out, Level{max(out[n-1].At, o.Fill[len(o.Fill)-1].At), o.Fill[len(o.Fill)-1].N})
	}
	return out
}

// holds draws who had a lock and, thin above it, that somebody waited for it.
func (c *canvas) holds(o *Object, y float64) {
	const queue = 5
	var waits, holds strings.Builder
	for _, w := range o.Waits {
		x0, x1 := c.x(w.From), c.x(w.To)
		fmt.Fprintf(&waits, "M%.1f %.1fh%.1fv%dh%.1fz", x0, y, max(x1-x0, .6), queue, -max(x1-x0, .6))
		c.used["queue"] = true
	}
	if waits.Len() > 0 {
		c.printf(`<path class="queue" d="%s"/>`, waits.String())
	}
	for _, h := range o.Holds {
		x0, x1 := c.x(h.From), c.x(h.To)
		fmt.Fprintf(&holds, "M%.1f %.1fh%.1fv%.1fh%.1fz", x0, y+queue+1, max(x1-x0, .6), objectBar-queue-1, -max(x1-x0, .6))
		c.used["held"] = true
	}
	c.printf(`<path class="held" d="%s"/>`, holds.String())
	for _, h := range o.Holds {
		who := c.nameOf(h.Goroutine)
		if x0, x1 := c.x(h.From), c.x(h.To); paper.Wide(who, 12)+6 <= x1-x0 {
			c.printf(`<text class="holder" x="%.1f" y="%.1f">%s</text>`, x0+3, y+objectBar-3, html.EscapeString(who))
		}
	}
}

func (c *canvas) nameOf(id int64) string {
	for _, g := range c.t.Goroutines {
		if g.ID == id {
			return paper.Clip(g.Name, 18)
		}
	}
	return ""
}

// objectLegend explains the rows of objects.
func (c *canvas) objectLegend(item func(text string, draw func(x, y float64))) {
	rows := []struct{ key, text string }{{"held", c.w.objects.heldLegend}, {"queue", c.w.objects.queueLegend}, {"fill", c.w.objects.fillLegend}, {"shut", c.w.objects.shutLegend}, {"line", c.w.pool.legend(c.t.Pool)}}
	for _, r := range rows {
		if !c.used[r.key] {
			continue
		}
		item(r.text, func(x, y float64) {
			switch r.key {
			case "queue":
				c.printf(`<rect class="queue" x="%.1f" y="%.1f" width="22" height="5"/>`, x, y-5)
			case "shut":
				c.printf(`<path class="shut" d="M%.1f %.1fv14"/>`, x+11, y-12)
			default:
				c.printf(`<rect class="%s" x="%.1f" y="%.1f" width="22" height="12"/>`, r.key, x, y-11)
			}
		})
	}
}
