package gotrace

import (
	"fmt"
	"strings"
	"time"

	"lanebook/internal/paper"
)

// textColumns is how wide the time axis of a text timeline is.
const textColumns = 64

// textLooks draws each look as one character.
var textLooks = map[string]rune{
	"running": '█', "ready": '▒', "lock": '╳', "chan": '─', "group": '┄', "sleep": '·', "net": '~', "syscall": '▓',
}

// textTimeline draws lanes with characters, for terminals and screen readers
// of last resort.
func textTimeline(t *Timeline, opt Options) string {
	w := wordsOf(opt.Lang)
	gs := t.lanes()
	name := 4
	for _, g := range gs {
		name = max(name, paper.Columns(paper.Clip(g.Name, 24)))
	}
	var b strings.Builder
	if t.Title != "" {
		b.WriteString(t.Title + "\n")
	}
	used := map[string]bool{}
	busy := map[int64]int{}
	if p := t.Pool; p.reused() {
		for _, w := range p.Workers {
			busy[w.ID] = share(w.Busy, p.Life())
		}
	}
	for _, g := range gs {
		label := paper.Clip(g.Name, 24)
		row := textLane(t, g, used)
		if part, ok := busy[g.ID]; ok {
			row += fmt.Sprintf(" │%3d %%", part)
		}
		fmt.Fprintf(&b, "%s%s │%s\n", label, strings.Repeat(" ", name-paper.Columns(label)), strings.TrimRight(row, " "))
	}
	end := short(t.End)
	fmt.Fprintf(&b, "%s └%s\n", strings.Repeat(" ", name), strings.Repeat("─", textColumns))
	fmt.Fprintf(&b, "%s  0%s%s\n", strings.Repeat(" ", name), strings.Repeat(" ", max(1, textColumns-1-paper.Columns(end))), end)
	var legend []string
	for _, l := range looks {
		if used[l] {
			legend = append(legend, string(textLooks[l])+" "+w.states[l])
		}
	}
	b.WriteString(strings.Join(legend, "   ") + "\n")
	return b.String()
}

// textLane shows in each column what the goroutine did most of that time.
func textLane(t *Timeline, g *Goroutine, used map[string]bool) string {
	row := make([]rune, textColumns)
	at := 0
	for c := range row {
		from := t.End * time.Duration(c) / textColumns
		to := t.End * time.Duration(c+1) / textColumns
		for at < len(g.Intervals) && g.Intervals[at].To <= from {
			at++
		}
		spent := map[string]time.Duration{}
		for _, i := range g.Intervals[at:] {
			if i.From >= to {
				break
			}
			spent[i.look()] += min(i.To, to) - max(i.From, from)
		}
		row[c] = ' '
		mostly := ""
		for _, l := range looks {
			if spent[l] > spent[mostly] {
				mostly = l
			}
		}
		if mostly != "" {
			row[c], used[mostly] = textLooks[mostly], true
		}
	}
	// Something so short that no column is mostly it should still be there.
	if strings.TrimSpace(string(row)) == "" {
		c := min(int(g.Start*textColumns/t.End), textColumns-1)
		row[c] = textLooks["running"]
		used["running"] = true
	}
	return string(row)
}
