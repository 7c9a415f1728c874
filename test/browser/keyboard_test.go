package browser

import (
	"slices"
	"strings"
	"testing"
)

// Whoever has no mouse gets everywhere: Tab visits everything that can be
// used, in every chapter, and what has the focus can be seen.
func TestEverythingIsReachedByTab(t *testing.T) {
	for _, path := range append(chapters(t), "/") {
		if strings.HasPrefix(path, "/zh/") {
			continue // the same page, other words
		}
		t.Run(path, func(t *testing.T) {
			tb := open(t, path)
			tb.until(`"ready" in document.documentElement.dataset`)
			tb.eval(nil, watchFocus)
			n := int(tb.number(`usable().length`))
			if n < 5 {
				t.Fatalf("the page has %d things to use", n)
			}
			// Pictures come alive on the way, and bring buttons of their own.
			missed := "all"
			for pressed := 0; missed != "" && pressed < 20*n; pressed += n {
				tb.keys(slices.Repeat([]string{"Tab"}, n)...)
				missed = tb.text(`usable().filter(e => !reached.has(e)).map(e => e.outerHTML.slice(0, 90)).join("\n")`)
			}
			if missed != "" {
				t.Errorf("Tab never comes to:\n%s", missed)
			}
			tb.keys("Tab") // the last one is judged, too
			if unseen := tb.text(`[...unseen].map(e => e.outerHTML.slice(0, 90)).join("\n")`); unseen != "" {
				t.Errorf("nobody sees that these have the focus:\n%s", unseen)
			}
		})
	}
}

// What has the focus is judged as it stands when the next key comes: while the
// focus is on its way, the window may not have it yet.
const watchFocus = `window.reached = new Set(); window.unseen = new Set();
document.addEventListener("focusin", ({target}) => reached.add(target));
document.addEventListener("keydown", () => {
	const style = getComputedStyle(document.activeElement);
	if (reached.has(document.activeElement) && style.outlineStyle === "none" && style.boxShadow === "none") unseen.add(document.activeElement);
}, true);
window.usable = () => [...document.querySelectorAll("a[href], button, summary, input, textarea, [tabindex='0']")].filter((e) =>
	e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.type !== "checkbox");
document.activeElement?.blur(); 0`

// A chapter is worked through by keyboard: run, edit, hint, solution, search,
// language, and on to the next one.
func TestChapterByKeyboard(t *testing.T) {
	tb := open(t, chapter)
	tb.eval(nil, `document.querySelector("#cell-unbounded").focus()`)
	tb.keys("Shift+Enter") // runs and moves on
	if state := tb.ended("unbounded"); state != "done" {
		t.Fatalf("%s: %s", state, tb.outputs("unbounded"))
	}
	if id := tb.text(`document.activeElement.id`); id != "cell-gantt" {
		t.Errorf("after Shift+Enter the focus is on %q", id)
	}
	focus := func(selector string) {
		tb.eval(nil, `document.querySelector('`+selector+`').focus()`)
	}
	focus(`.hint[data-for="ex-map"] summary`)
	tb.keys("Enter")
	tb.until(`document.querySelector('.hint[data-for="ex-map"] details').open`)
	focus(`.solution:has([data-for="ex-map"]) > summary`)
	tb.keys("Enter")
	tb.until(`document.activeElement.textContent === "Back to the exercise"`)
	tb.keys("Enter")
	tb.until(`document.activeElement.closest(".cell")?.id === "cell-ex-map"`)
	tb.keys("Escape")
	focus("#cell-ex-map .menu summary")
	tb.keys("Enter", "Tab", "Tab", "Enter") // the second item adds a note
	tb.until(`document.activeElement.tagName === "TEXTAREA"`)
	tb.keys("by keyboard", "Escape")
	tb.until(`document.activeElement.classList.contains("note")`)
	focus("#language")
	tb.keys("Enter")
	tb.until(`document.documentElement.lang === "zh-CN"`)
	if note := tb.text(`document.querySelector(".note .shown").innerText`); note != "by keyboard" {
		t.Errorf("the note became %q", note)
	}
	tb.saved()
}
