package coverage_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lanebook/internal/coverage"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite docs/coverage.md")

func items(t *testing.T) []coverage.Item {
	t.Helper()
	f, err := os.Open("../../lessons/coverage.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	items, err := coverage.Parse(f)
	if err != nil {
		t.Fatal("lessons/coverage.txt:", err)
	}
	return items
}

func citations(t *testing.T, lang string) coverage.Citations {
	t.Helper()
	cites, err := coverage.Read(os.DirFS("../../notebooks/" + lang))
	if err != nil {
		t.Fatal(err)
	}
	return cites
}

// Every item of the list is cited where it belongs, in both languages, and
// every heading of the sources is covered by what stands for it.
func TestEverythingIsCited(t *testing.T) {
	items := items(t)
	for _, lang := range []string{"en", "zh"} {
		cites := citations(t, lang)
		for _, item := range cites.Missing(items) {
			t.Errorf("%s: %s (%s) is cited in none of the chapters %s: say <!-- %[2]s --> where a lesson teaches it", lang, item.ID, item.About, strings.Join(item.Chapters, ", "))
		}
		for _, id := range cites.Unknown(items) {
			t.Errorf("%s: a cell cites %s, which lessons/coverage.txt does not have", lang, id)
		}
	}
}

// docs/coverage.md says what is true now.
func TestTheTableIsCurrent(t *testing.T) {
	const file = "../../docs/coverage.md"
	want := coverage.Markdown(items(t), citations(t, "en"))
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(got), want); diff != "" {
		t.Errorf("make coverage writes it anew (-file +now)\n%s", diff)
	}
}

// Where the inventory of the sources lies beside the repository, the list must
// have everything in it that belongs to these chapters.
func TestTheListHasTheWholeInventory(t *testing.T) {
	text := inventory(t)
	listed := map[string]bool{}
	for _, item := range items(t) {
		listed[item.ID] = true
	}
	section := regexp.MustCompile(`(?m)^### 1\.\d .*→ ch (07|08|10, 11, 12)$`)
	concept := regexp.MustCompile(`(?m)^\| (T-\d+) \|`)
	example := regexp.MustCompile("(?m)^\\| (E-\\d+) \\|.*\\| [^|]*`(?:iterators|generators|goroutines|locks|coord|pools)\\.")
	var want []string
	for _, at := range section.FindAllStringIndex(text, -1) {
		body, _, _ := strings.Cut(text[at[1]:], "\n### ")
		for _, m := range concept.FindAllStringSubmatch(body, -1) {
			want = append(want, m[1])
		}
	}
	for _, m := range example.FindAllStringSubmatch(text, -1) {
		want = append(want, m[1])
	}
	if len(want) < 60 {
		t.Fatalf("only %d ids found in the inventory: has its form changed?", len(want))
	}
	for _, id := range want {
		if !listed[id] {
			t.Errorf("%s is in the inventory and not in lessons/coverage.txt", id)
		}
	}
}

func inventory(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if text, err := os.ReadFile(filepath.Join(dir, "shared", "inventory.md")); err == nil {
			return string(text)
		}
	}
	t.Skip("there is no shared/inventory.md beside the repository")
	return ""
}

func TestMissingAndUnknown(t *testing.T) {
	items, err := coverage.Parse(strings.NewReader("# a list\n\nT-1 07 one\nT-2 07,08 two\nT-3 08 three\nS1/a 07 T-1 T-2 a heading\nS1/b 08 T-2 T-3 another\n"))
	if err != nil {
		t.Fatal(err)
	}
	cell := func(ids string) string {
		return `{"cells":[{"cell_type":"markdown","id":"c","metadata":{"lanebook":{"covers":[` + ids + `]}},"source":"x"}],"metadata":{},"nbformat":4,"nbformat_minor":5}`
	}
	cites, err := coverage.Read(fstest.MapFS{
		"07-iterators.ipynb": {Data: []byte(cell(`"T-1","T-3"`))}, // T-3 belongs elsewhere
		"08-x.ipynb":         {Data: []byte(cell(`"T-2","T-9"`))},
	})
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	for _, item := range cites.Missing(items) {
		missing = append(missing, item.ID)
	}
	if want := []string{"T-3", "S1/b"}; !slices.Equal(missing, want) {
		t.Errorf("missing %v, want %v", missing, want)
	}
	if unknown := cites.Unknown(items); !slices.Equal(unknown, []string{"T-9"}) {
		t.Errorf("unknown %v", unknown)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, list := range []string{"T-1 07", "X-1 07 what", "T-1 seven what", "T-1 07 a\nT-1 07 b", "S1/a 07 T-1 unknown item", "T-1 07 a\nT-2 07 T-1 an item of items", "S1/a 07 nothing"} {
		if _, err := coverage.Parse(strings.NewReader(list)); err == nil {
			t.Errorf("%q: no error", list)
		}
	}
}
