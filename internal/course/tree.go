package course

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// tree is a set of files by slash-separated path.
type tree map[string][]byte

// hash names a tree by everything in it.
func (t tree) hash() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(t)) {
		fmt.Fprintf(h, "%s %d\n", name, len(t[name]))
		h.Write(t[name])
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// writeOnce makes dir hold the tree. The folder appears whole, by a rename,
// so whoever sees it can use it; the loser of a race throws its copy away.
func (t tree) writeOnce(dir string) error {
	if t.at(dir) {
		return nil
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(parent, ".new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	fresh := filepath.Join(tmp, "tree")
	if err := t.write(fresh); err != nil {
		return err
	}
	err = os.Rename(fresh, dir)
	if err == nil || t.at(dir) {
		return nil
	}
	// Something is there but not whole, as after a cleaner of old files.
	if err := os.Rename(dir, filepath.Join(tmp, "damaged")); err != nil && !t.at(dir) {
		return err
	}
	if err := os.Rename(fresh, dir); err != nil && !t.at(dir) {
		return err
	}
	return nil
}

// at reports whether every file of the tree is in dir, judged by its size.
func (t tree) at(dir string) bool {
	for name, data := range t {
		info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
			return false
		}
	}
	return true
}

// write creates dir and every file in it, read-only: learners may look, and
// must not edit one of several copies by mistake.
func (t tree) write(dir string) error {
	for name, data := range t {
		if !fs.ValidPath(name) {
			return fmt.Errorf("bad file name %q", name)
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, data, 0o444); err != nil {
			return err
		}
	}
	return nil
}
