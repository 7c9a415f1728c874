package charts

import (
	"fmt"
	"math"
	"strings"

	"lanebook/internal/measure"
)

// drawSweep draws how much faster more workers are.
func drawSweep(data []byte, w *words) (*picture, error) {
	t, err := readTimings(data)
	if err != nil {
		return nil, err
	}
	if t.Base() < 0 {
		return nil, errEmpty
	}
	t.Ratios, t.Law = t.SpeedUps(), t.Run.Law()
	t.Sentences = t.swept(w)
	return &picture{title: t.Name, image: t.curve(w), told: t.Sentences, table: t.sweepTable(w), data: t}, nil
}

// swept says what more workers bring, and how far the law explains it.
func (t *timings) swept(w *words) []string {
	var told []string
	base, best := t.Base(), t.Base()
	for i, r := range t.Ratios {
		if r.Ratio > t.Ratios[best].Ratio {
			best = i
		}
	}
	if t.Doubt != "" {
		told = append(told, t.doubtText(w))
	} else if r := t.Ratios[best]; r.Verdict == measure.Faster {
		told = append(told, fmt.Sprintf(w.best, t.Cases[best].N, times(r.Ratio), t.Cases[base].N, times(r.Lo), times(r.Hi)))
	}
	if l := t.Law; l != nil {
		why := w.lawWhy[l.Why]
		switch {
		case l.Why == "":
			told = append(told, w.law, fmt.Sprintf(w.share, 100*l.Serial, 100*l.Lo, 100*l.Hi))
		case l.Why == measure.TwoPoints:
			told = append(told, w.law, fmt.Sprintf(why, l.Limit, 100*l.Serial))
		default:
			told = append(told, why)
		}
	}
	if len(told) == 0 {
		told = append(told, w.noLaw)
	}
	return append(told, t.cautions(w)...)
}

func (t *timings) sweepTable(w *words) table {
	tab := table{header: append([]string{t.Name}, w.sweepColumns[1:]...)}
	for i, c := range t.Cases {
		s, r := t.Summaries[i], t.Ratios[i]
		ratio, interval := w.none, w.none
		if i != t.Base() && t.Doubt == "" {
			ratio, interval = w.against(r)
		}
		tab.rows = append(tab.rows, []string{
			c.Name, timeText(s.Median), ratio, interval, fmt.Sprintf("%.2f", s.Cores),
			count(s.Allocs), thousands(int64(len(c.Samples))),
		})
	}
	return tab
}

// Geometry of the curve.
const (
	curveWidth  = 720
	curveHeight = 300
)

// curve is the speed-up over the number of workers.
func (t *timings) curve(w *words) *canvas {
	c := newCanvas(curveWidth)
	least, most, top := math.MaxInt, 0, 1.0
	for i, k := range t.Cases {
		least, most, top = min(least, k.N), max(most, k.N), max(top, t.Ratios[i].Hi)
	}
	base := t.Cases[t.Base()].N
	// The ideal line runs out of the picture once it is far above everything.
	limit := float64(most) / float64(base)
	if t.Law == nil || t.Law.Limit > 0 {
		limit = min(limit, max(float64(t.Wanted())/float64(base), 1)*1.15)
	}
	left, right := float64(margin+46), float64(curveWidth-margin-14)
	x := axis{from: float64(least), to: float64(most), left: left + 16, right: right - 16}
	if least == most {
		x.from, x.to = x.from-1, x.to+1
	} else if most > 20*least {
		x.log = true
	}
	ceiling := float64(margin + 22)
	y := axis{from: 0, to: max(top, limit) * 1.05, left: ceiling + curveHeight, right: ceiling}
	for _, v := range y.ticks(6) {
		c.line("grid", left, y.at(v), right, y.at(v))
		c.text(left-8, y.at(v)+5, "small dim", "end", count(v)+"×")
	}
	c.text(margin, ceiling-10, "small dim", "", w.ySpeedUp)
	last := math.Inf(-1)
	for _, k := range t.Cases {
		px := x.at(float64(k.N))
		c.line("axis", px, y.left, px, y.left+5)
		if px-last > 26 {
			c.text(px, y.left+20, "small dim", "middle", k.Name)
			last = px
		}
	}
	c.line("axis", left, y.left, right, y.left)
	name := t.Name
	if name == "" {
		name = w.xWorkers
	}
	c.text((left+right)/2, y.left+40, "small dim", "middle", fit(name, right-left, 13))
	c.printf(`<clipPath id="plot"><rect x="%.1f" y="%.1f" width="%.1f" height="%d"/></clipPath><g clip-path="url(#plot)">`, left, ceiling-6, right-left, curveHeight+8)
	t.guides(c, x, y, base)
	t.points(c, x, y)
	c.WriteString("</g>")
	t.explainCurve(c, w)
	c.finish(y.left + 48)
	c.height += 20
	c.text(margin, c.height-margin, "small dim", "", t.howMeasured(w))
	return c
}

// guides draws the ideal line, the cores, and the law.
func (t *timings) guides(c *canvas, x, y axis, base int) {
	path := func(class string, f func(n float64) float64) {
		var d strings.Builder
		for i := range 65 {
			px := x.left + (x.right-x.left)*float64(i)/64
			n := x.from + (x.to-x.from)*float64(i)/64
			if x.log {
				n = x.from * math.Pow(x.to/x.from, float64(i)/64)
			}
			verb := "L"
			if i == 0 {
				verb = "M"
			}
			fmt.Fprintf(&d, "%s%.1f %.1f", verb, px, y.at(f(n)))
		}
		c.printf(`<path class="%s" d="%s"/>`, class, d.String())
	}
	path("ideal", func(n float64) float64 { return n / float64(base) })
	if cores := t.Wanted(); t.capped() && float64(cores) < x.to {
		path("limit", func(n float64) float64 { return float64(cores) / float64(base) })
	}
	if t.lawDrawn() {
		at := t.Law.At(float64(base))
		path("law", func(n float64) float64 { return t.Law.At(n) / at })
	}
}

// capped reports whether more workers than cores cannot help.
func (t *timings) capped() bool { return t.Law == nil || t.Law.Limit > 0 }

// lawDrawn reports whether the law's curve says something.
func (t *timings) lawDrawn() bool {
	return t.Law != nil && (t.Law.Why == "" || t.Law.Why == measure.TwoPoints)
}

// points draws every sample as the speed-up it would be, and the medians.
func (t *timings) points(c *canvas, x, y axis) {
	yardstick := t.Summaries[t.Base()].Median
	var d strings.Builder
	for i, k := range t.Cases {
		px := x.at(float64(k.N))
		for j, v := range k.Times() {
			c.dot("sample", px+5*math.Sin(float64(j)*2.4), y.at(yardstick/v), 2.6)
		}
		verb := "L"
		if i == 0 {
			verb = "M"
		}
		fmt.Fprintf(&d, "%s%.1f %.1f", verb, px, y.at(t.Ratios[i].Ratio))
	}
	c.printf(`<path class="curve" d="%s"/>`, d.String())
	for i, k := range t.Cases {
		c.dot("point", x.at(float64(k.N)), y.at(t.Ratios[i].Ratio), 5)
	}
}

func (t *timings) explainCurve(c *canvas, w *words) {
	sign := func(class string) func(x, y float64) {
		return func(x, y float64) { c.line(class, x-9, y, x+9, y) }
	}
	c.explain(w.measuredLine, func(x, y float64) { c.line("curve", x-9, y, x+9, y); c.dot("point", x, y, 4) })
	c.explain(w.oneSample, func(x, y float64) { c.dot("sample", x, y, 3.5) })
	c.explain(w.idealLine, sign("ideal"))
	if t.capped() && t.Cases[len(t.Cases)-1].N > t.Wanted() {
		c.explain(fmt.Sprintf(w.coreLimit, t.Wanted()), sign("limit"))
	}
	if t.lawDrawn() {
		c.explain(fmt.Sprintf(w.lawLine, 100*t.Law.Serial), sign("law"))
	}
}
