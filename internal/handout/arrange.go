package handout

import (
	"fmt"
	"slices"

	"lanebook/internal/notebook"
	"lanebook/internal/render"
)

// Tags that the course puts on cells; those of other notebooks work as well.
const (
	exerciseTag = "exercise"
	hintTag     = "hint"
	solutionTag = render.SolutionTag
)

// item is a cell in its place. Where hints or a solution were taken away, Cell
// is empty and the item says where they are.
type item struct {
	render.Cell
	Hints, Answer string // ids further down on the page
}

// answer holds the hints or the solution of one exercise.
type answer struct {
	ID     string
	Number int    // of the exercise's code cell, 0 when unknown
	Title  string // the heading it stands under; may be empty
	Cells  []render.Cell
}

// arrange puts every cell where the options want it. Hints always go to the
// end, because paper cannot be folded open.
func arrange(doc *document, c render.Chapter, nb *notebook.Notebook, opts Options) {
	var cells []render.Cell
	for _, part := range c.Parts {
		cells = append(cells, part.Cells...)
	}
	targets := exercises(nb)
	known := map[string]answer{} // every code cell, as the answers to it are titled
	title := ""
	places := map[string]int{} // where the pointer to an exercise's answers stands
	for _, cell := range cells {
		if n := len(cell.Headings); n > 0 {
			title = cell.Headings[n-1].Text
		}
		known[cell.ID] = answer{Number: cell.Number, Title: title}
		if opts.NoOutputs {
			cell.Outputs = ""
		}
		target := targets[cell.ID]
		pointer := func() *item {
			if _, ok := places[target]; !ok {
				places[target] = len(doc.Cells)
				doc.Cells = append(doc.Cells, item{})
			}
			return &doc.Cells[places[target]]
		}
		switch {
		case slices.Contains(cell.Tags, hintTag):
			pointer().Hints = collect(&doc.Hints, "hints-", target, known[target], cell)
		case slices.Contains(cell.Tags, solutionTag):
			if opts.Solutions == Appendix {
				pointer().Answer = collect(&doc.Answers, "answer-", target, known[target], cell)
			}
		case doc.Lead == nil && len(doc.Cells) == 0 && cell.Type == notebook.Markdown:
			doc.Lead = &cell
		default:
			doc.Cells = append(doc.Cells, item{Cell: cell})
		}
	}
	if opts.Exercises {
		doc.Cells = withExercises(doc.Cells)
		doc.Contents = nil
	}
}

// collect adds a cell to the answers of an exercise, which begin like head,
// and returns their id.
func collect(to *[]answer, prefix, exercise string, head answer, cell render.Cell) string {
	head.ID = prefix + exercise
	if n := len(*to); n == 0 || (*to)[n-1].ID != head.ID {
		*to = append(*to, head)
	}
	last := &(*to)[len(*to)-1]
	last.Cells = append(last.Cells, cell)
	return head.ID
}

// exercises tells for each hint and solution the id of the cell it is for:
// what its metadata says, else the code cell before it.
func exercises(nb *notebook.Notebook) map[string]string {
	targets := map[string]string{}
	last := ""
	for i := range nb.Cells {
		c := &nb.Cells[i]
		about, _ := c.Metadata["lanebook"].(map[string]any)
		id, ok := about["for"].(string)
		if !ok {
			id = last
		}
		targets[c.ID] = id
		if c.Type == notebook.Code && !c.HasTag(solutionTag) {
			last = c.ID
		}
	}
	return targets
}

// withExercises keeps the sections that hold an exercise. A section begins
// with a heading of the first or second level.
func withExercises(all []item) []item {
	var kept, section []item
	wanted := false
	flush := func() {
		if wanted {
			kept = append(kept, section...)
		}
		section, wanted = nil, false
	}
	for _, it := range all {
		if slices.ContainsFunc(it.Headings, func(h render.Heading) bool { return h.Level <= 2 }) {
			flush()
		}
		section = append(section, it)
		wanted = wanted || slices.Contains(it.Tags, exerciseTag)
	}
	flush()
	return kept
}

// sections are the headings of the second level.
func sections(c render.Chapter) []render.Heading {
	var list []render.Heading
	for _, h := range c.Contents {
		if h.Level == 2 {
			list = append(list, h)
		}
	}
	return list
}

// opened is a copy of the notebook in which hints and solutions are open,
// since paper cannot be clicked, and the hints of an exercise have numbers.
func opened(nb *notebook.Notebook) *notebook.Notebook {
	open := *nb
	open.Cells = slices.Clone(nb.Cells)
	targets := exercises(nb)
	hints := map[string]int{}
	for i := range open.Cells {
		c := &open.Cells[i]
		if summary, body, ok := notebook.Unfold(c.Source); ok && c.Type == notebook.Markdown {
			if c.HasTag(hintTag) {
				hints[targets[c.ID]]++
				summary = fmt.Sprintf("%s %d", summary, hints[targets[c.ID]])
			}
			c.Source = "**" + summary + "**\n\n" + body
		}
	}
	return &open
}
