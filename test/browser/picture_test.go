package browser

import (
	"fmt"
	"strings"
	"testing"
)

// A recorded picture can be walked through with the keyboard alone, and is
// not run for it: the play head steps, the page says what happens, and the
// source shows where everybody is. So can the picture of a new run.
func TestWalkThroughAPicture(t *testing.T) {
	tb := open(t, chapter)
	tb.eval(nil, `document.querySelector("#cell-gantt").scrollIntoView()`)
	tb.until(`document.querySelectorAll("#cell-gantt .lb-stage text.name").length > 0`)
	if state := tb.text(`document.querySelector("#cell-gantt").dataset.state`); state != "recorded" {
		t.Errorf("the cell is %s", state)
	}
	if n := tb.number(`[...document.querySelectorAll("#cell-gantt figure img")].filter((i) => i.getClientRects().length > 0).length`); n != 0 {
		t.Error("the image is still in view")
	}
	tb.shot("picture-recorded")
	said := func() string { return tb.text(`document.querySelector("#cell-gantt .lb-now").textContent`) }
	const head = `Number(document.querySelector("#cell-gantt .lb-stage").dataset.head)`
	const middle = `document.querySelector("#cell-gantt .lb-stage").clientWidth / 2`
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
	tb.until(head + " > " + middle) // a frame later
	tb.keys("Home")
	tb.until(head + " < " + middle)
	tb.keys("+", "+")
	tb.until(`document.querySelectorAll("#cell-gantt .lb-stage text.axis").length > 2`)

	// For those who asked for less movement, playing goes from event to event. On
	// a busy machine a frame's clock may be that of a moment before the key.
	tb.media("", "prefers-reduced-motion", "reduce")
	tb.eval(nil, `void (performance.now = ((now) => () => now() + 50)(performance.now.bind(performance)), window.heard = [], new MutationObserver(() => heard.push(document.querySelector("#cell-gantt .lb-now").textContent))
		.observe(document.querySelector("#cell-gantt .lb-now"), {childList: true}))`)
	tb.keys("0", "Home", " ")
	tb.until(`heard.length > 2`)
	tb.keys(" ")
	if first := tb.text(`heard[1]`); strings.Contains(first, "The end") {
		t.Errorf("the first step of playing is %q", first)
	}

	tb.width(360)
	tb.until(`document.querySelector("#cell-gantt .lb-stage svg").getBoundingClientRect().width < 360`)
	tb.until(`document.documentElement.scrollWidth <= innerWidth`)
	tb.eval(nil, `document.querySelector("#cell-gantt .lb-picture").scrollIntoView()`)
	tb.shot("picture-360")

	// The lanes of a run that failed its check are one click away.
	failed := `#cell-ex-squares .out details:has(figure)`
	tb.eval(nil, `document.querySelector("`+failed+`").closest(".cell").scrollIntoView()`)
	tb.until(`document.querySelector("` + failed + ` .lb-picture")`)
	tb.eval(nil, `document.querySelector("`+failed+` > summary").click()`)
	tb.until(`document.querySelectorAll("` + failed + ` .lb-stage g.lane").length > 1`)

	tb.eval(nil, `document.querySelector("#cell-gantt").focus()`)
	tb.keys("Shift+Enter")
	if state := tb.ended("gantt"); state != "done" {
		t.Fatalf("%s: %s", state, tb.outputs("gantt"))
	}
	tb.until(`document.querySelectorAll("#cell-gantt .lb-stage text.name").length > 0`)
}

// Notebooks come from anywhere: of data that are not a picture's the image
// stays, and the page does not mind.
func TestHostilePictureData(t *testing.T) {
	const lane = `{"id":1,"name":"main","start":0,"end":9,"intervals":[{"from":0,"to":9,"state":"running"}]}`
	const whole = `{"version":1,"kind":"lanes","end":9,"procs":2,"sentences":[],"lines":[{"file":"","line":0}],"goroutines":[` + lane + `]}`
	instead := func(old, new string) string { return strings.Replace(whole, old, new, 1) }
	const image = `<figure><div><img alt="it" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></div></figure>`
	drawn := []string{
		whole,
		instead(`"procs":2`, `"procs":2,"sources":{"__proto__":"x"},"wakes":[{"at":1,"from":1,"to":1,"call":"constructor","line":-4}],"title":"</div><img src=x onerror=alert(1)>'"`),
	}
	turnedDown := []string{
		instead(`"version":1`, `"version":2`),
		instead(`"end":9`, `"end":"9,9"`),
		instead(`[`+lane+`]`, `[null]`),
		instead(`[`+lane+`]`, `[]`),
		instead(`[`+lane+`]`, `[`+strings.Repeat(lane+",", 5000)+lane+`]`),
		instead(`"from":0`, `"from":"0"`),
		instead(`"procs":2`, `"procs":2,"wakes":"x"`),
		instead(`"procs":2`, `"procs":2,"sources":{"a":1}`),
		`{"kind":"check","lanes":` + instead(`"lines"`, `"rows"`) + `}`,
	}
	var outputs []string
	for _, data := range append(drawn, turnedDown...) {
		outputs = append(outputs, fmt.Sprintf(`{"output_type":"display_data","metadata":{},"data":{"text/html":%q,"application/vnd.lanebook+json":%s}}`, image, data))
	}
	tb := open(t, chapter)
	saved := tb.text(`fetch("/work/en/13-pools").then(r => r.json()).then(w => fetch("/work/en/13-pools", {method: "PUT",
		headers: {"If-Match": w.etag, "Content-Type": "application/json"}, body: JSON.stringify({tab: "x", cells: [{id: "gantt", ran: true, outputs: [` + strings.Join(outputs, ",") + `]}]})})).then(r => r.text())`)
	tb.goTo(chapter)
	tb.eval(nil, `document.querySelector("#cell-gantt").scrollIntoView()`)
	if n := tb.number(`document.querySelectorAll("#cell-gantt .out").length`); n != float64(len(outputs)) {
		t.Fatalf("%v outputs: %s", n, saved)
	}
	tb.until(`!document.querySelector("#cell-gantt [data-lanes]")`)
	got := `[...document.querySelectorAll("#cell-gantt .out")].flatMap((out, i) => %s ? [i] : []).join()`
	tb.until(`(` + fmt.Sprintf(got, `out.querySelectorAll(".lb-stage g.lane").length === 1`) + `) === "0,1"`)
	if n := tb.number(`document.querySelectorAll("#cell-gantt img").length`); n != float64(len(outputs)) {
		t.Errorf("%v images", n)
	}
}
