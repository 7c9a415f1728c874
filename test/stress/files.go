package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"lanebook/test/client"
)

// fullDisk gives a kernel a small disk of its own and fills it.
func fullDisk(t *trial) error {
	disk, err := os.MkdirTemp("", "lanebook-disk")
	if err != nil {
		return err
	}
	defer os.RemoveAll(disk)
	if out, err := exec.CommandContext(t.ctx, "mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: a disk to fill needs the rights of root: %s", errSkipped, strings.TrimSpace(string(out)))
	}
	defer syscall.Unmount(disk, 0)
	k, err := t.start(client.Options{Temp: disk})
	if err != nil {
		return err
	}
	defer k.Close() // before the disk goes
	t.kernels = nil
	if err := t.alive(k); err != nil {
		return err
	}
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 8<<20), 0o600); err == nil {
		return errors.New("the disk is larger than expected")
	}
	got, err := k.Execute(t.ctx, "fmt.Println(\"no room\")")
	if err != nil {
		return err
	}
	if err := want(got, "DiskFull: the disk is full", ""); err != nil {
		return err
	}
	if err := os.Remove(ballast); err != nil {
		return err
	}
	return t.alive(k)
}

func deletedFolder(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	if err := t.alive(k); err != nil {
		return err
	}
	homes, err := filepath.Glob(filepath.Join(k.Temp, "lanebook-*"))
	if err != nil || len(homes) != 1 {
		return fmt.Errorf("temporary folders: %v, %v", homes, err)
	}
	return os.RemoveAll(homes[0])
}

func brokenGoMod(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	got, err := k.Execute(t.ctx, "!*echo nonsense > go.mod")
	if err != nil || got.Failed {
		return fmt.Errorf("%v %s", err, got.Problem)
	}
	if got, err = k.Execute(t.ctx, "fmt.Println(1)"); err != nil {
		return err
	}
	if err := want(got, "ModuleError: the go.mod of this session cannot be used: %reset go.mod", ""); err != nil {
		return err
	}
	got, err = k.Execute(t.ctx, "%reset go.mod")
	if err != nil || got.Failed {
		return fmt.Errorf("%v %s", err, got.Problem)
	}
	return nil
}

// removedGo gives a kernel a Go of its own, made of links, and removes its
// tools.
func removedGo(t *trial) error {
	out, err := exec.CommandContext(t.ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "lanebook-go")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	root := filepath.Join(dir, "go")
	if err := linkTree(strings.TrimSpace(string(out)), root); err != nil {
		return fmt.Errorf("%w: cannot make a second Go: %w", errSkipped, err)
	}
	k, err := t.start(client.Options{Env: []string{"GOROOT=" + root, "PATH=" + filepath.Join(root, "bin") + ":" + os.Getenv("PATH")}})
	if err != nil {
		return err
	}
	if err := t.alive(k); err != nil {
		return err
	}
	tools := filepath.Join(root, "pkg", "tool")
	if err := os.Rename(tools, tools+".moved"); err != nil {
		return err
	}
	got, err := k.Execute(t.ctx, "fmt.Println(\"without Go\")")
	if err != nil {
		return err
	}
	if err := want(got, "ToolchainError: Go is gone: there is no "+tools, ""); err != nil {
		return err
	}
	if err := os.Rename(tools+".moved", tools); err != nil {
		return err
	}
	err = errors.Join(t.alive(k), k.Close()) // before its Go goes
	t.kernels = nil
	return err
}

// linkTree copies a folder by hard links.
func linkTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		switch {
		case d.IsDir() && d.Name() == "testdata":
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		case d.Type().IsRegular():
			return os.Link(path, filepath.Join(to, rel))
		}
		return nil
	})
}

func deletedNotebookFolder(t *trial) error {
	k, err := t.start(client.Options{})
	if err != nil {
		return err
	}
	moved := k.Dir + ".moved"
	if err := os.Rename(k.Dir, moved); err != nil {
		return err
	}
	got, err := k.Execute(t.ctx, "fmt.Println(1)")
	if err != nil {
		return err
	}
	if err := want(got, "CommandError: there is no folder "+filepath.Clean(k.Dir), ""); err != nil {
		return err
	}
	return os.Rename(moved, k.Dir)
}
