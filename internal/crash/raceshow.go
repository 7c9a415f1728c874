package crash

import (
	"fmt"
	"html"
	"strings"
)

// Text tells of a race in plain text.
func (t Teller) Text(r Race) string {
	told := t.tell(r)
	var b strings.Builder
	b.WriteString(told.head + "\n")
	for _, s := range told.sides {
		fmt.Fprintf(&b, "\n%s  %s\n", s.title, s.at)
		for _, l := range s.excerpt {
			mark := " "
			if l.accused {
				mark = ">"
			}
			b.WriteString(strings.TrimRight(fmt.Sprintf("  %s %3d  %s", mark, l.number, l.text), " ") + "\n")
		}
		for _, n := range s.notes {
			b.WriteString("    " + n + "\n")
		}
	}
	told.wrong.text(&b, raceWordsFor(t.Lang))
	b.WriteString("\n" + told.hint + "\n")
	return b.String()
}

// HTML tells of a race in two boxes, side by side where there is room. Its
// styles are those that notebooks let through, and go with light and dark.
func (t Teller) HTML(r Race) string {
	told := t.tell(r)
	var b strings.Builder
	b.WriteString(`<div style="margin:0.3em 0;max-width:62em">`)
	fmt.Fprintf(&b, `<p style="margin:0 0 0.6em">%s</p>`, strong(told.head))
	b.WriteString(`<div style="display:flex;flex-wrap:wrap;gap:0.8em">`)
	for _, s := range told.sides {
		b.WriteString(`<div style="flex:1 1 17em;min-width:0;border:1px solid rgba(128,128,128,0.45);border-left:4px solid #d1495b;border-radius:4px;padding:0.5em 0.7em">`)
		fmt.Fprintf(&b, `<div><strong>%s</strong> <code>%s</code></div>`, html.EscapeString(s.title), html.EscapeString(s.at))
		s.code(&b)
		for _, n := range s.notes {
			fmt.Fprintf(&b, `<div style="font-size:0.9em">%s</div>`, withCode(n))
		}
		b.WriteString(`</div>`)
	}
	b.WriteString(`</div>`)
	told.wrong.html(&b, raceWordsFor(t.Lang))
	fmt.Fprintf(&b, `<p style="margin:0.6em 0 0">%s</p></div>`, strong(told.hint))
	return b.String()
}

// code writes the excerpt.
func (s side) code(b *strings.Builder) {
	if len(s.excerpt) == 0 {
		return
	}
	b.WriteString(`<pre style="margin:0.4em 0;padding:0.3em 0;white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.45;font-size:0.92em">`)
	for _, l := range s.excerpt {
		line := fmt.Sprintf("%3d  %s", l.number, html.EscapeString(l.text))
		if l.accused {
			line = `<span style="background-color:rgba(209,73,91,0.22);font-weight:bold">` + line + `</span>`
		}
		b.WriteString(line + "\n")
	}
	b.WriteString(`</pre>`)
}

// strong sets what stands before the first colon in bold.
func strong(sentence string) string {
	for i, r := range sentence {
		if r == ':' || r == '：' {
			end := i + len(string(r))
			return "<strong>" + html.EscapeString(sentence[:end]) + "</strong>" + html.EscapeString(sentence[end:])
		}
	}
	return html.EscapeString(sentence)
}

// withCode sets the source text behind a position as code.
func withCode(note string) string {
	if before, code, ok := strings.Cut(note, "  "); ok {
		return html.EscapeString(before) + " <code>" + html.EscapeString(code) + "</code>"
	}
	return html.EscapeString(note)
}
