package render

import (
	"embed"
	"html"
	"html/template"
	"io/fs"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
)

//go:generate sh lexers/copy.sh

//go:embed lexers/*.xml
var lexerFiles embed.FS

// lexers reads the definitions of other languages when the first of them is
// asked for: a kernel never asks.
var lexers = sync.OnceValues(func() (*chroma.LexerRegistry, error) {
	registry := chroma.NewLexerRegistry()
	files, err := fs.Glob(lexerFiles, "lexers/*.xml")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		lexer, err := chroma.NewXMLLexer(lexerFiles, file)
		if err != nil {
			return nil, err
		}
		registry.Register(lexer)
	}
	return registry, nil
})

// Code highlights source text as <span class="hl-…"> elements; the caller
// puts it into <pre><code>. lang is a name as in a Markdown fence; an unknown
// or empty one yields plain escaped text. web/style.css gives the classes
// their colours.
func Code(src, lang string) template.HTML {
	var b strings.Builder
	if lang == "go" || lang == "golang" {
		highlightCell(&b, src)
	} else {
		highlight(&b, src, lang)
	}
	return template.HTML(b.String())
}

// highlightCell highlights a Go cell. Its special lines (%%, %args, !cmd) are
// not Go, so they are coloured as a whole and kept away from the lexer.
func highlightCell(b *strings.Builder, src string) {
	var part strings.Builder
	flush := func() {
		if part.Len() > 0 {
			highlightGo(b, part.String())
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

// highlight colours a language other than Go, if chroma knows it.
func highlight(b *strings.Builder, src, lang string) {
	tokens, ok := tokenise(src, lang)
	if !ok {
		b.WriteString(html.EscapeString(src))
		return
	}
	for t := tokens(); t != chroma.EOF; t = tokens() {
		span(b, tokenClass(t.Type), t.Value)
	}
}

func tokenise(src, lang string) (chroma.Iterator, bool) {
	registry, err := lexers()
	if err != nil || lang == "" {
		return nil, false
	}
	lexer := registry.Get(lang)
	if lexer == nil {
		return nil, false
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(&chroma.TokeniseOptions{State: "root"}, src)
	return tokens, err == nil
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
