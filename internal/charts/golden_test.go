package charts

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"lanebook/internal/display"
	"lanebook/internal/golden"
)

// sent are data as cells send them: testdata/*.json.
func sent(t testing.TB) map[string][]byte { return golden.Inputs(t, "json") }

// image is the drawing in a bundle, "" if there is none.
func image(t testing.TB, b display.Bundle) string {
	return golden.Image(t, b[display.HTML].(string))
}

// TestPicture compares every kind of picture as text in both languages, as a
// page and as an image. Rewrite with -update, and look at the pictures before
// you commit.
func TestPicture(t *testing.T) {
	for name, data := range sent(t) {
		t.Run(name, func(t *testing.T) {
			en, zh := drawn(t, data, "en"), drawn(t, data, "zh")
			style := regexp.MustCompile(`<style>[^<]*</style>`)
			golden.Compare(t, "testdata/"+name+".txtar", []txtar.File{
				{Name: "en", Data: []byte(en[display.Text].(string))},
				{Name: "zh", Data: []byte(zh[display.Text].(string))},
				{Name: "html", Data: golden.Elements(golden.Page(en[display.HTML].(string)))},
				{Name: "svg", Data: []byte(strings.ReplaceAll(style.ReplaceAllString(image(t, en), ""), "><", ">\n<"))},
			})
		})
	}
}

func drawn(t testing.TB, data []byte, lang string) display.Bundle {
	t.Helper()
	b, err := Draw(data, lang)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Formats and their arguments fit in both languages, the image is XML, the
// data keep the kind and say what the picture says.
func TestEveryPicture(t *testing.T) {
	for name, data := range sent(t) {
		for _, lang := range []string{"en", "zh"} {
			b := drawn(t, data, lang)
			for _, text := range []any{b[display.Text], b[display.HTML], b[display.Data], image(t, b)} {
				if strings.Contains(text.(string), "%!") {
					t.Errorf("%s, %s: a format does not fit: %s", name, lang, text)
				}
			}
			wellFormed(t, name, image(t, b))
			var in, out struct {
				Kind      string
				Sentences []string
			}
			if err := errors.Join(json.Unmarshal(data, &in), json.Unmarshal([]byte(b[display.Data].(string)), &out)); err != nil {
				t.Fatal(err)
			}
			if out.Kind != in.Kind || strings.Contains(b[display.HTML].(string), "<figcaption") && len(out.Sentences) == 0 {
				t.Errorf("%s: data are %s", name, b[display.Data])
			}
		}
	}
}

func wellFormed(t *testing.T, name, svg string) {
	t.Helper()
	for dec := xml.NewDecoder(strings.NewReader(svg)); ; {
		switch _, err := dec.Token(); err {
		case nil:
		case io.EOF:
			return
		default:
			t.Errorf("%s: %v", name, err)
			return
		}
	}
}

// What notebooks remove must not be in the page, and nothing a learner wrote
// may become part of it.
func TestPageIsHarmless(t *testing.T) {
	evil := `</figure><script>alert(1)</script><img src=x onerror="y">`
	for name, data := range sent(t) {
		var v map[string]any
		if err := json.Unmarshal(data, &v); err != nil {
			t.Fatal(err)
		}
		poison(v, evil)
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b := drawn(t, data, "en")
		for _, bad := range []string{"<script", "<style", "<img src=x", "<svg", " id="} {
			if strings.Contains(b[display.HTML].(string), bad) {
				t.Errorf("%s: the page contains %s", name, bad)
			}
		}
		if svg := image(t, b); strings.Contains(svg, "<script") || strings.Contains(svg, "<img") {
			t.Errorf("%s: the image contains what a learner wrote", name)
		}
	}
}

// poison puts a text in the place of every text but those of the protocol.
func poison(v any, text string) {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if _, ok := value.(string); ok && key != "kind" && key != "stage" && key != "form" && key != "pointer" {
				v[key] = text
			} else {
				poison(value, text)
			}
		}
	case []any:
		for i, value := range v {
			if _, ok := value.(string); ok {
				v[i] = text
			} else {
				poison(value, text)
			}
		}
	}
}

func TestDrawRefuses(t *testing.T) {
	for name, data := range map[string]string{
		"no JSON":          `{`,
		"no kind":          `{"version":1}`,
		"another version":  `{"version":2,"kind":"tally"}`,
		"unknown kind":     `{"version":1,"kind":"lanes"}`,
		"no cases":         `{"version":1,"kind":"compare","procs":2}`,
		"no samples":       `{"version":1,"kind":"compare","procs":2,"cases":[{"name":"a"}]}`,
		"sweep without n":  `{"version":1,"kind":"sweep","procs":2,"cases":[{"samples":[{"wall":1}]}]}`,
		"more than all":    `{"version":1,"kind":"tally","runs":1,"outcomes":[{"text":"a","count":2}]}`,
		"less than none":   `{"version":1,"kind":"tally","runs":9,"outcomes":[{"text":"a","count":-2}]}`,
		"no runs":          `{"version":1,"kind":"tally"}`,
		"samples are text": `{"version":1,"kind":"timing","cases":[{"samples":"many"}]}`,
	} {
		if b, err := Draw([]byte(data), "en"); err == nil {
			t.Errorf("%s was drawn: %v", name, b)
		}
	}
}

// Numbers no clock would give are drawn, or refused, and never a panic.
func FuzzDraw(f *testing.F) {
	for _, data := range sent(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if b, err := Draw(data, "zh"); err == nil {
			wellFormed(t, "fuzz", image(t, b))
		}
	})
}
