package verdict

import (
	"fmt"
	"html"
	"strings"

	"lanebook/internal/display"
)

// What carries the meaning is the mark and the word; colour only repeats it.
const (
	goodColour = "#2e8b57"
	badColour  = "#d1495b"
	dullColour = "rgba(128,128,128,0.7)"
)

// html is the verdict for a page: only elements and styles that notebooks let
// through, in the colours of the page around it.
func (v *told) html(picture display.Bundle) string {
	var b strings.Builder
	mark, status := v.head()
	colour := map[string]string{"passed": goodColour, "failed": badColour, "running": dullColour}[v.status]
	fmt.Fprintf(&b, `<div style="margin:0.3em 0;padding:0.2em 0 0.2em 0.9em;border-left:4px solid %s;max-width:62em">`, colour)
	fmt.Fprintf(&b, `<p style="margin:0 0 0.4em;font-size:1.1em"><strong>%s %s</strong> · %s</p>`, mark, status, html.EscapeString(v.Title))
	b.WriteString(`<ol style="margin:0;padding-left:1.7em">`)
	for i, c := range v.Cases {
		v.caseHTML(&b, i, c, picture)
	}
	b.WriteString(`</ol>`)
	if f := v.Failure; f != nil && f.Case < 0 {
		v.failureHTML(&b, picture)
	}
	if v.races != "" {
		fmt.Fprintf(&b, `<p style="margin:0.4em 0 0">%s</p>`, code(v.races))
	}
	b.WriteString(`</div>`)
	return b.String()
}

func (v *told) caseHTML(b *strings.Builder, i int, c Case, picture display.Bundle) {
	b.WriteString(`<li style="margin:0.15em 0">`)
	switch name := code(c.Name); c.Status {
	case "failed":
		fmt.Fprintf(b, `<strong>✗ %s</strong>`, name)
	case "open":
		fmt.Fprintf(b, `<span style="opacity:0.75">○ %s%s</span>`, name, v.w.open)
	default:
		fmt.Fprintf(b, `✓ %s`, name)
	}
	if f := v.Failure; f != nil && f.Case == i {
		v.failureHTML(b, picture)
	}
	b.WriteString(`</li>`)
}

func (v *told) failureHTML(b *strings.Builder, picture display.Bundle) {
	b.WriteString(`<div style="margin:0.3em 0 0.6em">`)
	if v.what != "" {
		fmt.Fprintf(b, `<p style="margin:0 0 0.3em">%s</p>`, code(v.what))
	}
	if len(v.rows) > 0 {
		b.WriteString(`<div style="overflow-x:auto"><table style="border-collapse:collapse;margin:0"><tbody>`)
		for _, r := range v.rows {
			text := code(r.text)
			if r.code {
				text = `<code style="white-space:pre-wrap">` + html.EscapeString(r.text) + `</code>`
			}
			fmt.Fprintf(b, `<tr style="background:transparent"><th scope="row" style="text-align:left;vertical-align:top;font-weight:normal;opacity:0.8;padding:0.1em 1em 0.1em 0;white-space:nowrap;border-bottom:0">%s</th><td style="text-align:left;padding:0.1em 0;border-bottom:0">%s</td></tr>`, r.name, text)
		}
		b.WriteString(`</tbody></table></div>`)
	}
	switch {
	case v.race != nil:
		b.WriteString(v.teller.HTML(*v.race))
	case v.story != "":
		storyHTML(b, v.story)
	}
	if v.hint != "" {
		fmt.Fprintf(b, `<p style="margin:0.3em 0">%s</p>`, code(v.hint))
	}
	if p := strings.TrimRight(v.Failure.Printed, "\n"); p != "" {
		fmt.Fprintf(b, `<details style="margin:0.3em 0"><summary>%s</summary><pre style="margin:0.3em 0;white-space:pre-wrap">%s</pre></details>`, v.w.printed, html.EscapeString(p))
	}
	if drawn, ok := picture[display.HTML].(string); ok {
		fmt.Fprintf(b, `<details style="margin:0.3em 0"><summary>%s</summary>%s</details>`, v.w.picture, drawn)
	}
	b.WriteString(`</div>`)
}

// storyHTML writes what Go said: sentences, and between them places in the
// code, which are indented.
func storyHTML(b *strings.Builder, story string) {
	var places []string
	flush := func() {
		if len(places) > 0 {
			fmt.Fprintf(b, `<pre style="margin:0.3em 0;white-space:pre-wrap">%s</pre>`, html.EscapeString(strings.Join(places, "\n")))
		}
		places = nil
	}
	for line := range strings.SplitSeq(story, "\n") {
		if place, indented := strings.CutPrefix(line, "  "); indented {
			places = append(places, place)
			continue
		}
		flush()
		fmt.Fprintf(b, `<p style="margin:0.3em 0">%s</p>`, html.EscapeString(line))
	}
	flush()
}

// code escapes s and sets what stands between backquotes as code.
func code(s string) string {
	var b strings.Builder
	for i, part := range strings.Split(s, "`") {
		if i%2 == 1 {
			b.WriteString("<code>" + html.EscapeString(part) + "</code>")
		} else {
			b.WriteString(html.EscapeString(part))
		}
	}
	return b.String()
}
