package gotrace

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"lanebook/internal/display"
	"lanebook/internal/golden"
)

// recordings are the traces in testdata; testdata/record/main.go made them.
func recordings(t testing.TB) map[string][]byte { return golden.Inputs(t, "trace") }

// cellSource is the text of the pretended cells in testdata/record/main.go.
func cellSource(t testing.TB) Source {
	cells := map[string][]string{}
	for name, text := range golden.Cells(t, "testdata/record/main.go") {
		cells[name] = strings.Split(text, "\n")
	}
	return func(file string, line int) string {
		if lines := cells[file]; line >= 1 && line <= len(lines) {
			return lines[line-1]
		}
		return ""
	}
}

// TestPicture compares what recordings look like as text, in both languages,
// and one of them as an image. Rewrite with -update, and look at the pictures
// before you commit.
func TestPicture(t *testing.T) {
	source := cellSource(t)
	for name, data := range recordings(t) {
		t.Run(name, func(t *testing.T) {
			var got []txtar.File
			for _, lang := range []string{"en", "zh"} {
				b := drawn(t, data, Options{Lang: lang, Source: source, Cut: true, Deadlock: lang == "zh"})
				if strings.Contains(b[display.Text].(string), "%!") {
					t.Errorf("a format is broken:\n%s", b[display.Text])
				}
				got = append(got, txtar.File{Name: lang, Data: []byte(b[display.Text].(string))})
			}
			if name == "pool" || name == "flags" || name == "tasks" {
				b := drawn(t, data, Options{Lang: "en", Source: source})
				got = append(got,
					txtar.File{Name: "html", Data: []byte(strings.ReplaceAll(golden.Page(b[display.HTML].(string)), "<tr>", "\n<tr>") + "\n")},
					txtar.File{Name: "svg", Data: []byte(strings.ReplaceAll(image(t, b), "><", ">\n<"))})
			}
			golden.Compare(t, "testdata/"+name+".txtar", got)
		})
	}
}

func drawn(t testing.TB, data []byte, opt Options) display.Bundle {
	t.Helper()
	tl, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return Draw(tl, opt)
}

func image(t testing.TB, b display.Bundle) string {
	t.Helper()
	svg := golden.Image(t, b[display.HTML].(string))
	if svg == "" {
		t.Fatal("no image in the HTML")
	}
	return svg
}

// What notebooks remove must not be in the page, and nothing a learner wrote
// may become part of it.
func TestPageIsHarmless(t *testing.T) {
	for name, data := range recordings(t) {
		b := drawn(t, data, Options{Title: `</figure><script>alert(1)</script>"'`, Note: "<b>", Source: func(string, int) string {
			return "x := `<img src=x onerror=\"y\">`"
		}})
		page := b[display.HTML].(string)
		for _, bad := range []string{"<script", "<style", "<img src=x", "<b>", "<svg", " id="} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: the page contains %s", name, bad)
			}
		}
		if svg := image(t, b); strings.Contains(svg, "<script") || strings.Contains(svg, "<img") {
			t.Errorf("%s: the image contains what a learner wrote", name)
		}
	}
}

// The data keep what docs/pictures.md promises.
func TestData(t *testing.T) {
	for name, recording := range recordings(t) {
		var d Data
		if err := json.Unmarshal([]byte(drawn(t, recording, Options{Source: cellSource(t)})[display.Data].(string)), &d); err != nil {
			t.Fatal(err)
		}
		if d.Version != 1 || d.Kind != "lanes" || len(d.Sentences) == 0 || d.Procs < 1 || d.Lines[0] != (DataLine{}) {
			t.Errorf("%s: got %+v", name, d)
		}
		lanes := map[int64]bool{0: true}
		for _, g := range d.Goroutines {
			lanes[g.ID] = true
			at := g.Start
			for _, i := range g.Intervals {
				if i.From != at || i.To <= i.From || i.Line >= len(d.Lines) {
					t.Errorf("%s: %s has a gap or a bad line at %+v", name, g.Name, i)
				}
				at = i.To
			}
			if at != g.End || g.End > d.End || !lanes[g.Parent] {
				t.Errorf("%s: %s ends at %d, its intervals at %d; parent %d", name, g.Name, g.End, at, g.Parent)
			}
		}
		for _, w := range d.Wakes {
			if !lanes[w.From] || !lanes[w.To] {
				t.Errorf("%s: a hand-over between strangers: %+v", name, w)
			}
		}
	}
}
