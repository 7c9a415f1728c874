package handout

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/render"
)

// Code is cut where a reader would cut it, and loses nothing.
func TestParts(t *testing.T) {
	imports := "import (\n\t\"fmt\"\n\n\t\"time\"\n)\n\n"
	tests := []struct {
		name, code string
		want       []string
	}{
		{"one", "x", []string{"x"}},
		{"declarations", imports + "func f() {\n\n\treturn\n}\n\n\nf()\n", []string{imports, "func f() {\n\n\treturn\n}\n\n\n", "f()\n"}},
		{"an empty line in a text", "s := `a\n\nb`\n\nf()", []string{"s := `a\n\nb`\n\n", "f()"}},
		{"an empty line in a comment", "/* a\n\nb */\nf()", []string{"/* a\n\nb */\nf()"}},
		{"empty lines at the end", "f()\n\n\n", []string{"f()\n\n\n"}},
		{"nothing", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			whole := ""
			for _, p := range parts(render.Code(tt.code, "go")) {
				got, whole = append(got, plain(string(p.HTML))), whole+string(p.HTML)
			}
			for i := range tt.want {
				tt.want[i] = plain(string(render.Code(tt.want[i], "go")))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if whole != string(render.Code(tt.code, "go")) {
				t.Error("something is lost")
			}
		})
	}
	list := parts(render.Code(imports+strings.Repeat("f()\n", together+1), "go"))
	if !list[0].Keep || list[0].Long() || !list[1].Long() || list[1].Keep {
		t.Errorf("%+v", list)
	}
}

func TestLeads(t *testing.T) {
	for text, want := range map[string]bool{"See:": true, "看：": true, "**Broken on purpose:**": true, "Done.": false, "a: b": false, "See:\n\n- x": false} {
		if got := leads(render.Markdown(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestCSSString(t *testing.T) {
	if got, want := string(cssString("a: \"b\\\n</style>世")), `"a: \22 b\5c \a \3c /style\3e 世"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
