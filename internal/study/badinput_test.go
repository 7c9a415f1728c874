package study

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// folderOf serves a folder with these files.
func folderOf(t *testing.T, files map[string]string) (*running, string) {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return serve(t, Options{Path: dir}), dir
}

func book(cells string) string {
	return `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[` + cells + `]}`
}

// Whatever is wrong with a notebook, its page says so or shows the rest; the
// others are not concerned.
func TestBrokenNotebooks(t *testing.T) {
	code := func(outputs string) string {
		return book(`{"cell_type":"code","id":"a","metadata":{},"source":"x","execution_count":1,"outputs":[` + outputs + `]}`)
	}
	tests := []struct {
		name, content string
		status        int
		want          string
	}{
		{"empty", "", 422, "cannot be read"},
		{"no JSON", "<html>", 422, "cannot be read"},
		{"cut off", book(`{"cell_type":"code"`)[:60], 422, "cannot be read"},
		{"a list", "[]", 422, "cannot be read"},
		{"binary", "\x00\xff\xfe", 422, "cannot be read"},
		{"deep", strings.Repeat("[", 100_000), 422, "cannot be read"},
		{"no cells", `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[]}`, 200, "<main"},
		{"ids twice", book(`{"cell_type":"markdown","id":"a","metadata":{},"source":"one"},{"cell_type":"markdown","id":"a","metadata":{},"source":"two"}`), 200, "two"},
		{"odd ids", book(`{"cell_type":"markdown","id":"\"><script>","metadata":{},"source":"odd"}`), 200, "odd"},
		{"unknown MIME", code(`{"output_type":"display_data","metadata":{},"data":{"application/x-strange":"?","text/plain":"plain one"}}`), 200, "plain one"},
		{"only unknown MIME", code(`{"output_type":"display_data","metadata":{},"data":{"application/x-<strange":"?"}}`), 200, `(application/x-&lt;strange)`},
		{"missing picture", book(`{"cell_type":"markdown","id":"a","metadata":{},"source":"![what it shows](none.png)"}`), 200, `alt="what it shows"`},
		{"picture that is none", code(`{"output_type":"display_data","metadata":{},"data":{"image/png":"<script>","text/plain":"instead"}}`), 200, "instead"},
		{"unknown cell type", book(`{"cell_type":"heading","id":"a","metadata":{},"source":"still here"}`), 200, "still here"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := folderOf(t, map[string]string{"bad.ipynb": tt.content, "good.ipynb": book(`{"cell_type":"markdown","id":"a","metadata":{},"source":"fine"}`)})
			a := s.do("GET /nb/bad.ipynb", nil)
			if a.StatusCode != tt.status || !strings.Contains(a.body, tt.want) {
				t.Errorf("got %d, want %d and %q:\n%.2000s", a.StatusCode, tt.status, tt.want, a.body)
			}
			if strings.Contains(a.body, "<script>") {
				t.Error("a script came through")
			}
			s.do("GET /", nil).want(t, 200, nil)
			s.do("GET /nb/good.ipynb", nil).want(t, 200, nil)
			s.do("GET /api/lanebook/search?q=fine", nil).want(t, 200, nil)
		})
	}
}

// A hundred megabytes of output are kept on the disk, not sent to a browser.
func TestHugeOutput(t *testing.T) {
	line := strings.Repeat("0123456789", 10) + `\n`
	huge := book(`{"cell_type":"code","id":"a","metadata":{},"source":"x","execution_count":1,"outputs":[{"output_type":"stream","name":"stdout","text":"first ` +
		strings.Repeat(line, 100<<20/len(line)) + `last"}]}`)
	s, _ := folderOf(t, map[string]string{"huge.ipynb": huge})
	page := s.do("GET /nb/huge.ipynb", nil).want(t, 200, nil).body
	if len(page) > 2<<20 {
		t.Errorf("the page has %d MB", len(page)>>20)
	}
	for _, want := range []string{"first 0123", "last</pre>", "MB …"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestOddNames(t *testing.T) {
	names := []string{"a b.ipynb", "笔记 🙂.ipynb", "100%25.ipynb", "q?a=b#c.ipynb", `quote"'<b>.ipynb`, "deep/er/still/x.ipynb", "x..y.ipynb"}
	files := map[string]string{}
	for _, name := range names {
		files[name] = book(`{"cell_type":"code","id":"a","metadata":{},"source":"1","execution_count":null,"outputs":[]}`)
	}
	s, dir := folderOf(t, files)
	list := s.do("GET /", nil).body
	for _, name := range names {
		link := escape("/nb/" + name)
		if !strings.Contains(list, `href="`+strings.ReplaceAll(link, "'", "&#39;")+`"`) && !strings.Contains(list, link) {
			t.Errorf("%s is not in the list", name)
		}
		now := s.work("GET /work"+link, nil)
		s.work("PUT /work"+link, `{"cells":[{"id":"a","source":"saved"}]}`, "If-Match: "+now.ETag)
		if data, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !strings.Contains(string(data), "saved") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNewNotebook(t *testing.T) {
	s, dir := folderOf(t, map[string]string{"there.ipynb": book("")})
	var made struct{ URL string }
	s.do("POST /api/lanebook/notebooks", `{"name":"week 1/我的"}`).want(t, 201, &made)
	s.do("GET "+made.URL, nil).want(t, 200, nil)
	for name, status := range map[string]int{"there": 409, "": 400, "../out": 400, "/abs": 400, ".hidden": 400, "a\nb": 400, `a\b`: 400} {
		s.do("POST /api/lanebook/notebooks", map[string]string{"name": name}).want(t, status, nil)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(dir), "out.ipynb")); err == nil {
		t.Error("made outside the folder")
	}
	// From any folder: a notebook that is not there yet is made.
	fresh := filepath.Join(t.TempDir(), "fresh.ipynb")
	one := serve(t, Options{Path: fresh})
	one.do("GET /nb/fresh.ipynb", nil).want(t, 200, nil)
	one.do("POST /api/lanebook/notebooks", `{"name":"more"}`).want(t, 403, nil)
	serve(t, Options{}).do("POST /api/lanebook/notebooks", `{"name":"x"}`).want(t, 404, nil)
}

func TestPicturesOfOneself(t *testing.T) {
	s, dir := folderOf(t, map[string]string{"a.ipynb": book(""), "img/p.png": "png", "x.svg": "<svg onload=alert(1)>", ".git/p.png": "no", "data.txt": "no"})
	if err := os.Symlink("/etc/hostname", filepath.Join(dir, "link.png")); err != nil {
		t.Fatal(err)
	}
	a := s.do("GET /nb/img/p.png", nil).want(t, 200, nil)
	if got := a.Header.Get("Content-Type"); got != "image/png" {
		t.Errorf("type %q", got)
	}
	svg := s.do("GET /nb/x.svg", nil).want(t, 200, nil)
	if policy := svg.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "sandbox") || strings.Contains(policy, "script-src") {
		t.Errorf("an SVG comes with %q", policy)
	}
	for _, path := range []string{"none.png", ".git/p.png", "data.txt", "link.png", "..%2Fp.png"} {
		s.do("GET /nb/"+path, nil).want(t, 404, nil)
	}
}

// A disk that is full: what was saved stays whole, and the page is told.
func TestFullDisk(t *testing.T) {
	s := serve(t, Options{})
	first := s.work("PUT"+pools, `{"cells":[{"id":"first","source":"print saved"}]}`, "If-Match: "+s.work("GET"+pools, nil).ETag)
	// A limit on the size of files fails a write as a full disk does. The test
	// binary's own log, which go test caches by, must stay below it.
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 20, Max: before.Max}); err != nil {
		t.Fatal(err)
	}
	a := s.do("PUT"+pools, fmt.Sprintf(`{"cells":[{"id":"first","source":%q}]}`, strings.Repeat("x", 2<<20)), "If-Match: "+first.ETag)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	if a.want(t, 507, nil); !strings.Contains(a.body, "could not be saved") {
		t.Errorf("the page is told %s", a.body)
	}
	if now := s.work("GET"+pools, nil); now.source("first") != "print saved" || now.ETag != first.ETag {
		t.Errorf("what was saved is now %q", now.source("first"))
	}
	left, err := filepath.Glob(filepath.Join(s.options.WorkDir, "*", ".*.tmp"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	s.work("PUT"+pools, `{"cells":[{"id":"first","source":"print again"}]}`, "If-Match: "+first.ETag)
}

func TestPortTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if _, err := New(taken.Addr().String(), Options{Course: testCourse(), WorkDir: t.TempDir()}); err == nil || !strings.Contains(err.Error(), "--addr") {
		t.Errorf("got %v", err)
	}
}

// What one machine exports another imports; what is no export changes nothing.
func TestExportAndImport(t *testing.T) {
	from := serve(t, Options{})
	from.work("PUT"+pools, `{"cells":[{"id":"first","source":"print mine","ran":true,"outputs":[]}]}`, "If-Match: "+from.work("GET"+pools, nil).ETag)
	archive := from.do("GET /api/lanebook/export", nil).want(t, 200, nil).body

	to := serve(t, Options{})
	to.work("PUT"+pools, `{"cells":[{"id":"first","source":"print theirs"}]}`, "If-Match: "+to.work("GET"+pools, nil).ETag)
	to.do("POST /api/lanebook/import", archive).want(t, 200, nil)
	if got := to.work("GET"+pools, nil); got.source("first") != "print mine" || !got.Cells[1].Ran {
		t.Errorf("imported: %+v", got.Cells[1])
	}
	kept, err := os.ReadFile(filepath.Join(to.options.WorkDir, "en", "13-pools.before-import.ipynb"))
	if err != nil || !strings.Contains(string(kept), "print theirs") {
		t.Errorf("what was there before: %v", err)
	}
	if list := to.do("GET /", nil).body; !strings.Contains(list, `1/2`) {
		t.Error("the list does not show the imported progress")
	}

	for name, entry := range map[string][2]string{
		"outside": {"../evil.ipynb", book("")}, "absolute": {"/en/x.ipynb", book("")}, "deep": {"en/a/b.ipynb", book("")},
		"no notebook": {"en/x.txt", "x"}, "broken": {"en/x.ipynb", "{"}, "other language": {"fr/x.ipynb", book("")},
	} {
		var file bytes.Buffer
		w := zip.NewWriter(&file)
		member, err := w.Create(entry[0])
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(member, entry[1])
		w.Close()
		t.Run(name, func(t *testing.T) { to.do("POST /api/lanebook/import", file.String()).want(t, 400, nil) })
	}
	to.do("POST /api/lanebook/import", "no zip").want(t, 400, nil)
	if got := to.work("GET"+pools, nil); got.source("first") != "print mine" {
		t.Errorf("a broken import changed the work to %q", got.source("first"))
	}
}

func TestSearchAndTools(t *testing.T) {
	s := serve(t, Options{})
	var found struct{ Hits []hit }
	s.do("GET /api/lanebook/search?lang=en&q=SHARE%20workers", nil).want(t, 200, &found)
	if len(found.Hits) != 1 || found.Hits[0].URL != "/en/13-pools#cell-intro" {
		t.Errorf("found %+v", found.Hits)
	}
	s.do("GET /api/lanebook/search?lang=en&q=%E5%88%86%E6%8B%85", nil).want(t, 200, &found)
	if len(found.Hits) != 1 || found.Hits[0].Lang != "zh" {
		t.Errorf("Chinese: %+v", found.Hits)
	}
	for _, query := range []string{"", "%20", "%00", "%FF%FE", strings.Repeat("x", 10_000)} {
		s.do("GET /api/lanebook/search?q="+query, nil).want(t, 200, nil)
	}
	var got text
	s.do("POST /api/lanebook/format", map[string]string{"source": "x:=1"}).want(t, 200, &got)
	if got.Source != "x := 1" {
		t.Errorf("formatted: %q", got.Source)
	}
	if a := s.do("POST /api/lanebook/markdown", map[string]string{"source": "*a* <script>b</script>"}).want(t, 200, nil); strings.Contains(a.body, "script>b") || !strings.Contains(a.body, "em") {
		t.Errorf("rendered: %s", a.body)
	}
}
