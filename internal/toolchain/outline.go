package toolchain

import (
	"bytes"
	gobuild "go/build"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// outlines knows what packages export, from their source alone. Compiling the
// standard library takes most of a minute on a new machine; until then this is
// what help while typing has to go by. It reads what gofmt has formatted, by
// lines, since parsing net/http would take too long for somebody who waits.
type outlines struct {
	goroot string
	files  gobuild.Context   // which files belong to this platform
	dirs   map[string]string // of packages outside the standard library, by path

	names func() map[string]string // of the standard library, by path

	mu    sync.Mutex
	known map[string]*outline
}

// Import returns a package with nothing in it, but with its right name. With
// it outlines implements types.Importer for programs that are not to be built.
func (o *outlines) Import(importPath string) (*types.Package, error) {
	name := o.names()[importPath]
	if name == "" {
		name = guessedName(importPath)
	}
	p := types.NewPackage(importPath, name)
	p.MarkComplete()
	return p, nil
}

// outline is what one package exports.
type outline struct {
	dir     string
	exports map[string]export
}

// export is one exported name of package level.
type export struct {
	Match
	declared token.Position // as the source says
	text     string         // its first line
}

func newOutlines(env goEnv, dirs map[string]string) *outlines {
	o := &outlines{goroot: env.Vars["GOROOT"], files: gobuild.Default, dirs: dirs, known: map[string]*outline{}}
	o.files.GOOS, o.files.GOARCH, o.files.CgoEnabled = env.Vars["GOOS"], env.Vars["GOARCH"], false
	o.files.BuildTags = []string{tag}
	o.names = sync.OnceValue(o.stdNames)
	return o
}

// stdNames finds the importable packages of the standard library. Their names
// are the last element of their paths that is no version.
func (o *outlines) stdNames() map[string]string {
	names := map[string]string{"unsafe": "unsafe"}
	var walk func(dir string)
	walk = func(dir string) {
		entries, _ := os.ReadDir(filepath.Join(o.goroot, "src", filepath.FromSlash(dir)))
		for _, e := range entries {
			name := e.Name()
			switch {
			case e.IsDir() && name[0] != '_' && name != "testdata" && name != "vendor" && name != "internal" && name != "builtin" && !(dir == "" && name == "cmd"):
				walk(path.Join(dir, name))
			case dir != "" && dir != "runtime/cgo" && names[dir] == "" && o.belongs(filepath.Join(o.goroot, "src", dir), name):
				names[dir] = path.Base(dir)
				if strings.TrimLeft(names[dir], "v0123456789") == "" {
					names[dir] = path.Base(path.Dir(dir))
				}
			}
		}
	}
	walk("")
	return names
}

// belongs reports whether a file of a folder is part of its package here.
func (o *outlines) belongs(dir, name string) bool {
	if filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
		return false
	}
	ok, err := o.files.MatchFile(dir, name)
	return err == nil && ok
}

// dir returns the folder of a package's source, or "" if it is unknown.
func (o *outlines) dir(importPath string) string {
	if o.names()[importPath] != "" {
		return filepath.Join(o.goroot, "src", filepath.FromSlash(importPath))
	}
	return o.dirs[importPath]
}

// of returns the outline of a package; an unknown one exports nothing.
func (o *outlines) of(importPath string) *outline {
	o.mu.Lock()
	defer o.mu.Unlock()
	if known := o.known[importPath]; known != nil {
		return known
	}
	out := &outline{dir: o.dir(importPath), exports: map[string]export{}}
	o.known[importPath] = out
	if out.dir == "" {
		return out
	}
	entries, _ := os.ReadDir(out.dir)
	for _, e := range entries {
		if !o.belongs(out.dir, e.Name()) {
			continue
		}
		file := filepath.Join(out.dir, e.Name())
		if source, err := os.ReadFile(file); err == nil {
			out.read(file, source)
		}
	}
	return out
}

// read adds the exports of a file.
func (o *outline) read(file string, source []byte) {
	group := "" // the keyword of the group that we are in
	line := 0
	for text := range bytes.Lines(source) {
		line++
		s := strings.TrimRight(string(text), "\r\n")
		keyword, rest, _ := strings.Cut(s, " ")
		switch {
		case strings.HasPrefix(s, ")"):
			group = ""
		case group != "" && strings.HasPrefix(s, "\t"):
			o.add(group, s[1:], file, line)
		case keyword == "const" || keyword == "var" || keyword == "type":
			if strings.HasPrefix(rest, "(") {
				group = keyword
				continue
			}
			o.add(keyword, rest, file, line)
		case keyword == "func":
			o.add(keyword, rest, file, line)
		}
	}
}

// add enters the names that a declaration begins with.
func (o *outline) add(keyword, rest, file string, line int) {
	end := strings.IndexFunc(rest, func(r rune) bool { return !isNamePart(r) && r != ',' && r != ' ' })
	if end < 0 {
		end = len(rest)
	}
	if keyword == "type" || keyword == "func" || !strings.Contains(rest[:end], ",") {
		end = len(firstName(rest))
	}
	for name := range strings.SplitSeq(rest[:end], ",") {
		name = firstName(strings.TrimSpace(name))
		if !token.IsExported(name) || !token.IsIdentifier(name) {
			continue
		}
		text := strings.TrimSuffix(strings.TrimSpace(rest), " {")
		detail := ""
		if keyword == "func" {
			text, _, _ = strings.Cut(text, " { ") // all on one line
			detail = "func" + strings.TrimPrefix(text, name)
		}
		o.exports[name] = export{Match{name, keyword, detail}, token.Position{Filename: file, Line: line}, keyword + " " + text}
	}
}

// firstName is the identifier that a text begins with; it may be empty.
func firstName(text string) string {
	if end := strings.IndexFunc(text, func(r rune) bool { return !isNamePart(r) }); end >= 0 {
		return text[:end]
	}
	return text
}
