package study

import (
	"encoding/json"
	"fmt"
	"slices"

	"lanebook/internal/notebook"
)

// An edit is what a page sends to be saved: all cells in order, each with what
// changed. It is forgiving: a cell that is not listed keeps its place unless
// it is named in Deleted, so no page can lose work by saying too little.
type edit struct {
	Cells   []cellEdit `json:"cells"`
	Deleted []string   `json:"deleted"`
	Tab     string     `json:"tab"` // tells two tabs of one learner apart
	Seq     int        `json:"seq"` // counts what a tab sends; zero if it does not
}

// cellEdit changes one cell; nil fields stay as they are.
type cellEdit struct {
	ID             string          `json:"id"`
	Type           string          `json:"cell_type"`
	Source         *string         `json:"source"`
	Outputs        json.RawMessage `json:"outputs"` // as in an .ipynb
	ExecutionCount *int            `json:"execution_count"`
	Ran            bool            `json:"ran"` // the learner has run it
	passed         bool            // its check was content; found in the outputs
}

// maxCells in one notebook; arbitrary.
const maxCells = 10_000

// apply returns nb with the edit made. nb itself stays as it is.
func (e edit) apply(nb *notebook.Notebook) (*notebook.Notebook, error) {
	if len(e.Cells) > maxCells {
		return nil, fail(400, "more than %d cells", maxCells)
	}
	before := index(nb.Cells)
	listed := map[string]bool{}
	var cells []notebook.Cell
	for _, ce := range e.Cells {
		if ce.ID == "" || listed[ce.ID] {
			return nil, fail(400, "cell id %q is empty or used twice", ce.ID)
		}
		listed[ce.ID] = true
		if slices.Contains(e.Deleted, ce.ID) {
			continue
		}
		cell, known := before[ce.ID]
		if !known {
			cell = notebook.Cell{ID: ce.ID, Type: notebook.Code, Metadata: map[string]any{}}
		}
		if err := ce.apply(&cell); err != nil {
			return nil, err
		}
		cells = append(cells, cell)
	}
	for i, cell := range nb.Cells {
		if !listed[cell.ID] && !slices.Contains(e.Deleted, cell.ID) {
			cells = insertAfter(cells, nb.Cells[:i], cell)
		}
	}
	changed := *nb
	changed.Cells = cells
	// Ids of cells, which everything here rests on, are part of nbformat 4.5.
	changed.Minor = max(nb.Minor, 5)
	return &changed, nil
}

func (ce cellEdit) apply(cell *notebook.Cell) error {
	switch ce.Type {
	case "":
	case notebook.Code, notebook.Markdown, notebook.Raw:
		cell.Type = ce.Type
	default:
		return fail(400, "cell %q has the unknown type %q", ce.ID, ce.Type)
	}
	if ce.Source != nil {
		cell.Source = *ce.Source
	}
	if cell.Type != notebook.Code {
		cell.Outputs, cell.ExecutionCount = nil, nil
		return nil
	}
	if ce.ExecutionCount != nil {
		cell.ExecutionCount = ce.ExecutionCount
	}
	if ce.Ran {
		cell.Metadata = with(cell.Metadata, ranKey, true)
	}
	if ce.passed {
		cell.Metadata = with(cell.Metadata, passedKey, true)
	}
	if ce.Outputs == nil {
		return nil
	}
	outputs, err := parseOutputs(ce.Outputs)
	if err != nil {
		return fail(400, "outputs of cell %q: %v", ce.ID, err)
	}
	cell.Outputs = outputs
	if passed(outputs) {
		cell.Metadata = with(cell.Metadata, passedKey, true)
	}
	if len(outputs) == 0 && ce.ExecutionCount == nil {
		cell.ExecutionCount = nil
	}
	return nil
}

// parseOutputs reads a JSON list of outputs with the rules of a whole notebook.
func parseOutputs(list json.RawMessage) ([]notebook.Output, error) {
	whole := fmt.Appendf(nil, `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[`+
		`{"cell_type":"code","id":"x","metadata":{},"source":"","execution_count":null,"outputs":%s}]}`, list)
	nb, err := notebook.Parse(whole)
	if err != nil {
		return nil, err
	}
	return nb.Cells[0].Outputs, nil
}

// insertAfter puts cell behind the nearest of its predecessors that is in
// cells, or at the front when none is.
func insertAfter(cells, predecessors []notebook.Cell, cell notebook.Cell) []notebook.Cell {
	for _, before := range slices.Backward(predecessors) {
		at := slices.IndexFunc(cells, func(c notebook.Cell) bool { return c.ID == before.ID })
		if at >= 0 {
			return slices.Insert(cells, at+1, cell)
		}
	}
	return slices.Insert(cells, 0, cell)
}

func index(cells []notebook.Cell) map[string]notebook.Cell {
	byID := make(map[string]notebook.Cell, len(cells))
	for _, cell := range cells {
		byID[cell.ID] = cell
	}
	return byID
}
