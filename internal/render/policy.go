package render

import (
	_ "embed"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
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
	classes    = regexp.MustCompile(`^(?:hl-[a-z]|code|wide|math|footnotes|footnote-ref|footnote-return|callout-title|callout callout-[a-z]+|whole|latin)$`)
	headingID  = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}_.:-]*$`)
	number     = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?$`)
	size       = regexp.MustCompile(`^[0-9]+%?$`)
	styleValue = regexp.MustCompile(`^[a-z0-9 #%.,()+/'"-]{0,300}$`)
	styleTrap  = regexp.MustCompile(`url|image|element|expression|attr|var\(|env\(|calc|fixed|sticky|absolute|contents`)
	belowZero  = regexp.MustCompile(`(?:^|[ (,])-[0-9.]`)
	anything   = regexp.MustCompile(`^[^\x00]*$`)
)

//go:embed allowed.json
var allowedJSON []byte

// lists is the form of allowed.json.
type lists struct {
	Elements, Roles, Styles []string
	Negative                []string // styles that may be below zero: they move nothing far
}

var allowed = sync.OnceValue(func() lists {
	var l lists
	if err := json.Unmarshal(allowedJSON, &l); err != nil {
		panic(err) // embedded, and read by every test
	}
	return l
})

// harmlessStyle reports whether a style's value loads nothing and cannot pull
// an element out of its place over others.
func harmlessStyle(value string, negative bool) bool {
	value = strings.ToLower(value)
	if !styleValue.MatchString(value) || styleTrap.MatchString(value) {
		return false
	}
	return negative || !belowZero.MatchString(value)
}

// base allows what both prose and outputs may hold. SVG is never inline: it
// can hold scripts, ids and styles that reach the page. Pictures come as
// <img src="data:image/svg+xml;base64,…">, where none of that runs.
func base() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(allowed().Elements...)
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
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^(?:` + strings.Join(allowed().Roles, "|") + `)$`)).Globally()
	p.AllowAttrs("aria-valuemin", "aria-valuemax", "aria-valuenow").Matching(number).Globally()
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
	p.AllowAttrs("class").Matching(classes).OnElements("span", "pre", "code", "div", "p", "sup", "a", "blockquote")
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
	for _, name := range allowed().Styles {
		negative := slices.Contains(allowed().Negative, name)
		p.AllowStyles(name).MatchingHandler(func(value string) bool {
			return harmlessStyle(value, negative)
		}).Globally()
	}
	return p
}

// HTML sanitises HTML that a program showed. What remains cannot run, load or
// cover anything; it is empty when nothing harmless was in it.
func HTML(src string) string {
	return strings.TrimSpace(output().Sanitize(src))
}
