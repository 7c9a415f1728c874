package gotrace

import (
	"bufio"
	"cmp"
	"fmt"
	"html"
	"os"
	"slices"
	"strings"
	"time"

	"lanebook/internal/display"
	"lanebook/internal/paper"
)

// Options say how to draw.
type Options struct {
	Lang   string // "en" or "zh"; anything else is English
	Title  string // overrides the title in the recording when not empty
	Source Source // nil: no source text
	// Text is the whole text of a cell, for those who look at the picture
	// with its source beside it; nil: none.
	Text func(cell string) string
	// Name says what the learner calls a cell; nil: what the recording says.
	Name      func(cell string) string
	Cut       bool   // the program ended, or has not come back, since the recording ended
	Deadlock  bool   // and Go says that it was a deadlock
	HideLines bool   // line numbers of package main mean nothing to the learner: show the text only
	Note      string // one more sentence
}

// Source returns the text of a line of a file, or "" if it is not known. Under
// the lanebook kernel file is the name of a cell, such as "cell[3]".
type Source func(file string, line int) string

// Files is a Source that reads the files themselves, once each.
func Files() Source {
	known := map[string][]string{}
	return func(file string, line int) string {
		lines, ok := known[file]
		if !ok {
			if f, err := os.Open(file); err == nil {
				for s := bufio.NewScanner(f); s.Scan(); {
					lines = append(lines, s.Text())
				}
				f.Close()
			}
			known[file] = lines
		}
		if line < 1 || line > len(lines) {
			return ""
		}
		return lines[line-1]
	}
}

// Draw makes a picture of the timeline in all its forms. It completes the
// timeline with source text and Options.Title.
func Draw(t *Timeline, opt Options) display.Bundle {
	t.prepare(opt)
	t.view = nil
	told := sentences(t, opt)
	b := display.Bundle{
		display.Text: textTimeline(t, opt) + "\n" + strings.Join(told, "\n") + "\n",
		display.HTML: figure(t, opt, told),
	}
	if data, err := dataOf(t, told, opt); err == nil {
		b[display.Data] = string(data)
	}
	return b
}

// prepare fills in what the recording cannot know.
func (t *Timeline) prepare(opt Options) {
	if opt.Title != "" {
		t.Title = opt.Title
	}
	for _, p := range t.places {
		if opt.Name != nil && strings.HasPrefix(p.path, "cell[") {
			p.File = opt.Name(p.path)
		}
		if opt.Source != nil && p.Text == "" && p.File != "" {
			text := strings.TrimSpace(opt.Source(p.path, p.Line))
			p.Text = paper.Clip(strings.TrimSpace(strings.TrimSuffix(text, "{")), 60)
		}
	}
	t.nameObjects(wordsOf(opt.Lang))
	t.nameTimers(wordsOf(opt.Lang))
	t.Pool = t.findPool(opt)
}

// choose returns the lanes that are drawn, in the order of their creation: all, or
// the most telling ones. Those are who called Lanes, who is still alive, who
// has a name, who waited longest; and of the crowd an even selection.
func (t *Timeline) choose() []*Goroutine {
	gs := t.Goroutines
	if !t.crowded() {
		return gs
	}
	keep := map[*Goroutine]bool{gs[0]: true}
	take := func(most int, want func(*Goroutine) bool) {
		for _, g := range gs {
			if len(keep) < most && want(g) {
				keep[g] = true
			}
		}
	}
	take(crowdLanes*3/8, func(g *Goroutine) bool { return g.Alive })
	take(crowdLanes*5/8, func(g *Goroutine) bool { return g.named })
	waited := make(map[*Goroutine]time.Duration, len(gs))
	for _, g := range gs {
		waited[g] = g.Total(Waiting)
	}
	longest := slices.Clone(gs)
	slices.SortStableFunc(longest, func(a, b *Goroutine) int { return cmp.Compare(waited[b], waited[a]) })
	for _, g := range longest[:crowdLanes/4] {
		keep[g] = true
	}
	rest := slices.DeleteFunc(slices.Clone(gs), func(g *Goroutine) bool { return keep[g] })
	for i, n := 0, crowdLanes-len(keep); i < n; i++ {
		keep[rest[i*len(rest)/n]] = true
	}
	return slices.DeleteFunc(slices.Clone(gs), func(g *Goroutine) bool { return !keep[g] })
}

// figure is the picture for a page: an image, the sentences below it, and a
// table for those who cannot see it or want the numbers. Notebooks remove style
// sheets and scripts, so there are none outside the image.
func figure(t *Timeline, opt Options, told []string) string {
	space := wordsOf(opt.Lang).space
	said := strings.Join(told, space)
	alt := strings.ReplaceAll(said, "`", "")
	if t.Title != "" {
		alt = t.Title + ". " + alt
	}
	return paper.Figure(paper.Image{SVG: svg(t, opt), Alt: alt, Min: 640, Max: 1040}, paper.Code(said), tableHTML(t, opt))
}

func tableHTML(t *Timeline, opt Options) string {
	w := wordsOf(opt.Lang)
	var b strings.Builder
	fmt.Fprintf(&b, `<details style="margin-top:4px"><summary>%s</summary><div style="overflow-x:auto"><table style="border-collapse:collapse;font-variant-numeric:tabular-nums"><thead><tr>`, w.table)
	for i, c := range w.columns {
		fmt.Fprintf(&b, `<th scope="col" style="padding:2px 10px;text-align:%s">%s</th>`, alignOf(i), c)
	}
	b.WriteString("</tr></thead><tbody>")
	for _, g := range t.lanes() {
		b.WriteString("<tr>")
		for i, c := range rowOf(g, w, opt) {
			fmt.Fprintf(&b, `<td style="padding:2px 10px;text-align:%s">%s</td>`, alignOf(i), paper.Code(c))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table></div>")
	b.WriteString(lists(t, w))
	b.WriteString("</details>")
	return b.String()
}

// maxListed is how many flags, and how many tasks, are listed. // arbitrary: a few screens
const maxListed = 200

// lists have every flag and every task by name: in the picture there may be no room.
func lists(t *Timeline, w *words) string {
	var flags, tasks []string
	who := func(id int64) string {
		if g := t.goroutine(id); g != nil {
			return paper.Clip(g.Name, 40)
		}
		return ""
	}
	for _, m := range t.Marks[:min(len(t.Marks), maxListed)] {
		flags = append(flags, fmt.Sprintf("%s %s: %s", short(m.At), who(m.Goroutine), paper.Clip(m.Text, 80)))
	}
	out := list(w.flags, flags, len(t.Marks), w)
	if p := t.Pool; p != nil {
		for _, task := range p.Tasks[:min(len(p.Tasks), maxListed)] {
			tasks = append(tasks, fmt.Sprintf("%s %s: %s (%s)", short(task.From), who(task.Goroutine), paper.Clip(task.Name, 80), short(task.Len())))
		}
		out += list(w.pool.list, tasks, len(p.Tasks), w)
	}
	return out
}

// list is a heading with items, and how many more there are.
func list(heading string, items []string, all int, w *words) string {
	if len(items) == 0 {
		return ""
	}
	if n := all - len(items); n > 0 {
		items = append(items, fmt.Sprintf(w.moreListed, n))
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<p style="margin:6px 0 0">%s</p><ul style="margin:0">`, heading)
	for _, item := range items {
		fmt.Fprintf(&b, "<li>%s</li>", html.EscapeString(item))
	}
	b.WriteString("</ul>")
	return b.String()
}

func alignOf(column int) string {
	if column >= 2 && column <= 5 {
		return "right"
	}
	return "left"
}

func rowOf(g *Goroutine, w *words, opt Options) []string {
	longest := w.none
	if sp, d := g.longestSpot(); d > 0 {
		longest = strings.TrimSpace(fmt.Sprintf("%s %s %s", short(d), w.label[sp.reason], placeText(sp.pos, opt)))
	}
	started := placeText(g.Created, opt)
	if started == "" {
		started = w.none
	}
	return []string{
		strings.ReplaceAll(g.Name, "`", "'"), started, short(g.Life()),
		short(g.Total(Running) + g.Total(Syscall)), short(g.Total(Ready)), short(g.Total(Waiting)), longest,
	}
}
