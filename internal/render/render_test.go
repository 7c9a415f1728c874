package render

import (
	"encoding/json"
	"flag"
	"fmt"
	htmltext "html"
	"html/template"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"
	"lanebook/internal/notebook"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	tests := []struct {
		file   string
		render func(in string) template.HTML
	}{
		{"markdown", Markdown},
		{"code", func(in string) template.HTML { return Code(in, "go") }},
		{"outputs", func(in string) template.HTML {
			nb, err := notebook.Parse(fmt.Appendf(nil, `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[
				{"cell_type":"code","id":"a","metadata":{},"source":"","execution_count":null,"outputs":%s}]}`, in))
			if err != nil {
				t.Fatal(err)
			}
			return Outputs(nb.Cells[0].Outputs, false)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			name := "testdata/" + tt.file + ".txtar"
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := string(tt.render(string(ar.Files[0].Data)))
			if !strings.HasSuffix(got, "\n") {
				got += "\n"
			}
			if *update {
				ar.Files[1].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(ar.Files[1].Data), got); diff != "" {
				t.Errorf("%s (-want +got; -update rewrites):\n%s", name, diff)
			}
		})
	}
}

// Every line of the corpus goes through every way in; what comes out is
// parsed, and nothing in it may be able to run, load or submit.
func TestHostile(t *testing.T) {
	corpus, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := append(strings.Split(string(corpus), "\n"), string(corpus))
	for _, in := range lines {
		harmless(t, "markdown", in, Markdown(in))
		harmless(t, "html", in, Bundle(map[string]any{"text/html": in}, false))
		harmless(t, "markdown output", in, Bundle(map[string]any{"text/markdown": []any{in}}, false))
		harmless(t, "svg", in, Bundle(map[string]any{"image/svg+xml": in, "text/plain": in}, false))
		harmless(t, "png", in, Bundle(map[string]any{"image/png": in, "text/plain": in}, false))
		harmless(t, "json", in, Bundle(map[string]any{"application/json": map[string]any{in: in}}, false))
		harmless(t, "data", in, Bundle(withLanes(map[string]any{"kind": "lanes", "title": in, in: in}), true))
		harmless(t, "stream", in, Stream(in, in))
		harmless(t, "traceback", in, Traceback([]string{in}))
		harmless(t, "code", in, Code(in, "go"))
		harmless(t, "unknown language", in, Code(in, in))
	}
}

func FuzzMarkdown(f *testing.F) {
	corpus, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(corpus)) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, in string) {
		harmless(t, "markdown", in, Markdown(in))
		harmless(t, "html", in, template.HTML(HTML(in)))
		harmless(t, "stream", in, Stream("stdout", in))
	})
}

// harmless parses rendered HTML as a browser does and checks each element
// and attribute against what may be there.
func harmless(t *testing.T, kind, in string, out template.HTML) {
	t.Helper()
	doc, err := html.ParseFragment(strings.NewReader(string(out)), nil)
	if err != nil {
		t.Fatalf("%s of %q: %v", kind, in, err)
	}
	for _, root := range doc {
		for n := range root.Descendants() {
			if why := harm(n); why != "" {
				t.Errorf("%s of %q: %s in %s", kind, in, why, out)
			}
		}
	}
}

func harm(n *html.Node) string {
	if n.Type != html.ElementNode {
		return ""
	}
	if n.Namespace != "" {
		return "foreign element " + n.Data
	}
	switch n.Data {
	case "script", "style", "iframe", "object", "embed", "link", "meta", "base", "form", "button",
		"svg", "math", "template", "video", "audio", "source", "textarea", "select", "noscript", "portal":
		if n.Parent != nil && n.Parent.Data != "html" {
			return "element " + n.Data
		}
	}
	for _, a := range n.Attr {
		value := strings.ToLower(strings.TrimSpace(a.Val))
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "srcdoc", a.Key == "srcset", a.Key == "action",
			a.Key == "formaction", a.Key == "background", a.Key == "name", a.Key == "target":
			return "attribute " + a.Key
		case a.Key == "type" && value != "checkbox":
			return "input of type " + value
		case a.Key == "style" && (strings.Contains(value, "url") || strings.Contains(value, "position") || strings.Contains(value, "expression")):
			return "style " + value
		case a.Key == "href" || a.Key == "src":
			scheme, _, ok := strings.Cut(value, ":")
			if !ok || strings.ContainsAny(scheme, "/#?") {
				continue
			}
			switch {
			case scheme == "http", scheme == "https", scheme == "mailto" && n.Data == "a":
			case n.Data == "img" && imageData.MatchString(strings.TrimPrefix(strings.TrimSpace(a.Val), "data:")):
			default:
				return a.Key + " " + value
			}
		}
	}
	return ""
}

func withLanes(data any) map[string]any {
	return map[string]any{"text/html": "<figure></figure>", "application/vnd.lanebook+json": data}
}

// A page that draws pictures itself gets their data whole; others get none.
func TestData(t *testing.T) {
	want := map[string]any{"kind": "lanes", "title": `it's <b> & "quoted" &#39; </div>`}
	for name, data := range map[string]map[string]any{"lanes": want, "check": {"kind": "check", "lanes": want}} {
		if out := Bundle(withLanes(data), false); strings.Contains(string(out), "data-lanes") {
			t.Errorf("%s: data where none were asked for: %s", name, out)
		}
		doc, err := html.ParseFragment(strings.NewReader(string(Bundle(withLanes(data), true))), nil)
		if err != nil {
			t.Fatal(err)
		}
		var got any
		for n := range doc[0].Descendants() {
			for _, a := range n.Attr {
				if a.Key != "data-lanes" {
					continue
				}
				if err := json.Unmarshal([]byte(a.Val), &got); err != nil {
					t.Errorf("%s: %v in %s", name, err, a.Val)
				}
			}
		}
		if diff := cmp.Diff(any(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, other := range []any{nil, "lanes", []any{}, map[string]any{}, map[string]any{"kind": "verdict"}, map[string]any{"kind": "check"}} {
		if out := Bundle(withLanes(other), true); strings.Contains(string(out), "data-lanes") {
			t.Errorf("%v: %s", other, out)
		}
	}
}

// The page reads a cell's source back from what Code made of it.
func TestCodeKeepsTheText(t *testing.T) {
	sources := []string{"", "\n", "a", "a\n", "\n\na\n\n", "a\r\nb\r\n", "\tx := `a\n\tb`", "%%\nfmt.Println(1)", "%%bash\nls",
		"!ls\n", "x := \"unended", "\x00\xff", "/* open\r\n", "// c \r\nx", "`raw\r\n`", "'", "a.b(c)  ", "\ufeffx := 1", "日本语 := \"<&>\"", "%", "a \n  \n"}
	for _, lang := range []string{"go", "python", "json", "bash", "", "no such language"} {
		for _, src := range sources {
			text := htmltext.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(string(Code(src, lang)), ""))
			if text != src && strings.ToValidUTF8(src, "\uFFFD") != text {
				t.Errorf("%s: got %q, want %q", lang, text, src)
			}
		}
	}
}

func TestOverwrite(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "a\nb\n", "a\nb\n"},
		{"windows lines", "a\r\nb\r\n", "a\nb\n"},
		{"meter", "10%\r20%\r30%", "30%"},
		{"meter that ends with a return", "10%\r20%\r", "20%"},
		{"backspace", "ab\b\bxy", "xy"},
		{"backspace at the start", "\b\bx", "x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := overwrite(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestChapter(t *testing.T) {
	count := json.Number("3")
	nb := &notebook.Notebook{
		Metadata: map[string]any{"language_info": map[string]any{"name": "go", "nbformat": count}},
		Cells: []notebook.Cell{
			{ID: "a", Type: notebook.Markdown, Source: "# Pools\n\nSee [next](14-x.ipynb) and ![p](attachment:p.png)",
				Extra: map[string]any{"attachments": map[string]any{"p.png": map[string]any{"image/png": "AAAA"}}}},
			{ID: "b", Type: notebook.Code, Source: "a <- 1"},
			{ID: "c", Type: notebook.Markdown, Source: notebook.Fold("Solution", "# Pools\n\nSolution"), Metadata: map[string]any{"tags": []any{"solution"}}},
			{ID: "d", Type: notebook.Code, Source: "b", Metadata: map[string]any{"tags": []any{"solution"}}},
			{ID: "e", Type: "poem", Source: "<roses>"},
			{ID: "f", Type: notebook.Markdown, Source: notebook.Fold("Hint", "*think*")},
		},
	}
	c := NewChapter(nb, Form{Lang: "en", Link: func(dest string) string { return "/to/" + dest }})
	want := []Heading{{1, "Pools", "pools"}, {1, "Pools", "pools-2"}}
	if diff := cmp.Diff(want, c.Contents); diff != "" {
		t.Errorf("contents (-want +got):\n%s", diff)
	}
	if c.Title != "Pools" || c.Code != "go" {
		t.Errorf("got title %q, code %q", c.Title, c.Code)
	}
	if len(c.Parts) != 3 || !c.Parts[1].Solution || len(c.Parts[1].Cells) != 2 {
		t.Fatalf("parts: %+v", c.Parts)
	}
	first := string(c.Parts[0].Cells[0].HTML)
	for _, part := range []string{`href="/to/14-x.ipynb"`, `src="data:image/png;base64,AAAA"`} {
		if !strings.Contains(first, part) {
			t.Errorf("no %s in %s", part, first)
		}
	}
	if got := string(c.Parts[1].Cells[0].HTML); strings.Contains(got, "<details") {
		t.Errorf("a fold inside the page's own fold: %s", got)
	}
	if got := string(c.Parts[2].Cells[1].HTML); got != "<details>\n<summary>Hint</summary>\n<p><em>think</em></p>\n</details>\n" {
		t.Errorf("hint: %s", got)
	}
	if got := c.Parts[1].Cells[1].Number; got != 2 {
		t.Errorf("second code cell has number %d", got)
	}
	if got := string(c.Parts[2].Cells[0].HTML); got != "&lt;roses&gt;" {
		t.Errorf("unknown cell type: %s", got)
	}
}

// Chinese sets dots under emphasised words, but not under Latin ones; code does
// not break behind a hyphen.
func TestInline(t *testing.T) {
	tests := []struct{ lang, in, want string }{
		{"zh", "*反复 read 再说*", `<em>反复<span class="latin"> read </span>再说</em>`},
		{"zh", "*GOMAXPROCS*", `<em><span class="latin">GOMAXPROCS</span></em>`},
		{"zh", "*a < b，`x`*", `<em><span class="latin">a &lt; b</span>，<code>x</code></em>`},
		{"zh", "***全部***", `<strong><em>全部</em></strong>`},
		{"en", "*once*", `<em>once</em>`},
		{"en", "`-race`", `<code class="whole">-race</code>`},
		{"en", "`x < y`", `<code class="whole">x &lt; y</code>`},
		{"en", "`wg.Wait()`", `<code>wg.Wait()</code>`},
		{"en", "`go test -race ./snippets/locks/...`", `<code>go test <span class="whole">-race</span> ./snippets/locks/...</code>`},
	}
	for _, tt := range tests {
		if got := string(Options{Lang: tt.lang}.Markdown(tt.in)); got != "<p>"+tt.want+"</p>\n" {
			t.Errorf("%s\n got %s\nwant <p>%s</p>", tt.in, got, tt.want)
		}
	}
}

// Figures keep their layout; what could cover or load something goes.
func TestOutputStyles(t *testing.T) {
	const fine = `<div style="display: flex; gap: 8px; margin: 0 0 8px; flex: 1; opacity: .5; background: linear-gradient(to top,#2b6cb0 30%,transparent 30%)">x</div>`
	if got := HTML(fine); got != fine {
		t.Errorf("got  %s\nwant %s", got, fine)
	}
	for _, style := range []string{"margin:-99px", "margin-top:-1em", "position:fixed", "background:url(x)", "background:url('data:x')", "display:contents", "inset:0"} {
		if got := HTML(`<p style="` + style + `">x</p>`); strings.Contains(got, "style") {
			t.Errorf("%s: %s", style, got)
		}
	}
}

// Whatever the text, highlighting Go adds tags and changes nothing else.
func FuzzCodeKeepsText(f *testing.F) {
	f.Add("s := `raw\r\n` // \"<x>\"\r\n'")
	f.Add("\x00\xff#$€ func (")
	tag := regexp.MustCompile(`<[^>]*>`)
	f.Fuzz(func(t *testing.T, src string) {
		got := tag.ReplaceAllString(string(Code(src, "go")), "")
		if want := htmltext.EscapeString(src); got != want {
			t.Errorf("%q became %q", want, got)
		}
	})
}

func TestCodeOfOtherLanguages(t *testing.T) {
	for lang, want := range map[string]string{
		"python":  `<span class="hl-k">def</span>`,
		"py":      `<span class="hl-k">def</span>`,
		"klingon": `def f`,
		"":        `def f`,
	} {
		if got := string(Code("def f(x): pass", lang)); !strings.Contains(got, want) {
			t.Errorf("%s: %s", lang, got)
		}
	}
}

// A hostile text must not keep the page busy: twice as much of it may take
// twice as long, not four times. What cannot be parsed in time is shown as it
// was written.
func TestHostileMarkdownIsLinear(t *testing.T) {
	for _, piece := range []string{"*a ", "**a ", "***a *b ", "x*a", "[", "![", "[a](", "`", "``a```b ", "~~a ", "_a ", "__a ", "<", "$a ", "> ", "- ", "|a", "[^1] ", "- *a\n", "# a\n", "a\n===\n", "> # a\n"} {
		small, large := strings.Repeat(piece, 4_000), strings.Repeat(piece, 64_000)
		Markdown(small) // what is set up once is not counted
		few, many := processorTime(func() { Markdown(small) }), processorTime(func() { Markdown(large) })
		// 16 times the text; the square would be 256 times the work.
		if many > 100*max(few, 2*time.Millisecond) {
			t.Errorf("%q: %v for 4,000 of them, %v for 64,000", piece, few, many)
		}
	}
}

func processorTime(work func()) time.Duration {
	var before, after syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &before)
	work()
	syscall.Getrusage(syscall.RUSAGE_SELF, &after)
	return time.Duration(after.Utime.Nano() - before.Utime.Nano())
}
