package handout_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lanebook/internal/handout"
)

// cells is a notebook with one cell of prose and one of code.
func cells(t *testing.T, prose string, outputs ...any) string {
	t.Helper()
	data, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}, "cells": []any{
		map[string]any{"cell_type": "markdown", "id": "same", "metadata": map[string]any{}, "source": prose},
		map[string]any{"cell_type": "code", "id": "same", "metadata": map[string]any{}, "source": "x", "execution_count": nil, "outputs": outputs},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func show(data map[string]any) any {
	return map[string]any{"output_type": "display_data", "metadata": map[string]any{}, "data": data}
}

// What is wrong with a notebook is said in words that name it; nothing is
// written then.
func TestBadNotebooks(t *testing.T) {
	dir := folder(t, map[string]string{
		"half.ipynb": `{"nbformat": 4, "cells": [`, "list.ipynb": `[]`, "old.ipynb": `{"nbformat": 3, "worksheets": []}`,
		"text.ipynb": "hello", "empty.ipynb": "", "type.ipynb": `{"nbformat":4,"metadata":{},"cells":"x"}`,
	})
	if err := os.Mkdir(filepath.Join(dir, "folder.ipynb"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("loop.ipynb", filepath.Join(dir, "loop.ipynb")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"half", "list", "old", "text", "empty", "type", "folder", "loop", "missing"} {
		out := filepath.Join(dir, "out")
		_, err := handout.Write([]string{filepath.Join(dir, name+".ipynb")}, out, handout.Options{})
		if err == nil || !strings.Contains(err.Error(), name+".ipynb") {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s: something was written", name)
		}
	}
}

// Names with spaces, emoji and dots make pages that can be opened; symbolic
// links are followed, and pages stay below the output folder.
func TestOddNames(t *testing.T) {
	nb := cells(t, "# Odd")
	dir := folder(t, map[string]string{"in/two words.ipynb": nb, "in/🦫 练习.ipynb": nb, "in/a#b?c%20.ipynb": nb, "other/real.ipynb": nb, "in/..dots...ipynb": nb})
	if err := os.Symlink("../other/real.ipynb", filepath.Join(dir, "in/link.ipynb")); err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, name := range []string{"two words", "🦫 练习", "a#b?c%20", "link", "..dots..", "../in/sub/../two words2/../x/../../other/real"} {
		files = append(files, filepath.Join(dir, "in", name+".ipynb"))
	}
	files[5] = dir + "/in/../other/real.ipynb"
	out := filepath.Join(dir, "out")
	written, err := handout.Write(files, out, handout.Options{URL: "https://school.example/{name}"})
	if err != nil || len(written) != 7 {
		t.Fatal(written, err)
	}
	for _, path := range written {
		if !strings.HasPrefix(path, out+string(filepath.Separator)) || strings.Contains(path, "..") && !strings.Contains(path, "..dots..") {
			t.Error("written outside: ", path)
		}
	}
	index, err := os.ReadFile(filepath.Join(out, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	contains(t, string(index), `href="in/two%20words.html"`, `href="in/a%23b%3Fc%2520.html"`, `href="in/link.html"`)
}

// Pictures that are not there, unknown forms, ids that are used twice and
// outputs of megabytes do not spoil the page.
func TestBadCells(t *testing.T) {
	flood := strings.Repeat("a line of a flood\n", 20<<20/18)
	nb := cells(t, "# T\n\n![gone](gone.png) ![away](https://school.example/x.png) ![up](../secret.png) ![att](attachment:none.png)",
		show(map[string]any{"application/vnd.jupyter.widget-view+json": map[string]any{"model_id": "1"}, "text/plain": "IntSlider(value=1)"}),
		show(map[string]any{"application/x-unknown": "???"}),
		show(map[string]any{"image/png": "not base64!", "text/plain": "<Figure>"}),
		map[string]any{"output_type": "hologram"},
		map[string]any{"output_type": "stream", "name": "stdout", "text": flood})
	dir := folder(t, map[string]string{"in/a.ipynb": nb, "secret.png": "SECRET"})
	var warned []string
	out := filepath.Join(dir, "out")
	if _, err := handout.Write([]string{filepath.Join(dir, "in/a.ipynb")}, out, handout.Options{Warn: func(m string) { warned = append(warned, m) }}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(out, "a.html"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	contains(t, page, "[Picture: gone (gone.png)]", "[Picture: away (https://school.example/x.png)]", "IntSlider(value=1)", "&lt;Figure&gt;", "MB …")
	lacks(t, page, "<img", "U0VDUkVU")
	if len(warned) < 3 || !strings.Contains(warned[0], "a.ipynb: the picture gone.png") {
		t.Errorf("warnings: %q", warned)
	}
	if len(page) > 2<<20 {
		t.Errorf("the page has %d bytes", len(page))
	}
	if n := strings.Count(page, `id="cell-same"`); n != 1 {
		t.Errorf("%d elements have the same id", n)
	}
}

// A folder that cannot be written to is named, and pages that are there stay.
func TestNoPlaceToWrite(t *testing.T) {
	dir := folder(t, map[string]string{"a.ipynb": cells(t, "# A"), "file": "x"})
	input := []string{filepath.Join(dir, "a.ipynb")}
	if _, err := handout.Write(input, filepath.Join(dir, "file"), handout.Options{}); err == nil || !strings.Contains(err.Error(), "file") {
		t.Error(err)
	}
	if os.Getuid() != 0 { // root may write everywhere
		if err := os.Mkdir(filepath.Join(dir, "locked"), 0o555); err != nil {
			t.Fatal(err)
		}
		if _, err := handout.Write(input, filepath.Join(dir, "locked"), handout.Options{}); err == nil || !strings.Contains(err.Error(), "locked") {
			t.Error(err)
		}
	}
}
