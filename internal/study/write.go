package study

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// maxNotebook is the size of the largest notebook we open or save; arbitrary,
// but it must fit in memory several times.
const maxNotebook = 128 << 20

// writeAtomic replaces a file inside root so that a reader, or a crash at any
// moment, finds the old content or the new, whole. A symbolic link stays one.
func writeAtomic(root *os.Root, name string, data []byte) (err error) {
	name, mode, err := resolve(root, name)
	if err != nil {
		return err
	}
	dir, base := path.Split(name)
	temp := dir + "." + base + "." + rand.Text()[:8] + ".tmp"
	file, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			root.Remove(temp)
		}
	}()
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err = root.Rename(temp, name); err != nil {
		return err
	}
	syncFolder(root, path.Join(dir, "."))
	return nil
}

// resolve follows symbolic links to the file to replace and returns its mode.
func resolve(root *os.Root, name string) (string, fs.FileMode, error) {
	for range 10 { // arbitrary; a longer chain is a loop
		info, err := root.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) {
			return name, 0o644, nil
		}
		if err != nil {
			return "", 0, err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			if !info.Mode().IsRegular() {
				return "", 0, fmt.Errorf("%s is not a regular file", name)
			}
			return name, info.Mode().Perm(), nil
		}
		link, err := root.Readlink(name)
		if err != nil {
			return "", 0, err
		}
		name = path.Join(path.Dir(name), link)
	}
	return "", 0, fmt.Errorf("%s: too many symbolic links", name)
}

// syncFolder makes the rename itself durable where the system can; the file's
// content already is, so a failure costs at most the newest version.
func syncFolder(root *os.Root, name string) {
	dir, err := root.Open(name)
	if err != nil {
		return
	}
	dir.Sync()
	dir.Close()
}

// readFile reads a regular file inside root that is not too large.
func readFile(root *os.Root, name string) ([]byte, error) {
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("read %s: %w", name, fs.ErrInvalid)
	}
	if info.Size() > maxNotebook {
		return nil, fail(413, "%s has %d MB; notebooks up to %d MB can be opened", name, info.Size()>>20, maxNotebook>>20)
	}
	return root.ReadFile(name)
}
