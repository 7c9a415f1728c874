package study

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"slices"

	"lanebook/internal/notebook"
	"lanebook/internal/render"
)

func (c *course) kept(key, file string) (*notebook.Notebook, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	root, err := c.root(false)
	if err != nil {
		return nil, missing(key, fs.ErrNotExist)
	}
	return readKept(root, key+".ipynb", file)
}

func (c *course) discard(key, file string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	root, err := c.root(false)
	if err != nil {
		return missing(key, fs.ErrNotExist)
	}
	return removeKept(root, key+".ipynb", file)
}

func (f *folder) kept(key, file string) (*notebook.Notebook, error) {
	return readKept(f.root, key, file)
}

func (f *folder) discard(key, file string) error {
	return removeKept(f.root, key, file)
}

// keptName is the file's path if it is one of the notebook's; nothing else can
// be named here.
func keptName(root *os.Root, name, file string) (string, error) {
	if !slices.Contains(conflicts(root, name), file) {
		return "", fail(404, "there is no kept version %q of this notebook", file)
	}
	return path.Join(path.Dir(name), file), nil
}

func readKept(root *os.Root, name, file string) (*notebook.Notebook, error) {
	full, err := keptName(root, name, file)
	if err != nil {
		return nil, err
	}
	data, err := readFile(root, full)
	if err != nil {
		return nil, missing(file, err)
	}
	nb, err := notebook.Parse(data)
	if err != nil {
		return nil, fail(422, "%s cannot be read: %v", file, err)
	}
	return nb, nil
}

func removeKept(root *os.Root, name, file string) error {
	full, err := keptName(root, name, file)
	if err != nil {
		return err
	}
	if err := root.Remove(full); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unsaved(err)
	}
	return nil
}

// getKept answers with the cells of a kept version, for the page to compare.
func (s *Server) getKept(w http.ResponseWriter, key, file string) error {
	nb, err := s.shelf.kept(key, file)
	if err != nil {
		return err
	}
	// What pages leave out is nothing to compare.
	nb.Cells = slices.DeleteFunc(nb.Cells, func(c notebook.Cell) bool { return c.HasTag(render.SetupTag) })
	writeJSON(w, http.StatusOK, map[string]any{"kept": file, "cells": cellsJSON(version{Notebook: nb})})
	return nil
}
