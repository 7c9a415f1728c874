// Package handout turns notebooks into pages to print or to pass on: one HTML
// file a notebook that needs no script, no server and no other file, and an
// index. Outputs are those recorded in the notebook; nothing is run. Hints and
// solutions go to an appendix. Any notebook will do, in any language.
package handout

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"unicode"

	"lanebook/internal/notebook"
	"lanebook/internal/render"
)

//go:embed page.html
var pageHTML string

//go:embed style.css
var styleCSS string

//go:embed words.json
var wordsJSON []byte

// Page is one notebook as a handout.
type Page struct {
	Lang    string // en, zh
	Title   string
	Summary string
	HTML    []byte
}

// Options say what the page stands among.
type Options struct {
	Name  string                   // title of a notebook that has no heading
	Index string                   // link to the index; empty: none
	Link  func(dest string) string // rewrites links and images of the prose; may be nil
}

// New renders a notebook.
func New(nb *notebook.Notebook, opts Options) (Page, error) {
	about, _ := nb.Metadata["lanebook"].(map[string]any)
	lang := language(nb, about)
	say, err := words(lang)
	if err != nil {
		return Page{}, err
	}
	tmpl, err := template.New("page").Funcs(template.FuncMap{"t": say, "short": short}).Parse(pageHTML)
	if err != nil {
		return Page{}, err
	}
	chapter := render.NewChapter(unfolded(nb), lang, opts.Link)
	doc := arrange(chapter, nb)
	doc.Lang, doc.Index, doc.Style = htmlLang(lang), opts.Index, template.CSS(styleCSS)
	if doc.Title = chapter.Title; doc.Title == "" {
		doc.Title = opts.Name
	}
	doc.Recorded, _ = about["recorded"].(map[string]any)
	page := Page{Lang: lang, Title: doc.Title}
	page.Summary, _ = about["summary"].(string)
	var buf bytes.Buffer
	if err := tmpl.Execute(&buf, doc); err != nil {
		return Page{}, err
	}
	page.HTML = buf.Bytes()
	return page, nil
}

// document is what page.html shows.
type document struct {
	Lang, Title, Index string
	Style              template.CSS
	Recorded           map[string]any
	Contents           []render.Heading
	Lead               *render.Cell // the cell with the title, before the contents
	Cells              []item
	Appendix           []answer
}

// item is a cell in its place; of a cell that was moved, only the note where
// it went.
type item struct {
	render.Cell
	Moved string // id in the appendix
}

// answer is what the appendix holds for one exercise.
type answer struct {
	ID     string
	Number int // of the exercise's code cell, 0 when unknown
	Cells  []render.Cell
}

// arrange moves hints and solutions to the appendix and leaves out the setup
// cell, which means nothing on paper.
func arrange(c render.Chapter, nb *notebook.Notebook) document {
	doc := document{}
	for _, h := range c.Contents {
		if h.Level == 2 {
			doc.Contents = append(doc.Contents, h)
		}
	}
	numbers := map[string]int{}
	places := map[string]int{}
	last := ""
	for _, part := range c.Parts {
		for _, cell := range part.Cells {
			src := find(nb, cell.ID)
			switch {
			case src.HasTag("setup"):
			case src.HasTag("solution") || src.HasTag("hint"):
				id := exercise(src, last)
				if _, ok := places[id]; !ok {
					places[id] = len(doc.Appendix)
					doc.Appendix = append(doc.Appendix, answer{ID: "answer-" + id, Number: numbers[id]})
					doc.Cells = append(doc.Cells, item{Moved: "answer-" + id})
				}
				a := &doc.Appendix[places[id]]
				a.Cells = append(a.Cells, cell)
			case doc.Lead == nil && len(doc.Cells) == 0 && cell.Type == notebook.Markdown:
				doc.Lead = &cell
			default:
				doc.Cells = append(doc.Cells, item{Cell: cell})
			}
			if cell.Type == notebook.Code {
				numbers[cell.ID] = cell.Number
				if !src.HasTag("solution") {
					last = cell.ID
				}
			}
		}
	}
	return doc
}

func find(nb *notebook.Notebook, id string) *notebook.Cell {
	for i := range nb.Cells {
		if nb.Cells[i].ID == id {
			return &nb.Cells[i]
		}
	}
	return &notebook.Cell{}
}

// exercise is the id of the cell that a hint or solution is for: what its
// metadata says, else the code cell before it.
func exercise(c *notebook.Cell, last string) string {
	about, _ := c.Metadata["lanebook"].(map[string]any)
	if id, ok := about["for"].(string); ok {
		return id
	}
	return last
}

// unfolded is a copy of the notebook in which hints and solutions are open:
// paper cannot be clicked.
func unfolded(nb *notebook.Notebook) *notebook.Notebook {
	open := *nb
	open.Cells = append([]notebook.Cell(nil), nb.Cells...)
	for i := range open.Cells {
		c := &open.Cells[i]
		if summary, body, ok := notebook.Unfold(c.Source); ok && c.Type == notebook.Markdown {
			c.Source = "**" + summary + "**\n\n" + body
		}
	}
	return &open
}

// language finds out the language of the prose: what the notebook says, else
// Chinese when a tenth of its letters is.
func language(nb *notebook.Notebook, about map[string]any) string {
	if lang, ok := about["lang"].(string); ok {
		return lang
	}
	letters, han := 0, 0
	for i := range nb.Cells {
		if nb.Cells[i].Type != notebook.Markdown {
			continue
		}
		for _, r := range nb.Cells[i].Source {
			if unicode.IsLetter(r) {
				letters++
			}
			if unicode.Is(unicode.Han, r) {
				han++
			}
		}
	}
	if han*10 > letters {
		return "zh"
	}
	return "en"
}

// short reports whether code is best kept on one page of paper.
func short(source string) bool {
	return strings.Count(source, "\n") < 32 // arbitrary: half a page
}

func htmlLang(lang string) string {
	if lang == "zh" {
		return "zh-CN"
	}
	return lang
}

// words returns the function that says a key of words.json in a language, in
// English when there is no other.
func words(lang string) (func(key string, args ...any) (string, error), error) {
	var all map[string]map[string]string
	if err := json.Unmarshal(wordsJSON, &all); err != nil {
		return nil, fmt.Errorf("words.json: %w", err)
	}
	return func(key string, args ...any) (string, error) {
		text, ok := all[lang][key]
		if !ok {
			if text, ok = all["en"][key]; !ok {
				return "", fmt.Errorf("words.json has no %q", key)
			}
		}
		for i := 0; i+1 < len(args); i += 2 {
			text = strings.ReplaceAll(text, fmt.Sprintf("{%v}", args[i]), fmt.Sprint(args[i+1]))
		}
		return text, nil
	}, nil
}
