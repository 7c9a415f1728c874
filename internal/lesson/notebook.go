package lesson

import (
	"crypto/sha256"
	"encoding/hex"

	"lanebook/internal/notebook"
)

// Notebook writes the lesson as a notebook. Outputs are taken over from old
// (nil when there is none) for every cell whose code is still the same.
func (l *Lesson) Notebook(old *notebook.Notebook) *notebook.Notebook {
	nb := notebook.New()
	about := map[string]any{
		"lang":      l.Lang,
		"chapter":   l.Name,
		"title":     l.Title,
		"generated": "from " + l.Path + " by lanebook build-lessons; do not edit",
	}
	if l.Summary != "" {
		about["summary"] = l.Summary
	}
	recorded := map[string]*notebook.Cell{}
	if old != nil {
		for i := range old.Cells {
			recorded[old.Cells[i].ID] = &old.Cells[i]
		}
		if oldAbout, ok := old.Metadata["lanebook"].(map[string]any); ok && oldAbout["recorded"] != nil {
			about["recorded"] = oldAbout["recorded"]
		}
	}
	nb.Metadata = map[string]any{
		"title":         l.Title,
		"lanebook":      about,
		"kernelspec":    map[string]any{"name": "gonb", "display_name": "Go (gonb)", "language": "go"},
		"language_info": map[string]any{"name": "go", "file_extension": ".go", "mimetype": "text/x-go"},
	}
	for _, c := range l.Cells {
		cell := c.notebookCell()
		if was := recorded[c.ID]; was != nil && c.Code && was.Type == notebook.Code && was.Source == c.Source {
			cell.Outputs, cell.ExecutionCount = was.Outputs, was.ExecutionCount
		}
		nb.Cells = append(nb.Cells, cell)
	}
	return nb
}

func (c *Cell) notebookCell() notebook.Cell {
	about := map[string]any{}
	if len(c.Covers) > 0 {
		about["covers"] = c.Covers
	}
	if c.For != "" {
		about["for"] = c.For
	}
	if len(c.From) > 0 {
		var from []any
		for _, o := range c.From {
			from = append(from, map[string]any{"source": o.Source, "anchor": o.Anchor})
		}
		sum := sha256.Sum256([]byte(c.Source))
		about["from"], about["sha256"] = from, hex.EncodeToString(sum[:])
	}
	meta := map[string]any{}
	if len(about) > 0 {
		meta["lanebook"] = about
	}
	if len(c.Tags) > 0 {
		meta["tags"] = c.Tags
		if c.Tags[0] == "setup" {
			meta["jupyter"] = map[string]any{"source_hidden": true}
		}
	}
	cell := notebook.Cell{ID: c.ID, Type: notebook.Markdown, Source: c.Source, Metadata: meta}
	if c.Code {
		cell.Type = notebook.Code
	}
	return cell
}
