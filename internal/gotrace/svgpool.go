package gotrace

import (
	"fmt"
	"html"
	"strings"

	"lanebook/internal/paper"
)

// Where a goroutine has tasks, they take the upper part of its lane, and what
// it does takes the rest.
const (
	taskShare = 0.55
	busyWide  = 58.0 // of the column that says who was busy how much
	queueRow  = 40.0
)

// setPool makes room for the tasks of a pool.
func (c *canvas) setPool() {
	c.tasks, c.named = make([][]Task, len(c.lanes)), map[flagKey]bool{}
	p := c.t.Pool
	if p == nil {
		return
	}
	for _, task := range p.Tasks {
		if row, ok := c.row[task.Goroutine]; ok {
			c.tasks[row] = append(c.tasks[row], task)
			c.named[flagKey{task.Goroutine, task.flag}] = task.flag > 0
		}
	}
	if p.reused() {
		c.right -= busyWide
	}
}

// taskBars draws the tasks of a lane, each with its name where there is room.
func (c *canvas) taskBars(row int) {
	if len(c.tasks[row]) == 0 {
		return
	}
	top, tall := c.barTop(row)-4, (c.size.bar+4)*taskShare-1
	size := min(13, tall-4)
	var bars, names strings.Builder
	last := -1.0
	for _, task := range c.tasks[row] {
		x0, x1 := c.x(task.From), c.x(min(task.To, c.t.End))
		if x1 < last+1 {
			continue // too close to be seen
		}
		x0, x1 = max(x0, last+.5), max(x1, x0+1.5)
		last = x1
		bars.WriteString(rounded(x0, top, x1-x0, tall))
		c.busy[row] = append(c.busy[row], span{x0, x1})
		if name := fitting(task.Name, size, x1-x0-6); name != "" && size >= 8 {
			fmt.Fprintf(&names, `<text x="%.1f" y="%.1f" style="font-size:%.1fpx">%s</text>`, x0+4, top+tall-tall/2+size*.36, size, html.EscapeString(name))
		}
	}
	c.used["task"] = true
	c.printf(`<path class="task" d="%s"/>%s`, bars.String(), names.String())
}

// fitting is as much of a name as has room, or "" if that says nothing.
func fitting(name string, size, room float64) string {
	name = paper.Clip(name, 40)
	if paper.Wide(name, size) <= room {
		return name
	}
	// "task 4" is still itself as "4".
	if i := strings.LastIndexByte(name, ' '); i >= 0 && paper.Wide(name[i+1:], size) <= room {
		return name[i+1:]
	}
	return ""
}

// rounded is the path of a bar, with round corners where it is wide enough.
func rounded(x, y, w, h float64) string {
	var b strings.Builder
	if w < 6 {
		fmt.Fprintf(&b, "M%.1f %.1fh%.1fv%.1fh%.1fz", x, y, w, h, -w)
	} else {
		fmt.Fprintf(&b, "M%.1f %.1fh%.1fq2 0 2 2v%.1fq0 2 -2 2h%.1fq-2 0 -2 -2v%.1fq0 -2 2 -2z", x+2, y, w-4, h-4, 4-w, 4-h)
	}
	return b.String()
}

// utilisation says at the right of each worker's lane how much of the pool's
// time it had a task, as a number and as a gauge.
func (c *canvas) utilisation() {
	p := c.t.Pool
	if !p.reused() {
		return
	}
	const wide = busyWide - 14
	x := c.right + 14
	c.printf(`<text class="small dim" x="%.1f" y="%.1f" text-anchor="end">%s</text>`, x+wide, c.top-10, c.w.pool.column)
	for _, w := range p.Workers {
		row, ok := c.row[w.ID]
		if !ok {
			continue
		}
		part := share(w.Busy, p.Life())
		y := c.barEnd(row)
		if c.size.lane >= 25 {
			c.printf(`<text class="small" x="%.1f" y="%.1f" text-anchor="end">%d %%</text>`, x+wide, y-9, part)
		}
		c.printf(`<rect class="idle" x="%.1f" y="%.1f" width="%.1f" height="6"/><rect class="load" x="%.1f" y="%.1f" width="%.1f" height="6"/>`,
			x, y-6, wide, x, y-6, wide*float64(part)/100)
	}
}

// queue draws how many tasks waited to be taken as steps, and returns where the row ends.
func (c *canvas) queue(top float64) float64 {
	p := c.t.Pool
	most := p.longestQueue()
	if most == 0 {
		return top
	}
	y := top + (queueRow-objectBar)/2 + 2
	height := func(n int) float64 { return y + objectBar*(1-float64(n)/float64(most)) }
	var path strings.Builder
	fmt.Fprintf(&path, "M%.1f %.1f", c.left, y+objectBar)
	for _, l := range c.steps(&Object{Fill: p.Queue}) {
		fmt.Fprintf(&path, "H%.1fV%.1f", c.x(min(l.At, c.t.End)), height(l.N))
	}
	fmt.Fprintf(&path, "H%.1fV%.1fz", c.right, y+objectBar)
	c.printf(`<text x="%.1f" y="%.1f" text-anchor="end">%s</text>`, c.left-10, y+objectBar-5, c.w.pool.queue)
	c.printf(`<line class="grid" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/><line class="base" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`,
		c.left, c.right, y, y, c.left, c.right, y+objectBar, y+objectBar)
	c.printf(`<path class="line" d="%s"/><text class="small dim" x="%.1f" y="%.1f">%d</text>`, path.String(), c.right+4, y+9, most)
	c.used["line"] = true
	if p.object != nil && p.object.Closed >= 0 {
		c.printf(`<path class="shut" d="M%.1f %.1fv%.1f"/>`, c.x(p.object.Closed), y-2, objectBar+4)
		c.used["shut"] = true
	}
	return top + queueRow
}

// longestQueue is how many tasks waited at once, at most; 0 if that is not known.
func (p *Pool) longestQueue() int {
	most := 0
	if p != nil {
		for _, l := range p.Queue {
			most = max(most, l.N)
		}
	}
	return most
}
