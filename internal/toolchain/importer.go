package toolchain

import (
	"fmt"
	"go/token"
	"go/types"
	"os"
	"sync"

	"golang.org/x/tools/go/gcexportdata"
)

// packageImporter reads export data from archives, each package once. It
// implements types.Importer and may be used by several goroutines.
type packageImporter struct {
	archive func(path string) string

	mu   sync.Mutex
	fset *token.FileSet // positions in imported packages
	pkgs map[string]*types.Package
}

func newImporter(archive func(path string) string) *packageImporter {
	return &packageImporter{archive: archive, fset: token.NewFileSet(), pkgs: map[string]*types.Package{}}
}

// Import returns the package with the given path.
func (imp *packageImporter) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	imp.mu.Lock()
	defer imp.mu.Unlock()
	if p := imp.pkgs[path]; p != nil && p.Complete() {
		return p, nil
	}
	file := imp.archive(path)
	if file == "" {
		return nil, fmt.Errorf("import %s: no such package", path)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("import %s: %w", path, err)
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("import %s: %w", path, err)
	}
	return gcexportdata.Read(r, imp.fset, imp.pkgs, path)
}

// position returns where an imported object was declared.
func (imp *packageImporter) position(obj types.Object) token.Position {
	imp.mu.Lock()
	defer imp.mu.Unlock()
	return imp.fset.Position(obj.Pos())
}
