package web

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"lanebook/internal/notebook"
	"lanebook/internal/render"
	"lanebook/internal/study"
)

func TestWordsInBothLanguages(t *testing.T) {
	words, err := readWords()
	if err != nil {
		t.Fatal(err)
	}
	en, zh := slices.Sorted(maps.Keys(words["en"])), slices.Sorted(maps.Keys(words["zh"]))
	if diff := cmp.Diff(en, zh); diff != "" {
		t.Errorf("keys differ (-en +zh):\n%s", diff)
	}
	blank := regexp.MustCompile(`\{[a-z]+\}`)
	for key, text := range words["en"] {
		want, got := blank.FindAllString(text, -1), blank.FindAllString(words["zh"][key], -1)
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("%q: en has %q, zh has %q", key, want, got)
		}
	}
}

// The fields that the server hands to the templates.
type link struct {
	Name, Title, TitleOther, URL, URLOther string
	Started                                bool
	Done                                   study.Done
}

func TestTemplates(t *testing.T) {
	tmpl, err := Templates()
	if err != nil {
		t.Fatal(err)
	}
	nb := &notebook.Notebook{Cells: []notebook.Cell{
		{ID: `a"<`, Type: notebook.Markdown, Source: "# Pools <b>&</b>\n\n## One"},
		{ID: "b", Type: notebook.Code, Source: `x <- "<script>"`, Outputs: []notebook.Output{
			{Type: notebook.Stream, Name: "stdout", Text: "<script>alert(1)</script>"}}},
		{ID: "c", Type: notebook.Code, Source: "y", Metadata: map[string]any{"tags": []any{"solution"}}},
	}}
	next := &link{Name: "14-x", Title: "Processes & <co>", URL: "/en/14-x"}
	for _, lang := range []string{"en", "zh"} {
		var page strings.Builder
		err = tmpl.ExecuteTemplate(&page, "chapter.html", map[string]any{
			"Lang": lang, "Name": "13-pools", "Title": `Pools "<`, "URL": "/en/13-pools", "URLOther": "/zh/13-pools",
			"WorkURL": "/work/en/13-pools", "SessionPath": "en/13-pools.ipynb", "ETag": `"1"`, "Nonce": "n",
			"Changed": []string{"b"}, "Own": false, "Chapters": []link{*next}, "Prev": (*link)(nil), "Next": next, "Rendered": render.NewChapter(nb, render.Form{Lang: lang, Data: true}),
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := page.String(); strings.Contains(got, "<script>") || strings.Contains(got, " onerror") ||
			!strings.Contains(got, `id="cell-a&#34;&lt;"`) || !strings.Contains(got, "<details class=\"solution\">") ||
			!strings.Contains(got, "Processes &amp; &lt;co&gt;") {
			t.Errorf("chapter.html in %s:\n%s", lang, got)
		}
		page.Reset()
		err = tmpl.ExecuteTemplate(&page, "index.html", map[string]any{
			"Lang": lang, "Own": false, "Chapters": []link{*next},
		})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(page.String(), `href="/en/14-x"`) {
			t.Errorf("index.html in %s:\n%s", lang, page.String())
		}
	}
}

func TestAssets(t *testing.T) {
	tmpl, err := fs.Glob(files, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	asset := regexp.MustCompile(`/assets/([a-z.]+)"`)
	for _, name := range tmpl {
		data, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range asset.FindAllStringSubmatch(string(data), -1) {
			if _, err := fs.Stat(Assets(), m[1]); err != nil {
				t.Errorf("%s names an asset that is not built: %v", name, err)
			}
		}
	}
}

// The script that goes with every picture in other notebooks must stay small.
func TestLiveScriptIsSmall(t *testing.T) {
	script, err := fs.ReadFile(Assets(), "live.js")
	if err != nil || len(script) > 36<<10 || strings.Contains(string(script), "</script") {
		t.Errorf("%v: %d bytes", err, len(script))
	}
}
