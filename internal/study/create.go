package study

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"

	"lanebook/internal/notebook"
)

// blank is a notebook to begin with: one empty cell of Go, under the name
// that both kernels answer to.
func blank() *notebook.Notebook {
	nb := notebook.New()
	nb.Metadata = map[string]any{
		"kernelspec":    map[string]any{"name": "gonb", "display_name": "Go (gonb)", "language": "go"},
		"language_info": map[string]any{"name": "go", "file_extension": ".go", "mimetype": "text/x-go"},
	}
	nb.Cells = []notebook.Cell{{ID: "first", Type: notebook.Code, Metadata: map[string]any{}}}
	return nb
}

// create makes a new notebook in the folder; it replaces none.
func (f *folder) create(name string) (key string, err error) {
	key = strings.TrimSuffix(path.Clean(name), ".ipynb") + ".ipynb"
	if f.only != "" {
		return "", fail(http.StatusForbidden, "lanebook shows %s alone; open its folder to make more", f.only)
	}
	base := path.Base(key)
	if !fs.ValidPath(key) || strings.HasPrefix(base, ".") || strings.ContainsAny(key, "\\\x00\n") || strings.Contains(base, otherMark) {
		return "", fail(http.StatusBadRequest, "%q cannot be the name of a notebook here", name)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	defer lockFolder(f.root)()
	if _, err := f.root.Lstat(key); err == nil {
		return "", fail(http.StatusConflict, "there is a %s already", key)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return "", missing(key, err)
	}
	if err := f.root.MkdirAll(path.Dir(key), 0o755); err != nil {
		return "", unsaved(err)
	}
	return key, writeNotebook(f.root, key, blank())
}

func (s *Server) postNotebook(w http.ResponseWriter, r *http.Request) error {
	own, ok := s.shelf.(*folder)
	if !ok {
		return fail(http.StatusNotFound, "new notebooks are made in a folder of your own: lanebook study FOLDER")
	}
	var asked struct {
		Name string `json:"name"`
	}
	if err := readJSON(w, r, maxRequest, &asked); err != nil {
		return err
	}
	key, err := own.create(strings.TrimSpace(asked.Name))
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusCreated, map[string]string{"url": s.urlOf(key)})
	return nil
}

// createAt makes the notebook that `lanebook study NEW.ipynb` names, when its
// folder is there and it is not.
func createAt(name string) error {
	if filepath.Ext(name) != ".ipynb" {
		return nil
	}
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	f := &folder{path: filepath.Dir(name)}
	var err error
	if f.root, err = os.OpenRoot(f.path); err != nil {
		return err
	}
	defer f.root.Close()
	_, err = f.create(filepath.Base(name))
	return err
}
