package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const chapter = "/en/13-pools"

// The chapter can be read where no script runs.
func TestDocumentWithoutScript(t *testing.T) {
	tb := open(t, "/")
	if _, err := chromedp.Call(tb.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	tb.do(chromedp.Navigate(shared.base.Scheme + "://" + shared.base.Host + chapter))
	for _, selector := range []string{"h1", "#cell-gantt code", "#contents"} {
		if text, err := chromedp.Run(tb.ctx, chromedp.Text(selector)); err != nil || strings.TrimSpace(text) == "" {
			t.Errorf("%s is empty: %v", selector, err)
		}
	}
	tb.do(chromedp.WaitNotPresent("#cell-gantt button"))
}

func TestRecordedOutputsBeforeAnyRun(t *testing.T) {
	tb := open(t, chapter)
	if got := tb.text(`document.querySelector("#cell-unbounded .outputs").innerText`); !strings.Contains(got, "1000") {
		t.Errorf("outputs of the first cell: %q", got)
	}
	if n := tb.number(`document.querySelectorAll(".outputs img[src^='data:image/']").length`); n == 0 {
		t.Error("no recorded picture is shown")
	}
	if got := tb.text(`document.querySelector("#cell-unbounded").dataset.state`); got != "recorded" {
		t.Errorf("state %q", got)
	}
}

// The character of the Enter that opens the editor may come when the editor
// has the focus already.
func TestEnterOpensAndAddsNoLine(t *testing.T) {
	tb := open(t, chapter)
	tb.eval(nil, `document.querySelector("#cell-gantt").focus()`)
	for _, event := range kb.Encode('\r') { // down, character, up
		if _, err := chromedp.Call(tb.ctx, input.DispatchKeyEvent, *event); err != nil {
			t.Fatal(err)
		}
		tb.until(`document.querySelector("#cell-gantt .cm-editor.cm-focused")`)
	}
	if first := tb.text(`document.querySelector("#cell-gantt .cm-line").textContent`); first != "import (" {
		t.Errorf("the first line is now %q", first)
	}
	tb.keys("Enter")
	if first := tb.text(`document.querySelector("#cell-gantt .cm-line").textContent`); first != "" {
		t.Errorf("Enter in the editor adds no line: the first is %q", first)
	}
	tb.keys("Shift+Enter")
	if state := tb.ended("gantt"); state != "done" {
		t.Errorf("%s: %s", state, tb.outputs("gantt"))
	}
}

// The main job: change the number of workers, run, see new lanes.
func TestChangeWorkersAndSeeLanes(t *testing.T) {
	tb := open(t, chapter)
	line := tb.number(`document.querySelector("#cell-gantt code").textContent.split("\n").findIndex(l => l.includes("workers = 3"))`)
	tb.eval(nil, `document.querySelector("#cell-gantt").focus()`)
	tb.keys("Enter")
	tb.until(`document.querySelector("#cell-gantt .cm-editor.cm-focused")`)
	tb.click(fmt.Sprintf("#cell-gantt .cm-line:nth-child(%d)", int(line)+1))
	tb.keys("End", "Backspace", "5", "Shift+Enter")
	if state := tb.ended("gantt"); state != "done" {
		t.Fatalf("%s: %s", state, tb.outputs("gantt"))
	}
	// What cleans HTML and what draws are loaded when they are needed first.
	tb.until(`document.querySelectorAll("#cell-gantt .lb-stage text.name").length > 0`)
	if names := tb.text(`[...document.querySelectorAll("#cell-gantt text.name")].map(n => n.textContent).join(" ")`); !strings.Contains(names, "worker 5") {
		t.Errorf("no fifth lane among %s", names)
	}
	if caption := tb.text(`document.querySelector("#cell-gantt .outputs figcaption").textContent`); len(caption) < 20 {
		t.Errorf("the picture's caption: %q", caption)
	}
	if id := tb.text(`document.activeElement.id`); id != "cell-log" {
		t.Errorf("the focus is on %q, not on the next cell", id)
	}
	if said := tb.text(`document.querySelector("#said").textContent`); !strings.Contains(said, "finished") {
		t.Errorf("a screen reader hears %q", said)
	}
}

func TestOutputsComeWhileTheProgramRuns(t *testing.T) {
	tb := open(t, chapter)
	tb.write("unbounded", `fmt.Println("first <b> & line"); time.Sleep(time.Hour)`)
	tb.keys("Ctrl+Enter")
	tb.until(`document.querySelector("#cell-unbounded .outputs").textContent.includes("first <b> & line")`)
	if state := tb.text(`document.querySelector("#cell-unbounded").dataset.state`); state != "running" {
		t.Errorf("state %q", state)
	}
	tb.click("#cell-unbounded .stop")
	if state := tb.ended("unbounded"); state != "stopped" {
		t.Errorf("state %q after Stop: %s", state, tb.outputs("unbounded"))
	}
	tb.write("unbounded", `fmt.Println("alive")`)
	tb.keys("Ctrl+Enter")
	if state := tb.ended("unbounded"); state != "done" || !strings.Contains(tb.outputs("unbounded"), "alive") {
		t.Errorf("%s: %s", state, tb.outputs("unbounded"))
	}
}

func TestErrorsSayWhere(t *testing.T) {
	tb := open(t, chapter)
	tb.write("unbounded", `fmt.Println(nowhere)`)
	tb.keys("Ctrl+Enter")
	if state := tb.ended("unbounded"); state != "failed" {
		t.Fatalf("state %q", state)
	}
	if got := tb.outputs("unbounded"); !strings.Contains(got, "undefined: nowhere") || !strings.Contains(got, "^") || !strings.Contains(got, "cell[") {
		t.Errorf("error: %s", got)
	}
	if tb.number(`document.querySelectorAll("#cell-unbounded .out.error").length`) != 1 {
		t.Error("the error is not shown as one")
	}
}

func TestRunAllStopsAtTheFirstFailure(t *testing.T) {
	tb := open(t, chapter)
	tb.write("gantt", `fmt.Println(nowhere)`)
	tb.keys("Escape")
	tb.click("#run-all")
	if state := tb.ended("gantt"); state != "failed" {
		t.Errorf("the broken cell: %q", state)
	}
	if state := tb.text(`document.querySelector("#cell-unbounded").dataset.state`); state != "done" {
		t.Errorf("the cell before: %q", state)
	}
	tb.until(`!document.querySelector('[data-state="queued"], [data-state="running"]')`)
	if state := tb.text(`document.querySelector("#cell-log").dataset.state`); state == "done" || state == "failed" {
		t.Errorf("the cell after: %q", state)
	}
}

func TestRestartForgets(t *testing.T) {
	tb := open(t, chapter)
	tb.write("unbounded", `var kept = 41 + 1`)
	tb.keys("Ctrl+Enter")
	tb.ended("unbounded")
	tb.write("gantt", `fmt.Println("kept:", kept)`)
	tb.keys("Ctrl+Enter")
	if state := tb.ended("gantt"); state != "done" || !strings.Contains(tb.outputs("gantt"), "kept: 42") {
		t.Fatalf("%s: %s", state, tb.outputs("gantt"))
	}
	tb.click("#restart")
	tb.until(`document.querySelector("#said").textContent.includes("restarted")`)
	tb.click("#cell-gantt .run")
	tb.until(`document.querySelector("#cell-gantt").dataset.state === "failed"`)
}

// A kernel that is gone is said so, and the next run starts a new one.
func TestKernelGone(t *testing.T) {
	tb := open(t, chapter)
	tb.expecting = "404" // the page asks after the kernel
	tb.click("#cell-unbounded .run")
	tb.ended("unbounded")
	tb.eval(nil, `fetch("/api/kernels").then(r => r.json()).then(ks => fetch("/api/kernels/" + ks[0].id, {method: "DELETE"})).then(r => r.status)`)
	tb.until(`document.querySelector("#notices").textContent.includes("session has ended")`)
	tb.write("unbounded", `fmt.Println("a new one")`)
	tb.keys("Ctrl+Enter")
	tb.until(`document.querySelector("#cell-unbounded .outputs").textContent.includes("a new one")`)
}

// What programs show can neither run nor load anything.
func TestHostileOutputIsHarmless(t *testing.T) {
	tb := open(t, chapter)
	// The sanitiser parses the HTML in a document of its own, where handlers
	// cannot run; Chromium reports them all the same.
	tb.expecting = "Executing inline event handler violates"
	tb.write("unbounded", `kernelext.HTML("<b>bold</b><img src=x onerror='window.hacked=1'><script>window.hacked=1</scr"+"ipt><svg onload='window.hacked=1'></svg><div style='position:fixed;inset:0'>cover</div>")`)
	tb.keys("Ctrl+Enter")
	if state := tb.ended("unbounded"); state != "done" {
		t.Fatalf("%s: %s", state, tb.outputs("unbounded"))
	}
	tb.until(`document.querySelector("#cell-unbounded .outputs b")`)
	if tb.number(`document.querySelector("#cell-unbounded .outputs").querySelectorAll("script, svg, [onerror], [src='x'], [style*='fixed']").length`) != 0 {
		t.Error(tb.text(`document.querySelector("#cell-unbounded .outputs").innerHTML`))
	}
	if tb.text(`typeof window.hacked`) != "undefined" {
		t.Error("it ran")
	}
}

func TestEditsSurviveAReload(t *testing.T) {
	tb := open(t, chapter)
	original := tb.text(`document.querySelector("#cell-unbounded code").textContent`)
	tb.write("unbounded", `fmt.Println("mine <&>")`)
	tb.until(`document.querySelector("#saving").textContent === "saved"`)
	tb.goTo(chapter)
	code := `document.querySelector("#cell-unbounded .source").textContent`
	if got := tb.text(code); got != `fmt.Println("mine <&>")` {
		t.Errorf("after a reload: %q", got)
	}
	tb.until(`!document.querySelector("#cell-unbounded .badge.edited").hidden`)
	tb.click("#cell-unbounded .reset")
	tb.until(`document.querySelector("#cell-unbounded .badge.edited").hidden`)
	if got := tb.text(code); got != original {
		t.Errorf("after reset: %q", got)
	}
	tb.until(`fetch("/work/en/13-pools").then(r => r.json()).then(w => !w.cells.find(c => c.id === "unbounded").source.includes("mine"))`)
	tb.goTo(chapter)
	if got := tb.text(code); got != original {
		t.Errorf("after reset and a reload: %q", got)
	}
}

// Another tab saved in between: nothing is overwritten before the learner chose.
func TestTwoTabs(t *testing.T) {
	tb := open(t, chapter)
	other := `fetch("/work/en/13-pools").then(r => r.json()).then(w => fetch("/work/en/13-pools", {method: "PUT",
		headers: {"If-Match": w.etag, "Content-Type": "application/json"},
		body: JSON.stringify({cells: [{id: "unbounded", source: "theirs"}], tab: "other"})})).then(r => r.status)`
	conflict := `[...document.querySelectorAll("#notices .notice")].find(n => n.textContent.includes("changed elsewhere"))`
	tb.expecting = "409"
	if status := tb.number(other); status != 200 {
		t.Fatalf("the other tab's save: %v", status)
	}
	tb.write("unbounded", "mine")
	tb.until(conflict)
	if got := tb.text(`fetch("/work/en/13-pools").then(r => r.json()).then(w => w.cells.find(c => c.id === "unbounded").source)`); got != "theirs" {
		t.Errorf("on disk: %q", got)
	}
	tb.eval(nil, `[...`+conflict+`.querySelectorAll("button")].find(b => b.textContent === "Keep what is here").click()`)
	tb.until(`document.querySelector("#saving").textContent === "saved"`)
	if got := tb.text(`fetch("/work/en/13-pools").then(r => r.json()).then(w => w.cells.find(c => c.id === "unbounded").source)`); got != "mine" {
		t.Errorf("after keeping mine: %q", got)
	}
}

func TestChineseStaysAtTheSameCell(t *testing.T) {
	tb := open(t, chapter)
	tb.write("gantt", `fmt.Println("edited in English")`)
	tb.keys("Escape")
	tb.eval(nil, `Promise.all([...document.images].map(i => { i.loading = "eager"; return i.decode() })).then(() => 0)`)
	tb.eval(nil, `document.querySelector("#cell-pipeline-run").scrollIntoView({block: "start", behavior: "instant"})`)
	top := `document.querySelector("#cell-pipeline-run").getBoundingClientRect().top`
	before := tb.number(top)
	tb.eval(nil, `document.querySelector("#language").click()`)
	tb.until(`location.pathname === "/zh/13-pools"`)
	if diff := tb.number(top) - before; diff > 2 || diff < -2 {
		t.Errorf("the cell moved by %v pixels", diff)
	}
	if lang := tb.text(`document.documentElement.lang`); lang != "zh-CN" {
		t.Errorf("lang %q", lang)
	}
	if h1 := tb.text(`document.querySelector("h1").textContent`); h1 == "Pools and pipelines" {
		t.Error("the prose is still English")
	}
	if run := tb.text(`document.querySelector("#cell-gantt .run").innerText`); !strings.Contains(run, "运行") {
		t.Errorf("button %q", run)
	}
	if got := tb.text(`document.querySelector("#cell-gantt .source").textContent`); got != `fmt.Println("edited in English")` {
		t.Errorf("the edit became %q", got)
	}
	tb.until(`document.querySelector("#saving").textContent === "已保存"`)
	tb.goTo("/zh/13-pools")
	if got := tb.text(`document.querySelector("#cell-gantt .source").textContent`); got != `fmt.Println("edited in English")` {
		t.Errorf("after a reload the edit is %q", got)
	}
}

// A save that is answered late must not be taken for one of the other language.
func TestChineseWaitsForASave(t *testing.T) {
	tb := open(t, chapter)
	tb.eval(nil, `(() => {
		const real = window.fetch;
		window.fetch = async (url, init) => {
			const res = await real(url, init);
			if (init?.method === "PUT") {
				window.late = true;
				await new Promise((go) => setTimeout(go, 2000));
			}
			return res;
		};
	})()`)
	tb.write("gantt", `fmt.Println("one")`)
	tb.keys("Escape")
	tb.until(`window.late`)
	tb.eval(nil, `document.querySelector("#language").click()`)
	tb.until(`location.pathname === "/zh/13-pools"`)
	tb.write("gantt", `fmt.Println("two")`)
	tb.until(`document.querySelector("#saving").textContent === "已保存"`)
	if got := tb.text(`document.querySelector("#notices").textContent`); got != "" {
		t.Errorf("the page complains: %q", got)
	}
	tb.goTo("/zh/13-pools")
	if got := tb.text(`document.querySelector("#cell-gantt .source").textContent`); got != `fmt.Println("two")` {
		t.Errorf("after a reload the edit is %q", got)
	}
}

func TestKeyboardAlone(t *testing.T) {
	tb := open(t, chapter)
	tb.keys("Tab")
	if class := tb.text(`document.activeElement.className`); class != "skip" {
		t.Errorf("the first stop is %q, not the skip link", class)
	}
	tb.eval(nil, `document.querySelector("#cell-unbounded").focus()`)
	tb.keys("ArrowDown")
	if id := tb.text(`document.activeElement.id`); id != "cell-gantt" {
		t.Errorf("arrow down leads to %q", id)
	}
	tb.keys("Enter")
	tb.until(`document.activeElement.classList.contains("cm-content")`)
	if hint := tb.text(`document.querySelector("#cell-gantt .hint").innerText`); !strings.Contains(hint, "Esc") {
		t.Errorf("the page does not say how to leave the editor: %q", hint)
	}
	tb.keys("Tab", "Escape")
	if id := tb.text(`document.activeElement.id`); id != "cell-gantt" {
		t.Errorf("after Escape the focus is on %q", id)
	}
	if got := tb.text(`document.querySelector("#cell-gantt .badge.edited").innerText`); got != "edited" {
		t.Error("Tab did not indent")
	}
}
