package toolchain

import (
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"sync"
)

// packageImporter reads export data from archives, each package once. It
// implements types.Importer and may be used by several goroutines.
type packageImporter struct {
	mu   sync.Mutex
	fset *token.FileSet // positions in imported packages
	imp  types.Importer
}

// newImporter makes an importer that finds archives by import path; "" means
// that there is none.
func newImporter(archive func(path string) string) *packageImporter {
	fset := token.NewFileSet()
	lookup := func(path string) (io.ReadCloser, error) {
		if file := archive(path); file != "" {
			return os.Open(file)
		}
		return nil, fmt.Errorf("no package %s", path)
	}
	return &packageImporter{fset: fset, imp: importer.ForCompiler(fset, "gc", lookup)}
}

// Import returns the package with the given path.
func (p *packageImporter) Import(path string) (*types.Package, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.imp.Import(path)
}

// position returns where an imported object was declared.
func (p *packageImporter) position(obj types.Object) token.Position {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fset.Position(obj.Pos())
}
