package charts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"lanebook/internal/paper"
)

// tally is how often each outcome came out.
type tally struct {
	Version   int       `json:"version"`
	Kind      string    `json:"kind"`
	Wanted    int       `json:"wanted"` // runs asked for
	Runs      int       `json:"runs"`   // and made
	Took      int64     `json:"took"`   // nanoseconds
	Budget    int64     `json:"budget"`
	Cut       bool      `json:"cut,omitempty"` // a run after these did not come back
	Outcomes  []outcome `json:"outcomes"`      // most frequent first
	Uncounted int       `json:"uncounted,omitempty"`
	Sentences []string  `json:"sentences"`
}

type outcome struct {
	Text      string     `json:"text"`
	Count     int        `json:"count"`
	First     int        `json:"first"`               // the run in which it came out first
	Schedules []schedule `json:"schedules,omitempty"` // orders of marks, most frequent first
	More      int        `json:"more,omitempty"`      // runs with other orders
}

type schedule struct {
	Marks []string `json:"marks"`
	Count int      `json:"count"`
}

// String is the order as a learner reads it.
func (s schedule) String() string { return strings.Join(s.Marks, " → ") }

// How much of a tally is drawn. The table has more.
const (
	maxBars      = 12
	maxOrders    = 3  // of one outcome
	maxAllOrders = 12 // of all
	maxTallyRows = 100
)

func drawTally(data []byte, w *words) (*picture, error) {
	t, err := read[tally](data)
	if err != nil {
		return nil, err
	}
	counted := 0
	for i, o := range t.Outcomes {
		if o.Count < 1 {
			return nil, errEmpty
		}
		counted += o.Count
		slices.SortStableFunc(t.Outcomes[i].Schedules, func(a, b schedule) int { return cmp.Compare(b.Count, a.Count) })
	}
	if counted > t.Runs || t.Runs < 1 && !t.Cut {
		return nil, errEmpty
	}
	slices.SortStableFunc(t.Outcomes, func(a, b outcome) int { return cmp.Compare(b.Count, a.Count) })
	t.Sentences = t.tell(w)
	p := &picture{told: t.Sentences, table: t.table(w), data: t}
	if t.Runs > 0 {
		p.image = t.image(w)
		p.text = t.bars(w)
	}
	return p, nil
}

// tell says what came out, what was rare, and what a tally cannot know.
func (t *tally) tell(w *words) []string {
	var told []string
	switch n := len(t.Outcomes); {
	case n == 1 && t.Runs > 1:
		told = append(told, fmt.Sprintf(w.oneOutcome, t.Runs, t.Outcomes[0].Text))
		if t.Runs >= 6 {
			told = append(told, fmt.Sprintf(w.noProof, t.Runs/3))
		}
	case n == 1:
		told = append(told, fmt.Sprintf(w.oneRun, t.Outcomes[0].Text))
	case n > 1:
		top, rare := t.Outcomes[0], t.Outcomes[n-1]
		told = append(told, fmt.Sprintf(w.outcomes, t.Runs, n, top.Text, t.percent(top.Count)))
		if rare.Count < top.Count {
			told = append(told, fmt.Sprintf(w.rarest, rare.Text, rare.Count, rare.First))
		}
	}
	if orders, shared := t.orders(); orders > 1 {
		told = append(told, fmt.Sprintf(w.orders, orders))
		if len(t.Outcomes) > 1 && shared {
			told = append(told, w.orderNotAll)
		} else if len(t.Outcomes) > 1 {
			told = append(told, w.orderDecides)
		}
	}
	switch {
	case t.Cut:
		told = append(told, fmt.Sprintf(w.neverBack, t.Runs))
	case t.Runs < t.Wanted:
		told = append(told, fmt.Sprintf(w.tallyTime, t.Runs, t.Wanted, secondsFor(t.Took, t.Runs, t.Wanted)))
	}
	return told
}

// secondsFor is how long all runs would take, generously.
func secondsFor(took int64, runs, wanted int) int {
	return int(math.Ceil(1.2*float64(took)/1e9/float64(max(runs, 1))*float64(wanted))) + 1
}

// orders counts the orders of marks, and says whether one order led to
// several outcomes.
func (t *tally) orders() (n int, shared bool) {
	seen := map[string]int{}
	for i, o := range t.Outcomes {
		for _, s := range o.Schedules {
			key := strings.Join(s.Marks, "\x00")
			if first, ok := seen[key]; ok && first != i {
				shared = true
			} else {
				seen[key] = i
			}
		}
	}
	return len(seen), shared
}

func (t *tally) percent(count int) string {
	share := 100 * float64(count) / float64(max(t.Runs, 1))
	switch {
	case count == t.Runs:
		return "100"
	case share < 0.95:
		return fmt.Sprintf("%.2g", share)
	case share > 99.05:
		return fmt.Sprintf("%.1f", min(share, 99.9))
	}
	return fmt.Sprintf("%.0f", share)
}

func (t *tally) table(w *words) table {
	tab := table{header: w.tallyColumns}
	for _, o := range t.Outcomes[:min(len(t.Outcomes), maxTallyRows)] {
		tab.rows = append(tab.rows, []string{o.Text, thousands(int64(o.Count)), t.percent(o.Count) + " %", fmt.Sprint(o.First)})
		for _, s := range o.Schedules {
			tab.rows = append(tab.rows, []string{"  " + s.String(), thousands(int64(s.Count)), t.percent(s.Count) + " %", ""})
		}
		if o.More > 0 {
			tab.rows = append(tab.rows, []string{"  " + w.otherOrders, thousands(int64(o.More)), t.percent(o.More) + " %", ""})
		}
	}
	if rest := len(t.Outcomes) - maxTallyRows; rest > 0 {
		tab.rows = append(tab.rows, []string{fmt.Sprintf(w.moreOutcomes, rest), "", "", ""})
	}
	return tab
}

// tallyRow is a row of the picture: an outcome, an order of marks under it,
// or what is not shown.
type tallyRow struct {
	text  string
	count int
	class string // of the bar
	order bool
}

func (t *tally) rows(w *words) []tallyRow {
	var rows []tallyRow
	orders, rest := 0, t.Uncounted
	for i, o := range t.Outcomes {
		if i >= maxBars {
			rest += o.Count
			continue
		}
		class := "bar"
		if i > 0 && i == len(t.Outcomes)-1 && o.Count*20 <= t.Runs {
			class = "rare"
		}
		rows = append(rows, tallyRow{o.Text, o.Count, class, false})
		left := o.More
		for k, s := range o.Schedules {
			if k >= maxOrders || orders >= maxAllOrders {
				left += s.Count
				continue
			}
			orders++
			rows = append(rows, tallyRow{s.String(), s.Count, class, true})
		}
		if left > 0 {
			rows = append(rows, tallyRow{w.otherOrders, left, class, true})
		}
	}
	if rest > 0 {
		rows = append(rows, tallyRow{fmt.Sprintf(w.moreOutcomes, max(len(t.Outcomes)-maxBars, 1)), rest, "bar", false})
	}
	return rows
}

const (
	tallyWidth  = 720
	tallyBars   = 240 // the longest bar
	tallyFigure = 110 // for the count at the right
)

func (t *tally) image(w *words) *canvas {
	c := newCanvas(tallyWidth)
	rows := t.rows(w)
	most, names := 1, 60.0
	room := float64(tallyWidth - 2*margin - tallyFigure - 120)
	for _, r := range rows {
		most = max(most, r.count)
		if r.order {
			names = max(names, paper.Wide(r.text, 13)+18)
		} else {
			names = max(names, paper.Wide(r.text, 14))
		}
	}
	names = min(names, room)
	left := margin + names + 14
	length := float64(tallyWidth-margin-tallyFigure) - left
	y := float64(margin)
	for i, r := range rows {
		height, size, class := 20.0, 14.0, ""
		if r.order {
			height, size, class = 8, 13, "small dim"
		} else if i > 0 {
			y += 8
		}
		row := height + 8
		if r.order {
			row = 20
		}
		c.text(left-10, y+row/2+1, class, "end", fit(r.text, names, size))
		width := length * float64(r.count) / float64(most)
		top := y + (row-height)/2 - 4
		c.rect("barbg", left, top, length, height)
		c.rect(r.class, left, top, max(width, 1.5), height)
		text := fmt.Sprintf("%s · %s %%", thousands(int64(r.count)), t.percent(r.count))
		if r.order {
			text = thousands(int64(r.count))
		}
		c.text(left+length+10, y+row/2+1, class, "", text)
		y += row
	}
	c.text(margin, y+20, "small dim", "", fmt.Sprintf(w.runs, thousands(int64(t.Runs)), timeText(float64(t.Took)/float64(max(t.Runs, 1)))))
	c.height = y + 20 + margin
	return c
}

// bars is the picture in characters.
func (t *tally) bars(w *words) string {
	const full = 40
	most, names := 1, 4
	rows := t.rows(w)
	label := func(r tallyRow) string {
		if r.order {
			return "  " + paper.Clip(r.text, 46)
		}
		return paper.Clip(r.text, 48)
	}
	for _, r := range rows {
		most, names = max(most, r.count), max(names, paper.Columns(label(r)))
	}
	var b strings.Builder
	for _, r := range rows {
		sign := "█"
		if r.order {
			sign = "▪"
		}
		n := max(1, (r.count*full+most/2)/most)
		fmt.Fprintf(&b, "%s%s  %s %s · %s %%\n", label(r), strings.Repeat(" ", names-paper.Columns(label(r))), strings.Repeat(sign, n), thousands(int64(r.count)), t.percent(r.count))
	}
	return b.String()
}
