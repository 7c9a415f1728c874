package handout

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// maxImage is the largest picture that is put into a page. Arbitrary.
const maxImage = 20 << 20

// imageTypes are the kinds of pictures that prose may refer to.
var imageTypes = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".gif": "image/gif", ".webp": "image/webp", ".svg": "image/svg+xml",
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
