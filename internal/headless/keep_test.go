package headless_test

import (
	"testing"

	"lanebook/internal/headless"
	"lanebook/internal/notebook"
)

func TestKeepRecorded(t *testing.T) {
	cell := func(id, source string, count int, text string) notebook.Cell {
		c := notebook.Cell{ID: id, Type: notebook.Code, Source: source}
		if count > 0 {
			c.ExecutionCount = &count
			c.Outputs = []notebook.Output{{Type: notebook.Stream, Name: "stdout", Text: text}}
		}
		return c
	}
	recorded := &notebook.Notebook{Cells: []notebook.Cell{
		cell("same", "a", 1, "old"), cell("changed", "b", 2, "old"), cell("blank", "c", 0, ""), cell("moved", "d", 3, "old"),
	}}
	fresh := &notebook.Notebook{Cells: []notebook.Cell{
		cell("same", "a", 1, "new"), cell("changed", "b2", 2, "new"), cell("blank", "c", 3, "new"), cell("moved", "d", 4, "new"), cell("added", "e", 5, "new"),
	}}
	headless.KeepRecorded(recorded, fresh)
	for i, want := range []string{"old", "new", "new", "new", "new"} {
		if got := fresh.Cells[i].Outputs[0].Text; got != want {
			t.Errorf("%s: got %s outputs, want %s", fresh.Cells[i].ID, got, want)
		}
	}
}

// Of a check the words count; its picture is another one in every run.
func TestCompareChecks(t *testing.T) {
	nb := func(text, picture string) *notebook.Notebook {
		count := 1
		return &notebook.Notebook{Cells: []notebook.Cell{{ID: "ex", Type: notebook.Code, Source: "x", ExecutionCount: &count, Outputs: []notebook.Output{{
			Type: notebook.DisplayData,
			Data: map[string]any{"text/plain": text, "text/html": picture, "application/vnd.lanebook+json": map[string]any{"kind": "check", "lanes": picture}},
		}}}}}
	}
	if diffs := headless.Compare(nb("✗ Squares: Not yet", "one"), nb("✗ Squares: Not yet", "two")); len(diffs) != 0 {
		t.Errorf("another picture: %+v", diffs)
	}
	if diffs := headless.Compare(nb("✗ Squares: Not yet", "one"), nb("✓ Squares: Passed", "one")); len(diffs) != 1 {
		t.Errorf("another verdict: %+v", diffs)
	}
}
