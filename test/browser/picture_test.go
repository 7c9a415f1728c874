package browser

import (
	"fmt"
	"strings"
	"testing"
)

// A picture can be walked through with the keyboard alone: the play head
// steps, the page says what happens, and the source shows where everybody is.
func TestWalkThroughAPicture(t *testing.T) {
	tb := open(t, chapter)
	tb.eval(nil, `document.querySelector("#cell-gantt").focus()`)
	tb.keys("Shift+Enter")
	if state := tb.ended("gantt"); state != "done" {
		t.Fatalf("%s: %s", state, tb.outputs("gantt"))
	}
	tb.until(`document.querySelectorAll("#cell-gantt .lb-stage text.name").length > 0`)
	said := func() string { return tb.text(`document.querySelector("#cell-gantt .lb-now").textContent`) }
	head := func() float64 {
		return tb.number(`Number(document.querySelector("#cell-gantt .lb-stage").dataset.head)`)
	}
	tb.eval(nil, `document.querySelector("#cell-gantt .lb-stage").focus()`)
	for range 12 {
		tb.keys("ArrowRight")
	}
	tb.until(`document.querySelector("#cell-gantt .lb-now").textContent !== ""`)
	if text := said(); !strings.Contains(text, ": ") {
		t.Errorf("after some steps it says %q", text)
	}
	tb.keys("ArrowDown")
	if text := said(); !strings.Contains(text, "worker 1") {
		t.Errorf("for the chosen goroutine it says %q", text)
	}
	tb.until(`document.querySelectorAll("#cell-gantt .lb-badge").length > 0`)
	tb.shot("picture-walk")
	tb.keys("End")
	tb.until(`document.querySelector("#cell-gantt .lb-now").textContent.includes("The end")`)
	end := head()
	tb.keys("Home")
	tb.until(fmt.Sprintf(`Number(document.querySelector("#cell-gantt .lb-stage").dataset.head) < %v`, end))
	tb.keys("+", "+")
	tb.until(`document.querySelectorAll("#cell-gantt .lb-stage text.axis").length > 2`)

	tb.width(360)
	tb.until(`document.querySelector("#cell-gantt .lb-stage svg").getBoundingClientRect().width < 360`)
	if over := tb.number(`document.documentElement.scrollWidth - innerWidth`); over > 0 {
		t.Errorf("the page is %v pixels wider than a telephone", over)
	}
	tb.eval(nil, `document.querySelector("#cell-gantt .lb-picture").scrollIntoView()`)
	tb.shot("picture-360")
}
