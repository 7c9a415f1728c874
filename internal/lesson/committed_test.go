package lesson_test

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"testing"

	"lanebook/internal/notebook"
)

// The committed chapters hold the same code in both languages, cell by cell and
// to the byte, so that it is enough to run one of them. What the generator
// notes of a cell (its hash, its sources) is the same, too.
func TestBothLanguagesHaveTheSameCode(t *testing.T) {
	files, err := filepath.Glob("../../notebooks/en/*.ipynb")
	if err != nil || len(files) == 0 {
		t.Fatal("no chapters", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			en, zh := codeHashes(t, file), codeHashes(t, filepath.Join("../../notebooks/zh", filepath.Base(file)))
			if len(en) != len(zh) || len(en) == 0 {
				t.Fatalf("%d cells of code in English, %d in Chinese", len(en), len(zh))
			}
			for i := range en {
				if en[i] != zh[i] {
					t.Errorf("cell of code %d differs: %s in English, %s in Chinese", i+1, en[i], zh[i])
				}
			}
		})
	}
	if zh, _ := filepath.Glob("../../notebooks/zh/*.ipynb"); len(zh) != len(files) {
		t.Errorf("%d chapters in English, %d in Chinese", len(files), len(zh))
	}
}

// codeHashes names each cell of code with a hash of its text and tags.
func codeHashes(t *testing.T, file string) []string {
	t.Helper()
	nb, err := notebook.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var hashes []string
	for _, c := range nb.Cells {
		if c.Type == notebook.Code {
			about, _ := c.Metadata["lanebook"].(map[string]any)
			hashes = append(hashes, fmt.Sprintf("%s %x", c.ID, sha256.Sum256(fmt.Append(nil, c.Source, c.Metadata["tags"], about["sha256"]))))
		}
	}
	return hashes
}
