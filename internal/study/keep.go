package study

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"

	"lanebook/internal/notebook"
)

// writeNotebook saves nb as name inside root.
func writeNotebook(root *os.Root, name string, nb *notebook.Notebook) error {
	data, err := nb.Bytes()
	if err != nil {
		return fmt.Errorf("save %s: %w", name, err)
	}
	if len(data) > maxNotebook {
		return fail(413, "%s would have %d MB; notebooks up to %d MB can be saved", name, len(data)>>20, maxNotebook>>20)
	}
	if err := writeAtomic(root, name, data); err != nil {
		return unsaved(err)
	}
	return nil
}

// unsaved tells the page that a disk is full, or a folder read-only.
func unsaved(err error) error {
	return fail(http.StatusInsufficientStorage, "your work could not be saved: %v. What was saved before is as it was", err)
}

// otherMark is in the name of a file that keeps what could not be saved under
// the notebook's own name.
const otherMark = ".other-"

// sameNotebook reports whether two versions are the same to the byte. Then a save that
// came late has nothing to add, and nobody need be asked about it: two tabs
// bring back the same edits when the server was away.
func sameNotebook(a, b *notebook.Notebook) bool {
	left, err := a.Bytes()
	if err != nil {
		return false
	}
	right, err := b.Bytes()
	return err == nil && bytes.Equal(left, right)
}

// keepBoth saves nb beside name, whose present content stays, and returns the
// conflict as an error. A tab that keeps trying overwrites its own copy only.
func keepBoth(root *os.Root, name, tab string, nb *notebook.Notebook, now version) error {
	kept := strings.TrimSuffix(name, ".ipynb") + otherMark + hash(tab)[:8] + ".ipynb"
	if err := writeNotebook(root, kept, nb); err != nil {
		return err
	}
	return &errConflict{now: now, kept: path.Base(kept)}
}

// conflicts lists the files that keepBoth made for a notebook.
func conflicts(root *os.Root, name string) []string {
	entries, err := fs.ReadDir(root.FS(), path.Dir(name))
	if err != nil {
		return nil
	}
	var names []string
	prefix := strings.TrimSuffix(path.Base(name), ".ipynb") + otherMark
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), prefix) && strings.HasSuffix(entry.Name(), ".ipynb") {
			names = append(names, entry.Name())
		}
	}
	return names
}

// cellJSON is a cell as pages get it: an .ipynb's, with text in one piece.
type cellJSON struct {
	ID             string          `json:"id"`
	Type           string          `json:"cell_type"`
	Source         string          `json:"source"`
	ExecutionCount *int            `json:"execution_count"`
	Outputs        json.RawMessage `json:"outputs"`
	Original       *string         `json:"original,omitempty"` // source in the course, when it differs
	Own            bool            `json:"own,omitempty"`      // the learner's: the course has no such cell
	Ran            bool            `json:"ran,omitempty"`
	Passed         bool            `json:"passed,omitempty"` // its check was content, once
}

func cellsJSON(v version) []cellJSON {
	list := []cellJSON{}
	for _, cell := range v.Notebook.Cells {
		c := cellJSON{ID: cell.ID, Type: cell.Type, Source: cell.Source, ExecutionCount: cell.ExecutionCount}
		c.Outputs = outputsJSON(cell.Outputs)
		o, ok := v.Original[cell.ID]
		if ok && o != cell.Source {
			c.Original = &o
		}
		c.Own = !ok
		c.Ran, c.Passed = marked(cell, ranKey), marked(cell, passedKey)
		list = append(list, c)
	}
	return list
}

// outputsJSON is a list of outputs as in an .ipynb, with text in one piece.
func outputsJSON(outputs []notebook.Output) json.RawMessage {
	list := []map[string]any{}
	for _, o := range outputs {
		m := map[string]any{"output_type": o.Type}
		for key, value := range o.Extra {
			m[key] = value
		}
		switch o.Type {
		case notebook.Stream:
			m["name"], m["text"] = o.Name, o.Text
		case notebook.Error:
			m["ename"], m["evalue"], m["traceback"] = o.EName, o.EValue, nonNil(o.Traceback)
		case notebook.DisplayData, notebook.ExecuteResult:
			m["data"], m["metadata"] = o.Data, o.Metadata
			if o.Metadata == nil {
				m["metadata"] = map[string]any{}
			}
			if o.Type == notebook.ExecuteResult {
				m["execution_count"] = o.ExecutionCount
			}
		}
		list = append(list, m)
	}
	data, err := json.Marshal(list)
	if err != nil {
		return json.RawMessage("[]") // Parse lets no value through that JSON cannot hold
	}
	return data
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
