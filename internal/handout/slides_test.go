package handout

import (
	"fmt"
	"html/template"
	"strings"
	"testing"

	"lanebook/internal/render"
)

func code(id, text, outputs string) item {
	return item{Cell: render.Cell{ID: id, Type: "code", Source: text, HTML: render.Code(text, "go"), Outputs: template.HTML(outputs)}}
}

func words100(n int) string { return strings.Repeat("word ", n) }

// Whatever stands in cells stands on slides, in the same order, and no slide
// is given more than it holds, as far as things can be taken apart.
func TestDealing(t *testing.T) {
	var rows, list, dump strings.Builder
	for i := range 90 {
		fmt.Fprintf(&rows, "<tr><td>row%d</td><td>x</td></tr>", i)
		fmt.Fprintf(&list, "<li>item%d</li>", i)
		fmt.Fprintf(&dump, "<span class=\"ansi-bold\">line%d\nand on</span>\n", i)
	}
	table := `<div class="out html"><div style="padding: 16px"><table><thead><tr><th>head</th><th>x</th></tr></thead><tbody>` + rows.String() + `</tbody></table></div></div>`
	function := "func f() {\n" + strings.Repeat("\tg() // text\n", 70) + "}\n"
	prose := item{Cell: render.Cell{ID: "p", Type: "markdown", HTML: template.HTML("<h2>Title</h2>\n<p>first</p>\n<ol>" + list.String() + "</ol>\n<p>last:</p>\n"), Headings: []render.Heading{{Level: 2, Text: "Title"}}}}
	for _, page := range []canvas{ordinary, large} {
		deck := slides([]item{prose, code("c", function, table), code("d", "x", `<div class="out stream"><pre>`+dump.String()+"</pre></div>")}, page)
		var all strings.Builder
		for _, s := range deck {
			if s.Tight != "" {
				t.Errorf("slide %d is %s", s.Number, s.Tight)
			}
			for _, c := range s.Cells {
				all.WriteString(plain(string(c.HTML + c.Outputs)))
			}
			if s.Number > 1 && s.Heading != "Title" {
				t.Errorf("slide %d is headed %q", s.Number, s.Heading)
			}
		}
		rest := all.String()
		want := []string{"Title", "first", "item0", "item89", "last:", "func f()", "head", "row0", "row89", "x", "line0", "and on", "line89"}
		for _, w := range want {
			i := strings.Index(rest, w)
			if i < 0 {
				t.Fatalf("not there, or not in its place: %q", w)
			}
			rest = rest[i:]
		}
		if n := strings.Count(all.String(), "g() // text"); n != 70 {
			t.Errorf("%d of 70 lines of code", n)
		}
		if n := strings.Count(all.String(), "head"); n < 3 {
			t.Error("the head of the table is not repeated")
		}
	}
}

// A long list goes on counting on the next slide.
func TestDealingNumbers(t *testing.T) {
	html := "<ol>" + strings.Repeat("<li>"+words100(30)+"</li>", 30) + "</ol>"
	deck := slides([]item{{Cell: render.Cell{ID: "p", Type: "markdown", HTML: template.HTML(html)}}}, ordinary)
	if len(deck) < 2 {
		t.Fatal(len(deck), " slides")
	}
	items := strings.Count(string(deck[0].Cells[0].HTML), "<li>")
	if want := fmt.Sprintf(`<ol start="%d">`, items+1); !strings.HasPrefix(string(deck[1].Cells[0].HTML), want) {
		t.Errorf("the second slide begins with %.60s, want %s", deck[1].Cells[0].HTML, want)
	}
}

// The best breaks are not the first that fit.
func TestDeal(t *testing.T) {
	cell := &item{}
	b := func(height float64, keep bool) block {
		return block{cell: cell, kind: prose, height: height, keep: keep}
	}
	tests := []struct {
		name   string
		blocks []block
		want   []int
	}{
		{"all fits", []block{b(3, false), b(4, false)}, []int{2}},
		{"in two", []block{b(6, false), b(6, false)}, []int{1, 1}},
		{"what leads in goes along", []block{b(5, false), b(2, true), b(5, false)}, []int{1, 2}},
		{"a giant stands alone", []block{b(2, false), b(40, false), b(2, false)}, []int{1, 1, 1}},
		{"nothing", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []int
			for _, s := range deal(tt.blocks, 10) {
				got = append(got, len(s))
			}
			if fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestImageSize(t *testing.T) {
	svg := func(attrs string) string {
		return string(render.Bundle(map[string]any{"image/svg+xml": "<svg " + attrs + "/>"}, false))
	}
	tests := map[string]string{
		svg(`width="300" height="150"`):                   "width:20.00rem;height:10.00rem",
		svg(`width="300px" height="150px"`):               "width:20.00rem;height:10.00rem",
		svg(`viewBox="0 0 300 150"`):                      "width:20.00rem;height:10.00rem",
		svg(`width="100%" height="100%"`):                 "",
		`<img src="https://x.example/a.png" alt="">`:      "",
		`<img src="data:image/png;base64,AAAA" alt="">`:   "",
		`<img src="data:image/png;base64,%%%%" alt="">`:   "",
		svg(`width="-3" height="0"`):                      "",
		svg(`width="100" height="100000000000000000000"`): "width:0.00rem;height:18.00rem",
	}
	for in, want := range tests {
		got := ""
		for _, n := range ordinary.nodes(template.HTML(in)) {
			for d := range n.Descendants() {
				got += attr(d, "style")
			}
			got += attr(n, "style")
		}
		if got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}
