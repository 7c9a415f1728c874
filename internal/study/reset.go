package study

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"

	"lanebook/internal/notebook"
)

// undo says what of the learner's work is to be given up. The zero value
// means all of it.
type undo struct {
	cell  string // what was done to this cell
	place string // that this cell was moved
}

// reset keeps what it removes, under another name: the last reset can be
// undone by hand.
func (c *course) reset(key string, what undo) (version, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := fs.Stat(c.originals, key+".ipynb"); err != nil {
		return version{}, missing(key, err)
	}
	root, err := c.root(true)
	if err != nil {
		return version{}, unsaved(err)
	}
	defer lockFolder(root)()
	now, original, err := c.loadLocked(key)
	var f *failure
	unreadable := errors.As(err, &f) && f.status == 422 // the learner's file, which may be put aside
	if err != nil && (what != undo{} || !unreadable) {
		return version{}, err
	}
	switch {
	case what.cell != "":
		err = resetCell(now.Notebook, original, what.cell)
	case what.place != "":
		err = resetPlace(now.Notebook, original, what.place)
	default:
		return c.putAside(root, key)
	}
	if err != nil {
		return version{}, err
	}
	return c.store(key, now.Notebook, original)
}

// putAside gives the learner's files another name, in both languages.
func (c *course) putAside(root *os.Root, key string) (version, error) {
	name := path.Base(key)
	for _, lang := range languages {
		err := root.Rename(lang+"/"+name+".ipynb", lang+"/"+name+".before-reset.ipynb")
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return version{}, fmt.Errorf("reset %s: %w", key, err)
		}
	}
	v, _, err := c.loadLocked(key)
	return v, err
}

// resetCell puts one original cell back, also one that was deleted.
func resetCell(nb, original *notebook.Notebook, id string) error {
	for i, o := range original.Cells {
		if o.ID != id {
			continue
		}
		if at := slices.IndexFunc(nb.Cells, func(c notebook.Cell) bool { return c.ID == id }); at >= 0 {
			nb.Cells[at] = o
		} else {
			nb.Cells = insertAfter(nb.Cells, original.Cells[:i], o)
		}
		return nil
	}
	return fail(404, "the original has no cell %q", id)
}

// resetPlace puts a cell that was moved back behind its predecessor.
func resetPlace(nb, original *notebook.Notebook, id string) error {
	at := slices.IndexFunc(nb.Cells, func(c notebook.Cell) bool { return c.ID == id })
	was := slices.IndexFunc(original.Cells, func(c notebook.Cell) bool { return c.ID == id })
	if at < 0 || was < 0 {
		return fail(404, "there is no cell %q that could be put back in its place", id)
	}
	cell := nb.Cells[at]
	nb.Cells = insertAfter(slices.Delete(nb.Cells, at, at+1), original.Cells[:was], cell)
	return nil
}

// moved lists the cells of the course that stand elsewhere than in the
// course: those outside of a heaviest row of cells that are still in order.
// Pages move cells of code past prose, not prose, so prose weighs more than
// all cells of code together.
func moved(nb, original *notebook.Notebook) []string {
	place := map[string]int{}
	for i, cell := range original.Cells {
		place[cell.ID] = i
	}
	var cells []notebook.Cell // of nb, those of the course
	for _, cell := range nb.Cells {
		if _, ours := place[cell.ID]; ours {
			cells = append(cells, cell)
		}
	}
	// rows[i] is the weight of the heaviest row that ends with cell i; before[i]
	// is the cell before it in that row, or -1.
	rows, before := make([]int, len(cells)), make([]int, len(cells))
	last := -1
	for i, cell := range cells {
		before[i] = -1
		for j := range i {
			if place[cells[j].ID] < place[cell.ID] && (before[i] < 0 || rows[j] > rows[before[i]]) {
				before[i] = j
			}
		}
		rows[i] = 1
		if cell.Type != notebook.Code {
			rows[i] = len(cells)
		}
		if before[i] >= 0 {
			rows[i] += rows[before[i]]
		}
		if last < 0 || rows[i] > rows[last] {
			last = i
		}
	}
	inOrder := map[string]bool{}
	for ; last >= 0; last = before[last] {
		inOrder[cells[last].ID] = true
	}
	var list []string
	for _, cell := range cells {
		if !inOrder[cell.ID] {
			list = append(list, cell.ID)
		}
	}
	return list
}
