package study

import (
	"bytes"
	"net/http"
	"path"
	"strings"
	"time"
)

// pictureTypes are what a notebook's prose may show from files beside it. They
// come with the policy of the API: nothing in them runs, also not in an SVG
// that is opened by itself.
var pictureTypes = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
	".webp": "image/webp", ".svg": "image/svg+xml",
}

// picture serves a picture of the folder, and reports whether the request was
// for one. There is none for a notebook that was asked for alone.
func (f *folder) picture(w http.ResponseWriter, r *http.Request, key string) bool {
	kind, ok := pictureTypes[strings.ToLower(path.Ext(key))]
	if !ok {
		return false
	}
	data, err := readFile(f.root, key)
	if err != nil || hidden(key) {
		http.NotFound(w, r)
		return true
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("ETag", etag(data))
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	return true
}

// hidden reports whether some part of a path begins with a dot.
func hidden(key string) bool {
	return strings.HasPrefix(key, ".") || strings.Contains(key, "/.")
}
