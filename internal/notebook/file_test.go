package notebook_test

import (
	"os"
	"path/filepath"
	"testing"

	"lanebook/internal/notebook"
)

func TestWriteAtomicKeepsModeAndLink(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "a.ipynb"), filepath.Join(dir, "link.ipynb")
	if err := os.WriteFile(file, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a.ipynb", link); err != nil {
		t.Fatal(err)
	}
	if err := notebook.WriteAtomic(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil || string(data) != "new" {
		t.Errorf("got %q, %v", data, err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	onlyFiles(t, dir, 2)
}

func TestWriteAtomicRefuses(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.Symlink("nowhere", link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, link, filepath.Join(dir, "no", "folder")} {
		if err := notebook.WriteAtomic(path, []byte("x")); err == nil {
			t.Errorf("%s: want an error", path)
		}
	}
	onlyFiles(t, dir, 1)
}

func TestWriteAtomicNewFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "new.ipynb")
	if err := notebook.New().WriteFile(file); err != nil {
		t.Fatal(err)
	}
	if _, err := notebook.ReadFile(file); err != nil {
		t.Fatal(err)
	}
	onlyFiles(t, dir, 1)
}

// onlyFiles checks that no temporary file was left behind.
func onlyFiles(t *testing.T, dir string, want int) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != want {
		t.Errorf("files left: %v, %v", list, err)
	}
}
