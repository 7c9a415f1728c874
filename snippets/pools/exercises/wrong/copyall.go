package wrong

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// files calls f for every file of src.
func files(src *os.Root, f func(name string) error) error {
	return fs.WalkDir(src.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		return f(name)
	})
}

// copyFile copies one file.
func copyFile(src, dst *os.Root, name string) error {
	data, err := src.ReadFile(name)
	if err == nil {
		err = dst.MkdirAll(path.Dir(name), 0o755)
	}
	if err == nil {
		err = dst.WriteFile(name, data, 0o644)
	}
	return err
}

// SilentCopyAll goes on, and keeps the errors to itself.
func SilentCopyAll(ctx context.Context, src, dst *os.Root) (copied int, err error) {
	err = files(src, func(name string) error {
		if copyFile(src, dst, name) == nil {
			copied++
		}
		return ctx.Err()
	})
	return copied, err
}

// LastCopyAll remembers one error, the last.
func LastCopyAll(ctx context.Context, src, dst *os.Root) (copied int, err error) {
	var last error
	err = files(src, func(name string) error {
		if err := copyFile(src, dst, name); err != nil {
			last = fmt.Errorf("copy %s: %w", name, err)
		} else {
			copied++
		}
		return ctx.Err()
	})
	if err == nil {
		err = last
	}
	return copied, err
}

// ProudCopyAll counts what it has tried, not what it has done.
func ProudCopyAll(ctx context.Context, src, dst *os.Root) (copied int, err error) {
	var all error
	err = files(src, func(name string) error {
		copied++
		if err := copyFile(src, dst, name); err != nil {
			all = fmt.Errorf("copy %s: %w (%v)", name, err, all)
		}
		return ctx.Err()
	})
	if err == nil {
		err = all
	}
	return copied, err
}

// DeafCopyAll does not stop when it is told to.
func DeafCopyAll(_ context.Context, src, dst *os.Root) (copied int, err error) {
	var all error
	err = files(src, func(name string) error {
		if err := copyFile(src, dst, name); err != nil {
			all = fmt.Errorf("copy %s: %w (%v)", name, err, all)
		} else {
			copied++
		}
		return nil
	})
	if err == nil {
		err = all
	}
	return copied, err
}

// FatalCopyAll ends the program when something goes wrong.
func FatalCopyAll(ctx context.Context, src, dst *os.Root) (copied int, err error) {
	err = files(src, func(name string) error {
		if err := copyFile(src, dst, name); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		copied++
		return ctx.Err()
	})
	return copied, err
}
