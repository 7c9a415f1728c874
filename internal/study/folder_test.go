package study

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// ownFolder is a folder of notebooks with things in it that must not be served.
func ownFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	course := testCourse()
	for name, data := range map[string][]byte{
		"root/a b?.ipynb":          course["en/13-pools.ipynb"].Data,
		"root/week1/孤.ipynb":       course["en/14-sync.ipynb"].Data,
		"root/.hidden/x.ipynb":     course["en/14-sync.ipynb"].Data,
		"root/broken.ipynb":        []byte("{"),
		"root/old.ipynb":           []byte(`{"nbformat":3,"worksheets":[]}`),
		"root/secret.txt":          []byte("no"),
		"root-sibling/other.ipynb": course["en/14-sync.ipynb"].Data,
		"outside.ipynb":            course["en/14-sync.ipynb"].Data,
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o640); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{
		"link.ipynb": filepath.Join(dir, "outside.ipynb"),
		"rel.ipynb":  "../outside.ipynb",
		"dir":        dir,
		"good.ipynb": "week1/孤.ipynb",
	} {
		if err := os.Symlink(to, filepath.Join(dir, "root", link)); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "root")
}

func TestOwnFolder(t *testing.T) {
	root := ownFolder(t)
	s := serve(t, Options{Path: root})
	tests := []struct {
		request  string
		want     int
		contains string
	}{
		{"GET /", 200, `href="/nb/a%20b%3F.ipynb"`},
		{"GET /nb/a%20b%3F.ipynb", 200, "Workers &lt; share"},
		{"GET /nb/week1/%E5%AD%A4.ipynb", 200, `href="13-pools.ipynb"`},
		{"GET /nb/good.ipynb", 200, "Locks"}, // a link that stays inside
		{"GET /nb/broken.ipynb", 422, "broken.ipynb cannot be read"},
		{"GET /nb/old.ipynb", 422, "old.ipynb cannot be read"},
		{"GET /nb/secret.txt", 404, ""},
		{"GET /nb/", 404, ""},
		{"GET /nb/none.ipynb", 404, ""},
		{"GET /nb/link.ipynb", 404, ""},
		{"GET /nb/rel.ipynb", 404, ""},
		{"GET /nb/dir/outside.ipynb", 404, ""},
		{"GET /nb/..%2Foutside.ipynb", 404, ""},
		{"GET /nb/..%2Froot-sibling%2Fother.ipynb", 404, ""},
		{"GET /nb/week1%2F..%2F..%2Foutside.ipynb", 404, ""},
		{"GET /work/nb/link.ipynb", 404, `"message"`},
		{"DELETE /work/nb/a%20b%3F.ipynb", 405, "your own notebook"},
		{"GET /en/13-pools", 404, ""},
	}
	for _, tt := range tests {
		t.Run(tt.request, func(t *testing.T) {
			a := s.do(tt.request, nil)
			if a.StatusCode != tt.want || !strings.Contains(a.body, tt.contains) {
				t.Errorf("got %d %s, want %d and %q", a.StatusCode, a.body, tt.want, tt.contains)
			}
		})
	}
	list := s.do("GET /", nil).body
	for _, hidden := range []string{".hidden", "secret", "root-sibling", "outside"} {
		if strings.Contains(list, hidden) {
			t.Errorf("%s is listed", hidden)
		}
	}
}

// A notebook of one's own is saved where it is, whole, with its mode; a
// symbolic link stays one, and no temporary file is left.
func TestSaveInPlace(t *testing.T) {
	root := ownFolder(t)
	s := serve(t, Options{Path: root})
	for _, name := range []string{"a%20b%3F.ipynb", "good.ipynb"} {
		now := s.work("GET /work/nb/"+name, nil)
		s.work("PUT /work/nb/"+name, `{"cells":[{"id":"first","source":"print saved"}]}`, "If-Match: "+now.ETag)
	}
	for _, name := range []string{"a b?.ipynb", "week1/孤.ipynb"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil || !strings.Contains(string(data), "print saved") {
			t.Errorf("%s: %v", name, err)
		}
		if strings.Contains(string(data), baseKey) || strings.Contains(string(data), seenKey) {
			t.Errorf("%s has the course's marks", name)
		}
		if info, _ := os.Stat(filepath.Join(root, name)); info.Mode().Perm() != 0o640 {
			t.Errorf("%s: mode %v", name, info.Mode())
		}
	}
	if info, _ := os.Lstat(filepath.Join(root, "good.ipynb")); info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link was replaced by a file")
	}
	var names []string
	entries, _ := os.ReadDir(root)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if i := slices.IndexFunc(names, func(n string) bool { return strings.Contains(n, ".tmp") }); i >= 0 {
		t.Errorf("left behind: %s", names[i])
	}
}

func TestOneNotebook(t *testing.T) {
	root := ownFolder(t)
	s := serve(t, Options{Path: filepath.Join(root, "a b?.ipynb")})
	s.do("GET /nb/a%20b%3F.ipynb", nil).want(t, 200, nil)
	s.do("GET /nb/week1/%E5%AD%A4.ipynb", nil).want(t, 404, nil)
	for _, path := range []string{"broken.ipynb", "old.ipynb", "secret.txt", "none/none.ipynb", "none"} {
		if f, err := openFolder(filepath.Join(root, path)); err == nil {
			t.Errorf("%s was opened: %+v", path, f)
		}
	}
}

func TestFolderOfACell(t *testing.T) {
	root := ownFolder(t)
	f, err := openFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	c := newCourse(testCourse(), filepath.Join(root, "work"))
	tests := []struct {
		shelf     shelf
		key, want string
	}{
		{f, "a b?.ipynb", root},
		{f, "week1/孤.ipynb", filepath.Join(root, "week1")},
		{f, "dir/x.ipynb", root}, // a link that leads out
		{f, "../../x.ipynb", root},
		{f, "", root},
		{c, "en/13-pools", filepath.Join(root, "work", "en")},
		{c, "../en/x", filepath.Join(root, "work")},
		{c, "Untitled-1234.ipynb", filepath.Join(root, "work")},
	}
	for _, tt := range tests {
		if got := tt.shelf.dir(tt.key); got != tt.want {
			t.Errorf("dir(%q) = %q, want %q", tt.key, got, tt.want)
		}
	}
}
