package browser

import (
	"strings"
	"testing"
)

// delaySaves lets the page hear of its saves only after some time.
const delaySaves = `(() => {
	const real = window.fetch;
	window.fetch = async (url, init) => {
		const res = await real(url, init);
		if (init?.method === "PUT" && !init.keepalive) {
			window.late = true;
			await new Promise((go) => setTimeout(go, 5000));
		}
		return res;
	};
})()`

// Whoever leaves in the middle of a save loses nothing, and the page is not
// in conflict with itself.
func TestLeavingDuringASave(t *testing.T) {
	tb := open(t, chapter)
	tb.eval(nil, delaySaves)
	tb.write("gantt", `fmt.Println("one")`)
	tb.until(`window.late`)
	tb.keys("Ctrl+a", `fmt.Println("two")`)
	tb.goTo("/")
	saved := `fetch("/work/en/13-pools").then(r => r.json()).then(w => [w.cells.find(c => c.id === "gantt").source, ...w.conflicts].join(" "))`
	tb.until(saved + `.then(s => s === 'fmt.Println("two")')`)
}

// The socket may close while the page asks whether the kernel is at work; the
// page must notice then, not when the next cell is run.
func TestSocketClosesWhileOpening(t *testing.T) {
	tb := open(t, chapter)
	tb.eval(nil, `(() => {
		const RealSocket = window.WebSocket, realFetch = window.fetch;
		let sockets = [];
		window.WebSocket = class extends RealSocket { constructor(...args) { super(...args); sockets.push(this); } };
		window.fetch = async (url, init) => {
			if (sockets[0]?.readyState === 1 && sockets.length === 1 && /\/api\/kernels\/[^/]+$/.test(url)) {
				await new Promise((closed) => { sockets[0].addEventListener("close", () => setTimeout(closed)); sockets[0].close(); });
			}
			return realFetch(url, init);
		};
		window.states = [];
		new MutationObserver(() => states.push(document.querySelector("#kernel").dataset.state))
			.observe(document.querySelector("#kernel"), {attributes: true});
	})()`)
	tb.eval(nil, `document.querySelector("#cell-unbounded .source").click()`) // opens the editor, and the connection
	tb.until(`states.includes("lost")`)
	tb.until(`states.indexOf("idle", states.indexOf("lost")) > 0`)
	tb.write("unbounded", `fmt.Println("back")`)
	tb.keys("Ctrl+Enter")
	if state := tb.ended("unbounded"); state != "done" {
		t.Errorf("%s: %s", state, tb.outputs("unbounded"))
	}
}

// Whoever types on while a cell goes back to its original is in conflict with
// nobody, and what they type stays.
func TestTypingDuringAReset(t *testing.T) {
	tb := open(t, chapter)
	tb.write("unbounded", `fmt.Println("one")`)
	tb.saved()
	tb.eval(nil, `(() => {
		const real = window.fetch;
		window.fetch = async (url, init) => {
			const res = await real(url, init);
			if (init?.method === "DELETE" && !window.resetting) {
				window.resetting = true;
				await new Promise((go) => { window.answer = go; });
			}
			return res;
		};
	})()`)
	tb.click("#cell-unbounded .reset")
	tb.until(`window.resetting`)
	tb.write("unbounded", `fmt.Println("two")`)
	tb.until(`Object.values(localStorage).join().includes("two")`)
	tb.eval(nil, `document.dispatchEvent(new Event("visibilitychange")); window.answer()`)
	tb.saved()
	if got := tb.onDisk(); !strings.Contains(got, `fmt.Println("two")`) {
		t.Errorf("saved: %s", got)
	}
}
