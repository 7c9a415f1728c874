package handout_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"lanebook/internal/handout"
)

// Everything that can stand on a page. What is not in these lists cannot be
// there, whatever a notebook holds.
var (
	elements = strings.Fields(`html head meta title style body main nav section div p a img h1 h2 h3 h4 h5 h6 ol ul li
		blockquote pre code span br hr em strong b i u s del ins mark small sub sup kbd samp var abbr cite dfn q time
		table caption thead tbody tfoot tr th td colgroup col details summary figure figcaption dl dt dd
		progress meter wbr ruby rt rp input svg rect path
		math semantics annotation mrow mi mo mn mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover
		mtable mtr mtd mstyle mpadded merror`)
	attributes = strings.Fields(`lang class id href src alt title style charset name content http-equiv aria-label
		aria-hidden role width height loading start reversed colspan rowspan span scope align value max min low high
		optimum open dir type checked disabled viewBox x y fill d display alttext encoding mathvariant stretchy fence separator
		form lspace rspace displaystyle scriptlevel accent accentunder linethickness columnalign`)
)

// TestHostile renders notebooks made by an enemy, in every form, and looks at
// every element and attribute of the result.
func TestHostile(t *testing.T) {
	for name, page := range hostilePages(t) {
		t.Run(name, func(t *testing.T) {
			doc, err := html.Parse(strings.NewReader(page))
			if err != nil {
				t.Fatal(err)
			}
			styles := 0
			for n := range doc.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				if n.Data == "style" {
					styles++
				}
				if !slices.Contains(elements, n.Data) {
					t.Errorf("a page holds <%s>", n.Data)
				}
				for _, a := range n.Attr {
					harmless(t, n.Data, a)
				}
			}
			if styles != 1 {
				t.Errorf("%d style elements, want ours alone", styles)
			}
		})
	}
}

func harmless(t *testing.T, element string, a html.Attribute) {
	t.Helper()
	value := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
	switch {
	case !slices.Contains(attributes, a.Key):
		t.Errorf("<%s> has %s=%q", element, a.Key, a.Val)
	case a.Key == "href":
		scheme, _, found := strings.Cut(value, ":")
		if found && !strings.ContainsAny(scheme, "/#?") && !slices.Contains([]string{"http", "https", "mailto"}, scheme) {
			t.Errorf("<%s> leads to %q", element, a.Val)
		}
	case a.Key == "src":
		if strings.Contains(strings.SplitN(value, ",", 2)[0], "script") || strings.HasPrefix(value, "data:") && !strings.HasPrefix(value, "data:image/") {
			t.Errorf("<%s> loads %.80q", element, a.Val)
		}
	case a.Key == "style":
		for _, trap := range []string{"url", "fixed", "absolute", "expression", "behavior", "-2000"} {
			if strings.Contains(value, trap) {
				t.Errorf("<%s> has style %q", element, a.Val)
			}
		}
	}
}

// hostilePages are the pages, slides and solutions of the corpus.
func hostilePages(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/hostile/*.ipynb")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus", err)
	}
	pages := map[string]string{}
	for form, opts := range map[string]handout.Options{
		"page":     {},
		"slides":   {Slides: true},
		"appendix": {Solutions: handout.Appendix, Exercises: true, URL: "https://course.example/{name}"},
	} {
		out := t.TempDir()
		written, err := handout.Write(files, out, opts)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range written {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			name, _ := filepath.Rel(out, path)
			pages[form+"/"+name] = string(data)
		}
	}
	return pages
}
