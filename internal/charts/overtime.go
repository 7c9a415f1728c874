package charts

import (
	"fmt"
	"math"
	"strings"

	"lanebook/internal/paper"
)

// gauge is a value over time. Each point holds until the next.
type gauge struct {
	Unit   string  `json:"unit"`
	End    int64   `json:"end"` // nanoseconds
	Lost   int     `json:"lost"`
	Points []point `json:"points"`
}

type point struct {
	At    int64    `json:"at"`
	Value *float64 `json:"value"`
	Note  string   `json:"note"`
}

const (
	timeWidth  = 720
	timeHeight = 220
	maxNotes   = 40
)

func drawGauge(data []byte, w *words) (*picture, error) {
	g, err := read[gauge](data)
	if err != nil {
		return nil, err
	}
	least, most, last := math.Inf(1), math.Inf(-1), 0.0
	p := &picture{table: table{header: w.fig.gaugeColumns, left: true}}
	for i := range g.Points {
		x := &g.Points[i]
		if x.Value == nil {
			x.Value = &last
		}
		last = *x.Value
		least, most = min(least, last), max(most, last)
		g.End = max(g.End, x.At)
		if i < 200 {
			p.table.rows = append(p.table.rows, []string{timeText(float64(max(x.At, 0))), unitText(last, g.Unit), x.Note})
		}
	}
	if len(g.Points) == 0 || g.End <= 0 {
		return nil, errEmpty
	}
	p.told = []string{fmt.Sprintf(w.fig.moved, unitText(least, g.Unit), unitText(most, g.Unit), unitText(last, g.Unit))}
	if g.Lost > 0 {
		p.told = append(p.told, fmt.Sprintf(w.fig.lost, g.Lost))
	}
	p.image = g.image(least, most)
	return p, nil
}

func (g *gauge) image(least, most float64) *canvas {
	c := newCanvas(timeWidth)
	head := 12.0
	for _, x := range g.Points {
		if x.Note != "" {
			head = 58 // room for three rows of notes
		}
	}
	x := axis{from: 0, to: float64(g.End), left: margin + 64, right: timeWidth - margin - 16}
	y := axis{from: min(least, 0), to: max(most, 0), left: margin + head + timeHeight, right: margin + head}
	if y.from == y.to {
		y.to = 1
	}
	for _, v := range y.ticks(5) {
		c.line("grid", x.left, y.at(v), x.right, y.at(v))
		c.text(x.left-8, y.at(v)+5, "small dim", "end", unitText(v, g.Unit))
	}
	for _, v := range x.ticks(7) {
		c.line("axis", x.at(v), y.left, x.at(v), y.left+4)
		c.text(x.at(v), y.left+19, "small dim", "middle", tickText(v))
	}
	c.line("axis", x.left, y.left, x.right, y.left)
	var d strings.Builder
	for i, k := range g.Points {
		px, py := x.at(float64(max(k.At, 0))), y.at(*k.Value)
		if i == 0 {
			fmt.Fprintf(&d, "M%.1f %.1f", px, py)
		} else {
			fmt.Fprintf(&d, "H%.1fV%.1f", px, py)
		}
	}
	fmt.Fprintf(&d, "H%.1f", x.right)
	base := y.at(max(y.from, min(0, y.to)))
	first := x.at(float64(max(g.Points[0].At, 0)))
	c.printf(`<path class="area" d="%sV%.1fH%.1fz"/><path class="curve" d="%s"/>`, d.String(), base, first, d.String())
	notes := 0
	for _, k := range g.Points {
		if k.Note == "" || notes >= maxNotes {
			continue
		}
		px, row := x.at(float64(max(k.At, 0))), margin+8+float64(notes%3)*18
		c.line("pole", px, row+3, px, y.left)
		anchor, shift := "start", 3.0
		if px > timeWidth*0.7 {
			anchor, shift = "end", -3
		}
		c.text(px+shift, row+4, "small", anchor, paper.Clip(k.Note, 28))
		notes++
	}
	c.height = y.left + 26 + margin
	return c
}

// waterfall is a number of spans of time.
type waterfall struct {
	End   int64  `json:"end"`
	Spans []span `json:"spans"`
}

type span struct {
	Name string `json:"name"`
	From int64  `json:"from"`
	To   int64  `json:"to"` // below zero: it had not ended
}

func drawWaterfall(data []byte, w *words) (*picture, error) {
	f, err := read[waterfall](data)
	if err != nil {
		return nil, err
	}
	p := &picture{table: table{header: w.fig.spanColumns}}
	var total, first, last int64
	first = math.MaxInt64
	for i, s := range f.Spans {
		end := s.To
		if end < 0 {
			end = max(f.End, s.From)
		}
		if s.From < 0 || end < s.From {
			return nil, errEmpty
		}
		total += end - s.From
		first, last = min(first, s.From), max(last, end)
		if i < 200 {
			p.table.rows = append(p.table.rows, []string{s.Name, timeText(float64(s.From)), timeText(float64(end - s.From))})
		}
	}
	if len(f.Spans) == 0 || last <= first {
		return nil, errEmpty
	}
	p.told = []string{fmt.Sprintf(w.fig.overlap, len(f.Spans), timeText(float64(last-first)), timeText(float64(total)), digits(float64(total)/float64(last-first)))}
	if hidden := len(f.Spans) - maxRows; hidden > 0 {
		p.told = append(p.told, fmt.Sprintf(w.fig.moreSpans, hidden))
	}
	p.image = f.image(last, w)
	return p, nil
}

func (f *waterfall) image(last int64, w *words) *canvas {
	c := newCanvas(timeWidth)
	shown := f.Spans[:min(len(f.Spans), maxRows)]
	names := 40.0
	for _, s := range shown {
		names = max(names, min(paper.Wide(s.Name, 14), 220))
	}
	const row = 28
	x := axis{from: 0, to: float64(last), left: margin + names + 12, right: timeWidth - margin - 90}
	top, bottom := float64(margin), margin+float64(len(shown))*row
	for _, v := range x.ticks(6) {
		c.line("grid", x.at(v), top, x.at(v), bottom)
		c.text(x.at(v), bottom+18, "small dim", "middle", tickText(v))
	}
	for i, s := range shown {
		y, end, length := top+float64(i)*row, float64(last), w.fig.unfinished
		if s.To >= 0 {
			end, length = float64(s.To), timeText(float64(s.To-s.From))
		}
		c.text(x.left-10, y+row/2+5, "", "end", fit(s.Name, 220, 14))
		class := "bar"
		if s.To < 0 {
			class = "c3"
		}
		c.rect(class, x.at(float64(s.From)), y+5, max(x.at(end)-x.at(float64(s.From)), 1.5), row-10)
		c.text(x.at(end)+7, y+row/2+5, "small dim", "", length)
	}
	c.height = bottom + 26 + margin
	return c
}
