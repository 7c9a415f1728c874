package charts

import (
	"fmt"
	"math"
	"slices"

	"lanebook/internal/paper"
)

// bars are values with names.
type bars struct {
	Unit string `json:"unit"`
	Bars []bar  `json:"bars"`
}

type bar struct {
	Name  string   `json:"name"`
	Value *float64 `json:"value"` // nil: not a number
}

const (
	barsWidth = 720
	barRow    = 34
	maxRows   = 40
)

func drawBars(data []byte, w *words) (*picture, error) {
	b, err := read[bars](data)
	if err != nil {
		return nil, err
	}
	b.Bars = slices.DeleteFunc(b.Bars, func(x bar) bool { return !drawable(x.Value) || *x.Value < 0 })
	if len(b.Bars) == 0 {
		return nil, errEmpty
	}
	p := &picture{table: table{header: []string{"", b.Unit}}}
	if b.Unit == "ns" || b.Unit == "B" {
		p.table.header[1] = ""
	}
	least, most := b.Bars[0], b.Bars[0]
	for _, x := range b.Bars {
		p.table.rows = append(p.table.rows, []string{x.Name, unitText(*x.Value, b.Unit)})
		if *x.Value < *least.Value {
			least = x
		}
		if *x.Value > *most.Value {
			most = x
		}
	}
	if *least.Value > 0 && *most.Value > *least.Value {
		p.told = append(p.told, fmt.Sprintf(w.fig.mostLeast, most.Name, unitText(*most.Value, b.Unit), times(*most.Value / *least.Value), least.Name, unitText(*least.Value, b.Unit)))
	} else {
		p.told = append(p.told, fmt.Sprintf(w.fig.mostOnly, most.Name, unitText(*most.Value, b.Unit)))
	}
	p.image = b.image(*least.Value, *most.Value, w)
	return p, nil
}

func (b *bars) image(least, most float64, w *words) *canvas {
	c := newCanvas(barsWidth)
	shown := b.Bars[:min(len(b.Bars), maxRows)]
	names := 40.0
	for _, x := range shown {
		names = max(names, min(paper.Wide(x.Name, 14), 220))
	}
	x := axis{from: 0, to: max(most, 1e-12), left: margin + names + 12, right: barsWidth - margin - 110}
	if x.log = least > 0 && most > 30*least; x.log {
		x.from, x.to = decades(least*0.999, most)
	}
	top, bottom := float64(margin), margin+float64(len(shown))*barRow
	for _, v := range x.ticks(6) {
		c.line("grid", x.at(v), top, x.at(v), bottom)
		text := unitText(v, b.Unit)
		if b.Unit == "ns" {
			text = tickText(v)
		}
		c.text(x.at(v), bottom+18, "small dim", "middle", text)
	}
	for i, k := range shown {
		y := top + float64(i)*barRow
		c.text(x.left-10, y+barRow/2+5, "", "end", fit(k.Name, 220, 14))
		c.rect("bar", x.left, y+7, max(x.at(*k.Value)-x.left, 1.5), barRow-14)
		c.text(x.at(*k.Value)+8, y+barRow/2+5, "strong", "", unitText(*k.Value, b.Unit))
	}
	c.height = bottom + 26 + margin
	if x.log {
		c.text((x.left+x.right)/2, c.height-2, "small dim", "middle", x.logText(w))
		c.height += margin
	}
	return c
}

// histogram is how often which values occurred.
type histogram struct {
	Unit   string     `json:"unit"`
	Values []*float64 `json:"values"`
}

// drawable reports whether v is a number, and a step of an axis away from it
// still is one.
func drawable(v *float64) bool { return v != nil && math.Abs(*v) < 1e300 }

func drawHistogram(data []byte, w *words) (*picture, error) {
	h, err := read[histogram](data)
	if err != nil {
		return nil, err
	}
	var vs []float64
	for _, v := range h.Values {
		if drawable(v) {
			vs = append(vs, *v)
		}
	}
	if len(vs) == 0 {
		return nil, errEmpty
	}
	slices.Sort(vs)
	at := func(share float64) float64 { return vs[int(share*float64(len(vs)-1)+0.5)] }
	from, to := vs[0], vs[len(vs)-1]
	p := &picture{told: []string{fmt.Sprintf(w.fig.spread, thousands(int64(len(vs))), unitText(from, h.Unit), unitText(to, h.Unit), unitText(at(0.5), h.Unit), unitText(at(0.95), h.Unit))}}
	counts, width := bins(vs)
	p.table = table{header: w.fig.binColumns}
	for i, n := range counts {
		lo := binStart(vs, width) + float64(i)*width
		p.table.rows = append(p.table.rows, []string{unitText(lo, h.Unit) + " – " + unitText(lo+width, h.Unit), thousands(int64(n))})
	}
	p.image = histogramImage(vs, counts, width, h.Unit, at(0.5), w)
	return p, nil
}

// bins counts values in stretches of a round width, about as many as the root
// of their number.
func bins(vs []float64) (counts []int, width float64) {
	spread := vs[len(vs)-1] - vs[0]
	if spread <= 0 || math.IsInf(spread, 0) {
		return []int{len(vs)}, max(math.Abs(vs[0])/10, 1)
	}
	width = roundStep(spread / min(max(math.Sqrt(float64(len(vs))), 5), 40))
	start := binStart(vs, width)
	counts = make([]int, int((vs[len(vs)-1]-start)/width)+1)
	for _, v := range vs {
		counts[max(min(int((v-start)/width), len(counts)-1), 0)]++
	}
	return counts, width
}

func binStart(vs []float64, width float64) float64 { return math.Floor(vs[0]/width) * width }

func histogramImage(vs []float64, counts []int, width float64, unit string, middle float64, w *words) *canvas {
	c := newCanvas(barsWidth)
	const height = 200
	start := binStart(vs, width)
	x := axis{from: start, to: start + float64(len(counts))*width, left: margin + 46, right: barsWidth - margin - 10}
	y := axis{from: 0, to: float64(slices.Max(counts)) * 1.1, left: margin + 20 + height, right: margin + 20}
	for _, v := range y.ticks(4) {
		if v == math.Trunc(v) {
			c.line("grid", x.left, y.at(v), x.right, y.at(v))
			c.text(x.left-8, y.at(v)+5, "small dim", "end", count(v))
		}
	}
	for i, n := range counts {
		if n > 0 {
			from, to := x.at(start+float64(i)*width), x.at(start+float64(i+1)*width)
			c.rect("bar", from+0.5, y.at(float64(n)), max(to-from-1, 1), y.left-y.at(float64(n)))
		}
	}
	c.line("axis", x.left, y.left, x.right, y.left)
	for _, v := range x.ticks(6) {
		text := unitText(v, unit)
		if unit == "ns" {
			text = tickText(v)
		}
		c.text(x.at(v), y.left+19, "small dim", "middle", text)
	}
	c.line("median", x.at(middle), y.right, x.at(middle), y.left)
	c.explain(w.median, func(x, y float64) { c.line("median", x, y-8, x, y+8) })
	c.finish(y.left + 26)
	return c
}
