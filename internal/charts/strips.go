package charts

import (
	"fmt"
	"math"
	"slices"

	"lanebook/internal/measure"
	"lanebook/internal/paper"
)

// timeAxis is an axis that holds all samples but lonely far ones.
func (t *timings) timeAxis(left, right float64) axis {
	least, most, medians := math.Inf(1), 0.0, []float64{}
	for i, c := range t.Cases {
		s := t.Summaries[i]
		medians = append(medians, s.Median)
		for k, v := range c.Times() {
			if slices.Contains(s.Outliers, k) {
				continue
			}
			least, most = min(least, v), max(most, v)
		}
	}
	if slices.Max(medians) > 20*slices.Min(medians) {
		from, to := decades(least, most)
		if from == to {
			to *= 10
		}
		return axis{from: from, to: to, left: left, right: right, log: true}
	}
	return axis{from: 0, to: most * 1.08, left: left, right: right}
}

// Geometry of the strips.
const (
	stripWidth  = 720
	stripRow    = 58
	stripFigure = 140 // for the figures beside the names, where a narrow screen begins
)

func (t *timings) stripImage(w *words) *canvas {
	c := newCanvas(stripWidth)
	names := 70.0
	for i, k := range t.Cases {
		names = max(names, min(paper.Wide(k.Name, 14), 170), paper.Wide(t.aside(i, w), 13))
	}
	figures := margin + names + 18
	left, right := figures+stripFigure, float64(stripWidth-margin-12)
	x := t.timeAxis(left+4, right)
	top := float64(margin)
	bottom := top + float64(len(t.Cases))*stripRow
	want := 5
	if x.log {
		want = logTicks
	}
	for _, v := range x.ticks(want) {
		c.line("grid", x.at(v), top, x.at(v), bottom)
		c.text(x.at(v), bottom+17, "small dim", "middle", tickText(v))
	}
	for i := range t.Cases {
		t.strip(c, i, x, top+float64(i)*stripRow, names, w)
	}
	base := bottom + 17
	if x.log {
		base += 18
		c.text((left+right)/2, base, "small dim", "middle", x.logText(w))
	}
	t.explainStrips(c, w)
	c.finish(base + 8)
	c.height += 20
	c.text(margin, c.height-margin, "small dim", "", t.howMeasured(w))
	return c
}

// aside is the second line under a name.
func (t *timings) aside(i int, w *words) string {
	s := t.Summaries[i]
	return fmt.Sprintf(w.aside, s.Cores, count(s.Allocs))
}

func (t *timings) strip(c *canvas, i int, x axis, top, names float64, w *words) {
	s, k := t.Summaries[i], t.Cases[i]
	mid := top + stripRow/2
	c.text(margin+names, mid-3, "", "end", fit(k.Name, 170, 14))
	c.text(margin+names, mid+15, "small dim", "end", t.aside(i, w))
	c.line("grid", x.left-4, mid, x.right, mid)
	if s.Hi > 0 {
		from, to := max(x.at(s.Lo), x.left), x.at(s.Hi)
		c.rect("range", from-1, mid-21, max(to-from, 1)+2, 42)
	}
	beyond := 0
	for j, v := range k.Times() {
		// Dots are spread over the height, or they would hide each other.
		y := mid + 15*math.Sin(float64(j)*2.4)
		switch far := slices.Contains(s.Outliers, j); {
		case v > x.to || v < x.from:
			beyond++
		case far:
			c.dot("far", x.at(v), y, 3.5)
		default:
			c.dot("sample", x.at(v), y, 3.5)
		}
	}
	if beyond > 0 {
		c.printf(`<path class="far" d="M%.1f %.1fl7 5l-7 5"/>`, x.right-6, mid-5)
	}
	c.line("median", x.at(s.Median), mid-23, x.at(s.Median), mid+23)
	c.text(margin+names+18, mid-3, "strong", "", timeText(s.Median))
	c.text(margin+names+18, mid+15, "small dim", "", t.ratioText(i, w))
}

// ratioText is a verdict in two words.
func (t *timings) ratioText(i int, w *words) string {
	switch {
	case len(t.Cases) == 1:
		return ""
	case i == 0:
		return w.yardstick
	case t.Doubt != "":
		return w.noVerdict
	}
	switch r := t.Ratios[i-1]; r.Verdict {
	case measure.Faster:
		return fmt.Sprintf(w.asFast, times(r.Ratio))
	case measure.Slower:
		return fmt.Sprintf(w.asLong, times(1/r.Ratio))
	}
	return w.same
}

func (t *timings) explainStrips(c *canvas, w *words) {
	c.explain(w.oneSample, func(x, y float64) { c.dot("sample", x, y, 3.5) })
	c.explain(w.median, func(x, y float64) { c.line("median", x, y-8, x, y+8) })
	interval, far := false, false
	for _, s := range t.Summaries {
		interval, far = interval || s.Hi > 0, far || len(s.Outliers) > 0
	}
	if interval {
		c.explain(w.interval, func(x, y float64) { c.rect("range", x-9, y-7, 18, 14) })
	}
	if far {
		c.explain(w.farOff, func(x, y float64) { c.dot("far", x, y, 3.5) })
	}
}

// howMeasured is the small print: how many samples, and what the machine gave.
func (t *timings) howMeasured(w *words) string {
	least, most := math.MaxInt, 0
	for _, k := range t.Cases {
		least, most = min(least, len(k.Samples)), max(most, len(k.Samples))
	}
	text := fmt.Sprintf(w.samples, thousands(int64(most)))
	if len(t.Cases) > 1 {
		text += w.shuffled
	}
	if t.Probe != nil && t.Probe.Before > 0 {
		text += " · " + fmt.Sprintf(w.given, t.Probe.Least(), t.Wanted())
	}
	return text
}
