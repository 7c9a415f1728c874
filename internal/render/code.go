package render

import (
	"html"
	"html/template"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// Code highlights source text as <span class="hl-…"> elements; the caller
// puts it into <pre><code>. lang is a name as in a Markdown fence; an unknown
// or empty one yields plain escaped text. web/style.css gives the classes
// their colours.
func Code(src, lang string) template.HTML {
	lexer := lexers.Get(lang)
	if lexer == nil || lang == "" {
		return template.HTML(html.EscapeString(src))
	}
	var b strings.Builder
	if lang == "go" {
		highlightCell(&b, src, chroma.Coalesce(lexer))
	} else {
		highlight(&b, src, chroma.Coalesce(lexer))
	}
	return template.HTML(b.String())
}

// highlightCell highlights a Go cell. Its special lines (%%, %args, !cmd) are
// not Go, so they are coloured as a whole and kept away from the lexer.
func highlightCell(b *strings.Builder, src string, lexer chroma.Lexer) {
	var part strings.Builder
	flush := func() {
		if part.Len() > 0 {
			highlight(b, part.String(), lexer)
			part.Reset()
		}
	}
	foreign := false // after %%bash and its like, no line is Go
	for line := range strings.Lines(src) {
		special := strings.HasPrefix(line, "%") || strings.HasPrefix(line, "!")
		if !special && !foreign {
			part.WriteString(line)
			continue
		}
		flush()
		if !special {
			b.WriteString(html.EscapeString(line))
			continue
		}
		text, end := strings.CutSuffix(line, "\n")
		span(b, "hl-d", text)
		if end {
			b.WriteByte('\n')
		}
		foreign = foreign || foreignBody(text)
	}
	flush()
}

// foreignBody reports whether a special line makes the rest of its cell
// something other than Go.
func foreignBody(line string) bool {
	for _, name := range []string{"%%writefile", "%%bash", "%%sh", "%%script"} {
		if rest, ok := strings.CutPrefix(line, name); ok && (rest == "" || rest[0] == ' ') {
			return true
		}
	}
	return false
}

func highlight(b *strings.Builder, src string, lexer chroma.Lexer) {
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, src)
	if err != nil {
		b.WriteString(html.EscapeString(src))
		return
	}
	for t := tokens(); t != chroma.EOF; t = tokens() {
		span(b, tokenClass(t.Type), t.Value)
	}
}

func span(b *strings.Builder, class, text string) {
	if class == "" || strings.TrimSpace(text) == "" {
		b.WriteString(html.EscapeString(text))
		return
	}
	b.WriteString(`<span class="` + class + `">` + html.EscapeString(text) + `</span>`)
}

// tokenClass maps chroma's many kinds to the few a page colours. The editor
// (web/src/editor.ts) uses the same classes, so opening it changes nothing.
func tokenClass(t chroma.TokenType) string {
	switch {
	case t == chroma.KeywordType:
		return "hl-t"
	case t == chroma.KeywordConstant, t == chroma.NameConstant, t.InSubCategory(chroma.LiteralNumber):
		return "hl-n"
	case t.InCategory(chroma.Keyword):
		return "hl-k"
	case t == chroma.NameFunction:
		return "hl-f"
	case t == chroma.NameBuiltin:
		return "hl-b"
	case t.InSubCategory(chroma.LiteralString):
		return "hl-s"
	case t.InCategory(chroma.Comment):
		return "hl-c"
	}
	return ""
}
