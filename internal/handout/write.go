package handout

import (
	"errors"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"lanebook/internal/notebook"
)

// entry is one line of the index.
type entry struct{ Lang, File, Title, Summary string }

// Write writes a page for every notebook and index.html into the folder dir,
// which it makes if need be, and returns the paths it wrote. Notebooks of
// several folders keep their folders: en/13-pools.html, zh/13-pools.html.
// Solutions that stand apart are in the folder solutions, and the index does
// not lead there. Every notebook is read before anything is written.
func Write(paths []string, dir string, opts Options) (written []string, err error) {
	sources, err := readAll(paths)
	if err != nil {
		return nil, err
	}
	var out folder
	out.dir = dir
	var entries []entry
	for i, src := range sources {
		page, err := New(src, opts)
		if err != nil {
			return nil, &os.PathError{Op: "handout", Path: paths[i], Err: err}
		}
		out.add(src.Name+".html", page.HTML)
		entries = append(entries, newEntry(src.Name, page))
		if opts.Slides || (opts.Solutions != "" && opts.Solutions != Apart) {
			continue
		}
		answers, any, err := NewSolutions(src, opts)
		if err != nil {
			return nil, &os.PathError{Op: "handout", Path: paths[i], Err: err}
		}
		if any {
			out.add("solutions/"+src.Name+".html", answers.HTML)
		}
	}
	return out.write(entries)
}

// WritePairs is Write for notebooks that come in two languages each: those of
// the same name in two folders become one page.
func WritePairs(paths []string, dir string, opts Options) (written []string, err error) {
	sources, err := readAll(paths)
	if err != nil {
		return nil, err
	}
	sides := map[string][]Source{}
	var order []string
	for _, src := range sources {
		name := path.Base(src.Name)
		if sides[name] == nil {
			order = append(order, name)
		}
		sides[name] = append(sides[name], src)
	}
	out := folder{dir: dir}
	var entries []entry
	for _, name := range order {
		if len(sides[name]) != 2 {
			return nil, errors.New(name + ".ipynb: side by side needs two notebooks of this name, in two folders, such as en/ and zh/")
		}
		left, right := sides[name][0], sides[name][1]
		left.Name = name
		page, err := NewPair(left, right, opts)
		if err != nil {
			return nil, err
		}
		out.add(name+".html", page.HTML)
		entries = append(entries, newEntry(name, page))
	}
	return out.write(entries)
}

func newEntry(name string, p Page) entry {
	return entry{htmlLang(p.Lang), (&url.URL{Path: name + ".html"}).String(), p.Title, p.Summary}
}

// folder collects pages until all of them are ready.
type folder struct {
	dir   string
	names []string // with slashes, below dir
	pages [][]byte
}

func (f *folder) add(name string, page []byte) {
	f.names, f.pages = append(f.names, name), append(f.pages, page)
}

// write puts all pages and an index into the folder.
func (f *folder) write(entries []entry) (written []string, err error) {
	lang := "en"
	if len(entries) > 0 && !slices.ContainsFunc(entries, func(e entry) bool { return e.Lang == "en" }) {
		lang = "zh"
	}
	index, err := execute("index.html", lang, map[string]any{"Lang": htmlLang(lang), "Entries": entries})
	if err != nil {
		return nil, err
	}
	f.add("index.html", index)
	for i, name := range f.names {
		if first := slices.Index(f.names, name); first < i {
			return nil, errors.New("two pages would be called " + name + "; rename one of the notebooks")
		}
	}
	for i, name := range f.names {
		out := filepath.Join(f.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
			return written, err
		}
		if err := notebook.WriteAtomic(out, f.pages[i]); err != nil {
			return written, err
		}
		written = append(written, out)
	}
	return written, nil
}

// readAll reads all notebooks and finds their names and links.
func readAll(paths []string) ([]Source, error) {
	names, err := pageNames(paths)
	if err != nil {
		return nil, err
	}
	sources := make([]Source, len(paths))
	for i, file := range paths {
		nb, err := notebook.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(names[i], ".html")
		sources[i] = Source{Notebook: nb, Name: name, Link: func(dest string) string {
			return link(file, names[i], names, dest)
		}}
	}
	return sources, nil
}
