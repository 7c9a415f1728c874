package engine

import (
	"slices"
	"strings"
	"testing"

	"lanebook/internal/display"
)

func TestCompleteAndInspect(t *testing.T) {
	e := newEngine(t)
	<-e.ready
	execute(t, e, t.Context(), "// greet says hello.\nfunc greet(name string) string { return name }", &transcript{})

	src := "strings.Re"
	c, err := e.Complete(t.Context(), Draft{Source: src, Offset: len(src)})
	if err != nil {
		t.Fatal(err)
	}
	if c.Start != len("strings.") || c.End != len(src) || !slices.ContainsFunc(c.Matches, func(m Match) bool { return m.Text == "ReplaceAll" }) {
		t.Errorf("got %+v", c)
	}
	b, ok, err := e.Inspect(t.Context(), Draft{Source: "%%\ngreet(\"x\")", Offset: 5})
	if text, _ := b[display.Text].(string); err != nil || !ok || !strings.Contains(text, "greet says hello") {
		t.Errorf("got %v %v %v", b, ok, err)
	}
}
