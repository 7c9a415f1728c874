package lesson

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// compareChapters finds chapters that lack a language and cells that differ
// between languages.
func compareChapters(chapters map[string][]*Lesson) (problems []Problem) {
	for _, name := range slices.Sorted(maps.Keys(chapters)) {
		lessons := chapters[name]
		for _, lang := range languages {
			if !slices.ContainsFunc(lessons, func(l *Lesson) bool { return l.Lang == lang }) {
				problems = append(problems, Problem{lessons[0].Path, 0, fmt.Sprintf("lessons/%s/%s.md is missing", lang, name)})
			}
		}
		for _, other := range lessons[1:] {
			problems = append(problems, compare(lessons[0], other)...)
		}
	}
	return problems
}

// compare checks that two languages of a chapter have the same cells in the
// same order, and code that is the same to the byte.
func compare(a, b *Lesson) (problems []Problem) {
	at := func(c Cell) string { return fmt.Sprintf("%s:%d", a.Path, c.Line) }
	inA, inB := map[string]Cell{}, map[string]Cell{}
	for _, c := range a.Cells {
		inA[c.ID] = c
	}
	for _, c := range b.Cells {
		inB[c.ID] = c
		if _, ok := inA[c.ID]; !ok {
			problems = append(problems, Problem{b.Path, c.Line, fmt.Sprintf("cell %q is not in %s", c.ID, a.Path)})
		}
	}
	var order []string
	for _, c := range b.Cells {
		if _, ok := inA[c.ID]; ok {
			order = append(order, c.ID)
		}
	}
	for _, c := range a.Cells {
		o, ok := inB[c.ID]
		if !ok {
			problems = append(problems, Problem{a.Path, c.Line, fmt.Sprintf("cell %q is not in %s", c.ID, b.Path)})
			continue
		}
		if len(order) > 0 && order[0] != c.ID {
			problems = append(problems, Problem{b.Path, o.Line, fmt.Sprintf("cell %q stands elsewhere than in %s", c.ID, at(c))})
			order = slices.DeleteFunc(order, func(id string) bool { return id == c.ID })
		} else if len(order) > 0 {
			order = order[1:]
		}
		switch {
		case c.Code != o.Code:
			problems = append(problems, Problem{b.Path, o.Line, fmt.Sprintf("cell %q is code in one language and prose in the other (%s)", c.ID, at(c))})
		case c.Code && c.Source != o.Source:
			problems = append(problems, Problem{b.Path, o.Line, fmt.Sprintf("code of cell %q differs from %s: %s", c.ID, at(c), firstDifference(c.Source, o.Source, a.Lang, b.Lang))})
		case strings.Join(c.Tags, ",") != strings.Join(o.Tags, ","):
			problems = append(problems, Problem{b.Path, o.Line, fmt.Sprintf("tags of cell %q differ from %s: %v and %v", c.ID, at(c), c.Tags, o.Tags)})
		}
	}
	return problems
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(a, b, nameA, nameB string) string {
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(la), len(lb)) {
		x, y := "(nothing)", "(nothing)"
		if i < len(la) {
			x = fmt.Sprintf("%q", la[i])
		}
		if i < len(lb) {
			y = fmt.Sprintf("%q", lb[i])
		}
		if x != y {
			return fmt.Sprintf("line %d: %s has %s, %s has %s", i+1, nameA, x, nameB, y)
		}
	}
	return "no difference"
}
