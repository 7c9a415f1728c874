package browser

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lanebook/internal/notebook"
)

// oddBook is a notebook in which most things are wrong that can be.
const oddBook = `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[
	{"cell_type":"markdown","id":"text","metadata":{},"source":"# Odd\n\n![what the picture shows](none.png)"},
	{"cell_type":"code","id":"twin","metadata":{},"source":"fmt.Println(\"one\")","execution_count":1,"outputs":[
		{"output_type":"display_data","metadata":{},"data":{"application/x-strange":"?"}},
		{"output_type":"display_data","metadata":{},"data":{"image/png":"bm8gcGljdHVyZQ==","text/plain":"in place of a picture"}}]},
	{"cell_type":"code","id":"twin","metadata":{},"source":"fmt.Println(\"two\")","execution_count":null,"outputs":[]}]}`

// An odd notebook, under an odd name, behind a link, can be read, run and saved;
// a broken one beside it says what is wrong with it.
func TestOddNotebooks(t *testing.T) {
	dir := t.TempDir()
	const name = "my notes 笔记 🙂..2.ipynb"
	real := filepath.Join(dir, "elsewhere.ipynb")
	for file, content := range map[string]string{real: oddBook, filepath.Join(dir, "broken.ipynb"): `{"cells": [`} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(dir, name)
	if err := os.Symlink("elsewhere.ipynb", link); err != nil {
		t.Fatal(err)
	}
	base, stop, tb := serverOf(t, dir, dir)
	defer stop()
	tb.goThere(base.ResolveReference(&url.URL{Path: "/nb/" + name}))
	tb.until(`document.querySelector("main img").complete`)
	if alt := tb.text(`document.querySelector("main img").alt`); alt != "what the picture shows" {
		t.Errorf("in place of the missing picture: %q", alt)
	}
	ids := tb.text(`[...document.querySelectorAll(".cell.code")].map(c => c.dataset.id).join(" ")`)
	first, second, _ := strings.Cut(ids, " ")
	if first == second || second == "" {
		t.Fatalf("the cells are called %q", ids)
	}
	if got := tb.outputs(first); !strings.Contains(got, "application/x-strange") {
		t.Errorf("of the unknown output it says %q", got)
	}
	tb.shot("odd-notebook")
	tb.write(second, `fmt.Println("three")`)
	tb.keys("Ctrl+Enter")
	if state := tb.ended(second); state != "done" || !strings.Contains(tb.outputs(second), "three") {
		t.Errorf("%s: %s", state, tb.outputs(second))
	}
	tb.saved()
	nb, err := notebook.ReadFile(real)
	if err != nil {
		t.Fatal(err)
	}
	if len(nb.Cells) != 3 || nb.Cells[1].Source != `fmt.Println("one")` || nb.Cells[2].Source != `fmt.Println("three")` {
		t.Errorf("saved: %+v", nb.Cells)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is none any more: %v", err)
	}
	tb.eval(nil, `location.href = "/nb/broken.ipynb"`)
	tb.until(`document.querySelector("h1")?.textContent === "This page cannot be shown" && document.querySelector('a[href="/"]')`)
	if got := tb.text(`document.body.innerText`); !strings.Contains(got, "broken.ipynb") {
		t.Errorf("it says %q", got)
	}
	tb.shot("broken-notebook")
}

// What cannot be saved is said, stays in the browser, and is saved as soon as
// that goes again.
func TestNotSaved(t *testing.T) {
	dir := t.TempDir()
	base, stop, tb := serverOf(t, dir)
	defer stop()
	tb.goThere(base.ResolveReference(&url.URL{Path: chapter}))
	tb.write("unbounded", `fmt.Println("whole")`)
	tb.saved()
	file := workFile(t, dir, "en/13-pools.ipynb")
	folder := filepath.Dir(file)
	// A file where the folder should be: nobody can write there, root neither.
	if err := os.Rename(folder, folder+".aside"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tb.keys("Ctrl+a", `fmt.Println("later")`)
	tb.until(`document.querySelector("#notices .notice.error")?.textContent.includes("Not saved")`)
	tb.shot("not-saved")
	if got := tb.text(`Object.values(localStorage).join()`); !strings.Contains(got, "later") {
		t.Error("the browser does not keep it")
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(folder+".aside", folder); err != nil {
		t.Fatal(err)
	}
	tb.until(`document.querySelector("#notices").textContent === ""`)
	tb.saved()
	nb, err := notebook.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got := cell(t, nb, "unbounded").Source; got != `fmt.Println("later")` {
		t.Errorf("on the disk: %q", got)
	}
}
