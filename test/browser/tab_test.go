package browser

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tab is a page under test.
type tab struct {
	t     testing.TB
	ctx   context.Context
	close func() // as if its browser were killed: the page is not asked

	mu        sync.Mutex
	faults    []string // what the browser complained about
	expecting string   // complaints that contain this are no faults, when not empty
}

// open opens a page of the server in a tab of its own, with an empty memory.
// Whatever the browser logs as an error, and every request to elsewhere,
// fails the test.
func open(t testing.TB, path string) *tab {
	t.Helper()
	tb := newTab(t, shared.base.ResolveReference(&url.URL{Path: "/"}))
	tb.eval(nil, `localStorage.clear(); sessionStorage.clear()`)
	tb.watch()
	for _, lang := range []string{"en", "zh"} {
		tb.eval(nil, `fetch("/work/`+lang+`/13-pools", {method: "DELETE"}).then(r => r.json()).then(w => Promise.all(
			w.conflicts.map(file => fetch("/work/`+lang+`/13-pools?kept=" + file, {method: "DELETE"})))).then(() => 0)`)
	}
	tb.width(1400)
	tb.goTo(path)
	t.Cleanup(func() {
		// The page may still be at work. What it says when its kernel goes is no
		// fault, and what it would still save must not meet the next test.
		tb.eval(nil, `window.realFetch = window.fetch; window.fetch = () => new Promise(() => {}); 0`)
		tb.mu.Lock()
		for _, fault := range tb.faults {
			t.Error(fault)
		}
		tb.mu.Unlock()
		// All tabs share the chapter's kernel: leave nothing running in it.
		tb.eval(nil, `(ask => ask("/api/kernels").then(r => r.json()).then(ks => Promise.all(ks.map(k => ask("/api/kernels/" + k.id, {method: "DELETE"})))).then(() => 0))(window.realFetch ?? fetch)`)
	})
	return tb
}

// newTab opens an address in a tab of its own.
func newTab(t testing.TB, address *url.URL) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(shared.browser)
	t.Cleanup(cancel)
	// The tab lives as long as the context of its first action.
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	tb := &tab{t: t, ctx: ctx, close: cancel}
	tb.do(chromedp.Navigate(address.String()))
	return tb
}

func (tb *tab) goTo(path string) {
	tb.t.Helper()
	address := shared.base.ResolveReference(&url.URL{Path: path})
	if path == "/" {
		tb.do(chromedp.Navigate(address.String()))
		return
	}
	tb.goThere(address)
	tb.until(`document.querySelector("#progress progress")`) // it knows what the server has
}

// goThere opens a chapter, or a notebook, and waits until its page is alive.
func (tb *tab) goThere(address *url.URL) {
	tb.t.Helper()
	tb.do(chromedp.Navigate(address.String()))
	tb.until(`"ready" in document.documentElement.dataset`)
}

func (tb *tab) watch() {
	tb.t.Helper()
	err := chromedp.Listen(tb.ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			u, err := url.Parse(e.Request.URL)
			if err != nil || (u.Host != shared.base.Host && u.Scheme != "data" && u.Scheme != "blob" && u.Scheme != "about") {
				tb.fault("the page asked for " + e.Request.URL)
			}
		}
	})
	if err != nil {
		tb.t.Fatal(err)
	}
	if _, err := chromedp.Call(tb.ctx, network.Enable, network.EnableParams{}); err != nil {
		tb.t.Fatal(err)
	}
	go func() {
		for message, err := range chromedp.Console(tb.ctx) {
			if err != nil {
				return
			}
			if message.Type == "error" || message.Type == chromedp.ConsoleException {
				tb.fault("the browser says: " + message.Text)
			}
		}
	}()
}

func (tb *tab) fault(text string) {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	expected := tb.expecting != "" && strings.Contains(text, tb.expecting)
	if !expected && !slices.Contains(tb.faults, text) {
		tb.faults = append(tb.faults, text)
	}
}

func (tb *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	tb.t.Helper()
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		tb.t.Fatal(err)
	}
}

// eval evaluates JavaScript, waits for it when it is a promise, and decodes
// what it yields.
func (tb *tab) eval(into any, js string) {
	tb.t.Helper()
	if err := tb.try(into, js, patience); err != nil {
		tb.t.Fatalf("%s: %v", js, err)
	}
}

func (tb *tab) try(into any, js string, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(tb.ctx, limit)
	defer cancel()
	raw, err := chromedp.Run(ctx, chromedp.Evaluate[[]byte](js, chromedp.EvalAwaitPromise))
	if err != nil || into == nil {
		return err
	}
	return json.Unmarshal(raw, into)
}

func (tb *tab) text(js string) string {
	tb.t.Helper()
	var s string
	tb.eval(&s, js)
	return s
}

func (tb *tab) number(js string) float64 {
	tb.t.Helper()
	var n float64
	tb.eval(&n, js)
	return n
}

// until waits for a condition. One that cannot be answered is not true yet:
// another page may just be taking this one's place.
func (tb *tab) until(js string) {
	tb.t.Helper()
	var err error
	for start := time.Now(); time.Since(start) < patience && tb.ctx.Err() == nil; time.Sleep(30 * time.Millisecond) {
		var ok bool
		if err = tb.try(&ok, "Promise.resolve("+js+").then(Boolean)", patience/4); ok {
			return
		}
	}
	var says string
	tb.try(&says, `document.querySelector("#kernel")?.textContent + " " + document.querySelector("#notices")?.textContent`, patience/4)
	tb.t.Fatalf("never came true: %s (%v)\nthe page says: %s", js, err, says)
}

// keys presses keys one after another: "Shift+Enter", "ArrowDown", or any
// other text, which is typed.
func (tb *tab) keys(names ...string) {
	tb.t.Helper()
	known := map[string]string{"Enter": kb.Enter, "Escape": kb.Escape, "Tab": kb.Tab, "ArrowDown": kb.ArrowDown, "ArrowUp": kb.ArrowUp, "ArrowRight": kb.ArrowRight, "ArrowLeft": kb.ArrowLeft,
		"Home": kb.Home, "End": kb.End, "Backspace": kb.Backspace}
	modifiers := map[string]chromedp.Modifier{"Shift": chromedp.ModifierShift, "Ctrl": chromedp.ModifierCtrl, "Alt": chromedp.ModifierAlt}
	for _, name := range names {
		var options []chromedp.KeyOption
		if modifier, rest, ok := strings.Cut(name, "+"); ok && modifiers[modifier] != 0 {
			options = append(options, chromedp.KeyModifiers(modifiers[modifier]))
			name = rest
		}
		if key, ok := known[name]; ok {
			name = key
		}
		tb.do(chromedp.KeyEvent(name, options...))
	}
}

// click clicks where an element is, once it stays there: pictures that come
// alive push on what stands below them.
func (tb *tab) click(selector string) {
	tb.t.Helper()
	tb.do(chromedp.ScrollIntoView(selector))
	tb.until(`new Promise((go) => {
		const place = () => { const box = document.querySelector(` + strconv.Quote(selector) + `).getBoundingClientRect(); return box.x + " " + box.y; };
		const before = place();
		requestAnimationFrame(() => requestAnimationFrame(() => go(place() === before)));
	})`)
	tb.do(chromedp.Click(selector))
}

// width sets the width of the window.
func (tb *tab) width(pixels int64) {
	tb.t.Helper()
	tb.do(chromedp.EmulateViewport(pixels, 900))
}

// media sets the medium ("" for the screen) and a media feature, as the
// system's settings would.
func (tb *tab) media(medium, feature, value string) {
	tb.t.Helper()
	params := emulation.SetEmulatedMediaParams{Media: medium, Features: []*emulation.MediaFeature{{Name: feature, Value: value}}}
	if _, err := chromedp.Call(tb.ctx, emulation.SetEmulatedMedia, params); err != nil {
		tb.t.Fatal(err)
	}
}

// write opens a cell by keyboard and replaces its code.
func (tb *tab) write(cell, code string) {
	tb.t.Helper()
	tb.eval(nil, `document.querySelector("#cell-`+cell+`").focus()`)
	tb.keys("Enter")
	tb.until(`document.querySelector("#cell-` + cell + ` .cm-editor.cm-focused")`)
	tb.keys("Ctrl+a", code)
}

// ended waits until a cell has run and says how it went.
func (tb *tab) ended(cell string) string {
	tb.t.Helper()
	state := `document.querySelector("#cell-` + cell + `").dataset.state`
	tb.until(`["done", "failed", "stopped"].includes(` + state + `)`)
	return tb.text(state)
}

func (tb *tab) outputs(cell string) string {
	tb.t.Helper()
	return tb.text(`document.querySelector("#cell-` + cell + ` .outputs").innerText`)
}
