package study

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// courseOf is a course of one chapter with these cells, "id: source"; those
// whose source begins with # are prose.
func courseOf(cells ...string) fstest.MapFS {
	var list []string
	for _, c := range cells {
		id, source, _ := strings.Cut(c, ": ")
		format := `{"cell_type":"code","id":%q,"metadata":{},"source":%q,"execution_count":null,"outputs":[]}`
		if strings.HasPrefix(source, "#") {
			format = `{"cell_type":"markdown","id":%q,"metadata":{},"source":%q}`
		}
		list = append(list, fmt.Sprintf(format, id, source))
	}
	return fstest.MapFS{"en/13-pools.ipynb": {Data: []byte(book(strings.Join(list, ",")))}}
}

// A course update follows what the learner left alone and keeps what was edited.
func TestCourseUpdate(t *testing.T) {
	tests := []struct {
		name          string
		before, after []string
		edit          string
		want, changed []string
		follow        []followed
	}{
		{"untouched cells follow", []string{"a: 1", "b: 2"}, []string{"a: 1+", "b: 2"},
			`{"cells":[{"id":"b","source":"mine"}]}`, []string{"a: 1+", "b: mine"}, nil, []followed{{"a", "1", "1+"}}},
		{"edited cells stay and are named", []string{"a: 1", "b: 2"}, []string{"a: 1+", "b: 2+"},
			`{"cells":[{"id":"b","source":"mine"}]}`, []string{"a: 1+", "b: mine"}, []string{"b"}, []followed{{"a", "1", "1+"}}},
		{"new cells appear in their place", []string{"a: 1", "b: 2"}, []string{"a: 1", "n: new", "b: 2"},
			`{"cells":[{"id":"a"},{"id":"x","source":"added"},{"id":"b"}]}`, []string{"a: 1", "n: new", "x: added", "b: 2"}, nil, []followed{{"n", "", "new"}}},
		{"a new first cell", []string{"a: 1"}, []string{"n: new", "a: 1"},
			`{"cells":[{"id":"a","source":"mine"}]}`, []string{"n: new", "a: mine"}, nil, []followed{{"n", "", "new"}}},
		{"deleted cells stay deleted", []string{"a: 1", "b: 2"}, []string{"a: 1", "b: 2+"},
			`{"cells":[{"id":"a"}],"deleted":["b"]}`, []string{"a: 1"}, nil, nil},
		{"cells that go, go when untouched", []string{"a: 1", "b: 2", "c: 3"}, []string{"a: 1"},
			`{"cells":[{"id":"b","source":"mine"}]}`, []string{"a: 1", "b: mine"}, nil, []followed{{"c", "3", ""}}},
		{"the learner's order stays", []string{"a: 1", "b: 2"}, []string{"a: 1", "b: 2", "c: 3"},
			`{"cells":[{"id":"b"},{"id":"a"}]}`, []string{"b: 2", "c: 3", "a: 1"}, nil, []followed{{"c", "", "3"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			before := newCourse(courseOf(tt.before...), dir)
			now, err := before.load("en/13-pools")
			if err != nil {
				t.Fatal(err)
			}
			s := serve(t, Options{Course: courseOf(tt.before...), WorkDir: dir})
			s.work("PUT"+pools, tt.edit, "If-Match: "+now.ETag)
			s = serve(t, Options{Course: courseOf(tt.after...), WorkDir: dir})
			got := s.work("GET"+pools, nil)
			if diff := cmp.Diff(tt.want, sources(got.Cells)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(nonNil(tt.changed), got.Changed); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tt.follow, got.Followed); diff != "" {
				t.Error(diff)
			}
			// Saving once more changes nothing of that, and what was followed is told once.
			again := s.work("PUT"+pools, `{"cells":[]}`, "If-Match: "+got.ETag)
			if diff := cmp.Diff(nonNil(tt.changed), again.Changed); diff != "" {
				t.Error(diff)
			}
			if got := s.work("GET"+pools, nil); len(got.Followed) != 0 {
				t.Errorf("told again: %v", got.Followed)
			}
		})
	}
}
