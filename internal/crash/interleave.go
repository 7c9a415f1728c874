package crash

import (
	"fmt"
	"html"
	"regexp"
	"strings"
)

// interleaving is one order of steps in which a race comes to a wrong result.
// It explains; which order a run really took, the detector does not know.
type interleaving struct {
	steps []turn
	end   string // what is wrong then
}

// turn is a step of one of the two goroutines.
type turn struct {
	other bool // by the second one
	does  string
}

// How a line of source changes a variable by what it holds.
var (
	counted  = regexp.MustCompile(`(?:^|[\s{;(])(\*?[\pL_][\pL\pN_.]*(?:\[[^\]]*\])?)\s*(\+\+|--)`)
	computed = regexp.MustCompile(`(?:^|[\s{;(])(\*?[\pL_][\pL\pN_.]*(?:\[[^\]]*\])?)\s*[-+*/%&|^]=`)
	appended = regexp.MustCompile(`(?:^|[\s{;(])(\*?[\pL_][\pL\pN_.]*)\s*=\s*append\(`)
)

// interleave finds the steps that fit what the two accesses do. The first one writes.
func (t Teller) interleave(w *raceWords, a [2]Access) interleaving {
	first, ok1 := a[0].Cell()
	second, ok2 := a[1].Cell()
	line := t.line(first.File, first.Line)
	same := ok1 && ok2 && sameLine(first, second)
	x := &w.turns
	switch {
	case a[0].onMap() && a[1].onMap() && a[1].Write:
		return steps(x.mapWrites, "")
	case a[0].onMap() || a[1].onMap():
		return steps(x.mapRead, "")
	case a[0].library() != "" || a[1].library() != "":
		return interleaving{} // what happens inside is not the learner's
	case same && appended.MatchString(line):
		return steps(x.appends, appended.FindStringSubmatch(line)[1])
	case same && counted.MatchString(line):
		m := counted.FindStringSubmatch(line)
		after := map[string]int{"++": 6, "--": 4}[m[2]]
		i := steps(x.counts, m[1])
		for n := range i.steps {
			i.steps[n].does += fmt.Sprint([]int{5, 5, after, after}[n])
		}
		return i
	case same && computed.MatchString(line):
		return steps(x.computes, computed.FindStringSubmatch(line)[1])
	case a[1].Write:
		return steps(x.writes, "")
	}
	return steps(x.reads, "")
}

// steps fills in the variable. The goroutines take turns as the words say.
func steps(words turnWords, name string) interleaving {
	var i interleaving
	for _, s := range words.steps {
		i.steps = append(i.steps, turn{s.other, strings.ReplaceAll(s.does, "$", "`"+name+"`")})
	}
	i.end = strings.ReplaceAll(words.end, "$", "`"+name+"`")
	return i
}

// text writes the steps one below the other.
func (i interleaving) text(b *strings.Builder, w *raceWords) {
	if len(i.steps) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", w.turns.head)
	for n, s := range i.steps {
		who := w.turns.one
		if s.other {
			who = w.turns.other
		}
		fmt.Fprintf(b, "  %d. %s%s\n", n+1, who, strings.ReplaceAll(s.does, "`", ""))
	}
	b.WriteString(strings.ReplaceAll(i.end, "`", "") + "\n")
}

// html writes them as a table, a column for each goroutine.
func (i interleaving) html(b *strings.Builder, w *raceWords) {
	if len(i.steps) == 0 {
		return
	}
	const cell = `style="text-align:left;padding:0.15em 0.9em 0.15em 0.5em;border-bottom:1px solid rgba(128,128,128,0.3)"`
	fmt.Fprintf(b, `<p style="margin:0.7em 0 0.2em">%s</p><div style="overflow-x:auto"><table style="border-collapse:collapse;margin:0"><thead><tr style="background:transparent">`,
		html.EscapeString(w.turns.head))
	for _, heading := range w.turns.columns {
		fmt.Fprintf(b, `<th scope="col" %s>%s</th>`, cell, html.EscapeString(heading))
	}
	b.WriteString(`</tr></thead><tbody>`)
	for n, s := range i.steps {
		sides := [2]string{inCode(s.does), ""}
		if s.other {
			sides[0], sides[1] = sides[1], sides[0]
		}
		fmt.Fprintf(b, `<tr style="background:transparent"><td %s>%d</td><td %s>%s</td><td %s>%s</td></tr>`, cell, n+1, cell, sides[0], cell, sides[1])
	}
	fmt.Fprintf(b, `</tbody></table></div><p style="margin:0.3em 0 0">%s</p>`, inCode(i.end))
}

// inCode sets what stands between backquotes as code.
func inCode(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, "`") {
		if part = html.EscapeString(part); i%2 == 1 {
			part = "<code>" + part + "</code>"
		}
		b.WriteString(part)
	}
	return b.String()
}
