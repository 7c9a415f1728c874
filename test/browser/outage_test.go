package browser

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lanebook/internal/notebook"
)

// workFile is where a server under dir keeps the work on a chapter.
func workFile(t *testing.T, dir, name string) string {
	t.Helper()
	var found string
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		if strings.HasSuffix(path, filepath.FromSlash("work/"+name)) {
			found = path
		}
		return err
	})
	if err != nil || found == "" {
		t.Fatalf("no work on %s: %v", name, err)
	}
	return found
}

// change edits a notebook on the disk as another program would.
func change(t *testing.T, file string, edit func(nb *notebook.Notebook)) {
	t.Helper()
	nb, err := notebook.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	edit(nb)
	data, err := nb.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func cell(t *testing.T, nb *notebook.Notebook, id string) *notebook.Cell {
	t.Helper()
	at := slices.IndexFunc(nb.Cells, func(c notebook.Cell) bool { return c.ID == id })
	if at < 0 {
		t.Fatalf("there is no cell %s", id)
	}
	return &nb.Cells[at]
}

// everything is all sources that the server has of the chapter, those it keeps
// beside it included.
const everything = `fetch("/work/en/13-pools").then(r => r.json()).then(async w => {
	const kept = await Promise.all(w.conflicts.map(f => fetch("/work/en/13-pools?kept=" + f).then(r => r.json())));
	return [w, ...kept].map(v => v.cells.map(c => c.source).join("\n")).join("\n");
})`

// While the server is away, two tabs are typed in and closed, a cell is deleted,
// and another program saves the same notebook. Nothing of that is lost, and
// nothing overwritten.
func TestOutage(t *testing.T) {
	dir := t.TempDir()
	base, stop, one := serverOf(t, dir)
	page := base.ResolveReference(&url.URL{Path: chapter})
	one.goThere(page)
	one.write("unbounded", `fmt.Println("before")`)
	one.saved()
	two := newTab(t, page)
	two.until(`"ready" in document.documentElement.dataset`)
	two.write("gantt", `// two`) // opens the connection; saved before the server ends
	two.saved()
	one.goThere(page)
	one.write("unbounded", `fmt.Println("before")`)
	stop()
	for _, tb := range []*tab{one, two} {
		tb.until(`["lost", "gone"].includes(document.querySelector("#kernel").dataset.state)`)
	}
	one.keys("Ctrl+a", `fmt.Println("typed in one")`)
	two.keys("Ctrl+a", `fmt.Println("typed in two")`)
	two.keys("Escape")
	two.eval(nil, `document.querySelector("#cell-log").focus()`)
	two.press("d", "d")
	for _, tb := range []*tab{one, two} {
		tb.until(`Object.keys(localStorage).filter(k => k.startsWith("lanebook:work:")).length === 2`)
	}
	one.close()
	two.close()
	change(t, workFile(t, dir, "en/13-pools.ipynb"), func(nb *notebook.Notebook) { cell(t, nb, "unbounded").Source = `fmt.Println("from outside")` })

	again, stop, err := study(shared.bin, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	three := newTab(t, again)
	three.goThere(page)
	three.until(`document.querySelectorAll("#notices .notice.warn").length === 2`) // a version of each tab is kept
	three.shot("outage")
	if got := three.text(`document.querySelector("#cell-unbounded .source").textContent`); !strings.Contains(got, "from outside") {
		t.Errorf("the page shows %q", got)
	}
	all := three.text(everything)
	for _, want := range []string{"from outside", "typed in one", "typed in two"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is lost", want)
		}
	}
	if left := three.number(`Object.keys(localStorage).filter(k => k.startsWith("lanebook:work:")).length`); left != 0 {
		t.Errorf("%v entries are still in the browser", left)
	}

	// The same with nobody else about: what was done is done, the deletion too.
	three.eval(nil, `fetch("/work/en/13-pools", {method: "DELETE"}).then(() => 0)`)
	three.goThere(page)
	three.write("gantt", `fmt.Println("saved")`)
	three.saved()
	stop()
	three.until(`["lost", "gone"].includes(document.querySelector("#kernel").dataset.state)`)
	three.keys("Ctrl+a", `fmt.Println("typed alone")`, "Escape")
	three.eval(nil, `document.querySelector("#cell-log").focus()`)
	three.press("d", "d")
	three.until(`Object.values(localStorage).some(v => v.includes("typed alone") && JSON.parse(JSON.parse(v).body).deleted.includes("log"))`)
	three.close()
	last, stop, err := study(shared.bin, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	four := newTab(t, last)
	four.goThere(page)
	four.until(`document.querySelector("#notices")?.textContent.includes("brought back")`)
	four.until(`document.querySelector("#cell-gantt .source")?.textContent.includes("typed alone") && !document.querySelector("#cell-log")`)
	if n := four.number(`fetch("/work/en/13-pools").then(r => r.json()).then(w => w.conflicts.length)`); n != 2 { // as before
		t.Errorf("%v versions are kept beside it", n)
	}
}

// A newer course says what it changed: of cells that were edited, which stay,
// and of those that were not, which follow.
func TestCourseUpdateIsTold(t *testing.T) {
	dir := t.TempDir()
	base, stop, tb := serverOf(t, dir)
	defer stop()
	put := `fetch("/work/en/13-pools", {method: "PUT", headers: {"If-Match": "*", "Content-Type": "application/json"}, body: JSON.stringify({cells: [{id: "gantt", source: "mine"}]})}).then(r => r.status)`
	if status := tb.number(put); status != 200 {
		t.Fatalf("saving: %v", status)
	}
	// What a course with other cells would have left.
	older := func(c *notebook.Cell, source string) {
		sum := sha256.Sum256([]byte(source))
		c.Metadata["lanebook_base"] = hex.EncodeToString(sum[:8])
	}
	change(t, workFile(t, dir, "en/13-pools.ipynb"), func(nb *notebook.Notebook) {
		older(cell(t, nb, "gantt"), "the first edition")
		log := cell(t, nb, "log")
		log.Source = "fmt.Println(\"the first edition\")"
		older(log, log.Source)
	})
	tb.goThere(base.ResolveReference(&url.URL{Path: chapter}))
	tb.until(`document.querySelectorAll("#notices .notice").length === 2`)
	tb.shot("course-updated")
	tb.eval(nil, `[...document.querySelectorAll("#notices .notice")].find(n => n.textContent.includes("not edited")).querySelector("button").click()`)
	tb.until(`document.querySelector("#changes-dialog").open`)
	tb.shot("course-followed")
	if got := tb.text(`document.querySelector("#changes-dialog del").textContent`); !strings.Contains(got, "the first edition") {
		t.Errorf("it was %q", got)
	}
	tb.keys("Escape")
	if got := tb.text(`document.querySelector("#cell-gantt .source").textContent`); got != "mine" {
		t.Errorf("the edited cell is %q", got)
	}
	if got := tb.text(`document.querySelector("#cell-gantt .badge.warn").hidden + ""`); got != "false" {
		t.Error("the edited cell does not say that its original changed")
	}
}
