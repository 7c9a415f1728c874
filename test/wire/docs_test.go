package wire

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// docs/gonb.md names a test for each thing that GoNB and lanebook both do.
func TestDocsNameTests(t *testing.T) {
	page, err := os.ReadFile("../../docs/gonb.md")
	if err != nil {
		t.Fatal(err)
	}
	rows, inTable := 0, false
	for row := range strings.Lines(string(page)) {
		cells := strings.Split(strings.TrimSpace(row), "|")
		if len(cells) < 3 {
			inTable = false
			continue
		}
		last := strings.Trim(cells[len(cells)-2], " `")
		switch {
		case last == "test":
			inTable = true
		case inTable && strings.Trim(last, "-") != "":
			rows++
			checkTest(t, last)
		}
	}
	if rows < 60 {
		t.Errorf("only %d rows name a test", rows)
	}
	for name := range dialect {
		if strings.HasPrefix(name, "%") && !strings.Contains(string(page), "`"+strings.Fields(name)[0]) {
			t.Errorf("docs/gonb.md does not speak of %s", name)
		}
	}
}

// checkTest looks for "folder: TestName/case" in the source.
func checkTest(t *testing.T, ref string) {
	t.Helper()
	folder, name, ok := strings.Cut(ref, ": ")
	if !ok {
		t.Errorf("%q: write folder: TestName", ref)
		return
	}
	name, sub, _ := strings.Cut(name, "/")
	files, _ := filepath.Glob(filepath.Join("../..", folder, "*_test.*"))
	py, _ := filepath.Glob(filepath.Join("../..", folder, "test_*.py"))
	found, foundSub := false, sub == ""
	for _, file := range append(files, py...) {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found = found || strings.Contains(string(src), "func "+name+"(") || strings.Contains(string(src), "def "+name+"(")
		foundSub = foundSub || strings.Contains(string(src), "\""+sub+"\":")
	}
	if _, err := os.Stat(filepath.Join("../..", folder, "testdata", sub)); sub != "" && err == nil {
		foundSub = true
	}
	if !found || !foundSub {
		t.Errorf("docs/gonb.md names a test that is not there: %s", ref)
	}
}
