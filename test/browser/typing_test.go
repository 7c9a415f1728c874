package browser

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Mistakes show while the learner types, in the text and in words below it,
// and go when they are mended.
func TestMistakesWhileTyping(t *testing.T) {
	tb := open(t, chapter)
	tb.write("unbounded", `fmt.Printn("x")`)
	tb.until(`document.querySelector("#cell-unbounded .problems .message")?.textContent.includes("Printn")`)
	tb.until(`document.querySelector("#cell-unbounded .cm-lintRange-error")`)
	tb.shot("typing")
	if state := tb.text(`document.querySelector("#cell-unbounded").dataset.state`); state != "recorded" {
		t.Errorf("typing made the cell %q", state)
	}
	tb.keys("Ctrl+a", `fmt.Println("x")`)
	tb.until(`document.querySelector("#cell-unbounded .problems").hidden && !document.querySelector("#cell-unbounded .cm-lintRange-error")`)
}

// What was edited is laid out by gofmt when it is run, and the cursor stays
// where it was; what was not edited is run as it is.
func TestGofmtOnRun(t *testing.T) {
	tb := open(t, chapter)
	tb.write("unbounded", `x:=1;fmt.Println(  x+1 )`)
	tb.keys("Ctrl+Enter")
	if state := tb.ended("unbounded"); state != "done" || strings.TrimSpace(tb.outputs("unbounded")) != "2" {
		t.Fatalf("%s: %s", state, tb.outputs("unbounded"))
	}
	text := `[...document.querySelectorAll("#cell-unbounded .cm-line")].map(l => l.textContent).join("\n")`
	if got, want := tb.text(text), "x := 1\nfmt.Println(x + 1)"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	tb.keys(";_=x")
	if got := tb.text(text); !strings.HasSuffix(got, ");_=x") {
		t.Errorf("the cursor moved: %s", got)
	}
	tb.click("#cell-log .run")
	tb.ended("log")
	if tb.text(`String(document.querySelector("#cell-log .badge.edited").hidden)`) != "true" {
		t.Error("a cell of the course was laid out anew")
	}
}

func TestCompletion(t *testing.T) {
	tb := open(t, chapter)
	tb.write("unbounded", `strings.ToUp`)
	tb.keys("Ctrl+ ")
	tb.until(`[...document.querySelectorAll(".cm-completionLabel")].some(l => l.textContent === "ToUpper")`)
	tb.eval(nil, `new Promise((go) => setTimeout(go, 200))`) // it takes no Enter that was meant for the line
	tb.keys("Enter")
	tb.until(`document.querySelector("#cell-unbounded .cm-line").textContent.startsWith("strings.ToUpper")`)
}

func TestHover(t *testing.T) {
	tb := open(t, chapter)
	tb.click("#cell-unbounded .source")
	word := `document.querySelector("#cell-unbounded .cm-editor .hl-f")` // Add
	tb.until(word)
	tb.until(`document.querySelector("#kernel").dataset.state === "idle"`)
	for start := time.Now(); time.Since(start) < patience; { // until the toolchain answers
		var at []float64
		tb.eval(&at, `(() => { const b = `+word+`.getBoundingClientRect(); return [b.left + b.width / 2, b.top + b.height / 2]; })()`)
		tb.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0]-1, at[1]))
		tb.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1]))
		var said string
		tb.eval(&said, `new Promise((go) => {
			const text = () => document.querySelector(".cm-tooltip .hover")?.textContent ?? "", start = performance.now();
			(function look() { text() || performance.now() - start > 5000 ? go(text()) : setTimeout(look, 50); })();
		})`)
		if strings.Contains(said, "func ") {
			return
		}
		tb.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, 5, 300))
	}
	t.Error("nothing is said of the name under the pointer")
}
