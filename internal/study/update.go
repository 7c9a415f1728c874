package study

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"

	"lanebook/internal/notebook"
	"lanebook/internal/render"
)

// What a learner's file remembers of the original, in its own metadata, so
// that a newer course can be told from the learner's edits, and a cell the
// learner deleted from one the course has added. JupyterLab keeps both.
const (
	baseKey = "lanebook_base" // of a cell: hash of the original source it began as
	seenKey = "lanebook_seen" // of a notebook: ids of the original cells it was made with
)

// remember marks nb, about to be saved, with what it came from.
func remember(nb, original *notebook.Notebook) *notebook.Notebook {
	originals := index(original.Cells)
	marked := *nb
	marked.Cells = make([]notebook.Cell, len(nb.Cells))
	for i, cell := range nb.Cells {
		o, fromCourse := originals[cell.ID]
		_, edited := cell.Metadata[baseKey].(string)
		if fromCourse && (!edited || cell.Source == o.Source) {
			cell.Metadata = with(cell.Metadata, baseKey, hash(o.Source))
		}
		marked.Cells[i] = cell
	}
	seen := make([]any, len(original.Cells))
	for i, cell := range original.Cells {
		seen[i] = cell.ID
	}
	marked.Metadata = with(nb.Metadata, seenKey, seen)
	return &marked
}

// update brings a learner's saved notebook up to the course's present state.
//
//  1. A cell the learner edited, added or moved stays as it is, where it is.
//  2. A cell the learner left alone follows the course, also when it goes.
//  3. A cell that is new in the course appears behind its predecessor.
//
// changed lists the edited cells whose original is no longer what it was,
// follow what the course changed of all others, until the next save.
func update(work, original *notebook.Notebook) (nb *notebook.Notebook, changed []string, follow []followed) {
	originals := index(original.Cells)
	updated := *work
	updated.Cells = nil
	known := map[string]bool{}
	for _, cell := range work.Cells {
		known[cell.ID] = true
		base, fromCourse := cell.Metadata[baseKey].(string)
		o, exists := originals[cell.ID]
		untouched := fromCourse && hash(cell.Source) == base
		switch {
		case untouched && !exists:
			follow = append(follow, followed{cell.ID, cell.Source, ""})
			continue
		case untouched && o.Source != cell.Source:
			follow = append(follow, followed{cell.ID, cell.Source, o.Source})
			cell = o
		case fromCourse && !untouched && exists && hash(o.Source) != base:
			changed = append(changed, cell.ID)
		}
		updated.Cells = append(updated.Cells, cell)
	}
	if seen, ok := work.Metadata[seenKey].([]any); ok {
		for _, id := range seen {
			if id, ok := id.(string); ok {
				known[id] = true
			}
		}
	}
	for i, cell := range original.Cells {
		if !known[cell.ID] {
			updated.Cells = insertAfter(updated.Cells, original.Cells[:i], cell)
			if !cell.HasTag(render.SetupTag) { // pages do not show those
				follow = append(follow, followed{cell.ID, "", cell.Source})
			}
		}
	}
	return &updated, changed, follow
}

// followed is a cell that the learner left alone and the course changed.
type followed struct {
	ID  string `json:"id"`
	Was string `json:"was"` // empty: it is new
	Is  string `json:"is"`  // empty: it is gone
}

// removed lists the original cells that are not in nb any more.
func removed(nb, original *notebook.Notebook) []notebook.Cell {
	var list []notebook.Cell
	kept := index(nb.Cells)
	for _, cell := range original.Cells {
		if _, ok := kept[cell.ID]; !ok {
			list = append(list, cell)
		}
	}
	return list
}

func with(metadata map[string]any, key string, value any) map[string]any {
	metadata = maps.Clone(metadata)
	if metadata == nil {
		metadata = map[string]any{}
	}
	metadata[key] = value
	return metadata
}

func hash(source string) string {
	sum := sha256.Sum256([]byte(source))
	return hex.EncodeToString(sum[:8])
}
