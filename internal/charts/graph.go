package charts

import (
	"fmt"

	"lanebook/internal/paper"
)

// graph is variables and the objects they lead to.
type graph struct {
	Objects []object `json:"objects"` // one without a type is a variable
	Lost    int      `json:"lost"`
}

type object struct {
	Type string     `json:"type"`
	Rows []graphRow `json:"rows"`
	More int        `json:"more"`

	column  int // where it is drawn
	x, y, h float64
}

type graphRow struct {
	Name string `json:"name"`
	Text string `json:"text"`
	To   int    `json:"to"` // -1: nowhere
}

const (
	objectWidth = 156
	objectGap   = 56
	objectRow   = 22
	maxColumns  = 8
)

func drawGraph(data []byte, w *words) (*picture, error) {
	g, err := read[graph](data)
	if err != nil {
		return nil, err
	}
	if len(g.Objects) == 0 || len(g.Objects) > 100 {
		return nil, errEmpty
	}
	p := &picture{table: table{header: w.fig.graphColumns, left: true}}
	variables, arrows := 0, 0
	for i, o := range g.Objects {
		if o.Type == "" {
			variables++
		}
		for _, r := range o.Rows {
			if r.To < -1 || r.To >= len(g.Objects) || len(o.Rows) > 50 {
				return nil, errEmpty
			}
			to := r.Text
			if r.To >= 0 {
				arrows++
				to = "→ " + g.name(r.To)
			}
			p.table.rows = append(p.table.rows, []string{g.name(i), r.Name, to})
		}
	}
	p.told = []string{fmt.Sprintf(w.fig.graph, variables, len(g.Objects)-variables, arrows)}
	if g.cyclic() {
		p.told = append(p.told, w.fig.cycle)
	}
	if g.Lost > 0 {
		p.told = append(p.told, fmt.Sprintf(w.fig.moreSteps, g.Lost))
	}
	p.image = g.image()
	return p, nil
}

// name is what the table calls an object.
func (g *graph) name(i int) string {
	o := g.Objects[i]
	if o.Type == "" && len(o.Rows) > 0 {
		return o.Rows[0].Name
	}
	return fmt.Sprintf("%s #%d", o.Type, i)
}

// cyclic reports whether some object leads back to itself.
func (g *graph) cyclic() bool {
	state := make([]int, len(g.Objects)) // 1: on the way, 2: done
	var walk func(i int) bool
	walk = func(i int) bool {
		state[i] = 1
		for _, r := range g.Objects[i].Rows {
			if r.To >= 0 && (state[r.To] == 1 || state[r.To] == 0 && walk(r.To)) {
				return true
			}
		}
		state[i] = 2
		return false
	}
	for i := range g.Objects {
		if state[i] == 0 && walk(i) {
			return true
		}
	}
	return false
}

// place puts every object one column to the right of the first that leads to it.
func (g *graph) place() (columns int, height float64) {
	for i := range g.Objects {
		g.Objects[i].column = -1
	}
	var queue []int
	for i := range g.Objects {
		if g.Objects[i].Type == "" {
			g.Objects[i].column = 0
			queue = append(queue, i)
		}
	}
	for len(queue) > 0 {
		o := g.Objects[queue[0]]
		queue = queue[1:]
		for _, r := range o.Rows {
			if r.To >= 0 && g.Objects[r.To].column < 0 {
				g.Objects[r.To].column = min(o.column+1, maxColumns-1)
				queue = append(queue, r.To)
			}
		}
	}
	tops := make([]float64, maxColumns)
	for i := range g.Objects {
		o := &g.Objects[i]
		o.column = max(o.column, 0)
		rows := len(o.Rows)
		if o.More > 0 {
			rows++
		}
		o.h = float64(max(rows, 1)) * objectRow
		if o.Type != "" {
			o.h += objectRow
		}
		o.x = margin + float64(o.column)*(objectWidth+objectGap)
		o.y = margin + tops[o.column]
		tops[o.column] += o.h + 18
		columns, height = max(columns, o.column+1), max(height, tops[o.column])
	}
	return columns, height
}

func (g *graph) image() *canvas {
	columns, height := g.place()
	c := newCanvas(max(2*margin+columns*(objectWidth+objectGap)-objectGap+24, 400))
	for _, o := range g.Objects {
		y := o.y
		if o.Type != "" {
			c.rect("box", o.x, y, objectWidth, o.h)
			c.boxed("c0", o.x, y, objectWidth, objectRow, "small strong", paper.Clip(o.Type, 60))
			y += objectRow
		} else {
			c.rect("c4", o.x, y, objectWidth, o.h)
		}
		for _, r := range o.Rows {
			c.text(o.x+8, y+16, "small", "", fit(r.Name, 70, 13))
			c.text(o.x+objectWidth-8, y+16, "code", "end", fit(r.Text, objectWidth-20-min(paper.Wide(r.Name, 13), 70), 14))
			y += objectRow
		}
		if o.More > 0 {
			c.text(o.x+8, y+16, "small dim", "", fmt.Sprintf("… %d", o.More))
		}
	}
	for _, o := range g.Objects {
		y := o.y
		if o.Type != "" {
			y += objectRow
		}
		for _, r := range o.Rows {
			if r.To >= 0 {
				c.reference(o.x+objectWidth, y+objectRow/2, g.Objects[r.To])
			}
			y += objectRow
		}
	}
	c.height = height + margin
	return c
}

// reference draws an arrow from a row to an object: forwards to its left edge,
// backwards around to its right edge.
func (c *canvas) reference(x, y float64, to object) {
	c.dot("head", x-4, y, 3)
	tx, ty, bend, tip := to.x, to.y+objectRow/2, 30.0, 8.0
	if to.x < x { // back, or in the same column
		tx, bend, tip = to.x+objectWidth, -34, -8
	}
	c.printf(`<path class="arrow" d="M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f"/><path class="head" d="M%.1f %.1fl%.1f -4.5v9z"/>`,
		x-4, y, x+34, y, tx-bend, ty, tx-tip, ty, tx, ty, -tip)
}
