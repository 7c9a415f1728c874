package notebook_test

import (
	"testing"

	"lanebook/internal/notebook"
)

func TestFold(t *testing.T) {
	const body = "```go\nx := 1\n```\n\nand *so* on"
	summary, got, ok := notebook.Unfold(notebook.Fold("参考答案", body) + "\n")
	if !ok || summary != "参考答案" || got != body {
		t.Errorf("got %q, %q, %v", summary, got, ok)
	}
	for _, other := range []string{"", "prose", "<details>\n<summary>a</summary>\n\nb\n\n</details>\n\nmore", "<details>\n<summary>a"} {
		if _, _, ok := notebook.Unfold(other); ok {
			t.Errorf("%q was unfolded", other)
		}
	}
}
