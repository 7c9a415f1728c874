package charts

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"lanebook/internal/display"
	"lanebook/internal/paper"
)

// picture is a drawing on its way to a bundle.
type picture struct {
	title string
	image *canvas  // nil: body stands in its place
	body  string   // HTML, harmless
	text  string   // the picture in characters; "": the table
	told  []string // what the picture says; it is the alt text, too
	alt   string   // more for those who cannot see the picture
	table table    // the numbers
	data  any      // becomes JSON
}

// table is a table of texts. Columns from the second on are numbers, unless
// left says that they are words.
type table struct {
	header []string
	rows   [][]string
	left   bool
}

func (p *picture) bundle(w *words) (display.Bundle, error) {
	data, err := json.Marshal(p.data)
	if err != nil {
		return nil, err
	}
	text := p.text
	if text == "" {
		text = p.table.text()
	}
	if p.title != "" {
		text = p.title + "\n" + text
	}
	if len(p.told) > 0 {
		text = strings.TrimRight(text, "\n") + "\n" + strings.Join(p.told, "\n") + "\n"
	}
	return display.Bundle{
		display.HTML: p.html(w),
		display.Text: text,
		display.Data: string(data),
	}, nil
}

// html is the picture for a page: an image, the sentences below it, and a
// table for those who cannot see it or want the numbers. Notebooks remove style
// sheets and scripts, so there are none outside the image.
func (p *picture) html(w *words) string {
	var b strings.Builder
	caption := html.EscapeString(strings.Join(p.told, w.space))
	if p.image != nil {
		alt := strings.TrimSpace(strings.Join(p.told, w.space) + w.space + p.alt)
		if p.title != "" {
			alt = p.title + w.colon + alt
		}
		image := paper.Image{SVG: p.image.svg(p.title), Alt: alt, Min: min(p.image.width*3/4, 560), Max: p.image.width * 5 / 4}
		b.WriteString(paper.Figure(image, caption, ""))
	} else {
		b.WriteString(p.body)
		if caption != "" {
			fmt.Fprintf(&b, `<p style="max-width:75ch;margin-top:6px;line-height:1.5">%s</p>`, caption)
		}
	}
	if len(p.table.rows) > 0 {
		fmt.Fprintf(&b, `<details style="margin-top:4px"><summary>%s</summary><div style="overflow-x:auto">%s</div></details>`, w.table, p.table.html())
	}
	return b.String()
}

func (t table) html() string {
	var b strings.Builder
	b.WriteString(`<table style="border-collapse:collapse;font-variant-numeric:tabular-nums"><thead><tr>`)
	for i, c := range t.header {
		fmt.Fprintf(&b, `<th scope="col" style="padding:2px 10px;text-align:%s">%s</th>`, t.align(i), html.EscapeString(c))
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range t.rows {
		b.WriteString("<tr>")
		for i, c := range row {
			fmt.Fprintf(&b, `<td style="padding:2px 10px;text-align:%s">%s</td>`, t.align(i), html.EscapeString(c))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>")
	return b.String()
}

func (t table) align(column int) string {
	if column > 0 && !t.left {
		return "right"
	}
	return "left"
}

func (t table) text() string {
	width := make([]int, len(t.header))
	for _, row := range append([][]string{t.header}, t.rows...) {
		for i, c := range row {
			width[i] = max(width[i], paper.Columns(c))
		}
	}
	var b strings.Builder
	for _, row := range append([][]string{t.header}, t.rows...) {
		var line strings.Builder
		for i, c := range row {
			pad := strings.Repeat(" ", width[i]-paper.Columns(c))
			switch {
			case i == 0:
				line.WriteString(c + pad)
			case t.left:
				line.WriteString("  " + c + pad)
			default:
				line.WriteString("  " + pad + c)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}
