package verdict

import (
	"fmt"
	"strings"
)

// marks stand before a case, by its status.
var marks = map[string]string{"passed": "✓", "failed": "✗", "open": "○"}

// head is the first line.
func (v *told) head() (mark, status string) {
	switch v.status {
	case "failed":
		return "✗", v.w.failed
	case "running":
		return "…", v.w.running
	}
	return "✓", v.w.passed
}

// text is the verdict for a terminal.
func (v *told) text() string {
	var b strings.Builder
	mark, status := v.head()
	fmt.Fprintf(&b, v.w.title+"\n", mark, v.Title, status)
	for i, c := range v.Cases {
		fmt.Fprintf(&b, "  %s %s", marks[c.Status], c.Name)
		if c.Status == "open" {
			b.WriteString(v.w.open)
		}
		b.WriteByte('\n')
		if f := v.Failure; f != nil && f.Case == i {
			v.failureText(&b)
		}
	}
	if f := v.Failure; f != nil && f.Case < 0 {
		v.failureText(&b)
	}
	if v.races != "" {
		b.WriteString("  " + v.races + "\n")
	}
	return b.String()
}

func (v *told) failureText(b *strings.Builder) {
	const margin = "      "
	if v.what != "" {
		b.WriteString(margin + v.what + "\n")
	}
	wide := 0
	for _, r := range v.rows {
		wide = max(wide, columns(r.name))
	}
	for _, r := range v.rows {
		fmt.Fprintf(b, "%s%s%s  %s\n", margin, r.name, strings.Repeat(" ", wide-columns(r.name)), strings.ReplaceAll(r.text, "\n", "\n"+margin+strings.Repeat(" ", wide+2)))
	}
	for _, more := range []string{v.goText(), v.hint} {
		if more != "" {
			b.WriteString(margin + strings.ReplaceAll(more, "\n", "\n"+margin) + "\n")
		}
	}
	if p := strings.TrimRight(v.Failure.Printed, "\n"); p != "" {
		fmt.Fprintf(b, "%s%s\n%s\n", margin, v.w.printed, margin+"  "+strings.ReplaceAll(p, "\n", "\n"+margin+"  "))
	}
}

// columns is how wide a text is on a terminal: Chinese takes two columns.
func columns(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x1100 {
			n++
		}
	}
	return n
}
