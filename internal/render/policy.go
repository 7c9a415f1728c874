package render

import (
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// Compiled once, on first use: a command that renders nothing pays nothing.
var (
	prose  = sync.OnceValue(prosePolicy)
	output = sync.OnceValue(outputPolicy)
)

var (
	imageData  = regexp.MustCompile(`^image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=%]+$`)
	linkTarget = regexp.MustCompile(`^(?i:https?://|mailto:)|^[^:]*$|^[^:]*[/#?]`)
	outputSrc  = regexp.MustCompile(`^data:image/`)
	classes    = regexp.MustCompile(`^(?:hl-[a-z]|code|wide|math|footnotes|footnote-ref|footnote-return)$`)
	headingID  = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_.:-]*$`)
	number     = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?$`)
	size       = regexp.MustCompile(`^[0-9]+%?$`)
	anything   = regexp.MustCompile(`^[^\x00]*$`)

	layout  = regexp.MustCompile(`^(?:block|inline|inline-block|flex|inline-flex|grid|inline-grid)$`)
	lengths = regexp.MustCompile(`^(?:auto|[0-9.]+(?:px|em|rem|ch|%)?)(?: (?:auto|[0-9.]+(?:px|em|rem|ch|%)?)){0,3}$`) // none negative
	word    = regexp.MustCompile(`^[a-z-]+$`)
	colour  = regexp.MustCompile(`^(?:linear-gradient\((?:to [a-z]+)?|[#a-zA-Z0-9.,% ]|rgba?\(|\))+$`) // no url()
)

// base allows what both prose and outputs may hold. SVG is never inline: it
// can hold scripts, ids and styles that reach the page. Pictures come as
// <img src="data:image/svg+xml;base64,…">, where none of that runs.
func base() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(
		"h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "div", "span",
		"blockquote", "pre", "code", "kbd", "samp", "var", "b", "strong", "i",
		"em", "u", "s", "del", "ins", "mark", "small", "sub", "sup", "abbr",
		"cite", "dfn", "q", "time", "ul", "ol", "li", "dl", "dt", "dd", "figure",
		"figcaption", "details", "summary", "table", "caption", "thead",
		"tbody", "tfoot", "tr", "th", "td", "colgroup", "col",
		"progress", "meter", "wbr", "ruby", "rt", "rp",
	)
	p.AllowAttrs("title").Matching(anything).Globally()
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[A-Za-z-]{2,20}$`)).Globally()
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(?:ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("open").Matching(regexp.MustCompile(`^(?:|open)$`)).OnElements("details")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("reversed").Matching(regexp.MustCompile(`^(?:|reversed)$`)).OnElements("ol")
	p.AllowAttrs("colspan", "rowspan", "span").Matching(bluemonday.Integer).OnElements("td", "th", "col", "colgroup")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^(?:row|col|rowgroup|colgroup)$`)).OnElements("th")
	p.AllowAttrs("align").Matching(bluemonday.CellAlign).OnElements("td", "th", "tr")
	p.AllowAttrs("value", "max", "min", "low", "high", "optimum").Matching(number).OnElements("progress", "meter")
	p.AllowAttrs("aria-label").Matching(anything).Globally()
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^(?:img|group|note|presentation)$`)).Globally()
	p.AllowAttrs("aria-hidden").Matching(regexp.MustCompile(`^(?:true|false)$`)).Globally()

	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(true)
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowURLSchemeWithCustomPolicy("data", func(u *url.URL) bool {
		return u.RawQuery == "" && u.Fragment == "" && imageData.MatchString(u.Opaque)
	})
	p.AllowAttrs("href").Matching(linkTarget).OnElements("a")
	p.AllowAttrs("alt", "title").Matching(anything).OnElements("img")
	p.AllowAttrs("width", "height").Matching(size).OnElements("img")
	p.AllowAttrs("loading").Matching(regexp.MustCompile(`^lazy$`)).OnElements("img")
	return p
}

func prosePolicy() *bluemonday.Policy {
	p := base()
	p.AllowAttrs("src").OnElements("img")
	p.AllowAttrs("class").Matching(classes).OnElements("span", "pre", "code", "div", "p", "sup", "a")
	p.AllowAttrs("id").Matching(headingID).OnElements("h1", "h2", "h3", "h4", "h5", "h6", "li", "sup")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^checkbox$`)).OnElements("input")
	p.AllowAttrs("checked", "disabled").OnElements("input")
	return p
}

// outputPolicy is for what programs show. Pictures must bring their bytes
// along, and a few harmless styles are let through for tables and bars;
// nothing that could leave its place on the page.
func outputPolicy() *bluemonday.Policy {
	p := base()
	p.AllowAttrs("src").Matching(outputSrc).OnElements("img")
	p.AllowStyles(
		"color", "background-color", "text-align", "vertical-align", "width",
		"max-width", "min-width", "height", "font-weight", "font-style",
		"font-size", "font-family", "padding", "padding-left", "padding-right",
		"border", "border-bottom", "border-top", "border-left", "border-right",
		"border-collapse", "border-radius", "white-space",
	).Globally()
	// What kernelext's figures, bars and tables are laid out with.
	p.AllowStyles("display").Matching(layout).Globally()
	p.AllowStyles("margin", "margin-top", "margin-bottom", "margin-left", "margin-right", "gap", "line-height", "opacity", "flex").
		Matching(lengths).Globally()
	p.AllowStyles("flex-wrap", "align-items", "justify-content", "overflow", "overflow-x", "font-variant-numeric").
		Matching(word).Globally()
	p.AllowStyles("background").Matching(colour).Globally()
	return p
}

// HTML sanitises HTML that a program showed. What remains cannot run, load or
// cover anything; it is empty when nothing harmless was in it.
func HTML(src string) string {
	return strings.TrimSpace(output().Sanitize(src))
}
