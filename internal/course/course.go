// Package course carries the source code that cells import and unpacks it
// where the go command can find it: kernelext, snippets, and the few
// third-party modules that snippets use.
//
// Everything is in the binary, so a cell builds in any folder, offline, and
// without a clone. The unpacked folder is named after a hash of its content:
// two versions of lanebook never disturb each other, and a folder that exists
// is complete. This package does not run the go command.
package course

import (
	_ "embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/tools/txtar"

	"lanebook"
)

//go:generate go run ./gen

// thirdparty is the source of the modules that the course imports, one file
// each under "module@version/", with their licences.
//
//go:embed thirdparty.txtar
var thirdparty []byte

// goVersion is the language version that the course and every session use.
const goVersion = "1.26.0"

// Module is one module that sessions require and find in a local folder.
type Module struct {
	Path    string
	Version string
	Dir     string // absolute
}

// Course is an unpacked course.
type Course struct {
	Root    string   // the versioned folder, or the clone
	Modules []Module // the course itself first
	Live    bool     // Root is a clone under edit, see SourceEnv
	Sums    []byte   // what go.sum of a session must begin with, usually nothing
}

// SourceEnv names the environment variable that contributors set to the
// folder of their clone: cells then import what is there now, not what was
// embedded when the binary was built.
const SourceEnv = "LANEBOOK_SOURCE"

// GoVersion returns the language version for a session's go.mod.
func GoVersion() string { return goVersion }

// Patterns returns the package patterns, for the go command, of everything
// the course offers to cells.
func (c *Course) Patterns() []string {
	patterns := []string{"lanebook/kernelext/...", "lanebook/snippets/..."}
	for _, m := range c.Modules[1:] {
		patterns = append(patterns, m.Path+"/...")
	}
	return patterns
}

// Unpack writes the course below cacheDir, unless it is there already, and
// says where. Any number of processes may call it at the same time.
func Unpack(cacheDir string) (*Course, error) {
	files, modules, err := embedded()
	if err != nil {
		return nil, fmt.Errorf("unpack course: %w", err)
	}
	root := filepath.Join(cacheDir, "course", files.hash())
	if err := files.writeOnce(root); err != nil {
		return nil, fmt.Errorf("unpack course: %w", err)
	}
	for i := range modules {
		modules[i].Dir = filepath.Join(root, filepath.FromSlash(modules[i].Dir))
	}
	c := &Course{Root: root, Modules: modules}
	if clone := os.Getenv(SourceEnv); clone != "" {
		if err := c.useClone(clone); err != nil {
			return nil, fmt.Errorf("%s: %w", SourceEnv, err)
		}
	}
	return c, nil
}

// useClone points the course's own module at a clone.
func (c *Course) useClone(dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return err
	}
	if !strings.HasPrefix(string(mod), "module lanebook\n") {
		return fmt.Errorf("%s is not a clone of lanebook", dir)
	}
	if c.Sums, err = os.ReadFile(filepath.Join(dir, "go.sum")); err != nil {
		return err
	}
	c.Root, c.Modules[0].Dir, c.Live = dir, dir, true
	return nil
}

// embedded lists every file to unpack, and the modules they make up with
// folders relative to the root.
func embedded() (tree, []Module, error) {
	files := tree{}
	modules := []Module{{Path: "lanebook", Version: "v0.0.0", Dir: "lanebook"}}
	err := fs.WalkDir(lanebook.Source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !wanted(name) {
			return err
		}
		files["lanebook/"+name], err = fs.ReadFile(lanebook.Source, name)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	for _, f := range txtar.Parse(thirdparty).Files {
		files[f.Name] = f.Data
		if path.Base(f.Name) == "go.mod" {
			dir := path.Dir(f.Name)
			mod, version, ok := strings.Cut(dir, "@")
			if !ok {
				return nil, nil, fmt.Errorf("thirdparty.txtar: %s has no version", f.Name)
			}
			modules = append(modules, Module{Path: mod, Version: version, Dir: dir})
		}
	}
	files["lanebook/go.mod"] = goMod(modules[1:])
	return files, modules, nil
}

// wanted leaves out what no cell can import.
func wanted(name string) bool {
	return !strings.HasSuffix(name, "_test.go") && !strings.Contains("/"+name, "/testdata/")
}

// goMod is the trimmed go.mod of the course: a cell must not need what the
// servers need.
func goMod(requires []Module) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "module lanebook\n\ngo %s\n", goVersion)
	for _, m := range requires {
		fmt.Fprintf(&b, "\nrequire %s %s\n", m.Path, m.Version)
	}
	return []byte(b.String())
}
