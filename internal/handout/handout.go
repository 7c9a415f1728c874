// Package handout turns notebooks into pages to print or to pass on: one HTML
// file a notebook that needs no script, no server and no other file, and an
// index. Outputs are those recorded in the notebook; nothing is run. The same
// notebook can also become slides, and a notebook in two languages one page
// with two columns. Any notebook will do, in any programming language.
package handout

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"strings"

	"lanebook/internal/notebook"
	"lanebook/internal/render"
)

//go:embed page.html slides.html pair.html index.html parts.html style.css slides.css
var files embed.FS

// Solutions says where the solutions of exercises go.
type Solutions string

const (
	Apart    Solutions = "apart"    // pages of their own, for the teacher; what the zero value means
	Appendix Solutions = "appendix" // the end of the page
	None     Solutions = "none"     // nowhere
)

// Options say what is put on the pages. The zero value is a page with
// everything but the solutions.
type Options struct {
	Exercises bool      // only the sections that hold exercises
	NoOutputs bool      // leave out what the cells printed and drew
	Solutions Solutions // of exercises; Apart when empty
	Large     bool      // large print
	Slides    bool      // slides instead of a page, one heading a slide
	// Warn is told in words what a page lacks, such as a picture that is not
	// there; may be nil.
	Warn func(message string)
	// URL is where learners find the notebooks, printed on every page as text
	// and as a QR code. "{name}" in it stands for the notebook's name, such as
	// en/13-pools; without it the notebook's path is appended. Empty: the page
	// says only what the notebook is called.
	URL string
}

// Source is a notebook and its place among others.
type Source struct {
	Notebook *notebook.Notebook
	Name     string                   // its path below the folder they share, without .ipynb: en/13-pools
	Link     func(dest string) string // rewrites links and images of the prose; may be nil
}

// Page is one finished page.
type Page struct {
	Lang    string // en, zh
	Title   string
	Summary string
	HTML    []byte
}

// document is what the templates show.
type document struct {
	Lang, Title string
	OtherLang   string // of the second column
	Index       string // link to the index; empty: none
	Large       bool
	Recorded    map[string]any
	Where       where
	Contents    []render.Heading
	Lead        *render.Cell // the cell with the title, before the contents
	Cells       []item
	Hints       []answer
	Answers     []answer
	Slides      []slide
	Rows        []row
}

// withLead is all cells, the one with the title too.
func (d *document) withLead() []item {
	if d.Lead == nil {
		return d.Cells
	}
	return append([]item{{Cell: *d.Lead}}, d.Cells...)
}

// New renders a notebook as a page, or as slides.
func New(src Source, opts Options) (Page, error) {
	nb := opened(src.Notebook)
	form := "page.html"
	if opts.Slides {
		nb, form = splitAtHeadings(nb), "slides.html"
	}
	return write(src, nb, opts, form, func(doc *document, c render.Chapter) {
		doc.Contents = sections(c)
		if arrange(doc, c, nb, opts); opts.Slides {
			size := ordinary
			if opts.Large {
				size = large
			}
			doc.Slides = slides(doc.withLead(), size)
		}
	})
}

// NewSolutions renders the hints and solutions of a notebook as a page of
// their own. It is false when there are none.
func NewSolutions(src Source, opts Options) (Page, bool, error) {
	nb, any := opened(src.Notebook), false
	p, err := write(src, nb, opts, "page.html", func(doc *document, c render.Chapter) {
		all := document{}
		arrange(&all, c, nb, Options{Solutions: Appendix, NoOutputs: opts.NoOutputs})
		doc.Hints, doc.Answers, doc.Recorded, doc.Index = all.Hints, all.Answers, nil, ""
		any = len(all.Answers) > 0
	})
	return p, any, err
}

// write renders the cells of nb, which was made from src, lets fill choose
// from them, and puts the result into one of the templates.
func write(src Source, nb *notebook.Notebook, opts Options, form string, fill func(*document, render.Chapter)) (Page, error) {
	about, _ := nb.Metadata["lanebook"].(map[string]any)
	page := Page{Lang: language(src.Notebook, about)}
	page.Summary, _ = about["summary"].(string)
	chapter := render.NewChapter(nb, render.Form{Lang: page.Lang, Link: src.Link})
	if page.Title = chapter.Title; page.Title == "" {
		page.Title = src.Name[strings.LastIndex(src.Name, "/")+1:]
	}
	doc := &document{Lang: htmlLang(page.Lang), Title: page.Title, Large: opts.Large}
	doc.Index = strings.Repeat("../", strings.Count(src.Name, "/")) + "index.html"
	doc.Recorded, _ = about["recorded"].(map[string]any)
	var err error
	if doc.Where, err = place(src.Name, opts.URL); err != nil {
		return Page{}, err
	}
	say, err := words(page.Lang)
	if err != nil {
		return Page{}, err
	}
	for _, part := range chapter.Parts {
		for i := range part.Cells {
			err := bringAlong(&part.Cells[i], say, func(picture string) {
				if opts.Warn != nil {
					opts.Warn(src.Name + ".ipynb: the picture " + picture + " is not in its page: it can neither be found beside the notebook nor inside of it")
				}
			})
			if err != nil {
				return Page{}, err
			}
		}
	}
	fill(doc, chapter)
	page.HTML, err = execute(form, page.Lang, doc)
	return page, err
}

// execute fills in one of the templates, with the words of a language.
func execute(form, lang string, data any) ([]byte, error) {
	say, err := words(lang)
	if err != nil {
		return nil, err
	}
	style := func(name string) (template.CSS, error) {
		css, err := files.ReadFile(name)
		return template.CSS(css), err
	}
	tmpl, err := template.New(form).Funcs(template.FuncMap{"t": say, "style": style, "short": short, "parts": parts, "leads": leads, "css": cssString}).ParseFS(files, form, "parts.html")
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	if err := tmpl.Execute(&buf, data); err != nil {
		return nil, fmt.Errorf("%s: %w", form, err)
	}
	return buf.Bytes(), nil
}

// cssString quotes a text for a style sheet.
func cssString(text string) template.CSS {
	var b strings.Builder
	for _, r := range text {
		if r < ' ' || strings.ContainsRune(`"\<>&`, r) {
			fmt.Fprintf(&b, `\%x `, r)
			continue
		}
		b.WriteRune(r)
	}
	return template.CSS(`"` + b.String() + `"`)
}
