// Package deep makes a second edition of Go's channels and locks that says in
// the runtime trace what it does: which channel or lock an operation was on,
// how full the buffer is, who holds a lock. Plain traces know none of that.
//
// The edition is derived from the learner's own Go installation, as an overlay
// for "go build -overlay": functions get a new name and a wrapper that reports
// before and after. Learner code stays as it is. Where the installed sources
// do not look as expected, nothing is derived.
package deep

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrUnfit says that this Go's sources are not those the overlay is made for.
var ErrUnfit = errors.New("deep recording does not fit this version of Go")

// The sources that are added to a package, or to the end of a file.
var (
	//go:embed runtime.go.txt
	runtimeCode string
	//go:embed chan.go.txt
	chanCode string
	//go:embed select.go.txt
	selectCode string
	//go:embed mutex.go.txt
	mutexCode string
	//go:embed rwmutex.go.txt
	rwmutexCode string
)

// edit changes one file of the standard library: the functions named are
// renamed, and code, which holds their wrappers, is appended. A file without
// functions is new.
type edit struct {
	file      string // below GOROOT/src
	functions map[string]string
	code      string
}

// renamed is put before the name of a function that gets a wrapper.
const renamed = "lanebook_"

// edits is the whole overlay. The types of the functions are written down, so
// that a Go in which one of them means something else is refused.
var edits = []edit{
	{"runtime/lanebook.go", nil, runtimeCode},
	{"runtime/chan.go", map[string]string{
		"chansend":  "func(c *hchan, ep unsafe.Pointer, block bool, callerpc uintptr) bool",
		"chanrecv":  "func(c *hchan, ep unsafe.Pointer, block bool) (selected, received bool)",
		"closechan": "func(c *hchan)",
	}, chanCode},
	{"runtime/select.go", map[string]string{
		"selectgo": "func(cas0 *scase, order0 *uint16, pc0 *uintptr, nsends, nrecvs int, block bool) (int, bool)",
	}, selectCode},
	{"internal/sync/mutex.go", map[string]string{
		"Mutex.Lock":    "func()",
		"Mutex.TryLock": "func() bool",
		"Mutex.Unlock":  "func()",
	}, mutexCode},
	{"sync/rwmutex.go", map[string]string{
		"RWMutex.Lock":     "func()",
		"RWMutex.TryLock":  "func() bool",
		"RWMutex.Unlock":   "func()",
		"RWMutex.RLock":    "func()",
		"RWMutex.TryRLock": "func() bool",
		"RWMutex.RUnlock":  "func()",
	}, rwmutexCode},
}

// Overlay derives the edition for the Go installed at goroot and writes it
// below the folder cache, once for the same sources. It returns the path of
// the file for -overlay. The error is ErrUnfit when the sources do not fit.
func Overlay(goroot, cache string) (string, error) {
	texts := map[string][]byte{}
	sum := sha256.New()
	for _, e := range edits {
		text, err := e.apply(filepath.Join(goroot, "src", filepath.FromSlash(e.file)))
		if err != nil {
			return "", err
		}
		texts[e.file] = text
		fmt.Fprintf(sum, "%s %s %d\n", goroot, e.file, len(text))
		sum.Write(text)
	}
	dir := filepath.Join(cache, "deep-"+hex.EncodeToString(sum.Sum(nil))[:16])
	overlay := filepath.Join(dir, "overlay.json")
	if _, err := os.Stat(overlay); err == nil {
		return overlay, nil
	}
	return overlay, write(goroot, dir, overlay, texts)
}

// write writes the changed files, and last of all the file that lists them.
func write(goroot, dir, overlay string, texts map[string][]byte) error {
	replace := map[string]string{}
	for file, text := range texts {
		path := filepath.Join(dir, strings.ReplaceAll(file, "/", "_"))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
		replace[filepath.Join(goroot, "src", filepath.FromSlash(file))] = path
	}
	list, err := json.MarshalIndent(map[string]any{"Replace": replace}, "", "\t")
	if err != nil {
		return err
	}
	temp := fmt.Sprintf("%s.%d", overlay, os.Getpid())
	if err := os.WriteFile(temp, list, 0o644); err != nil {
		return err
	}
	return os.Rename(temp, overlay)
}

// apply makes the new text of a file.
func (e edit) apply(path string) ([]byte, error) {
	if e.functions == nil {
		if _, err := os.Stat(path); err == nil {
			return nil, fmt.Errorf("%w: there is a %s already", ErrUnfit, e.file)
		}
		return []byte(e.code), nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnfit, err)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnfit, err)
	}
	var places []int // where a new name begins, in descending order
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || e.functions[key(fn)] == "" {
			continue
		}
		if got, want := signature(fset, fn), e.functions[key(fn)]; got != want {
			return nil, fmt.Errorf("%w: %s in %s is %s, want %s", ErrUnfit, key(fn), e.file, got, want)
		}
		places = append(places, fset.Position(fn.Name.Pos()).Offset)
	}
	if len(places) != len(e.functions) {
		return nil, fmt.Errorf("%w: %s has %d of %d functions", ErrUnfit, e.file, len(places), len(e.functions))
	}
	for _, at := range slices.Backward(places) {
		text = slices.Insert(text, at, []byte(renamed)...)
	}
	return append(text, e.code...), nil
}

// key is a function's name, with its receiver's type before it.
func key(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	t := fn.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name + "." + fn.Name.Name
	}
	return ""
}

// signature is a function's type as gofmt writes it.
func signature(fset *token.FileSet, fn *ast.FuncDecl) string {
	var b strings.Builder
	if err := format.Node(&b, fset, fn.Type); err != nil {
		return err.Error()
	}
	return b.String()
}
