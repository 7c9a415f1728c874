package study

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"lanebook/internal/notebook"
)

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

// A save that is overtaken by a later one of the same tab changes nothing.
func TestOvertakenSave(t *testing.T) {
	s := serve(t, Options{})
	first := s.work("GET"+pools, nil).ETag
	put := func(tab string, seq int, source string) workReply {
		return s.work("PUT"+pools, fmt.Sprintf(`{"cells":[{"id":"first","source":%q}],"tab":%q,"seq":%d}`, source, tab, seq), "If-Match: "+first)
	}
	put("a", 3, "newer")
	late := put("a", 2, "older")
	now := s.work("GET"+pools, nil)
	if now.source("first") != "newer" || late.ETag != now.ETag || len(now.Conflicts) != 0 {
		t.Errorf("saved: %q, kept %v", now.source("first"), now.Conflicts)
	}
	put("a", 4, "newest")
	if now := s.work("GET"+pools, nil); now.source("first") != "newest" {
		t.Errorf("saved: %q", now.source("first"))
	}
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

// A late save that changes nothing adds nothing, and is no conflict: two tabs
// bring back the same edits when the server was away. One more letter is.
func TestLateSaveOfTheSame(t *testing.T) {
	s := serve(t, Options{})
	first := s.work("GET"+pools, nil).ETag
	put := func(tab, body string) answered {
		return s.do("PUT"+pools, `{"cells":[`+body+`],"tab":"`+tab+`"}`, "If-Match: "+first)
	}
	put("a", `{"id":"first","source":"print 7"},{"id":"mine","cell_type":"markdown","source":"n"}`).want(t, 200, nil)
	for _, same := range []string{
		`{"id":"first","source":"print 7"},{"id":"mine","cell_type":"markdown","source":"n"}`,
		`{"id":"first","source":"print 7"}`, // says less, and asks for nothing else
		``,
	} {
		put("b", same).want(t, 200, nil)
	}
	if now := s.work("GET"+pools, nil); len(now.Conflicts) != 0 {
		t.Errorf("kept beside it: %v", now.Conflicts)
	}
	for tab, other := range map[string]string{
		"c": `{"id":"first","source":"print 7 "}`,
		"d": `{"id":"mine"},{"id":"first"}`, // another order
		"e": `{"id":"first","ran":true}`,
		"f": `{"id":"first","outputs":[]}`,
	} {
		put(tab, other).want(t, 409, nil)
	}
	if now := s.work("GET"+pools, nil); len(now.Conflicts) != 4 || now.source("first") != "print 7" {
		t.Errorf("kept beside it: %v; saved: %q", now.Conflicts, now.source("first"))
	}
}

func TestSameNotebook(t *testing.T) {
	parse := func(cells string) *notebook.Notebook {
		nb, err := notebook.Parse([]byte(book(cells)))
		if err != nil {
			t.Fatal(err)
		}
		return nb
	}
	const a, b = `{"cell_type":"markdown","id":"a","metadata":{},"source":"one"}`, `{"cell_type":"markdown","id":"b","metadata":{},"source":"two"}`
	for _, tt := range []struct {
		name        string
		left, right string
		want        bool
	}{
		{"itself", a + "," + b, a + "," + b, true},
		{"text in pieces", a, strings.Replace(a, `"one"`, `["o","ne"]`, 1), true},
		{"order", a + "," + b, b + "," + a, false},
		{"a letter", a, strings.Replace(a, "one", "One", 1), false},
		{"metadata", a, strings.Replace(a, `{}`, `{"k":1}`, 1), false},
		{"one cell less", a + "," + b, a, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := sameNotebook(parse(tt.left), parse(tt.right)); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
