package browser

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"lanebook/internal/notebook"
)

// exercise is the first exercise of a chapter.
type exercise struct {
	cell     string // id
	solution string // the whole cell, with the solution in place of the stub
}

var (
	goFence     = regexp.MustCompile("(?s)```go\n(.*?)```")
	courseLines = regexp.MustCompile(`(?m)^\s*"(lanebook/[^"]+)"$|^import "(lanebook/[^"]+)"$`)
)

// exerciseOf finds a chapter's first exercise that has a solution.
func exerciseOf(t *testing.T, nb *notebook.Notebook) (exercise, bool) {
	t.Helper()
	for _, c := range nb.Cells {
		if c.Type != notebook.Code || !c.HasTag("exercise") {
			continue
		}
		at := slices.IndexFunc(nb.Cells, func(s notebook.Cell) bool { return s.ID == c.ID+"-solution" })
		_, call, ok := strings.Cut(c.Source, "\n%%\n")
		if at < 0 || !ok {
			t.Fatalf("the exercise %s has no solution, or calls no checker", c.ID)
		}
		code := goFence.FindStringSubmatch(nb.Cells[at].Source)
		if code == nil {
			t.Fatalf("the solution of %s holds no code", c.ID)
		}
		var imports string
		for _, m := range courseLines.FindAllStringSubmatch(c.Source, -1) {
			if path := m[1] + m[2]; !strings.Contains(code[1], strconv.Quote(path)) {
				imports += "import " + strconv.Quote(path) + "\n"
			}
		}
		return exercise{c.ID, imports + code[1] + "\n%%\n" + call}, true
	}
	return exercise{}, false
}

// In every chapter a learner runs an exercise as it stands, reads what is
// wrong, pastes the solution, and passes.
func TestAnExerciseOfEachChapter(t *testing.T) {
	files, err := filepath.Glob("../../notebooks/en/*.ipynb")
	if err != nil || len(files) == 0 {
		t.Fatal("no notebooks", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".ipynb")
		t.Run(name, func(t *testing.T) {
			nb, err := notebook.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			ex, ok := exerciseOf(t, nb)
			if !ok {
				t.Skip("there is no exercise in this chapter")
			}
			tb := open(t, "/en/"+name)
			tb.click("#cell-" + ex.cell + " .run")
			if state := tb.ended(ex.cell); state != "done" {
				t.Fatalf("the starting point: %s: %s", state, tb.outputs(ex.cell))
			}
			tb.until(`document.querySelector("#cell-` + ex.cell + ` .outputs").innerText.includes("Not yet")`)
			if got := tb.outputs(ex.cell); !strings.Contains(got, "✗") {
				t.Errorf("the starting point, without a mark: %s", got)
			}
			if word := tb.text(`document.querySelector("#cell-` + ex.cell + ` .state .word").textContent`); word != "not yet" {
				t.Errorf("the starting point is called %q", word)
			}
			tb.do(chromedp.ScrollIntoView("#cell-" + ex.cell + " .outputs"))
			tb.shot("exercise-" + name + "-stub")
			tb.paste(ex.cell, ex.solution)
			tb.keys("Ctrl+Enter")
			if state := tb.ended(ex.cell); state != "done" {
				t.Fatalf("the solution: %s: %s", state, tb.outputs(ex.cell))
			}
			tb.until(`document.querySelector("#cell-` + ex.cell + ` .outputs").innerText.includes("Passed")`)
			if got := tb.outputs(ex.cell); strings.Contains(got, "✗") {
				t.Errorf("the solution: %s", got)
			}
			tb.shot("exercise-" + name + "-solution")
		})
	}
}

// paste opens a cell by keyboard and pastes code over what is there.
func (tb *tab) paste(cell, code string) {
	tb.t.Helper()
	tb.eval(nil, `document.querySelector("#cell-`+cell+`").focus()`)
	tb.keys("Enter")
	tb.until(`document.querySelector("#cell-` + cell + ` .cm-editor.cm-focused")`)
	tb.keys("Ctrl+a")
	tb.eval(nil, `(() => {
		const data = new DataTransfer();
		data.setData("text/plain", `+strconv.Quote(code)+`);
		document.querySelector("#cell-`+cell+` .cm-content").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
	})()`)
}
