package handout_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/handout"
	"lanebook/internal/notebook"
)

// made renders the test chapter as one page.
func made(t *testing.T, opts handout.Options) string {
	t.Helper()
	nb, err := notebook.Parse([]byte(chapter))
	if err != nil {
		t.Fatal(err)
	}
	p, err := handout.New(handout.Source{Notebook: nb, Name: "en/a"}, opts)
	if err != nil {
		t.Fatal(err)
	}
	return string(p.HTML)
}

func lacks(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(text, part) {
			t.Errorf("there: %s", part)
		}
	}
}

func TestSolutions(t *testing.T) {
	page := made(t, handout.Options{Solutions: handout.Appendix})
	contains(t, page, `<a href="#hints-ex">`, `<a href="#answer-ex">`, `id="hints-ex"`, `id="answer-ex"`, "of course")
	lacks(t, made(t, handout.Options{Solutions: handout.None}), "of course", "#answer-ex")

	dir := folder(t, map[string]string{"a.ipynb": chapter})
	written, err := handout.Write([]string{filepath.Join(dir, "a.ipynb")}, dir, handout.Options{Solutions: handout.None})
	if diff := cmp.Diff([]string{dir + "/a.html", dir + "/index.html"}, written); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestNoOutputs(t *testing.T) {
	contains(t, made(t, handout.Options{}), `class="outputs"`, "a&lt;b", "alert(1)")
	page := made(t, handout.Options{NoOutputs: true})
	contains(t, page, "&lt;", "think")
	lacks(t, page, `class="outputs"`, "alert(1)")
}

func TestExercisesOnly(t *testing.T) {
	page := made(t, handout.Options{Exercises: true})
	contains(t, page, "A <b>bold</b>", ">One</h2>", "stub", "think")
	lacks(t, page, ">Two</h2>", "<nav")
}

func TestLarge(t *testing.T) {
	contains(t, made(t, handout.Options{Large: true}), `<html lang="en" class="large">`)
}

func TestWhereTheNotebookIs(t *testing.T) {
	page := made(t, handout.Options{})
	contains(t, page, "en/a.ipynb")
	lacks(t, page, "<svg")
	page = made(t, handout.Options{URL: "https://school.example/go/"})
	contains(t, page, `href="https://school.example/go/en/a.ipynb"`, `<svg class="qr"`)
	page = made(t, handout.Options{URL: "https://hub.example/open?path={name}.ipynb&x=1"})
	contains(t, page, "https://hub.example/open?path=en/a.ipynb&amp;x=1")
	nb := notebook.New()
	for _, bad := range []string{"javascript:alert(1)", "school.example", "ftp://x/", "https://x.example/" + strings.Repeat("long", 2000)} {
		if _, err := handout.New(handout.Source{Notebook: nb, Name: "a"}, handout.Options{URL: bad}); err == nil {
			t.Errorf("%.40s was taken", bad)
		}
	}
}

func TestSlides(t *testing.T) {
	long := strings.Repeat("line\n", 18)
	nb := notebook.New()
	nb.Cells = []notebook.Cell{
		{ID: "a", Type: notebook.Markdown, Source: "# Talk\n\nhello\n\n## One\n\n```\n# no heading\n```\n\n### Two\n"},
		{ID: "b", Type: notebook.Code, Source: long, Outputs: []notebook.Output{{Type: notebook.Stream, Name: "stdout", Text: "OUT" + long}}},
		{ID: "c", Type: notebook.Markdown, Source: "after"},
	}
	p, err := handout.New(handout.Source{Notebook: nb, Name: "talk"}, handout.Options{Slides: true})
	if err != nil {
		t.Fatal(err)
	}
	slides := regexp.MustCompile(`(?s)<section class="slide.*?</p>\s*</section>`).FindAllString(string(p.HTML), -1)
	want := []string{"hello", "# no heading", ">Two</h3>", "OUT"}
	if len(slides) != len(want) {
		t.Fatalf("%d slides:\n%s", len(slides), p.HTML)
	}
	for i, text := range want {
		if !strings.Contains(slides[i], text) {
			t.Errorf("slide %d lacks %q:\n%s", i+1, text, slides[i])
		}
	}
	contains(t, slides[2], `id="cell-b"`)
	contains(t, slides[3], `<h2 class="more">Two … (2)</h2>`, `href="#slide-3"`, "4 / 4", `id="cell-b-2"`, "after")
	lacks(t, slides[2], "OUT")
	if n := strings.Count(string(p.HTML), "<h1"); n != 1 {
		t.Errorf("%d main headings", n)
	}
}

func TestPairs(t *testing.T) {
	prose := func(id, text string) notebook.Cell {
		return notebook.Cell{ID: id, Type: notebook.Markdown, Source: text}
	}
	code := func(id, text string) notebook.Cell { return notebook.Cell{ID: id, Type: notebook.Code, Source: text} }
	en, zh := notebook.New(), notebook.New()
	en.Cells = []notebook.Cell{prose("t", "# Title"), code("c", "same()"), prose("only", "english only"), code("d", "mine()")}
	zh.Cells = []notebook.Cell{prose("t", "# 标题"), prose("extra", "只有中文"), code("c", "same()"), code("d", "theirs()")}
	p, err := handout.NewPair(handout.Source{Notebook: en, Name: "a"}, handout.Source{Notebook: zh, Name: "a"}, handout.Options{})
	if err != nil {
		t.Fatal(err)
	}
	page := regexp.MustCompile(`<[^>]*>|\s`).ReplaceAllString(string(p.HTML[strings.Index(string(p.HTML), "<main>"):]), "")
	const want = "Title标题只有中文1same()englishonly2mine()3theirs()"
	if !strings.HasPrefix(page, want) {
		t.Errorf("in order: %s\nwant:     %s", page, want)
	}
	contains(t, string(p.HTML), `<div lang="en">`, `<div lang="zh-CN">`)
	zh.Cells = []notebook.Cell{prose("x", "x")}
	if _, err := handout.NewPair(handout.Source{Notebook: en, Name: "a"}, handout.Source{Notebook: zh, Name: "b"}, handout.Options{}); err == nil {
		t.Error("two different notebooks became one page")
	}
}

func TestWritePairs(t *testing.T) {
	dir := folder(t, map[string]string{"en/a.ipynb": chapter, "zh/a.ipynb": chapter, "en/b.ipynb": chapter})
	path := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	written, err := handout.WritePairs([]string{path("en/a.ipynb"), path("zh/a.ipynb")}, path("out"), handout.Options{})
	if diff := cmp.Diff([]string{path("out/a.html"), path("out/index.html")}, written); diff != "" || err != nil {
		t.Fatal(diff, err)
	}
	if _, err := handout.WritePairs([]string{path("en/b.ipynb")}, path("out"), handout.Options{}); err == nil || !strings.Contains(err.Error(), "b.ipynb") {
		t.Error(err)
	}
}

func TestNoBrowser(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := os.Stat("/Applications"); err == nil {
		t.Skip("browsers are not found by PATH here")
	}
	if _, err := handout.NewPrinter(""); !errors.Is(err, handout.ErrNoBrowser) {
		t.Error(err)
	}
	if _, err := handout.NewPrinter("no-such-browser"); err == nil || !strings.Contains(err.Error(), "no-such-browser") {
		t.Error(err)
	}
}

// A browser that fails says so, and leaves an older PDF alone.
func TestBrokenBrowser(t *testing.T) {
	dir := folder(t, map[string]string{"a.html": "<p>x", "a.pdf": "old", "browser": "#!/bin/sh\necho out of paper >&2\nexit 3\n"})
	browser := filepath.Join(dir, "browser")
	if err := os.Chmod(browser, 0o755); err != nil {
		t.Fatal(err)
	}
	printer, err := handout.NewPrinter(browser)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := printer.Print(t.Context(), filepath.Join(dir, "a.html")); err == nil || !strings.Contains(err.Error(), "out of paper") {
		t.Error(err)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "a.pdf")); string(data) != "old" {
		t.Errorf("the PDF is now %q", data)
	}
}
