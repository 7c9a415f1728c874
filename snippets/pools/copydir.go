package pools

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"

	"golang.org/x/sync/errgroup"
)

// CopyDir copies all regular files of src, sub-folders included, into dst with
// at most the given number of workers. After each file it calls progress with
// the number of files copied and the number of files in all; calls never
// overlap. It stops at the first error.
func CopyDir(
	ctx context.Context, src, dst *os.Root, workers int, progress func(done, total int),
) error {
	files, err := regularFiles(src)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	done := 0
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for _, name := range files {
		g.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err := copyFile(src, dst, name); err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			done++
			progress(done, len(files))
			return nil
		})
	}
	return g.Wait()
}

// copyFile copies one file and makes the folders it stands in. A copy that
// fails half-way is removed.
func copyFile(src, dst *os.Root, name string) (err error) {
	in, err := src.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := dst.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	out, err := dst.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := out.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			dst.Remove(name)
		}
	}()
	_, err = io.Copy(out, in)
	return err
}

// regularFiles lists the regular files of a folder tree, in lexical order.
func regularFiles(root *os.Root) ([]string, error) {
	var names []string
	err := fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	})
	return names, err
}

// Files writes n files of the given size into dst, ten to a folder: something
// for CopyDir to work on.
func Files(dst *os.Root, n, size int) error {
	for i := range n {
		folder := fmt.Sprintf("part%d", i/10+1)
		if err := dst.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		content := make([]byte, size)
		for j := range content {
			content[j] = byte(i + j)
		}
		if err := dst.WriteFile(fmt.Sprintf("%s/%03d.bin", folder, i+1), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
