package render

import (
	"strings"

	"github.com/gomarkdown/markdown/ast"
)

// callouts are the kinds that GitHub knows, and what a reader sees of them.
// https://docs.github.com/get-started/writing-on-github (Alerts)
var callouts = map[string]struct{ en, zh string }{
	"NOTE":      {"Note", "说明"},
	"TIP":       {"Tip", "提示"},
	"IMPORTANT": {"Important", "重要"},
	"WARNING":   {"Warning", "警告"},
	"CAUTION":   {"Caution", "小心"},
}

// callout turns a block quote that opens with "[!NOTE]" into a box with a
// title, which gomarkdown does not know.
func callout(quote *ast.BlockQuote, lang string) {
	children := quote.GetChildren()
	if len(children) == 0 {
		return
	}
	p, ok := children[0].(*ast.Paragraph)
	if !ok {
		return
	}
	text := firstText(p)
	if text == nil {
		return
	}
	mark, rest, _ := strings.Cut(string(text.Literal), "\n")
	kind := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(mark), "[!"), "]")
	words, ok := callouts[kind]
	if !ok || strings.TrimSpace(mark) != "[!"+kind+"]" {
		return
	}
	text.Literal = []byte(rest)
	title := words.en
	if lang == "zh" {
		title = words.zh
	}
	box := &ast.HTMLBlock{Leaf: ast.Leaf{Parent: quote, Literal: []byte(`<p class="callout-title">` + title + `</p>`)}}
	if rest == "" && len(p.GetChildren()) == 1 {
		children = children[1:]
	}
	quote.SetChildren(append([]ast.Node{box}, children...))
	quote.Attribute = &ast.Attribute{Classes: [][]byte{[]byte("callout"), []byte("callout-" + strings.ToLower(kind))}}
}
