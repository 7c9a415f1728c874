package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// tell runs a cell and returns what a learner sees.
func tell(t *testing.T, e *Engine, src string) string {
	t.Helper()
	out := &transcript{}
	res, err := e.Execute(t.Context(), Cell{Name: "cell[1]", Source: src}, out)
	if err != nil {
		t.Errorf("%s: not the learner's: %v", src, err)
	}
	out.problem(res.Problem)
	return out.result(e)
}

func TestFolderDeletedUnderUs(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	e := newEngine(t)
	const src = "import \"lanebook/kernelext\"\n%%\nkernelext.Text(\"still here\")"
	want := tell(t, e, src)
	for _, gone := range []string{e.home, e.path("build"), e.path("pipes"), e.path("build/bin"), os.TempDir()} {
		if !strings.Contains(gone, t.Name()) {
			t.Fatal("not ours:", gone)
		}
		// On a new machine the rest of the standard library is being compiled,
		// with files in the temporary folder.
		for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
			if err := os.RemoveAll(gone); err == nil {
				break
			} else if time.Now().After(end) {
				t.Fatal(err)
			}
		}
		if got := tell(t, e, src); got != want || !strings.Contains(got, "still here") {
			t.Errorf("without %s: %s", gone, got)
		}
	}
}

func TestBrokenGoMod(t *testing.T) {
	e := newEngine(t)
	tell(t, e, "fmt.Println(1)")
	for _, tt := range []struct{ name, breaks, want string }{
		{"junk", "!*echo 'this is no go.mod' > go.mod", "[problem ModuleError]\nthe go.mod of this session cannot be used: %reset go.mod makes a fresh one"},
		{"missing", "!*rm go.mod go.sum", "[stdout]\n2"},
		{"folder", "!*rm go.mod; mkdir go.mod", "[problem ModuleError]"},
		{"version", "!*go mod edit -go=1.99", "go.mod requires go >= 1.99"},
		{"require", "!*go mod edit -require=example.com/not/there@v1.2.3", "[stdout]\n2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tell(t, e, tt.breaks)
			if got := tell(t, e, "fmt.Println(2)"); !strings.Contains(got, tt.want) {
				t.Errorf("got %s\nwant %s", got, tt.want)
			}
			if got := tell(t, e, "%reset go.mod\nfmt.Println(\"mended\")"); !strings.Contains(got, "[stdout]\nmended") {
				t.Errorf("after %%reset go.mod: %s", got)
			}
		})
	}
}

func TestMemoryCanBeRaised(t *testing.T) {
	e := newEngine(t, func(o *Options) { o.Memory = 64 << 20 })
	// Where the limit holds the program stays until it is seen.
	src := func(limited bool) string {
		stay := "300 * time.Millisecond"
		if limited {
			stay = "time.Hour"
		}
		return "b := make([]byte, 150<<20)\nfor i := range b {\n\tb[i] = 1\n}\ntime.Sleep(" + stay + ")\nfmt.Println(len(b))"
	}
	if got := tell(t, e, src(true)); !strings.Contains(got, "MemoryLimit") || !strings.Contains(got, `%env LANEBOOK_MEMORY "128.0 MiB"`) {
		t.Errorf("got %s", got)
	}
	for limit, want := range map[string]string{`"300 MiB"`: "[stdout]", "off": "[stdout]", "0.1G": "MemoryLimit", "nonsense": "MemoryLimit"} {
		tell(t, e, "%env LANEBOOK_MEMORY "+limit)
		if got := tell(t, e, src(want == "MemoryLimit")); !strings.Contains(got, want) {
			t.Errorf("with %s: %s", limit, got)
		}
	}
}

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{
		"1": 1, "2k": 2 << 10, "3 MB": 3 << 20, "1.5GiB": 3 << 29, "2T": 2 << 40, "off": -1, "NONE": -1,
		"": 0, "0": 0, "-1G": 0, "G": 0, "1e40": 0, "many": 0, "NaN": 0,
	} {
		if got, ok := parseSize(text); got != want || ok != (want != 0) {
			t.Errorf("%q: got %d, %v", text, got, ok)
		}
	}
}

// What a page cannot show is in a file, and the learner is told.
func TestFloodIsKept(t *testing.T) {
	e := newEngine(t)
	got := tell(t, e, "line := strings.Repeat(\"x\", 1<<10-1)\nfor range 20 << 10 {\n\tfmt.Println(line)\n}\npanic(\"the end\")")
	for _, want := range []string{"[16.0 MiB of text were printed", "[4.0 MiB more are in HOME/printed/cell-1.txt", "[problem Panic]\nthe end"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in …%s", want, got[max(0, len(got)-1000):])
		}
	}
	if info, err := os.Stat(e.path("printed/cell-1.txt")); err != nil || info.Size() < 4<<20 {
		t.Errorf("%v, %v", info, err)
	}
	for i, name := range []string{"a", "b", "c", "d"} {
		if err := os.WriteFile(filepath.Join(e.path("printed"), name), []byte{byte(i)}, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tell(t, e, "fmt.Println(1)")
	if files, _ := os.ReadDir(e.path("printed")); len(files) > keptFloods {
		t.Errorf("kept %d files", len(files))
	}
}
