package handout

import (
	"errors"
	"strings"

	"lanebook/internal/notebook"
	"lanebook/internal/render"
)

// row stands across a page in two languages: one cell for both, or one each.
type row struct {
	Both, Left, Right *render.Cell
}

// second marks the cells that are there in the second language only.
const second = "--second"

// NewPair renders one notebook in two languages side by side. Cells belong
// together when they have the same id; code that is the same in both, which
// the course makes sure of, stands once across the page.
func NewPair(left, right Source, opts Options) (Page, error) {
	nb, shared := interleave(opened(left.Notebook), opened(right.Notebook))
	if shared == 0 {
		return Page{}, errors.New(left.Name + " and " + right.Name + " have no cell in common; are they the same notebook in two languages?")
	}
	about, _ := right.Notebook.Metadata["lanebook"].(map[string]any)
	other := language(right.Notebook, about)
	src := Source{Notebook: left.Notebook, Name: left.Name, Link: func(dest string) string {
		for _, side := range []Source{left, right} {
			if side.Link == nil {
				continue
			}
			if to := side.Link(dest); to != dest {
				return to
			}
		}
		return dest
	}}
	return write(src, nb, opts, "pair.html", func(doc *document, c render.Chapter) {
		arrange(doc, c, nb, opts)
		doc.Rows, doc.OtherLang = rows(doc.withLead()), htmlLang(other)
	})
}

// interleave joins two notebooks: every cell of the first, each followed by
// its counterpart. It also counts the cells that have one.
func interleave(a, b *notebook.Notebook) (*notebook.Notebook, int) {
	joint := *a
	joint.Cells = nil
	shared, taken := 0, map[int]bool{}
	place := map[string]int{}
	for i, c := range b.Cells {
		place[c.ID] = i
	}
	from := 0 // cells of b before it are in
	add := func(i int) {
		if !taken[i] {
			taken[i] = true
			c := b.Cells[i]
			c.ID += second
			joint.Cells = append(joint.Cells, c)
		}
	}
	for _, c := range a.Cells {
		i, ok := place[c.ID]
		for ; ok && from < i; from++ {
			add(from) // what only b has stands where b has it
		}
		joint.Cells = append(joint.Cells, c)
		if !ok {
			continue
		}
		shared++
		if b.Cells[i].Source == c.Source && b.Cells[i].Type == c.Type {
			taken[i] = true
		}
		add(i)
	}
	for ; from < len(b.Cells); from++ {
		add(from)
	}
	return &joint, shared
}

// rows lays the cells out: prose in two columns, code across.
func rows(cells []item) []row {
	var list []row
	for i := range cells {
		c := &cells[i].Cell
		switch {
		case c.Type == "":
		case c.Type == notebook.Code && !strings.HasSuffix(c.ID, second):
			list = append(list, row{Both: c})
		case !strings.HasSuffix(c.ID, second):
			list = append(list, row{Left: c})
		default:
			last := len(list) - 1
			if last >= 0 && list[last].Left != nil && list[last].Left.ID+second == c.ID {
				list[last].Right = c
			} else {
				list = append(list, row{Right: c})
			}
		}
	}
	return list
}
