package lanebook_test

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// rooms says what each package of ours may import of ours, and which of the
// heavy libraries it owns. The table is the architecture: docs/architecture.md
// explains it.
var rooms = map[string][]string{
	// Pure: text and bytes in, text and bytes out.
	"internal/display":    {},
	"internal/spelling":   {},
	"internal/program":    {"internal/spelling"},
	"internal/jupyter":    {},
	"internal/notebook":   {},
	"internal/kernelspec": {},
	"internal/crash":      {"internal/program"},
	"internal/paper":      {},
	"internal/stuck":      {"internal/display", "internal/paper"},

	// Jupyter's messages, from the wire to the engine.
	"internal/zmtp":        {},
	"internal/jupytertest": {"internal/jupyter"},
	"internal/transport":   {"internal/jupyter", "internal/zmtp"},
	"internal/kernel":      {"internal/display", "internal/engine", "internal/jupyter", "internal/program"},

	// Cells run here. Nothing of Jupyter, no sockets, no pages.
	"internal/process":   {"internal/display"},
	"internal/course":    {},
	"internal/deep":      {},
	"internal/toolchain": {"internal/course", "internal/deep", "internal/program", "internal/spelling"},
	"internal/engine":    {"internal/charts", "internal/crash", "internal/display", "internal/gotrace", "internal/process", "internal/program", "internal/stuck", "internal/toolchain", "internal/verdict"},

	// Notebooks: made, run, printed.
	"internal/lesson":   {"internal/notebook", "internal/spelling"},
	"internal/coverage": {"internal/notebook"},
	"internal/headless": {"internal/display", "internal/engine", "internal/notebook"},
	"internal/render":   {"internal/notebook"},
	"internal/handout":  {"internal/notebook", "internal/paper", "internal/render"},

	// What cells import.
	"kernelext/figure":                       {"internal/cell"},
	"kernelext":                              {"internal/cell", "internal/display", "internal/gotrace", "internal/stuck"},
	"internal/cell":                          {"internal/charts", "internal/display"},
	"kernelext/check":                        {"internal/cell", "internal/display", "internal/gotrace", "internal/verdict", "kernelext"},
	"internal/verdict":                       {"internal/crash", "internal/display"},
	"snippets/pools/exercises":               {"kernelext/check"},
	"snippets/pools/exercises/wrong":         {},
	"internal/checktest":                     {"kernelext/check"},
	"snippets/coord":                         {},
	"snippets/locks":                         {},
	"snippets/goroutines":                    {},
	"snippets/locks/exercises":               {"kernelext/check"},
	"snippets/locks/exercises/stub":          {},
	"snippets/locks/exercises/solution":      {},
	"snippets/locks/exercises/wrong":         {},
	"snippets/goroutines/exercises":          {"kernelext/check"},
	"snippets/goroutines/exercises/stub":     {},
	"snippets/goroutines/exercises/solution": {},
	"snippets/goroutines/exercises/wrong":    {},
	"snippets/coord/exercises":               {"kernelext/check"},
	"snippets/coord/exercises/stub":          {},
	"snippets/coord/exercises/solution":      {},
	"snippets/coord/exercises/wrong":         {},
	"snippets/pools":                         {},
	"snippets/start":                         {},
	"snippets/start/exercises":               {"kernelext/check"},
	"snippets/start/exercises/stub":          {},
	"snippets/start/exercises/solution":      {},
	"snippets/start/exercises/wrong":         {},
	"snippets/iterators":                     {"kernelext"},
	"snippets/iterators/exercises":           {"kernelext/check"},
	"snippets/iterators/exercises/stub":      {},
	"snippets/iterators/exercises/solution":  {},
	"snippets/iterators/exercises/wrong":     {},
	"snippets/generators":                    {},
	"snippets/generators/exercises":          {"kernelext/check", "snippets/generators"},
	"snippets/generators/exercises/stub":     {},
	"snippets/generators/exercises/solution": {},
	"snippets/generators/exercises/wrong":    {},
	"snippets/pools/exercises/stub":          {},
	"snippets/pools/exercises/solution":      {},
	"internal/gotrace":                       {"internal/display", "internal/paper"},

	// Measurements become statistics, and pictures.
	"internal/measure": {},
	"internal/charts":  {"internal/display", "internal/measure", "internal/paper"},
}

func TestImports(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	for dec.More() {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&pkg); err != nil {
			t.Fatal(err)
		}
		room := strings.TrimPrefix(pkg.ImportPath, "lanebook/")
		allowed, listed := rooms[room]
		for _, path := range pkg.Imports {
			imported, ours := strings.CutPrefix(path, "lanebook/")
			if ours && listed && !slices.Contains(allowed, imported) {
				t.Errorf("%s imports %s, which it may not. Move the code, or argue for a new line in this table and in docs/architecture.md.", room, imported)
			}
			if owner := owners[path]; owner != "" && owner != room && !strings.HasPrefix(room, "test/") {
				t.Errorf("%s imports %s, which only %s may. Ask %s for what you need.", room, path, owner, owner)
			}
		}
	}
}

// owners are the only packages that may import these libraries, besides what
// judges us from outside, under test.
var owners = map[string]string{
	"github.com/go-zeromq/zmq4":      "test/client", // a foreign client; the kernel has internal/zmtp
	"golang.org/x/exp/trace":         "internal/gotrace",
	"github.com/coder/websocket":     "internal/study",
	"github.com/gomarkdown/markdown": "internal/render",
}

// Built for our kernel, what cells import brings nothing along but Go's own
// library: drawing and statistics are the kernel's.
func TestCellsLinkTheStandardLibraryOnly(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-tags", "lanebook",
		"-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "./kernelext", "./kernelext/figure", "./kernelext/check").Output()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Fields(string(out))
	slices.Sort(got)
	want := []string{"lanebook/internal/cell", "lanebook/internal/display", "lanebook/kernelext", "lanebook/kernelext/check", "lanebook/kernelext/figure"}
	if !slices.Equal(got, want) {
		t.Errorf("a cell links %v, want %v", got, want)
	}
}
