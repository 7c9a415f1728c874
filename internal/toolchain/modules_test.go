package toolchain

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const greets = `package main

import (
	"fmt"

	"example.com/greet"
)

func main() { fmt.Println(greet.Hello()) }
`

// proxyWith makes a folder that serves one module, as a proxy on the network
// would.
func proxyWith(t *testing.T, module, version string, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	at := filepath.Join(dir, filepath.FromSlash(module), "@v")
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for name, data := range files {
		w, err := z.Create(module + "@" + version + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"list":            version + "\n",
		version + ".info": `{"Version":"` + version + `"}`,
		version + ".mod":  files["go.mod"],
		version + ".zip":  archive.String(),
	} {
		if err := writeFile(filepath.Join(at, name), []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	return "file://" + dir
}

// forgetFetched makes sessions fetch what earlier runs of the tests have
// fetched.
func forgetFetched(t *testing.T) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(sharedCache(t), "modules-*", "fetched-*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if err := os.Remove(file); err != nil && !os.IsNotExist(err) { // others clean up, too
			t.Fatal(err)
		}
	}
}

func TestModulesAreFetched(t *testing.T) {
	forgetFetched(t)
	proxy := proxyWith(t, "example.com/greet", "v1.2.3", map[string]string{
		"go.mod":   "module example.com/greet\n\ngo 1.20\n",
		"greet.go": "package greet\n\nfunc Hello() string { return \"hello from afar\" }\n",
	})
	t.Setenv("GOMODCACHE", filepath.Join(t.TempDir(), "mod"))
	t.Setenv("GOFLAGS", "-modcacherw")
	t.Setenv("GONOSUMDB", "example.com")
	t.Setenv("GONOSUMCHECK", "1")

	t.Setenv("GOPROXY", "off")
	m := newModule(t, open(t))
	_, diags, err := m.Build(context.Background(), prog(t, greets), Config{})
	if err != nil || len(diags) != 1 || !strings.Contains(diags[0].Message, "module not found") || !strings.Contains(diags[0].Hint, "!*go get example.com/greet") {
		t.Fatalf("offline: got %+v, %v", diags, err)
	}

	t.Setenv("GOPROXY", proxy)
	m = newModule(t, open(t))
	m.SetFetch(false)
	_, diags, err = m.Build(context.Background(), prog(t, greets), Config{})
	if err != nil || len(diags) != 1 || !strings.Contains(diags[0].Hint, "!*go get example.com/greet") {
		t.Fatalf("told not to fetch: got %+v, %v", diags, err)
	}
	m.SetFetch(true)
	p := prog(t, strings.Replace(greets, "fmt.Println(", "fmt.Println(info(), ", 1)+`
func info() string {
	b, _ := debug.ReadBuildInfo()
	return b.String()
}
`)
	p = prog(t, strings.Replace(string(p.Source), `"fmt"`, "\"fmt\"\n\t\"runtime/debug\"", 1))
	direct, command := build(t, m, p, Config{}), build(t, m, p, Config{Flags: []string{"-v"}})
	got, want := run(t, direct.Path), run(t, command.Path)
	if got != want || !strings.Contains(got.Stdout, "hello from afar") || !strings.Contains(got.Stdout, "h1:") {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if name, ok := m.Packages().Name("example.com/greet"); name != "greet" || !ok {
		data, _ := os.ReadFile(filepath.Join(m.Dir(), "go.mod"))
		t.Errorf("Name: got %q, %v; go.mod:\n%s", name, ok, data)
	}
}

// What the go command says on its way is no complaint about %goflags.
func TestMissingModuleWithFlags(t *testing.T) {
	forgetFetched(t)
	t.Setenv("GOMODCACHE", filepath.Join(t.TempDir(), "mod"))
	t.Setenv("GOFLAGS", "-modcacherw")
	t.Setenv("GONOSUMDB", "example.com")
	t.Setenv("GOPROXY", proxyWith(t, "example.com/other", "v1.0.0", nil))
	m := newModule(t, open(t))
	_, diags, err := m.Build(context.Background(), prog(t, greets), Config{Flags: []string{"-cover"}})
	if err != nil || len(diags) != 1 || !strings.HasPrefix(diags[0].Message, "module not found") {
		t.Errorf("got %+v, %v", diags, err)
	}
}

// TestLocalModule edits a module that a learner works on beside the notebook.
func TestLocalModule(t *testing.T) {
	t.Setenv("GOPROXY", "off")
	m := newModule(t, open(t))
	dir := t.TempDir()
	edit := func(name, data string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	edit("go.mod", "module example.com/greet\n\ngo 1.26\n")
	edit("greet.go", "package greet\n\nfunc Hello() string { return \"one\" }\n")
	cmd := m.t.goCommand(context.Background(), m.Dir(), m.t.plainEnv(), "mod", "edit",
		"-require=example.com/greet@v0.0.0", "-replace=example.com/greet="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{"one", "two and a half"} {
		edit("greet.go", "package greet\n\nfunc Hello() string { return \""+want+"\" }\n")
		b := build(t, m, prog(t, greets), Config{})
		if got := run(t, b.Path); b.How != "direct" || got.Stdout != want+"\n" {
			t.Errorf("got %s, %+v; want %q", b.How, got, want)
		}
	}
	edit("greet.go", "package greet\n\nfunc Hello() string { return 1 }\n")
	_, diags, err := m.Build(context.Background(), prog(t, greets), Config{})
	if err != nil || len(diags) != 1 || !strings.Contains(diags[0].Message, "greet.go:3:") {
		t.Errorf("broken module: got %+v, %v", diags, err)
	}
	edit("greet.go", "package greet\n\nfunc Hello() string { return \"mended\" }\n")
	b := build(t, m, prog(t, greets), Config{})
	if got := run(t, b.Path); got.Stdout != "mended\n" {
		t.Errorf("got %+v", got)
	}
}

func TestUnusualPrograms(t *testing.T) {
	tc := open(t)
	m := newModule(t, tc)
	if err := os.WriteFile(filepath.Join(m.Dir(), "note.txt"), []byte("embedded"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := prog(t, "package main\n\nimport (\n\t_ \"embed\"\n\t\"fmt\"\n)\n\n//go:embed note.txt\nvar note string\n\nfunc main() { fmt.Print(note) }\n")
	if b := build(t, m, p, Config{}); b.How != "go build" || run(t, b.Path).Stdout != "embedded" {
		t.Errorf("embed: got %+v", b)
	}
	p = prog(t, "//go:debug asynctimerchan=1\npackage main\n\nimport \"time\"\n\nfunc main() { println(cap(time.NewTimer(1).C)) }\n")
	if b := build(t, m, p, Config{}); b.How != "go build" || run(t, b.Path).Stderr != "1\n" {
		t.Errorf("go:debug: got %+v", b)
	}
	if !hasCompiler(tc) {
		t.Skip("no C compiler")
	}
	p = prog(t, "package main\n\n// #include <stdlib.h>\nimport \"C\"\n\nfunc main() { println(C.abs(-3)) }\n")
	if b := build(t, m, p, Config{}); b.How != "go build" || run(t, b.Path).Stderr != "3\n" {
		t.Errorf("cgo: got %+v", b)
	}
	p = prog(t, "package main\n\nfunc main() {\n\tn := 0\n\tdone := make(chan bool)\n\tgo func() { n++; done <- true }()\n\tn++\n\t<-done\n}\n")
	b := build(t, m, p, Config{Flags: []string{"-race"}})
	if got := run(t, b.Path); b.How != "go build" || got.Code != 66 || !strings.Contains(got.Stderr, "main.go:6") {
		t.Errorf("race: got %+v, %+v", b, got)
	}
}

func TestFind(t *testing.T) {
	packages := newModule(t, open(t)).Packages()
	for _, tt := range []struct {
		name    string
		members []string
		want    string
	}{
		{"fmt", []string{"Println"}, "fmt"},
		{"rand", []string{"IntN"}, "math/rand/v2"},
		{"rand", []string{"Intn"}, "math/rand"},
		{"rand", []string{"Text"}, "crypto/rand"},
		{"rand", nil, "math/rand"},
		{"http", []string{"Get"}, "net/http"},
		{"template", []string{"New"}, "text/template"},
		{"pools", nil, "lanebook/snippets/pools"},
		{"kernelext", []string{"Lanes"}, "lanebook/kernelext"},
		{"errgroup", []string{"Group"}, "golang.org/x/sync/errgroup"},
		{"atomic", []string{"AddInt64"}, "sync/atomic"},
		{"trace", []string{"Start"}, "runtime/trace"},
		{"abi", nil, ""},
		{"constraints", []string{"Float", "Integer"}, "golang.org/x/exp/constraints"},
		{"constraints", []string{"Number"}, ""},
		{"constraints", nil, ""},
		{"fmt", []string{"Nothing"}, ""},
	} {
		got, ok := packages.Find(tt.name, tt.members)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("Find(%s, %v): got %q, want %q", tt.name, tt.members, got, tt.want)
		}
	}
	for _, tt := range []struct {
		name    string
		members []string
		want    string
	}{
		{"fmt", []string{"Printl"}, "fmt"},
		{"fmt", []string{"println", "Sprint"}, "fmt"},
		{"rand", []string{"Shufle"}, "math/rand"},
		{"fmt", []string{"Printl", "Nothing"}, ""},
		{"user", []string{"Name"}, ""}, // a variable that is not there, more likely
	} {
		got, ok := packages.Nearest(tt.name, tt.members)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("Nearest(%s, %v): got %q, want %q", tt.name, tt.members, got, tt.want)
		}
	}
	if name, ok := packages.Name("math/rand/v2"); name != "rand" || !ok {
		t.Errorf("Name: got %q, %v", name, ok)
	}
}

func TestOldGo(t *testing.T) {
	dir := t.TempDir()
	script := "#!/bin/sh\necho '{\"GOVERSION\": \"go1.21.3\", \"GOTOOLDIR\": \"/nowhere\"}'\n"
	if err := os.WriteFile(filepath.Join(dir, "go"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+"/bin"+string(os.PathListSeparator)+"/usr/bin")
	_, err := Open(context.Background(), Options{CacheDir: t.TempDir()})
	if err == nil || !strings.Contains(err.Error(), "go1.21.3, and lanebook needs go1.26") {
		t.Errorf("got %v", err)
	}
}

// TestNewerGo pretends that the toolchain is newer than the Go that this test
// was built with.
func TestNewerGo(t *testing.T) {
	tc := open(t)
	tc.env.Vars["GOVERSION"] = "go1.99"
	if notes := tc.Notes(); len(notes) != 1 || !strings.Contains(notes[0], "go1.99, which is newer") {
		t.Errorf("got notes %q", notes)
	}
	m := newModule(t, tc)
	if m.direct(prog(t, hello), Config{}) {
		t.Error("a newer toolchain must be driven by its own go command")
	}
}

// What one session has fetched, the next one has at once: neither the network
// nor the go command is asked again.
func TestFetchedOnce(t *testing.T) {
	forgetFetched(t)
	proxy := proxyWith(t, "example.com/once", "v1.0.0", map[string]string{
		"go.mod":  "module example.com/once\n\ngo 1.20\n",
		"once.go": "package once\n\nfunc Hello() string { return \"fetched once\" }\n",
	})
	t.Setenv("GOMODCACHE", filepath.Join(t.TempDir(), "mod"))
	t.Setenv("GOFLAGS", "-modcacherw")
	t.Setenv("GONOSUMDB", "example.com")
	t.Setenv("GOPROXY", proxy)
	source := strings.ReplaceAll(greets, "example.com/greet", "example.com/once")
	source = strings.ReplaceAll(source, "greet.", "once.")
	build(t, newModule(t, open(t)), prog(t, source), Config{})

	tc := open(t)
	tc.env.Vars["GOPROXY"] = "off"
	tc.goCmd = filepath.Join(t.TempDir(), "no go command")
	m := newModule(t, tc)
	b := build(t, m, prog(t, source), Config{})
	if got := run(t, b.Path).Stdout; got != "fetched once\n" {
		t.Errorf("printed %q", got)
	}
	// Who does not want modules to be fetched does not get them by the back door.
	m = newModule(t, open(t))
	m.SetFetch(false)
	if _, diags, err := m.Build(context.Background(), prog(t, source), Config{}); err != nil || len(diags) != 1 {
		t.Errorf("told not to fetch: %v, %v", diags, err)
	}
}
