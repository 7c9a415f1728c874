package verdict_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"lanebook/internal/display"
	"lanebook/internal/golden"
	"lanebook/internal/verdict"

	"golang.org/x/tools/txtar"
)

// Each file holds a report as a cell wrote it, and what we make of it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no test cases", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := []txtar.File{a.Files[0]}
			for _, lang := range []string{"en", "zh"} {
				b, err := verdict.Draw(string(a.Files[0].Data), verdict.Options{
					Lang:   lang,
					Source: func(cell string, line int) string { return fmt.Sprintf("\t<line %d of %s>", line, cell) },
				})
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, txtar.File{Name: lang, Data: []byte(b[display.Text].(string))})
				if lang == "en" {
					var data map[string]any
					if err := json.Unmarshal([]byte(b[display.Data].(string)), &data); err != nil {
						t.Fatal(err)
					}
					pretty, _ := json.MarshalIndent(data, "", "  ")
					got = append(got, txtar.File{Name: "html", Data: golden.Elements(b[display.HTML].(string))},
						txtar.File{Name: "data", Data: append(pretty, '\n')})
				}
			}
			golden.Compare(t, file, got)
		})
	}
}

// What a learner's values look like is none of our business; that they stay
// text is.
func TestNothingOfTheLearnerBecomesMarkup(t *testing.T) {
	report, _ := json.Marshal(map[string]any{
		"title": "<script>1", "cases": []any{map[string]any{"name": "<b>2", "status": "failed"}},
		"failure": map[string]any{"case": 0, "kind": "wrong", "tried": "<i>3", "got": "<img src=x>4", "want": "`<u>5`", "look": "<em>6",
			"expect": "<s>7", "printed": "<svg>8", "said": "panic: <h1>9\n\ngoroutine 1 [running]:\nmain.main()\n\tcell[1]:2 +0x1\n"},
	})
	b, err := verdict.Draw(string(report), verdict.Options{Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	html := b[display.HTML].(string)
	for i, tag := range []string{"script", "b", "i", "img", "u", "em", "s", "svg", "h1"} {
		if want := fmt.Sprintf("&lt;%s", tag); !strings.Contains(html, want) || strings.Contains(html, fmt.Sprintf("<%s>%d", tag, i+1)) {
			t.Errorf("%s is missing or became markup:\n%s", tag, html)
		}
	}
}

func TestBadReports(t *testing.T) {
	for _, text := range []string{"", "{", "[]", `{"cases":1}`} {
		if _, err := verdict.Draw(text, verdict.Options{}); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
	for _, text := range []string{"{}", `{"failure":{"case":7,"kind":"no such kind"}}`, `{"failure":{"case":-5}}`} {
		if _, err := verdict.Draw(text, verdict.Options{}); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}
