package render

import (
	"html"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"lanebook/internal/notebook"
)

// SolutionTag marks cells that a page keeps closed until the reader asks.
const SolutionTag = "solution"

// SetupTag marks a cell that only other kernels need; pages leave it out.
const SetupTag = "setup"

// Chapter is a notebook ready to be put on a page.
type Chapter struct {
	Lang     string // en, zh or "", the language of the prose
	Code     string // language of the code cells, "go" unless the notebook says otherwise
	Title    string // text of the first heading; empty without one
	Contents []Heading
	Parts    []Part
}

// Heading is one entry of the table of contents.
type Heading struct {
	Level    int
	Text, ID string
}

// Part is a run of cells that is shown or kept closed together.
type Part struct {
	Solution bool
	Cells    []Cell
}

// Cell is one cell of a chapter.
type Cell struct {
	ID       string
	Type     string // code, markdown, raw, or whatever the notebook says
	Number   int    // position among the code cells, from 1; 0 for others
	Count    int    // recorded execution count; 0 when there is none
	Source   string
	HTML     template.HTML // rendered prose, highlighted code, or escaped text
	Outputs  template.HTML // recorded outputs; empty when there are none
	Tags     []string
	Headings []Heading // of prose
	For      string    // of a hint or a solution: the id of its exercise
}

// HasTag reports whether the cell carries a tag.
func (c Cell) HasTag(tag string) bool { return slices.Contains(c.Tags, tag) }

// Form says for which page a chapter is rendered.
type Form struct {
	Lang string                   // en, zh or "", the language of the prose
	Link func(dest string) string // rewrites the destinations of links and images in prose; nil leaves them
	Data bool                     // pictures carry what they are drawn from, see [Bundle]
}

// NewChapter renders every cell of a notebook that is for readers.
func NewChapter(nb *notebook.Notebook, form Form) Chapter {
	c := Chapter{Lang: form.Lang, Code: nb.Language()}
	if c.Code == "" {
		c.Code = "go"
	}
	ids := map[string]bool{}
	for _, cell := range nb.Cells {
		ids["cell-"+cell.ID] = true
	}
	number := 0
	for i := range nb.Cells {
		src := &nb.Cells[i]
		if src.HasTag(SetupTag) {
			number++ // it counts: recorded pictures name cells by it
			continue
		}
		cell := Cell{ID: src.ID, Type: src.Type, Source: src.Source, Tags: src.Tags(), For: exerciseOf(src)}
		switch src.Type {
		case notebook.Code:
			number++
			cell.Number = number
			if src.ExecutionCount != nil {
				cell.Count = *src.ExecutionCount
			}
			cell.HTML = Code(src.Source, c.Code)
			cell.Outputs = Outputs(src.Outputs, form.Data)
		case notebook.Markdown:
			o := Options{Lang: form.Lang, Anchor: src.ID + "-", Link: attachments(src, form.Link)}
			o.Heading = func(level int, text, id string) string {
				id = unique(ids, id)
				cell.Headings = append(cell.Headings, c.heading(level, text, id))
				return id
			}
			cell.HTML = o.prose(src)
		default:
			cell.HTML = Code(src.Source, "")
		}
		c.add(cell, src.HasTag(SolutionTag))
	}
	return c
}

// exerciseOf is the exercise that a hint or a solution says it belongs to.
func exerciseOf(c *notebook.Cell) string {
	ours, _ := c.Metadata["lanebook"].(map[string]any)
	id, _ := ours["for"].(string)
	return id
}

// prose renders a cell of Markdown. A cell that is one fold is taken apart:
// the parser would not see that a fold is a block. A solution loses its own
// fold, because the page folds the part as a whole.
func (o Options) prose(c *notebook.Cell) template.HTML {
	summary, body, ok := notebook.Unfold(c.Source)
	switch {
	case !ok:
		return o.Markdown(c.Source)
	case c.HasTag(SolutionTag):
		return o.Markdown(body)
	}
	return template.HTML("<details>\n<summary>"+html.EscapeString(summary)+"</summary>\n") + o.Markdown(body) + "</details>\n"
}

func (c *Chapter) heading(level int, text, id string) Heading {
	if c.Title == "" && level == 1 {
		c.Title = text
	}
	h := Heading{Level: level, Text: text, ID: id}
	c.Contents = append(c.Contents, h)
	return h
}

func (c *Chapter) add(cell Cell, solution bool) {
	if n := len(c.Parts); n > 0 && c.Parts[n-1].Solution == solution {
		c.Parts[n-1].Cells = append(c.Parts[n-1].Cells, cell)
		return
	}
	c.Parts = append(c.Parts, Part{Solution: solution, Cells: []Cell{cell}})
}

// unique makes an id that no other element of the page has.
func unique(taken map[string]bool, id string) string {
	if id == "" {
		id = "section"
	}
	for n, base := 2, id; taken[id]; n++ {
		id = base + "-" + strconv.Itoa(n)
	}
	taken[id] = true
	return id
}

// attachments resolves "attachment:name" against the pictures that a cell
// carries with it, and passes everything else on.
func attachments(cell *notebook.Cell, link func(string) string) func(string) string {
	files, _ := cell.Extra["attachments"].(map[string]any)
	return func(dest string) string {
		if name, ok := strings.CutPrefix(dest, "attachment:"); ok {
			forms, _ := files[name].(map[string]any)
			for mime, data := range forms {
				return "data:" + mime + ";base64," + strings.Join(strings.Fields(text(data)), "")
			}
		}
		if link == nil {
			return dest
		}
		return link(dest)
	}
}

// Outputs renders the outputs of one cell, in order. Text written to one
// stream in several pieces is joined. data is that of [Bundle].
func Outputs(outs []notebook.Output, data bool) template.HTML {
	var b strings.Builder
	for i := 0; i < len(outs); i++ {
		o := outs[i]
		for o.Type == notebook.Stream && i+1 < len(outs) &&
			outs[i+1].Type == notebook.Stream && outs[i+1].Name == o.Name {
			i++
			o.Text += outs[i].Text
		}
		b.WriteString(string(Output(o, data)))
	}
	return template.HTML(b.String())
}

// Output renders one output; it is empty for a kind that cannot be shown. data
// is that of [Bundle].
func Output(o notebook.Output, data bool) template.HTML {
	switch o.Type {
	case notebook.Stream:
		return Stream(o.Name, o.Text)
	case notebook.DisplayData, notebook.ExecuteResult:
		return Bundle(o.Data, data)
	case notebook.Error:
		if len(o.Traceback) == 0 {
			return Traceback([]string{o.EName + ": " + o.EValue})
		}
		return Traceback(o.Traceback)
	}
	return ""
}
