package study

import (
	"encoding/json"

	"lanebook/internal/display"
	"lanebook/internal/notebook"
	"lanebook/internal/render"
)

// What a learner's file remembers of what was done with its cells, in their
// metadata, which JupyterLab keeps.
const (
	ranKey    = "lanebook_ran"    // the learner ran it
	passedKey = "lanebook_passed" // its check was content, once
)

// exerciseTag marks the cells of code in which the learner writes.
const exerciseTag = "exercise"

// Done says how much of a chapter a learner has been through.
type Done struct {
	Cells, Ran        int // cells of code
	Exercises, Passed int
}

// Total is how much there is to do: cells to run, and exercises to pass.
func (d Done) Total() int { return d.Cells + d.Exercises }

// Count is how much of it is done.
func (d Done) Count() int { return d.Ran + d.Passed }

// Percent is how much of it is done, in percent.
func (d Done) Percent() int {
	if d.Total() == 0 {
		return 0
	}
	return 100 * d.Count() / d.Total()
}

// All reports whether nothing is left to do.
func (d Done) All() bool { return d.Total() > 0 && d.Count() == d.Total() }

// done counts what a learner did with the cells of the course; cells of their
// own do not count.
func done(v version) Done {
	var d Done
	for _, cell := range v.Notebook.Cells {
		_, ours := v.Original[cell.ID]
		if !ours || cell.Type != notebook.Code || cell.HasTag(render.SetupTag) {
			continue
		}
		d.Cells++
		if marked(cell, ranKey) {
			d.Ran++
		}
		if !cell.HasTag(exerciseTag) {
			continue
		}
		d.Exercises++
		if marked(cell, passedKey) || v.Started && passed(cell.Outputs) {
			d.Passed++
		}
	}
	return d
}

func marked(cell notebook.Cell, key string) bool {
	yes, _ := cell.Metadata[key].(bool)
	return yes
}

// passed reports whether a check among the outputs was content.
func passed(outputs []notebook.Output) bool {
	for _, o := range outputs {
		value, ok := o.Data[display.Data]
		if !ok {
			continue
		}
		raw, isText := value.(string)
		if !isText {
			data, err := json.Marshal(value)
			if err != nil {
				continue
			}
			raw = string(data)
		}
		var check struct {
			Kind   string `json:"kind"`
			Passed bool   `json:"passed"`
		}
		if json.Unmarshal([]byte(raw), &check) == nil && check.Kind == "check" && check.Passed {
			return true
		}
	}
	return false
}
