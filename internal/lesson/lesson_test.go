package lesson_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"lanebook/internal/lesson"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of testdata/*.txtar")

// Each testdata/*.txtar is a small repository: lessons, snippets, perhaps
// notebooks. The files want/… are what must come out of it: notebooks, the
// changes to those on disk, and problems.
func TestBuildAll(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no test cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			root := fstest.MapFS{}
			want := map[string]string{}
			var in []txtar.File
			for _, f := range ar.Files {
				if name, ok := strings.CutPrefix(f.Name, "want/"); ok {
					want[name] = string(f.Data)
					continue
				}
				in = append(in, f)
				root[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			got := build(t, root, want, *update)
			if *update {
				ar.Files = append(in, got...)
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			gotText := map[string]string{}
			for _, f := range got {
				gotText[strings.TrimPrefix(f.Name, "want/")] = string(f.Data)
			}
			if diff := cmp.Diff(want, gotText); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// build returns what comes out as want/ files. Notebooks are left out of
// cases that are about something else: those that want none.
func build(t *testing.T, root fstest.MapFS, want map[string]string, all bool) (got []txtar.File) {
	t.Helper()
	files, problems, err := lesson.BuildAll(root)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, p := range problems {
		text += p.String() + "\n"
	}
	if text != "" {
		got = append(got, txtar.File{Name: "want/problems", Data: []byte(text)})
	}
	text = ""
	for _, f := range files {
		for _, c := range f.Changes {
			text += fmt.Sprintf("%s: %s\n", f.Path, c)
		}
		if _, ok := want[f.Path]; ok || all && want["problems"] == "" {
			got = append(got, txtar.File{Name: "want/" + f.Path, Data: f.Data})
		}
	}
	if text != "" {
		got = append(got, txtar.File{Name: "want/changes", Data: []byte(text)})
	}
	return got
}

// A second build of what a first one wrote changes nothing.
func TestRebuildIsStable(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/chapter.txtar")
	if err != nil {
		t.Fatal(err)
	}
	root := fstest.MapFS{}
	for _, f := range ar.Files {
		root[strings.TrimPrefix(f.Name, "want/")] = &fstest.MapFile{Data: f.Data}
	}
	files, problems, err := lesson.BuildAll(root)
	if err != nil || len(problems) > 0 || len(files) == 0 {
		t.Fatal(files, problems, err)
	}
	for _, f := range files {
		if len(f.Changes) > 0 {
			t.Errorf("%s: %v", f.Path, f.Changes)
		}
	}
}

// No lesson makes the generator crash, and every problem has a place.
func FuzzLoad(f *testing.F) {
	snippet := &fstest.MapFile{Data: []byte("package demo\n\n// snip:begin a\nfunc A() { println(`x\ny`) }\n// snip:end a\n\nfunc ExampleB() {\n\tA()\n\t// Output: x\n}\n")}
	for _, body := range []string{
		"# T\n```go cell=a decl=A\n```\n+++ x\ny <!-- E-1 --> z\n## H {#h}\n",
		"```go cell=a main=ExampleB tags=exercise\n%args\n```\n```md hint=a\nx\n```\n~~~go solution=a decl=a\n",
		"```text output=ExampleB\n", "<!-- <!-- --> -->\n{#", "``` =\n", "```go show='a\n",
	} {
		f.Add("---\ntitle: x\nsnippets: demo\n---\n" + body)
	}
	f.Fuzz(func(t *testing.T, text string) {
		root := fstest.MapFS{"lessons/en/01-a.md": &fstest.MapFile{Data: []byte(text)}, "snippets/demo/demo.go": snippet}
		l, problems := lesson.Load(root, "lessons/en/01-a.md")
		for _, p := range problems {
			if p.Message == "" || p.Line < 0 || p.Line > 1+strings.Count(text, "\n") {
				t.Errorf("problem without a place: %+v", p)
			}
		}
		if len(problems) > 0 {
			return
		}
		if _, err := l.Notebook(nil).Bytes(); err != nil {
			t.Error(err)
		}
	})
}
