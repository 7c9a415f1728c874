package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lanebook/internal/display"
)

func TestIsFileName(t *testing.T) {
	for name, want := range map[string]bool{
		"lanes-1.trace": true, "": false, ".": false, "..": false, "../x": false, "a/b": false, "/etc/passwd": false,
	} {
		if got := isFileName(name); got != want {
			t.Errorf("%q: got %v", name, got)
		}
	}
}

// What is in the spool after a run is gone before the next, whatever it is and
// whatever the temporary folder is called.
func TestDrawRestEmptiesTheSpool(t *testing.T) {
	x := &execution{Engine: &Engine{home: filepath.Join(t.TempDir(), "a[b")}}
	spool := x.path("spool")
	if err := os.MkdirAll(filepath.Join(spool, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"junk", ".hidden", "kept-1.json"} {
		if err := os.WriteFile(filepath.Join(spool, name), []byte("no recording"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	x.drawRest(ending{})
	left, err := os.ReadDir(spool)
	if err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// Other front ends get the script that makes a picture walkable, once, with
// its data; without one, outputs hold no script.
func TestEnliven(t *testing.T) {
	bundle := func() display.Bundle {
		return display.Bundle{display.HTML: "<figure><img></figure>", display.Data: `{"kind":"lanes","title":"\u003c/script\u003e"}`}
	}
	b := bundle()
	(&execution{Engine: &Engine{}}).enliven(b)
	if page := b[display.HTML].(string); strings.Contains(page, "<script") {
		t.Errorf("a script without being asked: %s", page)
	}
	(&execution{Engine: &Engine{opts: Options{Live: "var lanebookLive"}}}).enliven(b)
	page := b[display.HTML].(string)
	if strings.Count(page, "</script>") != 1 || !strings.Contains(page, `upgrade(document.currentScript,{"kind":"lanes"`) {
		t.Errorf("got %s", page)
	}
}
