// Package kernelspec tells Jupyter about our kernel: it writes kernel.json and
// the logos into a folder where Jupyter looks for kernels. It does not start
// any, and it asks no Jupyter that may be installed.
//
// Where Jupyter looks: https://docs.jupyter.org/en/stable/use/jupyter-directories.html
package kernelspec

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

//go:embed logos
var logos embed.FS

// Spec is the content of a kernel.json.
type Spec struct {
	Argv          []string       `json:"argv"`
	DisplayName   string         `json:"display_name"`
	Language      string         `json:"language"`
	InterruptMode string         `json:"interrupt_mode"`
	Metadata      map[string]any `json:"metadata"`
}

// New returns the spec of the kernel that a lanebook binary is. Jupyter
// replaces {connection_file}.
func New(binary string) Spec {
	return Spec{
		Argv:        []string{binary, "kernel", "-f", "{connection_file}"},
		DisplayName: "Go (lanebook)",
		Language:    "go",
		// A signal would reach the kernel, not the cell that it supervises.
		InterruptMode: "message",
		Metadata:      map[string]any{"debugger": false},
	}
}

// Environment is what the place of a user's kernels depends on.
type Environment struct {
	OS     string // runtime.GOOS
	Home   string
	Getenv func(string) string
}

// UserDir is the folder where Jupyter looks for this user's kernels.
func (e Environment) UserDir() (string, error) {
	if dir := e.Getenv("JUPYTER_DATA_DIR"); dir != "" {
		return filepath.Join(dir, "kernels"), nil
	}
	if e.OS != "darwin" {
		// The XDG specification: what is not absolute is to be ignored.
		if dir := e.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
			return filepath.Join(dir, "jupyter", "kernels"), nil
		}
	}
	switch {
	case e.Home == "":
		return "", errors.New("find Jupyter's folder: neither HOME nor JUPYTER_DATA_DIR is set")
	case e.OS == "darwin":
		return filepath.Join(e.Home, "Library", "Jupyter", "kernels"), nil
	}
	return filepath.Join(e.Home, ".local", "share", "jupyter", "kernels"), nil
}

// PrefixDir is the folder where a Jupyter that is installed under prefix, such
// as a virtual environment, looks for kernels.
func PrefixDir(prefix string) string {
	return filepath.Join(prefix, "share", "jupyter", "kernels")
}

// validName is what Jupyter accepts as a kernel's name.
var validName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// Install writes a spec and its logos to the folder name in dir, and returns
// that folder. A spec of the same name is replaced; at no moment does Jupyter
// see half of one.
func Install(dir, name string, spec Spec) (string, error) {
	if !validName.MatchString(name) || name == "." || name == ".." {
		return "", fmt.Errorf("install kernel: name %q may only have letters, digits, dots, dashes and underscores", name)
	}
	target := filepath.Join(dir, name)
	if err := install(target, spec); err != nil {
		return "", fmt.Errorf("install kernel: %w", err)
	}
	return target, nil
}

func install(target string, spec Spec) error {
	if err := os.MkdirAll(target, 0o755); err != nil {
		return err
	}
	entries, err := logos.ReadDir("logos")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		data, err := logos.ReadFile("logos/" + entry.Name())
		if err != nil {
			return err
		}
		if err := replace(filepath.Join(target, entry.Name()), data); err != nil {
			return err
		}
	}
	data, err := json.MarshalIndent(spec, "", "  ")
	if err != nil {
		return err
	}
	// Last: a folder without kernel.json is no kernel yet.
	return replace(filepath.Join(target, "kernel.json"), append(data, '\n'))
}

// replace puts data in place of a file in one step.
func replace(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone when all went well
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644) // others may read it: CreateTemp is strict
	}
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
