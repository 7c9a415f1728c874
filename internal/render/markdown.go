package render

import (
	"crypto/rand"
	"fmt"
	"html"
	"html/template"
	"io"
	"strings"

	"github.com/gomarkdown/markdown"
	"github.com/gomarkdown/markdown/ast"
	mdhtml "github.com/gomarkdown/markdown/html"
	"github.com/gomarkdown/markdown/parser"
)

// Options adapt Markdown to the page it becomes part of. The zero value is fine.
type Options struct {
	// Lang is the language of words that rendering adds: zh, else English.
	Lang string
	// Anchor keeps footnote ids of several texts on one page apart.
	Anchor string
	// Link rewrites the destination of links and images; nil leaves them.
	Link func(dest string) string
	// Heading is told of every heading and returns the id it gets; nil keeps
	// the id made from its text.
	Heading func(level int, text, id string) string
}

// Markdown renders one Markdown text with no options.
func Markdown(src string) template.HTML { return Options{}.Markdown(src) }

const extensions = parser.NoIntraEmphasis | parser.Tables | parser.FencedCode |
	parser.Autolink | parser.Strikethrough | parser.SpaceHeadings |
	parser.HeadingIDs | parser.AutoHeadingIDs | parser.BackslashLineBreak |
	parser.DefinitionLists | parser.Footnotes | parser.MathJax |
	parser.OrderedListStart | parser.NoEmptyLineBeforeBlock

// Markdown renders one Markdown text. Raw HTML in it is kept as far as it is
// harmless.
func (o Options) Markdown(src string) template.HTML {
	src = strings.ReplaceAll(src, "\r\n", "\n")
	if tangled(src) {
		return template.HTML("<pre class=\"code\"><code>" + html.EscapeString(src) + "</code></pre>\n")
	}
	p := parser.NewWithExtensions(extensions)
	p.Opts.ParserHook = quote
	p.RegisterInline('*', (&emphasis{unclosed: map[opening]bool{}}).parse)
	doc := markdown.Parse([]byte(src), p)
	o.adjust(doc)
	f := &formulas{mark: rand.Text()}
	w := mdhtml.NewRenderer(mdhtml.RendererOptions{
		Flags:                mdhtml.FootnoteReturnLinks | mdhtml.LazyLoadImages,
		FootnoteAnchorPrefix: o.Anchor,

		FootnoteReturnLinkContents: "↩",
		RenderNodeHook:             f.renderNode,
	})
	return template.HTML(f.fill(prose().SanitizeBytes(markdown.Render(doc, w))))
}

// Limits of what is parsed; arbitrary. Nobody writes so much in one text, and
// the parser's time grows with the square of it: a page of opening brackets
// would keep it busy for hours.
const (
	maxMarks    = 1000   // of one kind in one paragraph
	maxHeadings = 1000   // each is given a name that no other has
	maxLines    = 10_000 // such as items of one list
)

// tangled reports whether src has so many marks that it is better shown as it
// was written.
func tangled(src string) bool {
	headings := strings.Count(src, "# ") + strings.Count(src, "=\n") + strings.Count(src, "-\n")
	if headings > maxHeadings || strings.Count(src, "\n") > maxLines {
		return true
	}
	var count [256]int
	fence := ""
	for line := range strings.Lines(src) {
		trimmed := strings.TrimSpace(line)
		switch {
		case fence != "":
			if strings.HasPrefix(trimmed, fence) {
				fence = ""
			}
			continue
		case trimmed == "":
			count = [256]int{}
			continue
		case strings.HasPrefix(trimmed, "```") && closes(src, "```"):
			fence = "```"
			continue
		}
		for i := range len(line) {
			switch b := line[i]; b {
			case '[', '`', '<', '~', '_', '$':
				if count[b]++; count[b] > maxMarks {
					return true
				}
			}
		}
	}
	return false
}

// closes reports whether as many fences are closed in src as are opened: in
// code that is not, the parser looks for marks.
func closes(src, fence string) bool {
	return (strings.Count("\n"+src, "\n"+fence))%2 == 0
}

// adjust applies the options to the parsed text, so that rendering is plain.
func (o Options) adjust(doc ast.Node) {
	ast.WalkFunc(doc, func(node ast.Node, entering bool) ast.WalkStatus {
		if !entering {
			return ast.GoToNext
		}
		switch n := node.(type) {
		case *ast.Heading:
			if o.Heading != nil {
				n.HeadingID = o.Heading(n.Level, plainText(n), n.HeadingID)
			}
		case *ast.Link:
			if o.Link != nil && n.NoteID == 0 {
				n.Destination = []byte(o.Link(string(n.Destination)))
			}
		case *ast.Image:
			if o.Link != nil {
				n.Destination = []byte(o.Link(string(n.Destination)))
			}
		case *ast.BlockQuote:
			callout(n, o.Lang)
		case *ast.Emph:
			if o.Lang == "zh" {
				foreign(n)
			}
		case *ast.ListItem:
			task(n)
		case *ast.TableCell:
			// An empty corner is no heading of anything.
			n.IsHeader = n.IsHeader && plainText(n) != ""
		}
		return ast.GoToNext
	})
}

// task turns "[ ] text" and "[x] text" at the start of a list item into a
// check box, which gomarkdown does not know.
func task(item *ast.ListItem) {
	text := firstText(item)
	if text == nil || len(text.Literal) < 4 || text.Literal[0] != '[' ||
		text.Literal[2] != ']' || text.Literal[3] != ' ' {
		return
	}
	var box string
	switch text.Literal[1] {
	case ' ':
		box = `<input type="checkbox" disabled="" aria-label="to do"> `
	case 'x', 'X':
		box = `<input type="checkbox" checked="" disabled="" aria-label="done"> `
	default:
		return
	}
	text.Literal = text.Literal[4:]
	span := &ast.HTMLSpan{Leaf: ast.Leaf{Literal: []byte(box), Parent: text.Parent}}
	parent := text.Parent
	parent.SetChildren(append([]ast.Node{span}, parent.GetChildren()...))
}

// firstText is the text an item opens with, or nil when it opens with
// something else, such as code.
func firstText(node ast.Node) *ast.Text {
	for node != nil {
		if t, ok := node.(*ast.Text); ok {
			return t
		}
		switch node.(type) {
		case *ast.ListItem, *ast.Paragraph:
		default:
			return nil
		}
		children := node.GetChildren()
		if len(children) == 0 {
			return nil
		}
		node = children[0]
	}
	return nil
}

// plainText is what a reader would read aloud of a node.
func plainText(node ast.Node) string {
	var b strings.Builder
	ast.WalkFunc(node, func(n ast.Node, entering bool) ast.WalkStatus {
		if leaf := n.AsLeaf(); leaf != nil && entering {
			if _, raw := n.(*ast.HTMLSpan); !raw {
				b.Write(leaf.Literal)
			}
		}
		return ast.GoToNext
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// renderNode replaces gomarkdown's own rendering where ours differs.
func (f *formulas) renderNode(w io.Writer, node ast.Node, entering bool) (ast.WalkStatus, bool) {
	switch n := node.(type) {
	case *ast.CodeBlock:
		lang, _, _ := strings.Cut(strings.TrimSpace(string(n.Info)), " ")
		lang = strings.Trim(lang, "{}.")
		fmt.Fprintf(w, "<pre class=\"code\"><code>%s</code></pre>\n", Code(string(n.Literal), lang))
		return ast.GoToNext, true
	case *ast.Code:
		io.WriteString(w, inlineCode(string(n.Literal)))
		return ast.GoToNext, true
	case *ast.Math:
		fmt.Fprintf(w, `<span class="math">%s</span>`, f.formula(string(n.Literal), false))
		return ast.GoToNext, true
	case *ast.MathBlock:
		if entering {
			fmt.Fprintf(w, "<p class=\"math\">%s</p>\n", f.formula(string(n.Literal), true))
		}
		return ast.SkipChildren, true
	case *ast.Table:
		// A table wider than the column scrolls in a box of its own.
		if entering {
			io.WriteString(w, "<div class=\"wide\"><table>\n")
		} else {
			io.WriteString(w, "</table></div>\n")
		}
		return ast.GoToNext, true
	}
	return ast.GoToNext, false
}
