package handout_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/handout"
	"lanebook/internal/notebook"
)

const chapter = `{"nbformat":4,"nbformat_minor":5,
"metadata":{"language_info":{"name":"go"},"lanebook":{"lang":"en","summary":"short & sweet","recorded":{"go":"go1.26.8","os":"linux","arch":"amd64","cpus":2}}},
"cells":[
{"cell_type":"markdown","id":"title","metadata":{},"source":"# A <b>bold</b> & title\n\n![p](pic.png) ![q](../outside.png) [zh](../zh/a.ipynb#x) [none](none.ipynb)"},
{"cell_type":"code","id":"setup","metadata":{"tags":["setup"]},"source":"!*setup","outputs":[],"execution_count":1},
{"cell_type":"markdown","id":"one","metadata":{},"source":"## One"},
{"cell_type":"code","id":"run","metadata":{},"execution_count":2,"source":"for i := 0; i<3 && x; i++ { s = \"&amp;\" }","outputs":[
  {"output_type":"stream","name":"stdout","text":"<script>alert(1)</script>\u001b[31mred\u001b[0m\n"},
  {"output_type":"display_data","metadata":{},"data":{"text/html":"<p onclick=\"x()\">hi</p><script>bad()</script>","text/plain":"hi"}},
  {"output_type":"error","ename":"Panic","evalue":"a<b","traceback":["a<b"]}]},
{"cell_type":"code","id":"ex","metadata":{"tags":["exercise"]},"execution_count":3,"source":"stub","outputs":[]},
{"cell_type":"markdown","id":"ex-hint","metadata":{"tags":["hint"],"lanebook":{"for":"ex"}},"source":"<details>\n<summary>Hint</summary>\n\nthink\n\n</details>"},
{"cell_type":"markdown","id":"two","metadata":{},"source":"## Two"},
{"cell_type":"markdown","id":"ex-solution","metadata":{"tags":["solution"],"lanebook":{"for":"ex"}},"source":"<details>\n<summary>Solution</summary>\n\nof course\n\n</details>"},
{"cell_type":"hologram","id":"h","metadata":{},"source":"a<b"}]}`

const python = `{"nbformat":4,"nbformat_minor":2,"metadata":{"kernelspec":{"name":"python3","language":"python"}},"cells":[
{"cell_type":"markdown","metadata":{},"source":"# 中文的 Python 笔记"},
{"cell_type":"code","metadata":{},"execution_count":1,"source":"print('<')","outputs":[{"output_type":"execute_result","execution_count":1,"metadata":{},"data":{"text/plain":"1<2"}}]}]}`

// folder writes files into a temporary folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestWrite(t *testing.T) {
	dir := folder(t, map[string]string{"in/en/a.ipynb": chapter, "in/zh/a.ipynb": python, "in/en/pic.png": "PNG", "in/outside.png": "SECRET"})
	out := filepath.Join(dir, "out")
	written, err := handout.Write([]string{filepath.Join(dir, "in/en/a.ipynb"), filepath.Join(dir, "in/zh/a.ipynb")}, out, handout.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{out + "/en/a.html", out + "/solutions/en/a.html", out + "/zh/a.html", out + "/index.html"}, written); diff != "" {
		t.Error(diff)
	}
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(out, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	page := read("en/a.html")
	contains(t, page, `<html lang="en">`, `&lt;`, `&amp;amp;`, `&lt;script&gt;alert(1)`, `class="ansi-fg-red"`, `<p>hi</p>`,
		`data:image/png;base64,UE5H`, `href="../zh/a.html#x"`, `href="none.ipynb"`, `a&lt;b`,
		"go1.26.8 on linux/amd64, 2 cores", `<a href="#one">One</a>`, `href="../index.html"`)
	for _, bad := range []string{"<script", "onclick", "!*setup", "SECRET", "U0VDUkVU", "<link", "@import"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
	body, appendix, _ := strings.Cut(page, `<section class="appendix"`)
	contains(t, body, `<a href="#hints-ex">`)
	contains(t, appendix, ">Hints</h2>", `id="hints-ex"`, "<h3>Cell 3 · One</h3>", "think")
	for _, bad := range []string{"of course", "<details", "solutions/"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page contains %q", bad)
		}
	}
	contains(t, read("solutions/en/a.html"), ">Solutions</h2>", `id="answer-ex"`, "of course", "think")
	if strings.Contains(read("index.html"), "solutions/") {
		t.Error("the index leads to the solutions")
	}
	contains(t, read("zh/a.html"), `<html lang="zh-CN">`, "中文的 Python 笔记", "1&lt;2", "全部章节")
	contains(t, read("index.html"), `href="en/a.html"`, "short &amp; sweet", "中文的 Python 笔记")
}

func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("not there: %s", part)
		}
	}
}

func TestWriteReadsAllFirst(t *testing.T) {
	dir := folder(t, map[string]string{"a.ipynb": python, "b.ipynb": "{}"})
	out := filepath.Join(dir, "out")
	_, err := handout.Write([]string{filepath.Join(dir, "a.ipynb"), filepath.Join(dir, "b.ipynb")}, out, handout.Options{})
	if err == nil || !strings.Contains(err.Error(), "b.ipynb: not a notebook") {
		t.Error(err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("pages were written although a notebook is broken")
	}
	if _, err := handout.Write([]string{filepath.Join(dir, "a.ipynb"), filepath.Join(dir, "a.ipynb")}, out, handout.Options{}); err == nil {
		t.Error("two notebooks share a page")
	}
}

// Every word that a template says exists in both languages.
func TestWords(t *testing.T) {
	said := map[string]bool{}
	for _, name := range []string{"page.html", "slides.html", "pair.html", "index.html", "parts.html"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\{\{t "([^"]+)"`).FindAllStringSubmatch(string(data), -1) {
			said[m[1]] = true
		}
	}
	data, err := os.ReadFile("words.json")
	if err != nil {
		t.Fatal(err)
	}
	for key := range said {
		if n := strings.Count(string(data), `"`+key+`":`); n != 2 {
			t.Errorf("words.json has %q %d times, want 2", key, n)
		}
	}
}

func TestUntitled(t *testing.T) {
	nb := notebook.New()
	nb.Cells = []notebook.Cell{{ID: "a", Type: notebook.Code, Source: "x"}}
	p, err := handout.New(handout.Source{Notebook: nb, Name: "sub/report"}, handout.Options{})
	if err != nil || p.Title != "report" || !strings.Contains(string(p.HTML), "<title>report</title>") {
		t.Error(p.Title, err)
	}
}

// What it costs to make the pages of one chapter, pictures and solutions too.
func BenchmarkChapter(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		if _, err := handout.Write([]string{"../../notebooks/en/11-locks.ipynb"}, dir, handout.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
