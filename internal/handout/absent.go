package handout

import (
	"html"
	"html/template"
	"regexp"
	"strings"

	"lanebook/internal/render"
)

var (
	imageTag = regexp.MustCompile(`<img [^>]*>`)
	quoted   = regexp.MustCompile(`(src|alt)="([^"]*)"`)
)

// bringAlong puts words in the place of pictures that the page does not carry
// with it: files that are not there, and those that a browser would have to
// fetch, which would tell their owner who reads the page. It reports them to
// absent.
func bringAlong(cell *render.Cell, say func(key string, args ...any) (string, error), absent func(src string)) error {
	var failed error
	replace := func(img string) string {
		about := map[string]string{}
		for _, m := range quoted.FindAllStringSubmatch(img, -1) {
			about[m[1]] = html.UnescapeString(m[2])
		}
		if strings.HasPrefix(about["src"], "data:image/") {
			return img
		}
		absent(about["src"])
		words, err := say("absent", "alt", about["alt"], "src", about["src"])
		if err != nil {
			failed = err
		}
		return `<span class="absent">` + html.EscapeString(words) + `</span>`
	}
	cell.HTML = template.HTML(imageTag.ReplaceAllStringFunc(string(cell.HTML), replace))
	cell.Outputs = template.HTML(imageTag.ReplaceAllStringFunc(string(cell.Outputs), replace))
	return failed
}
