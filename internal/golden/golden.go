// Package golden is for tests: it compares what comes out now with what came
// out before and was looked at. "go test -update" rewrites the files in
// testdata; look at the difference before it is committed.
package golden

import (
	"encoding/base64"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// Compare fails t unless a txtar archive holds the files got. The comment on
// top of it is left as it is.
func Compare(t testing.TB, file string, got []txtar.File) {
	t.Helper()
	want, err := txtar.ParseFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	if *update {
		text := txtar.Archive{Files: got}
		if err == nil {
			text.Comment = want.Comment
		}
		if err := os.WriteFile(file, txtar.Format(&text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text := cmp.Transformer("text", func(b []byte) string { return string(b) })
	if diff := cmp.Diff(want.Files, got, text); diff != "" {
		t.Errorf("%s changed (-want +got, -update rewrites):\n%s", file, diff)
	}
}

// Inputs are the files testdata/*.ext, by their names without the extension.
// There is at least one.
func Inputs(t testing.TB, ext string) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("testdata/*." + ext)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no testdata/*.%s: %v", ext, err)
	}
	all := map[string][]byte{}
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(p), "."+ext)] = data
	}
	return all
}

var cellStart = regexp.MustCompile(`^//line (cell\[\d+\]):1$`)

// Cells are the texts of the cells that a program in testdata pretends to be
// made of, by //line comments.
func Cells(t testing.TB, program string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	cells, cell := map[string]string{}, ""
	for line := range strings.Lines(string(text)) {
		if m := cellStart.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			cell = m[1]
		} else if cell != "" {
			cells[cell] += line
		}
	}
	return cells
}

var imageData = regexp.MustCompile(`base64,([^"]*)`)

// Image is the drawing inside of a page; "" if there is none.
func Image(t testing.TB, page string) string {
	t.Helper()
	m := imageData.FindStringSubmatch(page)
	if m == nil {
		return ""
	}
	svg, err := base64.StdEncoding.DecodeString(m[1])
	if err != nil {
		t.Fatal(err)
	}
	return string(svg)
}

// Page is a page for a golden file: without the drawing inside of it.
func Page(page string) string { return imageData.ReplaceAllString(page, "base64,…") }

// Elements begins a line before every element.
func Elements(markup string) []byte { return []byte(strings.ReplaceAll(markup, "><", ">\n<") + "\n") }
