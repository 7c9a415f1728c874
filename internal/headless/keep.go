package headless

import "lanebook/internal/notebook"

// KeepRecorded gives the cells of a notebook that was just run the outputs
// they had before, if they had any and came at the same place. What remains
// new is what was not recorded yet: pictures and timings of all the rest stay
// as they are.
func KeepRecorded(recorded, fresh *notebook.Notebook) {
	before := map[string]notebook.Cell{}
	for _, c := range recorded.Cells {
		before[c.ID] = c
	}
	for i := range fresh.Cells {
		c := &fresh.Cells[i]
		old, known := before[c.ID]
		if !known || old.Source != c.Source || old.ExecutionCount == nil || c.ExecutionCount == nil || *old.ExecutionCount != *c.ExecutionCount {
			continue
		}
		c.Outputs = old.Outputs
	}
}
