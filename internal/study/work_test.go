package study

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/notebook"
)

func (s *running) work(request string, body any, headers ...string) workReply {
	s.t.Helper()
	var reply workReply
	s.do(request, body, headers...).want(s.t, 200, &reply)
	return reply
}

func (w workReply) source(id string) string {
	for _, c := range w.Cells {
		if c.ID == id {
			return c.Source
		}
	}
	return ""
}

func sources(cells []cellJSON) []string {
	var list []string
	for _, c := range cells {
		list = append(list, c.ID+": "+c.Source)
	}
	return list
}

const pools = " /work/en/13-pools"

func TestSaveAndReset(t *testing.T) {
	s := serve(t, Options{})
	start := s.work("GET"+pools, nil)
	if start.Started || len(start.Cells) != 3 {
		t.Fatalf("at first: %+v", start)
	}
	saved := s.work("PUT"+pools, `{"cells":[{"id":"intro"},{"id":"first","source":"print 10","execution_count":7,
		"outputs":[{"output_type":"stream","name":"stdout","text":"ten\n"}]},
		{"id":"mine","cell_type":"markdown","source":"my note"},{"id":"second"}]}`, "If-Match: "+start.ETag)
	if saved.ETag == start.ETag || !saved.Started {
		t.Fatalf("after saving: %+v", saved)
	}
	now := s.work("GET"+pools, nil)
	if now.ETag != saved.ETag {
		t.Errorf("ETag %s, after saving %s", now.ETag, saved.ETag)
	}
	want := []string{"intro: # Pools\n\nWorkers < share.", "first: print 10", "mine: my note", "second: print 2"}
	if diff := cmp.Diff(want, sources(now.Cells)); diff != "" {
		t.Error(diff)
	}
	first := now.Cells[1]
	if string(first.Outputs) != `[{"name":"stdout","output_type":"stream","text":"ten\n"}]` || *first.ExecutionCount != 7 ||
		first.Original == nil || *first.Original != "print 1" {
		t.Errorf("first: %s %+v", first.Outputs, first)
	}

	// The other language has the learner's code and its own prose.
	zh := s.work("GET /work/zh/13-pools", nil)
	want[0] = "intro: # 工作池\n\n分担工作。"
	if diff := cmp.Diff(want, sources(zh.Cells)); diff != "" {
		t.Error(diff)
	}

	// What is on disk is an ordinary notebook.
	file := filepath.Join(s.options.WorkDir, "en", "13-pools.ipynb")
	nb, err := notebook.ReadFile(file)
	if err != nil || len(nb.Cells) != 4 {
		t.Errorf("%v, %v", nb, err)
	}

	// One cell goes back, then everything; what is removed is kept.
	one := s.work("DELETE"+pools+"?cell=first", nil)
	if one.Cells[1].Source != "print 1" || one.Cells[2].Source != "my note" || !strings.Contains(string(one.Cells[1].Outputs), "one") {
		t.Errorf("after resetting a cell: %v", sources(one.Cells))
	}
	s.do("DELETE"+pools+"?cell=none", nil).want(t, 404, nil)
	all := s.work("DELETE"+pools, nil)
	if diff := cmp.Diff(start, all); diff != "" {
		t.Errorf("after resetting all: %s", diff)
	}
	if zh := s.work("GET /work/zh/13-pools", nil); zh.Started || len(zh.Cells) != 3 {
		t.Errorf("the other language is still %v", sources(zh.Cells))
	}
	if _, err := os.Stat(filepath.Join(s.options.WorkDir, "en", "13-pools.before-reset.ipynb")); err != nil {
		t.Error(err)
	}
}

func TestSaveErrors(t *testing.T) {
	s := serve(t, Options{})
	etag := "If-Match: " + s.work("GET"+pools, nil).ETag
	tests := []struct {
		name, request, body string
		headers             []string
		want                int
	}{
		{"no version", "PUT" + pools, `{"cells":[]}`, nil, 428},
		{"not JSON", "PUT" + pools, `{`, []string{etag}, 400},
		{"id twice", "PUT" + pools, `{"cells":[{"id":"a"},{"id":"a"}]}`, []string{etag}, 400},
		{"no id", "PUT" + pools, `{"cells":[{"source":"x"}]}`, []string{etag}, 400},
		{"odd type", "PUT" + pools, `{"cells":[{"id":"a","cell_type":"heading"}]}`, []string{etag}, 400},
		{"odd outputs", "PUT" + pools, `{"cells":[{"id":"first","outputs":[3]}]}`, []string{etag}, 400},
		{"outputs that break out", "PUT" + pools, `{"cells":[{"id":"first","outputs":"]}]}"}]}`, []string{etag}, 400},
		{"unknown chapter", "PUT /work/en/99-none", `{"cells":[]}`, []string{etag}, 404},
		{"unknown language", "PUT /work/fr/13-pools", `{"cells":[]}`, []string{etag}, 404},
		{"traversal", "PUT /work/en/..%2F..%2F13-pools", `{"cells":[]}`, []string{etag}, 404},
		{"into the sibling", "GET /work/en/..%2Fzh%2F13-pools", "", nil, 404},
		{"absolute", "GET /work/en/%2Fetc%2Fpasswd", "", nil, 404},
		{"dots", "GET /work/en/..", "", nil, 307}, // to /work/, where there is nothing
		{"own notebooks", "GET /work/nb/13-pools.ipynb", "", nil, 404},
		{"too large", "PUT" + pools, strings.Repeat(" ", maxWork+1), []string{etag}, 413},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var body any
			if tt.body != "" {
				body = tt.body
			}
			if a := s.do(tt.request, body, tt.headers...); a.StatusCode != tt.want {
				t.Errorf("got %d %s, want %d", a.StatusCode, a.body, tt.want)
			}
		})
	}
	files, err := filepath.Glob(filepath.Join(s.options.WorkDir, "*", "*"))
	if err != nil || len(files) != 0 {
		t.Errorf("something was written: %v %v", files, err)
	}
}

// A page that is left in the middle of a save sends again what may not have
// arrived. It does not know yet which version its first save made.
func TestTabIsNotInConflictWithItself(t *testing.T) {
	s := serve(t, Options{})
	first := s.work("GET"+pools, nil).ETag
	put := func(etag, tab, source string) answered {
		return s.do("PUT"+pools, `{"cells":[{"id":"first","source":"`+source+`"}],"tab":"`+tab+`"}`, "If-Match: "+etag)
	}
	put(first, "a", "1").want(t, 200, nil)
	put(first, "a", "2").want(t, 200, nil)
	put(first, "b", "3").want(t, 409, nil)
	if got := s.work("GET"+pools, nil); got.source("first") != "2" {
		t.Errorf("saved: %q", got.source("first"))
	}
	put(s.work("GET"+pools, nil).ETag, "b", "4").want(t, 200, nil)
	put(first, "a", "5").want(t, 409, nil)
}

// Two processes on one folder: what either of them was told is saved, is.
func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	const each = 20 // arbitrary
	var processes sync.WaitGroup
	for _, name := range []string{"a", "b"} {
		shelf := newCourse(testCourse(), dir)
		processes.Go(func() {
			for n := 0; n < each; {
				now, err := shelf.load("en/13-pools")
				if err != nil {
					t.Error(err)
					return
				}
				source := "mine"
				e := edit{Tab: name, Cells: []cellEdit{{ID: fmt.Sprint(name, n), Source: &source}}}
				_, err = shelf.save("en/13-pools", e, now.ETag)
				var conflict *errConflict
				switch {
				case err == nil:
					n++
				case !errors.As(err, &conflict):
					t.Error(err)
					return
				}
			}
		})
	}
	processes.Wait()
	v, err := newCourse(testCourse(), dir).load("en/13-pools")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(v.Notebook.Cells), 3+2*each; got != want {
		t.Errorf("%d cells are left of %d", got, want)
	}
}

// Two tabs: the second save of one version is refused, and both are kept.
func TestTwoTabs(t *testing.T) {
	s := serve(t, Options{})
	start := s.work("GET"+pools, nil)
	s.work("PUT"+pools, `{"cells":[{"id":"first","source":"print A"}],"tab":"a"}`, "If-Match: "+start.ETag)
	for _, source := range []string{"print B", "print C"} { // autosave tries again
		var refused workReply
		s.do("PUT"+pools, `{"cells":[{"id":"first","source":"`+source+`"}],"tab":"b"}`, "If-Match: "+start.ETag).want(t, 409, &refused)
		if refused.Reason != "conflict" || refused.Kept == "" || refused.Cells[1].Source != "print A" {
			t.Errorf("refused: %+v", refused)
		}
		nb, err := notebook.ReadFile(filepath.Join(s.options.WorkDir, "en", refused.Kept))
		if err != nil || nb.Cells[1].Source != source {
			t.Errorf("kept: %+v, %v", nb, err)
		}
	}
	now := s.work("GET"+pools, nil)
	if now.Cells[1].Source != "print A" || len(now.Conflicts) != 1 {
		t.Errorf("now: %v, conflicts %v", sources(now.Cells), now.Conflicts)
	}
	// The tab that has seen the newer version may replace it.
	s.work("PUT"+pools, `{"cells":[{"id":"first","source":"print D"}]}`, "If-Match: "+now.ETag)
	s.work("PUT"+pools, `{"cells":[{"id":"first","source":"print E"}]}`, "If-Match: *")
}

// An outside editor changes the file while a page is open.
func TestOutsideEditor(t *testing.T) {
	s := serve(t, Options{})
	start := s.work("GET"+pools, nil)
	saved := s.work("PUT"+pools, `{"cells":[{"id":"first","source":"print A"}]}`, "If-Match: "+start.ETag)
	file := filepath.Join(s.options.WorkDir, "en", "13-pools.ipynb")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(data), "print A", "print outside", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	s.do("PUT"+pools, `{"cells":[{"id":"first","source":"print B"}]}`, "If-Match: "+saved.ETag).want(t, 409, nil)
	if now := s.work("GET"+pools, nil); now.Cells[1].Source != "print outside" {
		t.Errorf("now: %v", sources(now.Cells))
	}

	// It breaks the file: the page says so, and a reset puts it aside.
	if err := os.WriteFile(file, []byte("not a notebook"), 0o600); err != nil {
		t.Fatal(err)
	}
	if a := s.do("GET"+pools, nil); a.StatusCode != 422 || !strings.Contains(a.body, "13-pools.ipynb") {
		t.Errorf("broken file: %d %s", a.StatusCode, a.body)
	}
	if a := s.do("GET /en/13-pools", nil); a.StatusCode != 422 || !strings.Contains(a.body, "<h1>") {
		t.Errorf("page of a broken file: %d %s", a.StatusCode, a.body)
	}
	if again := s.work("DELETE"+pools, nil); again.Started {
		t.Error("still started")
	}
	kept, err := os.ReadFile(filepath.Join(s.options.WorkDir, "en", "13-pools.before-reset.ipynb"))
	if err != nil || string(kept) != "not a notebook" {
		t.Errorf("kept %q, %v", kept, err)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		// Root writes anywhere, so a file where the folder should be must do.
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		s := serve(t, Options{WorkDir: filepath.Join(file, "work")})
		checkUnsaved(t, s)
		return
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	checkUnsaved(t, serve(t, Options{WorkDir: filepath.Join(dir, "work")}))
}

func checkUnsaved(t *testing.T, s *running) {
	t.Helper()
	s.do("GET /en/14-sync", nil).want(t, 200, nil)
	a := s.do("PUT /work/en/14-sync", `{"cells":[]}`, "If-Match: *")
	if a.StatusCode != 507 || !strings.Contains(a.body, "not be saved") {
		t.Errorf("got %d %s", a.StatusCode, a.body)
	}
}

// A course update follows what the learner left alone and keeps what was edited.
func TestCourseUpdate(t *testing.T) {
	course := func(cells ...string) fstest.MapFS {
		var list []string
		for _, c := range cells {
			id, source, _ := strings.Cut(c, ": ")
			list = append(list, fmt.Sprintf(`{"cell_type":"code","id":%q,"metadata":{},"source":%q,"execution_count":null,"outputs":[]}`, id, source))
		}
		return fstest.MapFS{"en/13-pools.ipynb": {Data: []byte(
			`{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[` + strings.Join(list, ",") + `]}`)}}
	}
	tests := []struct {
		name          string
		before, after []string
		edit          string
		want, changed []string
	}{
		{"untouched cells follow", []string{"a: 1", "b: 2"}, []string{"a: 1+", "b: 2"},
			`{"cells":[{"id":"b","source":"mine"}]}`, []string{"a: 1+", "b: mine"}, nil},
		{"edited cells stay and are named", []string{"a: 1", "b: 2"}, []string{"a: 1+", "b: 2+"},
			`{"cells":[{"id":"b","source":"mine"}]}`, []string{"a: 1+", "b: mine"}, []string{"b"}},
		{"new cells appear in their place", []string{"a: 1", "b: 2"}, []string{"a: 1", "n: new", "b: 2"},
			`{"cells":[{"id":"a"},{"id":"x","source":"added"},{"id":"b"}]}`, []string{"a: 1", "n: new", "x: added", "b: 2"}, nil},
		{"a new first cell", []string{"a: 1"}, []string{"n: new", "a: 1"},
			`{"cells":[{"id":"a","source":"mine"}]}`, []string{"n: new", "a: mine"}, nil},
		{"deleted cells stay deleted", []string{"a: 1", "b: 2"}, []string{"a: 1", "b: 2+"},
			`{"cells":[{"id":"a"}],"deleted":["b"]}`, []string{"a: 1"}, nil},
		{"cells that go, go when untouched", []string{"a: 1", "b: 2", "c: 3"}, []string{"a: 1"},
			`{"cells":[{"id":"b","source":"mine"}]}`, []string{"a: 1", "b: mine"}, nil},
		{"the learner's order stays", []string{"a: 1", "b: 2"}, []string{"a: 1", "b: 2", "c: 3"},
			`{"cells":[{"id":"b"},{"id":"a"}]}`, []string{"b: 2", "c: 3", "a: 1"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			before := newCourse(course(tt.before...), dir)
			now, err := before.load("en/13-pools")
			if err != nil {
				t.Fatal(err)
			}
			s := serve(t, Options{Course: course(tt.before...), WorkDir: dir})
			s.work("PUT"+pools, tt.edit, "If-Match: "+now.ETag)
			s = serve(t, Options{Course: course(tt.after...), WorkDir: dir})
			got := s.work("GET"+pools, nil)
			if diff := cmp.Diff(tt.want, sources(got.Cells)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(nonNil(tt.changed), got.Changed); diff != "" {
				t.Error(diff)
			}
			// Saving once more changes nothing of that.
			again := s.work("PUT"+pools, `{"cells":[]}`, "If-Match: "+got.ETag)
			if diff := cmp.Diff(nonNil(tt.changed), again.Changed); diff != "" {
				t.Error(diff)
			}
		})
	}
}
