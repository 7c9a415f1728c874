package browser

import (
	"strings"
	"testing"
)

// saved waits until the page says that everything is on the disk.
func (tb *tab) saved() {
	tb.t.Helper()
	tb.until(`["saved", "已保存"].includes(document.querySelector("#saving").textContent)`)
}

// press presses letters that are commands, not text, with no time in between.
// The driver's own keys also send the letter as text, wherever the focus has
// gone meanwhile.
func (tb *tab) press(letters ...string) {
	tb.t.Helper()
	tb.eval(nil, `for (const key of "`+strings.Join(letters, "")+`") document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}))`)
}

// onDisk is what the server has of a chapter, as "id: source" lines.
func (tb *tab) onDisk() string {
	tb.t.Helper()
	return tb.text(`fetch("/work/en/13-pools").then(r => r.json()).then(w => w.cells.map(c => c.id + ": " + c.source.slice(0, 60)).join("\n"))`)
}

func TestSearch(t *testing.T) {
	tb := open(t, chapter)
	tb.keys("Ctrl+k")
	tb.until(`document.activeElement.type === "search"`)
	tb.keys("errgroup")
	tb.until(`document.querySelectorAll(".hits a").length > 3`)
	if got := tb.text(`document.querySelector("#search-dialog [role=status]").textContent`); !strings.Contains(got, "found") {
		t.Errorf("a screen reader hears %q", got)
	}
	tb.shot("search")
	if tb.number(`document.querySelectorAll(".hits mark").length`) == 0 {
		t.Error("the word is not marked")
	}
	// A later word of the query narrows; Chinese is found as well.
	tb.keys("Ctrl+a", "流水线")
	tb.until(`[...document.querySelectorAll(".hits a")].some(a => a.pathname.startsWith("/zh/"))`)
	tb.keys("Ctrl+a", "zzzzzz")
	tb.until(`document.querySelector("#search-dialog [role=status]").textContent.startsWith("Nothing")`)
	tb.keys("Ctrl+a", "three workers")
	tb.until(`[...document.querySelectorAll(".hits mark")].some(m => m.textContent === "workers")`) // not what was found for "three w"
	tb.keys("ArrowDown", "Enter")
	tb.until(`location.hash.startsWith("#cell-") && !document.querySelector("#search-dialog")?.open`)
}

func TestHelpSaysTheKeys(t *testing.T) {
	tb := open(t, chapter)
	tb.eval(nil, `document.querySelector("#cell-gantt").focus()`)
	tb.press("?")
	tb.until(`document.querySelector("#help-dialog").open`)
	tb.shot("help")
	if got := tb.text(`document.querySelector("#help-dialog").innerText`); !strings.Contains(got, "run the cell and move on") {
		t.Errorf("the help says %q", got)
	}
	tb.keys("Escape")
	tb.until(`document.activeElement.id === "cell-gantt"`)
}

// Notes and cells of one's own, by keyboard: added, moved, deleted, undone.
func TestOwnCells(t *testing.T) {
	tb := open(t, chapter)
	tb.eval(nil, `document.querySelector("#cell-gantt").focus()`)
	tb.press("m")
	tb.until(`document.activeElement.tagName === "TEXTAREA"`)
	tb.keys("My **first** note <b onclick=alert(1)>x</b>", "Escape")
	tb.until(`document.querySelector(".note strong")?.textContent === "first"`)
	if tb.number(`document.querySelectorAll(".note [onclick]").length`) != 0 {
		t.Error("a handler came through")
	}
	note := tb.text(`document.activeElement.id`)
	if !strings.HasPrefix(note, "cell-") {
		t.Fatalf("the focus is on %q", note)
	}
	tb.press("b")
	tb.until(`document.activeElement.classList.contains("cm-content")`)
	tb.keys(`fmt.Println("my own cell")`, "Ctrl+Enter")
	code := tb.text(`document.activeElement.closest(".cell").dataset.id`)
	if state := tb.ended(code); state != "done" || !strings.Contains(tb.outputs(code), "my own cell") {
		t.Fatalf("%s: %s", state, tb.outputs(code))
	}
	tb.shot("own-cells")
	tb.saved()
	order := `[...document.querySelectorAll("main .cell")].map(c => c.id).filter(id => ["cell-gantt", "` + note + `", "cell-` + code + `"].includes(id)).join()`
	if got, want := tb.text(order), "cell-gantt,"+note+",cell-"+code; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	tb.goTo(chapter)
	if got, want := tb.text(order), "cell-gantt,"+note+",cell-"+code; got != want {
		t.Errorf("after a reload: order %s, want %s", got, want)
	}
	tb.until(`document.querySelector(".cell.note strong")`)
	// Moved up before the note, then deleted, then back.
	tb.eval(nil, `document.querySelector("#cell-`+code+`").focus()`)
	tb.keys("Alt+ArrowUp")
	if got, want := tb.text(order), "cell-gantt,cell-"+code+","+note; got != want {
		t.Errorf("moved: order %s, want %s", got, want)
	}
	tb.press("d", "d")
	tb.until(`!document.querySelector("#cell-` + code + `")`)
	tb.saved()
	if got := tb.onDisk(); strings.Contains(got, "my own cell") {
		t.Errorf("still there: %s", got)
	}
	tb.until(`document.activeElement.matches("main .cell")`) // which hears the key
	tb.press("z")
	tb.until(`document.activeElement.id === "cell-` + code + `"`)
	tb.saved()
	if got := tb.onDisk(); !strings.Contains(got, "my own cell") {
		t.Errorf("undone, and yet: %s", got)
	}
}

// A cell of the course can be deleted, and comes back where it stood.
func TestDeleteAndBringBack(t *testing.T) {
	tb := open(t, chapter)
	tb.eval(nil, `document.querySelector("#cell-log").focus()`)
	tb.press("d", "d")
	tb.saved()
	tb.goTo(chapter)
	if tb.number(`document.querySelectorAll("#cell-log").length`) != 0 {
		t.Error("the deleted cell is there after a reload")
	}
	tb.until(`document.querySelector("#saving")`)
	tb.click("#changes")
	tb.until(`document.querySelector("#changes-dialog .change")`)
	tb.shot("bring-back")
	tb.eval(nil, `document.querySelector("#changes-dialog .take").click()`)
	tb.until(`document.querySelector("#cell-log") && "ready" in (document.documentElement?.dataset ?? {})`)
	if got := tb.text(`document.querySelector("#cell-log").nextElementSibling.id`); got != "cell-after-log" {
		t.Errorf("it came back before %q", got)
	}
}

// A cell that was moved is named among the changes, and goes back.
func TestMoveAndPutBack(t *testing.T) {
	tb := open(t, chapter)
	tb.eval(nil, `document.querySelector("#cell-log").focus()`)
	tb.keys("Alt+ArrowDown")
	tb.until(`document.querySelector("#cell-log").previousElementSibling.id === "cell-after-log"`)
	tb.click("#changes")
	tb.until(`document.querySelector("#changes-dialog .change")?.innerText.includes("moved")`)
	tb.shot("moved")
	tb.eval(nil, `window.old = true; document.querySelector("#changes-dialog .take").click()`)
	tb.until(`!window.old && document.querySelector("#cell-log")?.nextElementSibling.id === "cell-after-log"`)
}

func TestWhatChanged(t *testing.T) {
	tb := open(t, chapter)
	tb.click("#changes")
	tb.until(`document.querySelector("#changes-dialog").textContent.includes("Nothing here differs")`)
	tb.keys("Escape")
	tb.until(`!document.querySelector("#changes-dialog").open`)
	tb.write("unbounded", `fmt.Println("mine")`)
	tb.keys("Escape")
	tb.click("#cell-unbounded .changes")
	tb.until(`document.querySelector("#changes-dialog ins")?.textContent.includes("mine")`)
	if tb.number(`document.querySelectorAll("#changes-dialog del").length`) == 0 {
		t.Error("the original's lines are not shown")
	}
	tb.shot("changes")
	tb.eval(nil, `document.querySelector("#changes-dialog .take").click()`)
	tb.until(`document.querySelector("#cell-unbounded .badge.edited").hidden`)
	tb.keys("Escape")
	tb.until(`!document.querySelector("#changes-dialog").open`)
	tb.write("unbounded", `fmt.Println("mine")`)
	tb.saved()
	tb.keys("Escape")
	tb.click("#changes")
	tb.until(`document.querySelector("#changes-dialog .danger")`)
	tb.eval(nil, `document.querySelector("#changes-dialog .danger").click()`)
	tb.eval(nil, `window.old = true; document.querySelector("#changes-dialog .dialog-foot .danger").click()`)
	tb.until(`!window.old && "ready" in (document.documentElement?.dataset ?? {})`)
	if got := tb.text(`document.querySelector("#cell-unbounded .source").textContent`); strings.Contains(got, "mine") {
		t.Errorf("after a reset of the chapter: %s", got)
	}
}

// Two saves met: the version that lost can be looked at and taken over.
func TestKeptVersion(t *testing.T) {
	tb := open(t, chapter)
	tb.expecting = "409"
	tb.eval(nil, `fetch("/work/en/13-pools").then(r => r.json()).then(async w => {
		const put = (etag, source, tab) => fetch("/work/en/13-pools", {method: "PUT", headers: {"If-Match": etag, "Content-Type": "application/json"},
			body: JSON.stringify({cells: [{id: "unbounded", source}], tab})});
		await put(w.etag, "theirs", "a");
		await put(w.etag, "mine <&>", "b");
	}).then(() => 0)`)
	tb.goTo(chapter)
	tb.until(`document.querySelector("#notices").textContent.includes("13-pools.other-")`)
	tb.eval(nil, `[...document.querySelectorAll("#notices button")].find(b => b.textContent === "Compare").click()`)
	tb.until(`document.querySelector("#changes-dialog .change")`)
	tb.shot("kept")
	tb.eval(nil, `document.querySelector("#changes-dialog .take").click()`)
	if got := tb.text(`document.querySelector("#cell-unbounded .source").textContent`); got != "mine <&>" {
		t.Errorf("taken over: %q", got)
	}
	tb.eval(nil, `document.querySelector("#changes-dialog .danger").click()`)
	tb.until(`!document.querySelector("#changes-dialog").open`)
	tb.until(`fetch("/work/en/13-pools").then(r => r.json()).then(w => w.conflicts.length === 0)`)
}

func TestExercise(t *testing.T) {
	tb := open(t, chapter)
	if got := tb.text(`document.querySelector("#cell-ex-map .run").innerText`); !strings.Contains(got, "Check") {
		t.Errorf("the button of an exercise says %q", got)
	}
	hidden := `[...document.querySelectorAll('.hint[data-for="ex-map"]')].map(h => h.hidden).join()`
	if got := tb.text(hidden); !strings.HasPrefix(got, "false,true") {
		t.Fatalf("hints hidden: %s", got)
	}
	tb.eval(nil, `document.querySelector('.hint[data-for="ex-map"] summary').click()`)
	tb.until(hidden + `.startsWith("false,false")`)
	solution := `[...document.querySelectorAll("details.solution")].find(d => d.querySelector('[data-for="ex-map"]'))`
	tb.eval(nil, solution+`.querySelector("summary").click()`)
	tb.until(solution + `.nextElementSibling.textContent.includes("not run an attempt")`)
	if tb.text(`String(`+solution+`.open)`) != "false" {
		t.Error("the solution opened before any attempt")
	}
	tb.shot("solution-ask")
	tb.write("ex-map", `fmt.Println("my attempt")`)
	tb.keys("Ctrl+Enter")
	tb.ended("ex-map")
	tb.eval(nil, solution+`.querySelector("summary").click()`)
	tb.until(solution + `.open`)
}

// What was run and passed is seen in the list of chapters.
func TestProgress(t *testing.T) {
	tb := open(t, chapter)
	tb.write("unbounded", `fmt.Println("ran")`)
	tb.keys("Ctrl+Enter")
	tb.ended("unbounded")
	tb.until(`document.querySelector("#progress").textContent.includes("1 of")`)
	// An exercise whose check was content.
	tb.write("ex-map", `kernelext.JSON(1)`)
	tb.saved()
	tb.eval(nil, `fetch("/work/en/13-pools").then(r => r.json()).then(w => fetch("/work/en/13-pools", {method: "PUT",
		headers: {"If-Match": w.etag, "Content-Type": "application/json"}, body: JSON.stringify({tab: "x", cells: [{id: "ex-map", ran: true,
		outputs: [{output_type: "display_data", metadata: {}, data: {"text/plain": "ok", "application/vnd.lanebook+json": {version: 1, kind: "check", passed: true}}}]}]})})).then(r => r.status)`)
	tb.goTo(chapter)
	tb.until(`document.querySelector("#progress").textContent.includes("1 of 5 exercises")`)
	tb.until(`!document.querySelector("#cell-ex-map .badge.passed").hidden`)
	tb.shot("progress-chapter")
	tb.goTo("/")
	if got := tb.text(`[...document.querySelectorAll(".chapters a")].find(a => a.pathname === "/en/13-pools").innerText`); !strings.Contains(got, "✓ 1/5") {
		t.Errorf("the list says %q", got)
	}
	tb.shot("index")
}
