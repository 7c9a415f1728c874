package handout

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"lanebook/internal/notebook"
)

//go:embed index.html
var indexHTML string

// maxImage is the largest picture that is put into a page. Arbitrary.
const maxImage = 20 << 20

// imageTypes are the kinds of pictures that prose may refer to.
var imageTypes = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".gif": "image/gif", ".webp": "image/webp", ".svg": "image/svg+xml",
}

// entry is one line of the index.
type entry struct{ Lang, File, Title, Summary string }

// Write writes a page for every notebook and index.html into the folder dir,
// which it makes if need be, and returns the paths it wrote. Notebooks of
// several folders keep their folders: en/13-pools.html, zh/13-pools.html.
// Every notebook is read before anything is written.
func Write(files []string, dir string) (written []string, err error) {
	names, err := pageNames(files)
	if err != nil {
		return nil, err
	}
	pages := make([]Page, len(files))
	for i, file := range files {
		if pages[i], err = readPage(file, names[i], names); err != nil {
			return nil, err
		}
	}
	var entries []entry
	for i, p := range pages {
		out := filepath.Join(dir, filepath.FromSlash(names[i]))
		if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
			return written, err
		}
		if err := notebook.WriteAtomic(out, p.HTML); err != nil {
			return written, err
		}
		written = append(written, out)
		entries = append(entries, entry{htmlLang(p.Lang), (&url.URL{Path: names[i]}).String(), p.Title, p.Summary})
	}
	index, err := indexPage(entries, pages)
	if err != nil {
		return written, err
	}
	out := filepath.Join(dir, "index.html")
	return append(written, out), notebook.WriteAtomic(out, index)
}

// pageNames gives every notebook the name of its page, with slashes, below
// the folder that all notebooks have in common.
func pageNames(files []string) ([]string, error) {
	paths := make([]string, len(files))
	common := ""
	for i, file := range files {
		abs, err := filepath.Abs(file)
		if err != nil {
			return nil, err
		}
		paths[i] = filepath.ToSlash(abs)
		dir := path.Dir(paths[i])
		if i == 0 {
			common = dir
		}
		for common != "/" && dir != common && !strings.HasPrefix(dir, common+"/") {
			common = path.Dir(common)
		}
	}
	seen := map[string]string{"index.html": "the index"}
	for i, p := range paths {
		name := strings.TrimPrefix(strings.TrimPrefix(p, common), "/")
		name = strings.TrimSuffix(name, ".ipynb") + ".html"
		if other := seen[name]; other != "" {
			return nil, fmt.Errorf("%s: its page %s would overwrite that of %s", files[i], name, other)
		}
		seen[name], paths[i] = files[i], name
	}
	return paths, nil
}

func readPage(file, name string, all []string) (Page, error) {
	nb, err := notebook.ReadFile(file)
	if err != nil {
		return Page{}, err
	}
	up := strings.Repeat("../", strings.Count(name, "/"))
	p, err := New(nb, Options{
		Name:  strings.TrimSuffix(filepath.Base(file), ".ipynb"),
		Index: up + "index.html",
		Link:  func(dest string) string { return link(file, name, all, dest) },
	})
	if err != nil {
		return Page{}, fmt.Errorf("%s: %w", file, err)
	}
	return p, nil
}

// link makes a page independent of the notebook's folder: pictures in it are
// put into the page, and links to other notebooks lead to their pages.
func link(file, name string, all []string, dest string) string {
	u, err := url.Parse(dest)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return dest
	}
	if target, ok := strings.CutSuffix(u.Path, ".ipynb"); ok {
		for _, other := range all {
			if other == path.Join(path.Dir(name), target+".html") {
				u.Path = target + ".html"
				return u.String()
			}
		}
		return dest
	}
	if mime := imageTypes[strings.ToLower(path.Ext(u.Path))]; mime != "" {
		if data, err := readBeside(file, u.Path); err == nil {
			return "data:" + mime + ";base64," + base64.StdEncoding.EncodeToString(data)
		}
	}
	return dest
}

// readBeside reads a file from the notebook's folder, and from nowhere else:
// a notebook from a stranger must not carry our files away.
func readBeside(file, name string) ([]byte, error) {
	root, err := os.OpenRoot(filepath.Dir(file))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxImage+1))
	if err == nil && len(data) > maxImage {
		err = fmt.Errorf("%s: larger than %d MB", name, maxImage>>20)
	}
	return data, err
}

func indexPage(entries []entry, pages []Page) ([]byte, error) {
	lang := "en"
	if len(pages) > 0 {
		lang = pages[0].Lang
	}
	say, err := words(lang)
	if err != nil {
		return nil, err
	}
	tmpl, err := template.New("index").Funcs(template.FuncMap{"t": say}).Parse(indexHTML)
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	err = tmpl.Execute(&buf, map[string]any{"Lang": htmlLang(lang), "Style": template.CSS(styleCSS), "Entries": entries})
	return buf.Bytes(), err
}
