package lesson

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"lanebook/internal/notebook"
)

// languages are the folders under lessons/ and notebooks/. The first one is
// what the others are compared with.
var languages = []string{"en", "zh"}

// File is a notebook as it should be on disk.
type File struct {
	Path    string // notebooks/en/13-pools.ipynb
	Data    []byte
	Changes []string // how the file on disk differs; empty when it is as it should be
}

var lessonName = regexp.MustCompile(`^[0-9][0-9]-[a-z0-9]+(-[a-z0-9]+)*\.md$`)

// BuildAll makes the notebooks of all lessons below root. A lesson with
// problems of its own yields no file; problems between the two languages are
// reported and the files are still made.
func BuildAll(root fs.FS) (files []File, problems []Problem, err error) {
	chapters := map[string][]*Lesson{}
	for _, lang := range languages {
		names, err := lessonNames(root, lang)
		if err != nil {
			return nil, nil, err
		}
		for _, name := range names {
			file := path.Join("lessons", lang, name)
			if !lessonName.MatchString(name) {
				problems = append(problems, Problem{file, 0, "want a name such as 13-pools.md"})
				continue
			}
			l, found := Load(root, file)
			problems = append(problems, found...)
			chapters[l.Name] = append(chapters[l.Name], l)
			if len(found) > 0 {
				continue
			}
			f, err := build(root, l)
			if err != nil {
				return nil, nil, err
			}
			files = append(files, f)
		}
	}
	problems = append(problems, compareChapters(chapters)...)
	stale, err := staleNotebooks(root, chapters)
	return files, sorted(append(problems, stale...)), err
}

// sorted orders problems by place and drops what both languages report, such
// as a broken snippet.
func sorted(problems []Problem) []Problem {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(problems)
}

func lessonNames(root fs.FS, lang string) (names []string, err error) {
	entries, err := fs.ReadDir(root, path.Join("lessons", lang))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		if path.Ext(e.Name()) == ".md" && e.Name() != "README.md" {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

func build(root fs.FS, l *Lesson) (File, error) {
	f := File{Path: path.Join("notebooks", l.Lang, l.Name+".ipynb")}
	data, err := fs.ReadFile(root, f.Path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	var old *notebook.Notebook
	if err == nil {
		if old, err = notebook.Parse(data); err != nil {
			return f, fmt.Errorf("%s: %w", f.Path, err)
		}
	}
	nb := l.Notebook(old)
	if f.Data, err = nb.Bytes(); err != nil {
		return f, fmt.Errorf("%s: %w", f.Path, err)
	}
	if string(f.Data) != string(data) {
		f.Changes = changes(old, nb)
	}
	return f, nil
}

// changes says what a rebuild does to the notebook on disk.
func changes(old, nb *notebook.Notebook) (out []string) {
	if old == nil {
		return []string{"the notebook is missing"}
	}
	was := map[string]*notebook.Cell{}
	for i := range old.Cells {
		was[old.Cells[i].ID] = &old.Cells[i]
	}
	for i := range nb.Cells {
		c := &nb.Cells[i]
		o := was[c.ID]
		delete(was, c.ID)
		switch {
		case o == nil:
			out = append(out, fmt.Sprintf("cell %q is new", c.ID))
		case o.Source != c.Source:
			out = append(out, fmt.Sprintf("cell %q: %s", c.ID, firstDifference(o.Source, c.Source, "notebook", "lesson")))
		case o.Type != c.Type:
			out = append(out, fmt.Sprintf("cell %q was %s and is %s", c.ID, o.Type, c.Type))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(was)) {
		out = append(out, fmt.Sprintf("cell %q is gone", id))
	}
	if len(out) == 0 {
		out = append(out, "metadata, the order of cells or the format of the file")
	}
	return out
}

// staleNotebooks finds notebooks whose lesson is gone.
func staleNotebooks(root fs.FS, chapters map[string][]*Lesson) (problems []Problem, err error) {
	for _, lang := range languages {
		files, err := fs.Glob(root, path.Join("notebooks", lang, "*.ipynb"))
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			name := strings.TrimSuffix(path.Base(file), ".ipynb")
			if !slices.ContainsFunc(chapters[name], func(l *Lesson) bool { return l.Lang == lang }) {
				problems = append(problems, Problem{file, 0, fmt.Sprintf("there is no lessons/%s/%s.md", lang, name)})
			}
		}
	}
	return problems, nil
}
