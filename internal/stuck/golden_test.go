package stuck

import (
	"encoding/json"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"lanebook/internal/display"
	"lanebook/internal/golden"
)

// reports are what Watch wrote; testdata/record/main.go made them.
func reports(t testing.TB) map[string][]byte { return golden.Inputs(t, "report") }

// cellSource is the text of the pretended cells in testdata/record/main.go.
func cellSource(t testing.TB) Source {
	cells := golden.Cells(t, "testdata/record/main.go")
	return func(file string) string { return cells[file] }
}

// endings say how the programs ended that Watch did not end itself.
var endings = map[string]string{"locks": "deadlock", "panics": "panic", "reader": "deadlock"}

func draw(t testing.TB, data []byte, opt Options) display.Bundle {
	t.Helper()
	r, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return Draw(r, opt)
}

// TestVerdict compares what reports say, in both languages, and their data.
// Rewrite with -update, and look at the pictures before you commit.
func TestVerdict(t *testing.T) {
	source := cellSource(t)
	for name, data := range reports(t) {
		t.Run(name, func(t *testing.T) {
			var got []txtar.File
			for _, lang := range []string{"en", "zh"} {
				b := draw(t, data, Options{Lang: lang, Source: source, End: endings[name], Message: "boom"})
				got = append(got, txtar.File{Name: lang, Data: []byte(b[display.Text].(string))})
				if lang == "en" {
					got = append(got, txtar.File{Name: "data", Data: pretty(t, b)})
				}
				if name == "locks" && lang == "en" {
					got = append(got, txtar.File{Name: "svg", Data: []byte(strings.ReplaceAll(picture(t, data, source), "><", ">\n<"))})
				}
			}
			golden.Compare(t, "testdata/"+name+".txtar", got)
		})
	}
}

// pretty is the data without the sentences, which stand elsewhere, and the time.
func pretty(t *testing.T, b display.Bundle) []byte {
	t.Helper()
	var d map[string]any
	if err := json.Unmarshal([]byte(b[display.Data].(string)), &d); err != nil {
		t.Fatal(err)
	}
	delete(d, "sentences")
	delete(d, "after")
	text, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(text, '\n')
}

func picture(t *testing.T, data []byte, source Source) string {
	t.Helper()
	r, err := Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	opt := Options{Source: source, End: "deadlock"}
	tell := &teller{r: r, g: newGraph(r, source), w: wordsOf("en"), opt: opt, verdict: verdictOf(r, opt)}
	return tell.svg()
}

// Nothing that a learner wrote becomes part of the page, and nothing is in it
// that notebooks remove.
func TestPageIsHarmless(t *testing.T) {
	for name, data := range reports(t) {
		evil := strings.Replace(string(data), "state:", "name: 1 <script>alert(1)</script>\nstate:", 1)
		b := draw(t, []byte(evil), Options{Source: func(string) string { return strings.Repeat("x := `<img src=x onerror=\"y\">` // </figure>\n", 60) }})
		page := b[display.HTML].(string)
		for _, bad := range []string{"<script", "<style", "<img src=x", "<svg", " id="} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: the page contains %s", name, bad)
			}
		}
	}
}

// A report may be cut anywhere, and the source may be anything.
func FuzzDraw(f *testing.F) {
	for _, data := range reports(f) {
		f.Add(string(data), "func f() {\n\tmu.Lock()\n}\n")
	}
	f.Fuzz(func(t *testing.T, report, source string) {
		if r, err := Parse([]byte(report)); err == nil {
			Draw(r, Options{Lang: "zh", Source: func(string) string { return source }, End: "deadlock"})
		}
	})
}

func TestCutReports(t *testing.T) {
	source := cellSource(t)
	for _, data := range reports(t) {
		for cut := 0; cut < len(data); cut += 37 {
			if r, err := Parse(data[:cut]); err == nil {
				Draw(r, Options{Source: source})
			}
		}
	}
}
