package course

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestUnpackManyAtOnce(t *testing.T) {
	cache := t.TempDir()
	var wg sync.WaitGroup
	roots := make([]string, 8)
	for i := range roots {
		wg.Go(func() {
			c, err := Unpack(cache)
			if err != nil {
				t.Error(err)
				return
			}
			roots[i] = c.Root
		})
	}
	wg.Wait()
	for _, root := range roots {
		if root != roots[0] {
			t.Errorf("got %q and %q, want one folder", root, roots[0])
		}
	}
	entries, err := os.ReadDir(filepath.Join(cache, "course"))
	if err != nil || len(entries) != 1 {
		t.Errorf("got %v, %v; want the course folder alone", entries, err)
	}
}

func TestUnpackRepairs(t *testing.T) {
	cache := t.TempDir()
	c, err := Unpack(cache)
	if err != nil {
		t.Fatal(err)
	}
	mod := filepath.Join(c.Modules[0].Dir, "go.mod")
	if err := os.Remove(mod); err != nil {
		t.Fatal(err)
	}
	if _, err := Unpack(cache); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(mod); err != nil {
		t.Errorf("a damaged course was not repaired: %v", err)
	}
}

func TestUnpackedFiles(t *testing.T) {
	c, err := Unpack(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if got := len(c.Modules); got != 3 {
		t.Fatalf("got %d modules, want lanebook, x/sync and x/time", got)
	}
	for _, m := range c.Modules {
		mod, err := os.ReadFile(filepath.Join(m.Dir, "go.mod"))
		if err != nil || !bytes.HasPrefix(mod, []byte("module "+m.Path+"\n")) {
			t.Errorf("go.mod of %s: got %q, %v", m.Path, mod, err)
		}
		err = filepath.WalkDir(m.Dir, func(name string, d os.DirEntry, err error) error {
			if strings.HasSuffix(name, "_test.go") {
				t.Errorf("%s was unpacked", name)
			}
			if info, _ := d.Info(); !d.IsDir() && info.Mode().Perm()&0o222 != 0 {
				t.Errorf("%s is writable", name)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if m.Path != "lanebook" {
			if _, err := os.Stat(filepath.Join(m.Dir, "LICENSE")); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestLiveClone(t *testing.T) {
	t.Setenv(SourceEnv, "../..")
	c, err := Unpack(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	want, _ := filepath.Abs("../..")
	if !c.Live || c.Modules[0].Dir != want {
		t.Errorf("got %q, live %v; want %q", c.Modules[0].Dir, c.Live, want)
	}
	t.Setenv(SourceEnv, t.TempDir())
	if _, err := Unpack(t.TempDir()); err == nil {
		t.Error("a folder that is no clone was accepted")
	}
}
