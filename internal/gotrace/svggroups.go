package gotrace

import (
	"fmt"
	"html"
	"strings"

	"lanebook/internal/paper"
)

const (
	groupRow = 76.0
	groupBar = 58.0
)

// groups draws, below the lanes, how many of each group do what, and returns
// where the picture goes on.
func (c *canvas) groups(top float64) float64 {
	if !c.t.crowded() {
		return top
	}
	for _, gr := range c.t.shownGroups() {
		c.group(gr, top)
		top += groupRow
	}
	return top
}

// group is a stack of areas, one for each thing that a member can do.
func (c *canvas) group(gr *group, top float64) {
	name := gr.name
	if name == "" {
		name = c.w.others
	}
	base := top + groupRow - 6
	c.printf(`<text x="%.1f" y="%.1f" text-anchor="end">%s</text>`, c.left-10, base-groupBar/2-2, html.EscapeString(paper.Clip(name, 22)))
	c.printf(`<text class="small dim" x="%.1f" y="%.1f" text-anchor="end">× %s</text>`, c.left-10, base-groupBar/2+16, thousands(len(gr.members)))
	c.printf(`<line class="grid" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, c.left, c.right, base-groupBar, base-groupBar)
	c.printf(`<text class="small dim" x="%.1f" y="%.1f" text-anchor="end">%s</text>`, c.right-2, base-groupBar+12, thousands(int(gr.most+.5)))
	c.printf(`<line class="limit" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f"/>`, c.left, c.right, base, base)
	step := (c.right - c.left) / groupColumns
	floor := make([]float64, groupColumns)
	for _, look := range looks {
		column := gr.columns[look]
		var up, down strings.Builder
		some := false
		for i := range groupColumns {
			x := c.left + float64(i)*step
			h := column[i] / gr.most * groupBar
			some = some || h > .3
			fmt.Fprintf(&up, "L%.1f %.1fH%.1f", x, base-floor[i]-h, x+step)
			floor[i] += h
		}
		if !some {
			continue
		}
		for i := groupColumns - 1; i >= 0; i-- {
			h := column[i] / gr.most * groupBar
			x := c.left + float64(i)*step
			fmt.Fprintf(&down, "L%.1f %.1fH%.1f", x+step, base-floor[i]+h, x)
		}
		c.used[look] = true
		c.printf(`<path class="%s" d="M%s%sz"/>`, look, up.String()[1:], down.String())
	}
}

// thousands writes n with a comma after every three digits.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
