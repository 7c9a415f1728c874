package coverage

import (
	"fmt"
	"strings"
)

// shown is how many cells the table names for an item.
const shown = 3

// Markdown is docs/coverage.md.
func Markdown(items []Item, cites Citations) string {
	var b strings.Builder
	b.WriteString("<!-- generated from lessons/coverage.txt by make coverage; do not edit -->\n\n# What the chapters cover\n\n" +
		"Every concept (T), example (E), claim (C) and case (K) that the course takes up, and the cells that do so.\n" +
		"A test fails when one is missing in either language.\n\n| id | what | cells |\n|---|---|---|\n")
	var headings []Item
	for _, item := range items {
		if len(item.Of) > 0 {
			headings = append(headings, item)
			continue
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", item.ID, item.About, cells(cites.Of(item)))
	}
	b.WriteString("\n## Headings of the sources\n\n| heading | about | chapters | covered by |\n|---|---|---|---|\n")
	for _, h := range headings {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", h.ID, h.About, strings.Join(h.Chapters, ", "), strings.Join(h.Of, " "))
	}
	return b.String()
}

// cells names the first few of the citations.
func cells(cites []Citation) string {
	if len(cites) == 0 {
		return "**missing**"
	}
	var names []string
	for i, c := range cites {
		if i == shown {
			names = append(names, fmt.Sprintf("and %d more", len(cites)-shown))
			break
		}
		names = append(names, fmt.Sprintf("%s `%s`", c.Chapter, c.Cell))
	}
	return strings.Join(names, ", ")
}
