package study

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What was moved is named, as few cells as can be, and goes back to its place,
// with what was typed in it.
func TestMovedCells(t *testing.T) {
	course := courseOf("t: # Title", "a: 1", "p: # prose", "b: 2", "c: 3", "q: # more", "d: 4")
	tests := []struct {
		name  string
		order string // ids; one that is not of the course is the learner's own
		moved []string
		back  []string // the order after each of these went back
	}{
		{"nothing", "t a p b c q d", nil, nil},
		{"own cells between", "t a x p b c y q d", nil, nil},
		{"code past prose", "t p a b c q d", []string{"a"}, []string{"t a p b c q d"}},
		{"two cells of code past prose", "t a p q b c d", []string{"b", "c"}, []string{"t a p b q c d", "t a p b c q d"}},
		{"one to the end", "t p b c q d a", []string{"a"}, []string{"t a p b c q d"}},
		{"one to the front", "d t a p b c q", []string{"d"}, []string{"t a p b c q d"}},
		{"two changed places", "t a p c b q d", []string{"b"}, []string{"t a p b c q d"}},
		{"an own cell stays where it is", "t p x a b c q d", []string{"a"}, []string{"t a p x b c q d"}},
		{"prose that JupyterLab moved", "t a b c p q d", []string{"b", "c"}, []string{"t a c p b q d", "t a p b c q d"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, Options{Course: course})
			var cells []string
			for id := range strings.FieldsSeq(tt.order) {
				cell := `{"id":"` + id + `"}`
				if id == "a" {
					cell = `{"id":"a","source":"mine"}`
				}
				cells = append(cells, cell)
			}
			s.work("PUT"+pools, `{"cells":[`+strings.Join(cells, ",")+`]}`, "If-Match: *")
			now := s.work("GET"+pools, nil)
			if diff := cmp.Diff(tt.moved, now.Moved); diff != "" {
				t.Fatal(diff)
			}
			for i, id := range tt.moved {
				now = s.work("DELETE"+pools+"?place="+id, nil)
				if got := order(now); got != tt.back[i] {
					t.Errorf("after %s went back: %s, want %s", id, got, tt.back[i])
				}
			}
			if len(now.Moved) != 0 || now.source("a") != "mine" {
				t.Errorf("in the end %v are moved, and the edit is %q", now.Moved, now.source("a"))
			}
		})
	}
}

// A cell that was moved and then deleted comes back where the course has it.
func TestDeleteAMovedCell(t *testing.T) {
	s := serve(t, Options{Course: courseOf("t: # Title", "a: 1", "b: 2", "c: 3")})
	s.work("PUT"+pools, `{"cells":[{"id":"t"},{"id":"b"},{"id":"c"},{"id":"a"}]}`, "If-Match: *")
	s.work("PUT"+pools, `{"cells":[{"id":"t"},{"id":"b"},{"id":"c"}],"deleted":["a"]}`, "If-Match: *")
	now := s.work("GET"+pools, nil)
	if len(now.Moved) != 0 || len(now.Removed) != 1 || now.Removed[0].ID != "a" {
		t.Errorf("moved %v, removed %v", now.Moved, now.Removed)
	}
	now = s.work("DELETE"+pools+"?cell=a", nil)
	if got := order(now); got != "t a b c" || len(now.Removed) != 0 {
		t.Errorf("it came back as %s", got)
	}
	s.do("DELETE"+pools+"?place=none", nil).want(t, 404, nil)
}

// order is the ids of all cells, in order.
func order(w workReply) string {
	var ids []string
	for _, c := range w.Cells {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}
