package render

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"maps"
	"slices"
	"strings"
)

// Stream renders what a cell wrote to stdout or stderr.
func Stream(name, text string) template.HTML {
	class := "stdout"
	if name == "stderr" {
		class = "stderr"
	}
	return template.HTML(`<div class="out stream `+class+`"><pre>`) + terminal(shorten(text)) + "</pre></div>\n"
}

// Limits of what a page shows of one output; arbitrary. The notebook keeps all.
const (
	maxText = 1 << 20  // bytes of text: more of it is cut in the middle
	maxRich = 24 << 20 // bytes of anything else: more is not shown
)

// shorten cuts a text that no browser would show in the middle.
func shorten(text string) string {
	if len(text) <= maxText {
		return text
	}
	head, tail := text[:maxText/2], text[len(text)-maxText/2:]
	if i := strings.LastIndexByte(head, '\n'); i > maxText/4 {
		head = head[:i+1]
	}
	if i := strings.IndexByte(tail, '\n'); i >= 0 && i < maxText/4 {
		tail = tail[i+1:]
	}
	left := len(text) - len(head) - len(tail)
	return strings.ToValidUTF8(head, "") + fmt.Sprintf("\n… %.1f MB …\n\n", float64(left)/(1<<20)) + strings.ToValidUTF8(tail, "")
}

// Traceback renders the lines of an error, coloured as the kernel sent them.
func Traceback(lines []string) template.HTML {
	return `<div class="out error"><pre>` + terminal(shorten(strings.Join(lines, "\n"))) + "</pre></div>\n"
}

// Bundle renders one displayed thing, given in several forms keyed by MIME
// type, by the best form this package can show. A form that turns out empty,
// because nothing in it was harmless, gives way to the next. Values are as in
// a notebook: a string, a list of strings, or for JSON any value.
//
// With data, a picture of lanes carries what it is drawn from, as JSON in the
// attribute data-lanes of its element: a page's script can draw it anew.
func Bundle(forms map[string]any, data bool) template.HTML {
	for _, form := range preferred {
		value, ok := forms[form.mime]
		if !ok || form.mime != "text/plain" && len(text(value)) > maxRich {
			continue
		}
		body := form.show(value, alt(forms))
		if body == "" {
			continue
		}
		var carried template.HTML
		if data && form.class == "html" {
			carried = lanes(forms["application/vnd.lanebook+json"])
		}
		return template.HTML(`<div class="out `+form.class+`"`) + carried + ">" + body + "</div>\n"
	}
	return unknown(forms)
}

// unknown names an output that comes in no form we know, so that its reader
// sees that something is there. It needs no words, hence no language.
func unknown(forms map[string]any) template.HTML {
	for _, form := range preferred {
		if _, ok := forms[form.mime]; ok {
			return ""
		}
	}
	if len(forms) == 0 {
		return ""
	}
	names := slices.Sorted(maps.Keys(forms))
	return template.HTML(`<div class="out unknown">(` + html.EscapeString(strings.Join(names, ", ")) + ")</div>\n")
}

// maxLanes bounds the data that a page is given of one picture; above what
// pictures of ours hold, below what would slow a page. // arbitrary
const maxLanes = 2 << 20

// lanes is the data of a picture of lanes as an attribute, those inside a
// verdict of a check too. For anything else it is empty.
func lanes(value any) template.HTML {
	data, ok := value.(map[string]any)
	if !ok {
		return ""
	}
	if data["kind"] == "check" {
		data, _ = data["lanes"].(map[string]any)
	}
	if data["kind"] != "lanes" {
		return ""
	}
	src, err := json.Marshal(data) // escapes <, > and &
	if err != nil || len(src) > maxLanes {
		return ""
	}
	return template.HTML(` data-lanes='` + strings.ReplaceAll(string(src), "'", "&#39;") + `'`)
}

// preferred is the order of preference; web/src/mime.ts has the same one.
var preferred = []struct {
	mime, class string
	show        func(value any, alt string) template.HTML
}{
	{"text/html", "html", func(v any, _ string) template.HTML { return template.HTML(HTML(text(v))) }},
	{"image/svg+xml", "image", showSVG},
	{"image/png", "image", func(v any, alt string) template.HTML { return picture("image/png", v, alt) }},
	{"image/jpeg", "image", func(v any, alt string) template.HTML { return picture("image/jpeg", v, alt) }},
	{"image/gif", "image", func(v any, alt string) template.HTML { return picture("image/gif", v, alt) }},
	{"image/webp", "image", func(v any, alt string) template.HTML { return picture("image/webp", v, alt) }},
	{"text/markdown", "markdown", func(v any, _ string) template.HTML { return Markdown(text(v)) }},
	{"application/json", "json", showJSON},
	{"text/plain", "text", showText},
}

// alt describes a picture for those who do not see it.
func alt(data map[string]any) string {
	if s := strings.TrimSpace(text(data["text/plain"])); s != "" && len(s) <= 300 {
		return s
	}
	return "picture"
}

func showText(v any, _ string) template.HTML {
	s := text(v)
	if s == "" {
		return ""
	}
	return "<pre>" + terminal(shorten(s)) + "</pre>"
}

func showJSON(v any, _ string) template.HTML {
	if s, ok := v.(string); ok {
		if json.Unmarshal([]byte(s), &v) != nil {
			return showText(s, "")
		}
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false) // Code escapes; twice would be seen
	enc.SetIndent("", "  ")
	if enc.Encode(v) != nil {
		return ""
	}
	return `<pre class="code"><code>` + Code(strings.TrimSpace(out.String()), "json") + "</code></pre>"
}

// showSVG shows a drawing as an image, where its scripts do not run.
func showSVG(v any, alt string) template.HTML {
	src := text(v)
	if strings.TrimSpace(src) == "" {
		return ""
	}
	return image("image/svg+xml", base64.StdEncoding.EncodeToString([]byte(src)), alt)
}

func picture(mime string, v any, alt string) template.HTML {
	if raw, ok := v.([]byte); ok {
		return image(mime, base64.StdEncoding.EncodeToString(raw), alt)
	}
	data := strings.Join(strings.Fields(text(v)), "")
	if _, err := base64.StdEncoding.DecodeString(data); err != nil || data == "" {
		return ""
	}
	return image(mime, data, alt)
}

func image(mime, data, alt string) template.HTML {
	return template.HTML(`<img src="data:` + mime + `;base64,` + data + `" alt="` + html.EscapeString(alt) + `">`)
}

// text joins a notebook's multi-line string, which may be a list of lines.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	case []string:
		return strings.Join(v, "")
	case []any:
		var b strings.Builder
		for _, line := range v {
			b.WriteString(text(line))
		}
		return b.String()
	}
	return ""
}
