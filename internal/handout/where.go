package handout

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"rsc.io/qr"
)

// where tells a reader of paper how to come to the notebook.
type where struct {
	File string // its name
	URL  string // empty: unknown
	QR   template.HTML
	// Corner is the code once more, as an image for the corner of every sheet.
	Corner template.URL
}

// place works out the address of a notebook below the address of them all.
func place(name, base string) (where, error) {
	w := where{File: name + ".ipynb"}
	if base == "" {
		return w, nil
	}
	u, err := url.Parse(base)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" {
		return w, fmt.Errorf("%q is not the address of a web page; it begins with https://", base)
	}
	escaped := (&url.URL{Path: name}).EscapedPath()
	switch {
	case strings.Contains(base, "{name}"):
		w.URL = strings.ReplaceAll(base, "{name}", escaped)
	default:
		w.URL = strings.TrimSuffix(base, "/") + "/" + escaped + ".ipynb"
	}
	drawing, err := qrCode(w.URL)
	w.QR = template.HTML(fmt.Sprintf(drawing, `class="qr" role="img" aria-label="QR"`))
	w.Corner = template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(fmt.Appendf(nil, drawing, `xmlns="http://www.w3.org/2000/svg" width="44" height="44"`)))
	return w, err
}

// qrCode draws a QR code as SVG: one path of unit squares. It is ours, not a
// program's, so it may stand in the page as it is. The verb %s stands for the
// attributes of its root.
func qrCode(text string) (string, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", fmt.Errorf("no QR code holds the address %q: %w", text, err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	const quiet = 4 // modules of white around it, as ISO/IEC 18004 wants
	return fmt.Sprintf(`<svg %%s viewBox="%d %[1]d %d %[2]d"><rect x="%[1]d" y="%[1]d" width="%[2]d" height="%[2]d" fill="#fff"/><path d="%s" fill="#000"/></svg>`,
		-quiet, code.Size+2*quiet, path.String()), nil
}
