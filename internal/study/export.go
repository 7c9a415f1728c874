package study

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"lanebook/internal/notebook"
)

// Limits of an import; arbitrary, above all the work a course can hold.
const (
	maxImport      = 256 << 20
	maxImportFiles = 2000
)

// exporter is a shelf whose whole work can be carried to another machine.
type exporter interface {
	// export writes all of the learner's notebooks as a zip file.
	export(w io.Writer) error
	// restore puts the notebooks of such a file in place. What they replace is
	// kept under another name. It returns the keys of what it put there.
	restore(archive []byte) ([]string, error)
}

func (c *course) export(w io.Writer) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	archive := zip.NewWriter(w)
	root, err := c.root(false)
	if errors.Is(err, fs.ErrNotExist) {
		return archive.Close() // nothing was begun: an empty archive
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	for _, lang := range languages {
		names, err := fs.Glob(root.FS(), lang+"/*.ipynb")
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		for _, name := range names {
			data, err := readFile(root, name)
			if err != nil {
				return fmt.Errorf("export: %w", err)
			}
			file, err := archive.Create(name)
			if err == nil {
				_, err = file.Write(data)
			}
			if err != nil {
				return err
			}
		}
	}
	return archive.Close()
}

func (c *course) restore(data []byte) ([]string, error) {
	notebooks, err := readArchive(data)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var keys []string
	for _, nb := range notebooks {
		root, err := c.folder(path.Dir(nb.name))
		if err != nil {
			return keys, err
		}
		if err := putBack(root, nb); err != nil {
			return keys, err
		}
		keys = append(keys, strings.TrimSuffix(nb.name, ".ipynb"))
	}
	return keys, nil
}

// putBack replaces one notebook, and keeps what was there if it differs.
func putBack(root *os.Root, nb archived) error {
	defer lockFolder(root)()
	present, err := readFile(root, nb.name)
	if err == nil && bytes.Equal(present, nb.data) {
		return nil
	}
	if err == nil {
		before := strings.TrimSuffix(nb.name, ".ipynb") + ".before-import.ipynb"
		if err := root.Rename(nb.name, before); err != nil {
			return unsaved(err)
		}
	}
	if err := writeAtomic(root, nb.name, nb.data); err != nil {
		return unsaved(err)
	}
	return nil
}

// archived is one notebook of an archive.
type archived struct {
	name string // en/13-pools.ipynb
	data []byte
}

// readArchive reads all of an archive before anything is written: one that is
// broken, or is not ours, changes nothing.
func readArchive(data []byte) ([]archived, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fail(400, "this is not a zip file that lanebook exported: %v", err)
	}
	if len(archive.File) > maxImportFiles {
		return nil, fail(400, "more than %d files", maxImportFiles)
	}
	var list []archived
	room := int64(maxImport)
	for _, file := range archive.File {
		lang, name := path.Split(file.Name)
		lang = strings.TrimSuffix(lang, "/")
		if !slices.Contains(languages, lang) || path.Ext(name) != ".ipynb" || !fs.ValidPath(file.Name) || strings.Contains(name, "\\") {
			return nil, fail(400, "%q is no place for a notebook of the course", file.Name)
		}
		data, err := readMember(file, room)
		if err != nil {
			return nil, err
		}
		room -= int64(len(data))
		if _, err := notebook.Parse(data); err != nil {
			return nil, fail(400, "%s cannot be read: %v", file.Name, err)
		}
		list = append(list, archived{file.Name, data})
	}
	return list, nil
}

// readMember does not trust the size that the archive states.
func readMember(file *zip.File, room int64) ([]byte, error) {
	reader, err := file.Open()
	if err != nil {
		return nil, fail(400, "%s: %v", file.Name, err)
	}
	defer reader.Close()
	data, err := io.ReadAll(io.LimitReader(reader, room+1))
	if err != nil {
		return nil, fail(400, "%s: %v", file.Name, err)
	}
	if int64(len(data)) > room {
		return nil, fail(413, "the notebooks have more than %d MB", maxImport>>20)
	}
	return data, nil
}

func (s *Server) getExport(w http.ResponseWriter, r *http.Request) error {
	from, ok := s.shelf.(exporter)
	if !ok {
		return fail(404, "your own notebooks are files already: copy them")
	}
	var body bytes.Buffer
	if err := from.export(&body); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="lanebook-`+time.Now().Format(time.DateOnly)+`.zip"`)
	w.Write(body.Bytes())
	return nil
}

func (s *Server) postImport(w http.ResponseWriter, r *http.Request) error {
	to, ok := s.shelf.(exporter)
	if !ok {
		return fail(404, "your own notebooks are files already: copy them")
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxImport))
	if err != nil {
		return err
	}
	keys, err := to.restore(data)
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, map[string]any{"notebooks": nonNil(keys)})
	return nil
}
