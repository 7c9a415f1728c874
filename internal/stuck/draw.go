package stuck

import (
	"fmt"
	"html"
	"path"
	"strings"

	"lanebook/internal/display"
	"lanebook/internal/paper"
)

// Source returns the whole text of a file, or "" if it is not known. Under the
// lanebook kernel file is the name of a cell, such as "cell[3]".
type Source func(file string) string

// Options say how to draw.
type Options struct {
	Lang      string // "en" or "zh"; anything else is English
	Source    Source
	Name      func(cell string) string // what the learner calls a cell; nil: as it is
	HideLines bool                     // line numbers mean nothing to the learner
	// End says how the program has ended since: "deadlock" if Go says so,
	// "panic", "exit", or "" if it has not.
	End     string
	Message string // of the panic
	Stacks  string // what Go printed, if it ended the program
}

// maxNodes is how many goroutines a picture shows.
const maxNodes = 10

// Draw makes a picture of a report in all its forms.
func Draw(r *Report, opt Options) display.Bundle {
	if (len(r.Goroutines) == 0 || r.State == "waiting") && opt.Stacks != "" && opt.End == "panic" {
		r.Goroutines = stacksIn(opt.Stacks)
		r.Total = len(r.Goroutines)
	}
	g := newGraph(r, opt.Source)
	t := &teller{r: r, g: g, w: wordsOf(opt.Lang), opt: opt, verdict: verdictOf(r, opt)}
	told := t.tell()
	said := strings.Join(told, t.w.space)
	return display.Bundle{
		display.Text: t.text(told),
		display.HTML: t.html(said),
		display.Data: t.data(told),
	}
}

// verdictOf is the last word on a run.
func verdictOf(r *Report, opt Options) string {
	switch {
	case r.Verdict != "":
		return r.Verdict
	case opt.End == "panic" || r.State == "panicked":
		return "panic"
	case r.State == "suspect" || opt.End == "deadlock":
		return "deadlock"
	}
	return "exit"
}

func (t *teller) text(told []string) string {
	head := t.w.headline[t.verdict]
	if t.r.Title != "" {
		head = t.r.Title + " · " + head
	}
	return head + "\n" + strings.Join(told, "\n") + "\n"
}

func (t *teller) html(said string) string {
	if len(t.g.Nodes) == 0 || t.verdict == "ok" {
		colour := map[string]string{"ok": "#1a7f5a", "panic": "#c1121f"}[t.verdict]
		if colour == "" {
			colour = "#8a6d00"
		}
		head := t.w.headline[t.verdict]
		if t.r.Title != "" {
			head = t.r.Title + " · " + head
		}
		return fmt.Sprintf(`<div style="border-left:4px solid %s;padding:2px 0 2px 12px;line-height:1.5;max-width:75ch"><strong>%s</strong><br>%s</div>`,
			colour, html.EscapeString(head), paper.Code(said))
	}
	alt := strings.ReplaceAll(said, "`", "")
	if t.r.Title != "" {
		alt = t.r.Title + t.w.stop + t.w.space + alt
	}
	return paper.Figure(paper.Image{SVG: t.svg(), Alt: alt, Max: 720}, paper.Code(said), t.table())
}

// table is the picture for those who cannot see it.
func (t *teller) table() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<details style="margin-top:4px"><summary>%s</summary><div style="overflow-x:auto"><table style="border-collapse:collapse"><thead><tr>`, t.w.table)
	for _, c := range t.w.columns {
		fmt.Fprintf(&b, `<th scope="col" style="padding:2px 10px;text-align:left">%s</th>`, c)
	}
	b.WriteString("</tr></thead><tbody>")
	for _, n := range t.g.Nodes[:min(len(t.g.Nodes), 200)] {
		var wakers []string
		for _, e := range t.g.Edges {
			if e.From == n.ID {
				wakers = append(wakers, t.g.node(e.To).Name+t.place(e.At))
			}
		}
		b.WriteString("<tr>")
		for _, c := range []string{n.Name, t.placeText(n.Started), t.waits(n), t.held(n), strings.Join(wakers, t.w.join)} {
			if c == "" {
				c = t.w.none
			}
			fmt.Fprintf(&b, `<td style="padding:2px 10px;text-align:left">%s</td>`, paper.Code(c))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table></div></details>")
	return b.String()
}

func (t *teller) held(n *Node) string {
	var held []string
	for _, h := range n.Holds {
		held = append(held, fmt.Sprintf(t.w.held, strings.ReplaceAll(h.Object, "`", "'"), t.placeText(h.At)))
	}
	return strings.Join(held, t.w.join)
}

// where is "cell[3]:12", or nothing where numbers would mislead.
func (o Options) where(p Place) string {
	if p.File == "" || o.HideLines && learners(p.Func+".") {
		return ""
	}
	file := path.Base(p.File)
	if o.Name != nil && strings.HasPrefix(file, "cell[") {
		file = o.Name(file)
	}
	if o.HideLines {
		return ""
	}
	return fmt.Sprintf("%s:%d", file, p.Line)
}

// shown is the text of the line, without what only opens a block.
func (p Place) shown() string {
	return paper.Clip(strings.TrimSpace(strings.TrimSuffix(p.Text, "{")), 60)
}
