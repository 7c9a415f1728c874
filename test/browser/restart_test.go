package browser

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// serverOf starts a server of the test's own and opens a page of it in a tab.
func serverOf(t *testing.T, dir string, args ...string) (base *url.URL, stop func(), tb *tab) {
	t.Helper()
	base, stop, err := study(shared.bin, dir, args...)
	if err != nil {
		t.Fatal(err)
	}
	return base, stop, newTab(t, base)
}

// The server ends and is started anew under an open page: the page says what to
// do, and what was typed meanwhile is there when that is done.
func TestServerRestart(t *testing.T) {
	dir := t.TempDir()
	base, stop, tb := serverOf(t, dir)
	page := base.ResolveReference(&url.URL{Path: chapter})
	tb.do(chromedp.Navigate(page.String()))
	tb.until(`"ready" in document.documentElement.dataset`)
	tb.write("unbounded", `fmt.Println("before")`)
	tb.saved()
	stop()
	tb.until(`["lost", "gone"].includes(document.querySelector("#kernel").dataset.state)`)
	tb.keys("Ctrl+a", `fmt.Println("while it was away")`)
	tb.until(`/kept/.test(document.querySelector("#notices").textContent)`)
	tb.shot("restart-lost")

	again, stop, err := study(shared.bin, dir) // the same port, a new secret
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if again.Host != base.Host {
		t.Fatalf("the address was %s and is %s", base.Host, again.Host)
	}
	tb.until(`document.querySelector("#kernel").dataset.state === "refused"`)
	if said := tb.text(`document.querySelector("#notices").textContent`); !strings.Contains(said, "started anew") {
		t.Errorf("the page says %q", said)
	}
	tb = newTab(t, again)
	tb.do(chromedp.Navigate(page.String()))
	tb.until(`document.querySelector("#cell-unbounded .source")?.textContent.includes("while it was away")`)
	// By this tab or by the other one, which the new secret lets in again.
	tb.until(`fetch("/work/en/13-pools").then(r => r.json()).then(w => w.cells.some(c => c.source.includes("while it was away")))`)
}

// Notebooks of one's own, from any folder: one is made, edited and kept.
func TestOwnNotebook(t *testing.T) {
	dir := t.TempDir()
	base, stop, tb := serverOf(t, dir, dir)
	defer stop()
	tb.until(`document.querySelector("#new-name")`)
	tb.eval(nil, `document.querySelector("#new-name").focus()`)
	tb.keys("我的 notes", "Enter")
	tb.until(`location.pathname.startsWith("/nb/") && "ready" in (document.documentElement?.dataset ?? {})`)
	tb.shot("own-notebook")
	id := tb.text(`document.querySelector(".cell.code").dataset.id`)
	tb.write(id, `fmt.Println("mine")`)
	tb.keys("Ctrl+Enter")
	if state := tb.ended(id); state != "done" || !strings.Contains(tb.outputs(id), "mine") {
		t.Fatalf("%s: %s", state, tb.outputs(id))
	}
	tb.eval(nil, `document.querySelector("#cell-`+id+`").focus()`)
	tb.press("m")
	tb.until(`document.activeElement.tagName === "TEXTAREA"`)
	tb.keys("# A heading", "Escape")
	tb.until(`document.querySelector(".note h1")`)
	tb.saved()
	tb.do(chromedp.Navigate(base.ResolveReference(&url.URL{Path: "/nb/我的 notes.ipynb"}).String()))
	tb.until(`document.querySelector(".note h1") && document.querySelector(".outputs").textContent.includes("mine")`)
	if tb.text(`String(document.querySelector(".badge.edited").hidden)`) != "true" {
		t.Error("a cell of one's own is called edited")
	}
}
