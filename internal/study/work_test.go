package study

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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

// The other language cannot be written: nothing is saved, and the page that
// tries again is not in conflict with its first try.
func TestHalfASave(t *testing.T) {
	s := serve(t, Options{})
	start := s.work("GET"+pools, nil)
	blocked := filepath.Join(s.options.WorkDir, "zh")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	s.do("PUT"+pools, `{"cells":[{"id":"first","source":"print a"}],"tab":"t"}`, "If-Match: "+start.ETag).want(t, 507, nil)
	if now := s.work("GET"+pools, nil); now.ETag != start.ETag {
		t.Errorf("half of it was saved: %v", sources(now.Cells))
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	s.work("PUT"+pools, `{"cells":[{"id":"first","source":"print ab"}],"tab":"t"}`, "If-Match: "+start.ETag)
}
