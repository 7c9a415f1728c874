package study

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"lanebook/internal/notebook"
)

// languages of the course, each a folder of notebooks.
var languages = []string{"en", "zh"}

// course is the shelf of our chapters. Originals are only read; work lies in
// a folder of the learner's, a file of the same name for each chapter begun.
// Keys are "en/13-pools".
type course struct {
	originals fs.FS
	workDir   string

	mu       sync.Mutex // one save at a time
	work     *os.Root   // opened when first needed: reading the course needs no such folder
	tabs     tabs
	chapters []item // read once; Started is not kept
}

func newCourse(originals fs.FS, workDir string) *course {
	return &course{originals: originals, workDir: workDir}
}

func (c *course) list() ([]item, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.chapters == nil {
		chapters, err := readChapters(c.originals)
		if err != nil {
			return nil, err
		}
		c.chapters = chapters
	}
	items := slices.Clone(c.chapters)
	for i, it := range items {
		info, err := os.Stat(filepath.Join(c.workDir, filepath.FromSlash(it.Key)+".ipynb"))
		if err == nil {
			items[i].Started, items[i].Stamp = true, stamp(info)
		}
	}
	return items, nil
}

// readChapters lists the originals, by language and number.
func readChapters(originals fs.FS) ([]item, error) {
	items := []item{}
	for _, lang := range languages {
		names, err := fs.Glob(originals, lang+"/*.ipynb")
		if err != nil {
			return nil, err
		}
		slices.Sort(names)
		for _, name := range names {
			nb, err := readOriginal(originals, name)
			if err != nil {
				return nil, err // our own notebook: a fault of ours
			}
			key := strings.TrimSuffix(name, ".ipynb")
			items = append(items, item{Key: key, Title: title(nb, path.Base(key))})
		}
	}
	return items, nil
}

func readOriginal(fsys fs.FS, name string) (*notebook.Notebook, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	nb, err := notebook.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("read original %s: %w", name, err)
	}
	return nb, nil
}

func (c *course) load(key string) (version, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, _, err := c.loadLocked(key)
	return v, err
}

func (c *course) loadLocked(key string) (version, *notebook.Notebook, error) {
	name := key + ".ipynb"
	originalBytes, err := fs.ReadFile(c.originals, name)
	if err != nil {
		return version{}, nil, missing(key, err)
	}
	original, err := notebook.Parse(originalBytes)
	if err != nil {
		return version{}, nil, fmt.Errorf("read original %s: %w", name, err)
	}
	v := version{Notebook: original, Original: map[string]string{}}
	for _, cell := range original.Cells {
		v.Original[cell.ID] = cell.Source
	}
	var workBytes []byte
	root, err := c.root(false)
	if err == nil {
		workBytes, err = readFile(root, name)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		v.ETag = etag(originalBytes)
		return v, original, nil
	case err != nil:
		return version{}, nil, fmt.Errorf("read your work on %s: %w", key, err)
	}
	work, err := notebook.Parse(workBytes)
	if err != nil {
		return version{}, nil, fail(422, "your saved work on this chapter, %s, cannot be read: %v. "+
			"Repair the file, or reset the chapter: the file is then kept under another name",
			filepath.Join(c.workDir, filepath.FromSlash(name)), err)
	}
	v.Notebook, v.Changed, v.Followed = update(work, original)
	v.Removed = removed(v.Notebook, original)
	v.Moved = moved(v.Notebook, original)
	v.Started = true
	v.ETag = etag(originalBytes, workBytes)
	v.Conflicts = conflicts(root, name)
	return v, original, nil
}

// root opens the folder of the learner's work, and makes it if create is set.
func (c *course) root(create bool) (*os.Root, error) {
	if c.work != nil {
		return c.work, nil
	}
	if create {
		if err := os.MkdirAll(c.workDir, 0o700); err != nil {
			return nil, err
		}
	}
	root, err := os.OpenRoot(c.workDir)
	if err != nil {
		return nil, err
	}
	c.work = root
	return root, nil
}

func (c *course) save(key string, e edit, match string) (version, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, err := fs.Stat(c.originals, key+".ipynb"); err != nil {
		return version{}, missing(key, err)
	}
	root, err := c.folder(path.Dir(key))
	if err != nil {
		return version{}, err
	}
	defer lockFolder(root)()
	now, original, err := c.loadLocked(key)
	if err != nil {
		return version{}, err
	}
	if c.tabs.overtaken(key, e, now.ETag) {
		return now, nil
	}
	changed, err := e.apply(now.Notebook)
	if err != nil {
		return version{}, err
	}
	if !c.tabs.mayReplace(key, e.Tab, match, now.ETag) {
		if sameNotebook(changed, now.Notebook) {
			return now, nil
		}
		return version{}, keepBoth(root, key+".ipynb", e.Tab, remember(changed, original), now)
	}
	v, err := c.store(key, changed, original)
	if err == nil {
		c.tabs.saved(key, e, now.ETag, v.ETag)
	}
	return v, err
}

// store writes nb as the learner's version, in both languages. The other one
// comes first: when a disk is full half-way, this one is still as the page
// knows it.
func (c *course) store(key string, nb, original *notebook.Notebook) (version, error) {
	root, err := c.folder(path.Dir(key))
	if err != nil {
		return version{}, err
	}
	if err := c.mirror(key, nb, original); err != nil {
		return version{}, err
	}
	if err := writeNotebook(root, key+".ipynb", remember(nb, original)); err != nil {
		return version{}, err
	}
	v, _, err := c.loadLocked(key)
	return v, err
}

// folder opens the folder of the learner's work with a folder for a language.
func (c *course) folder(lang string) (*os.Root, error) {
	root, err := c.root(true)
	if err == nil {
		err = root.MkdirAll(lang, 0o700)
	}
	if err != nil {
		return nil, unsaved(err)
	}
	return root, nil
}

// mirror gives the chapter's other language the same code: a learner who
// switches languages finds the cells as edited, and the prose as written.
func (c *course) mirror(key string, nb, original *notebook.Notebook) error {
	lang, name, _ := strings.Cut(key, "/")
	for _, other := range languages {
		if other == lang {
			continue
		}
		now, otherOriginal, err := c.loadLocked(other + "/" + name)
		if err != nil {
			continue // not written yet in that language, or broken there: not this save's business
		}
		changed, err := mirrored(nb, original).apply(now.Notebook)
		if err != nil {
			return err
		}
		root, err := c.folder(other)
		if err != nil {
			return err
		}
		if err := writeNotebook(root, other+"/"+name+".ipynb", remember(changed, otherOriginal)); err != nil {
			return err
		}
	}
	return nil
}

// mirrored is the edit that carries everything but the course's prose from one
// language's notebook to another.
func mirrored(nb, original *notebook.Notebook) edit {
	var e edit
	kept := index(nb.Cells)
	originals := index(original.Cells)
	for _, cell := range nb.Cells {
		ce := cellEdit{ID: cell.ID, Ran: marked(cell, ranKey), passed: marked(cell, passedKey)}
		if _, ours := originals[cell.ID]; !ours || cell.Type == notebook.Code {
			ce.Type, ce.Source = cell.Type, &cell.Source
			ce.ExecutionCount, ce.Outputs = cell.ExecutionCount, outputsJSON(cell.Outputs)
		}
		e.Cells = append(e.Cells, ce)
	}
	for _, cell := range original.Cells {
		if _, ok := kept[cell.ID]; !ok {
			e.Deleted = append(e.Deleted, cell.ID)
		}
	}
	return e
}

// dir is beside the learner's notebooks, as in JupyterLab. Foreign clients
// name their sessions as they like; those run beside all languages.
func (c *course) dir(key string) string {
	dir := c.workDir
	if lang, _, _ := strings.Cut(key, "/"); slices.Contains(languages, lang) {
		dir = filepath.Join(dir, lang)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return os.TempDir() // nothing can be saved, but everything can be tried
	}
	return dir
}
