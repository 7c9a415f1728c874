package study

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"lanebook/internal/notebook"
)

// Limits of what a folder's list shows; arbitrary. A learner who opens the
// home folder by mistake still gets an answer.
const (
	maxListed  = 500
	maxVisited = 20_000
	maxDepth   = 6
)

// folder is a shelf of the learner's own notebooks, saved where they are.
// Keys are paths inside it, "week1/channels.ipynb".
type folder struct {
	path string
	only string // the one notebook that was asked for; empty for all

	mu   sync.Mutex // one save at a time
	root *os.Root
	tabs tabs
}

// openFolder opens a folder, or one notebook in its folder, which is made if
// it is not there.
func openFolder(name string) (*folder, error) {
	if err := createAt(name); err != nil {
		return nil, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	full, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	f := &folder{path: full}
	if !info.IsDir() {
		if filepath.Ext(full) != ".ipynb" {
			return nil, fmt.Errorf("open %s: neither a folder nor a notebook (.ipynb)", name)
		}
		f.path, f.only = filepath.Dir(full), filepath.Base(full)
	}
	f.root, err = os.OpenRoot(f.path)
	if err != nil {
		return nil, err
	}
	if f.only != "" {
		if _, err := f.load(f.only); err != nil {
			f.root.Close()
			return nil, fmt.Errorf("open %s: %w", name, err)
		}
	}
	return f, nil
}

func (f *folder) list() ([]item, error) {
	if f.only != "" {
		return []item{f.item(f.only)}, nil
	}
	var items []item
	visited := 0
	err := fs.WalkDir(f.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		visited++
		hidden := strings.HasPrefix(entry.Name(), ".") && name != "."
		switch {
		case visited > maxVisited || len(items) >= maxListed:
			return fs.SkipAll
		case entry.IsDir():
			if err != nil || hidden || entry.Name() == "node_modules" || strings.Count(name, "/") >= maxDepth {
				return fs.SkipDir
			}
		case err == nil && !hidden && path.Ext(name) == ".ipynb" && !strings.Contains(name, otherMark):
			items = append(items, f.item(name))
		}
		return nil
	})
	slices.SortFunc(items, func(a, b item) int { return strings.Compare(a.Key, b.Key) })
	return items, err
}

// item does not open the notebook: a folder may hold hundreds of large ones.
func (f *folder) item(name string) item {
	it := item{Key: name, Title: strings.TrimSuffix(name, ".ipynb")}
	if info, err := f.root.Stat(name); err == nil {
		it.Stamp = stamp(info)
	}
	return it
}

func (f *folder) load(key string) (version, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.loadLocked(key)
}

func (f *folder) loadLocked(key string) (version, error) {
	if path.Ext(key) != ".ipynb" || f.only != "" && key != f.only {
		return version{}, fail(404, "there is no notebook %q here", key)
	}
	data, err := readFile(f.root, key)
	if err != nil {
		return version{}, missing(key, err)
	}
	nb, err := notebook.Parse(data)
	if err != nil {
		return version{}, fail(422, "%s cannot be read: %v", key, err)
	}
	return version{Notebook: nb, ETag: etag(data), Started: true, Conflicts: conflicts(f.root, key)}, nil
}

func (f *folder) save(key string, e edit, match string) (version, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	defer lockFolder(f.root)()
	now, err := f.loadLocked(key)
	if err != nil {
		return version{}, err
	}
	if f.tabs.overtaken(key, e, now.ETag) {
		return now, nil
	}
	changed, err := e.apply(now.Notebook)
	if err != nil {
		return version{}, err
	}
	if !f.tabs.mayReplace(key, e.Tab, match, now.ETag) {
		if sameNotebook(changed, now.Notebook) {
			return now, nil
		}
		return version{}, keepBoth(f.root, key, e.Tab, changed, now)
	}
	if err := writeNotebook(f.root, key, changed); err != nil {
		return version{}, err
	}
	v, err := f.loadLocked(key)
	if err == nil {
		f.tabs.saved(key, e, now.ETag, v.ETag)
	}
	return v, err
}

func (f *folder) reset(key string, _ undo) (version, error) {
	return version{}, fail(405, "%s is your own notebook: there is no original to go back to", key)
}

// dir follows no link out of the folder; a key that leads nowhere runs in the
// folder itself.
func (f *folder) dir(key string) string {
	sub := path.Dir(path.Clean("/" + key))[1:]
	if info, err := f.root.Stat(path.Join(".", sub)); err != nil || !info.IsDir() {
		return f.path
	}
	return filepath.Join(f.path, filepath.FromSlash(sub))
}
