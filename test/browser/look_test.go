package browser

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"lanebook/notebooks"
)

func TestDark(t *testing.T) {
	tb := open(t, chapter)
	ground := `getComputedStyle(document.body).backgroundColor`
	tb.media("", "prefers-color-scheme", "light")
	light := tb.text(ground)
	tb.media("", "prefers-color-scheme", "dark")
	dark := tb.text(ground)
	if light == dark {
		t.Fatalf("light and dark are both %s", light)
	}
	tb.click("#theme") // from the system's to light, whatever the system says
	if got := tb.text(ground); got != light {
		t.Errorf("light by choice: %s, want %s", got, light)
	}
	tb.goTo(chapter)
	if got := tb.text(ground); got != light {
		t.Errorf("not remembered: %s, want %s", got, light)
	}
	tb.media("", "prefers-color-scheme", "light")
	tb.click("#theme")
	if got := tb.text(ground); got != dark {
		t.Errorf("dark by choice: %s, want %s", got, dark)
	}
}

func TestNarrowNeedsNoSidewaysScrolling(t *testing.T) {
	for _, path := range []string{"/", chapter, "/zh/13-pools"} {
		tb := open(t, path)
		tb.width(390)
		tb.until(`document.documentElement.scrollWidth <= 390`) // what is drawn by scripts follows a frame later
		if small := tb.text(smallTargets); small != "" {
			t.Errorf("%s: targets under 24 pixels: %s", path, small)
		}
	}
}

// The bar on top has room for everything in it, whatever it says and however
// wide the window is.
func TestHeaderHasRoom(t *testing.T) {
	tb := open(t, chapter)
	for _, says := range []string{"at first", "saved and ready", "saved and ready, in Chinese"} {
		switch says {
		case "saved and ready":
			tb.write("unbounded", `fmt.Println(1)`)
			tb.keys("Ctrl+Enter")
			tb.ended("unbounded")
			tb.saved()
		case "saved and ready, in Chinese":
			tb.eval(nil, `document.querySelector("#language").click()`)
			tb.until(`document.documentElement.lang === "zh-CN"`)
		}
		for _, width := range []int64{320, 360, 390, 480, 544, 600, 768, 800, 801, 992, 1024, 1180, 1216, 1217, 1280, 1440, 1920} {
			tb.width(width)
			if found := tb.text(crowded); found != "" {
				t.Errorf("%s, %d pixels: %s", says, width, found)
			}
			tb.shot(fmt.Sprintf("header-%s-%d", strings.ReplaceAll(says, " ", "-"), width))
		}
		tb.width(1400)
	}
}

// crowded lists what lies over something else in the bar on top, or beyond it.
const crowded = `(() => {
	const bar = document.querySelector("header.top");
	const found = bar.scrollWidth > bar.clientWidth ? ["it is " + bar.scrollWidth + " pixels wide"] : [];
	const parts = [...bar.children].flatMap((c) => c.id === "tools" ? [...c.children] : [c]).map((c) => [c, c.getBoundingClientRect()]).filter(([, r]) => r.width > 0);
	for (const [i, [a, p]] of parts.entries()) for (const [b, q] of parts.slice(i + 1)) {
		if (p.left < q.right - 1 && q.left < p.right - 1) found.push((a.id || a.className) + " and " + (b.id || b.className) + " overlap");
	}
	return found.join("; ");
})()`

// Buttons that cannot be hit with a finger. Links inside a sentence may be
// smaller, as WCAG allows.
const smallTargets = `[...document.querySelectorAll("button, summary, .button, .contents a, .turn a")]
	.map(b => [b, b.getBoundingClientRect()])
	.filter(([b, r]) => r.width > 0 && (r.width < 24 || r.height < 24))
	.map(([b, r]) => b.textContent.trim() + " " + r.width + "x" + r.height).join("; ")`

func TestPrint(t *testing.T) {
	tb := open(t, chapter)
	tb.media("print", "prefers-color-scheme", "dark")
	shown := `[...document.querySelectorAll("button, .top, .contents, .notices")].filter(e => e.getBoundingClientRect().height > 0).map(e => e.outerHTML.slice(0, 80)).join("\n")`
	if got := tb.text(shown); got != "" {
		t.Errorf("printed:\n%s", got)
	}
	if n := tb.number(`[...document.querySelectorAll("pre")].filter(p => p.scrollWidth > p.clientWidth + 1 || p.scrollHeight > p.clientHeight + 1).length`); n != 0 {
		t.Errorf("%v blocks are clipped on paper", n)
	}
	if ground := tb.text(`getComputedStyle(document.body).backgroundColor`); ground != "rgb(255, 255, 255)" {
		t.Errorf("paper is %s", ground)
	}
}

// axe-core checks the rules of WCAG that a machine can check.
func TestAccessible(t *testing.T) {
	axe, err := os.ReadFile("../../web/node_modules/axe-core/axe.min.js")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("axe-core is not installed; run make web: %v", err)
		}
		t.Skipf("SKIPPED: axe-core is not installed; run make web: %v", err)
	}
	tests := []accessible{
		{"chapter list", "/", "light", nil},
		{"chapter list, dark", "/", "dark", nil},
		{"chapter, dark", chapter, "dark", nil},
		{"narrow", chapter, "light", func(tb *tab) { tb.width(390) }},
		{"search", chapter, "light", func(tb *tab) {
			tb.keys("Ctrl+k")
			tb.until(`document.activeElement.type === "search"`)
			tb.keys("worker")
			tb.until(`document.querySelectorAll(".hits a").length > 0`)
		}},
		{"keys, dark", chapter, "dark", func(tb *tab) { tb.click("#keys") }},
		{"changes and a note", chapter, "light", func(tb *tab) {
			tb.write("unbounded", `fmt.Println("x")`)
			tb.eval(nil, `document.querySelector("#cell-unbounded").focus()`)
			tb.press("m")
			tb.until(`document.activeElement.tagName === "TEXTAREA"`)
			tb.keys("a *note*")
			tb.eval(nil, `document.querySelector("#cell-unbounded .menu").open = true`)
			tb.eval(nil, `document.querySelector("#cell-unbounded .changes").click()`)
			tb.until(`document.querySelector("#changes-dialog .change")`)
		}},
		{"menu and note", "/zh/13-pools", "dark", func(tb *tab) {
			tb.eval(nil, `document.querySelector("#cell-unbounded").focus()`)
			tb.press("m")
			tb.until(`document.activeElement.tagName === "TEXTAREA"`)
			tb.keys("一条*笔记*", "Escape")
			tb.eval(nil, `document.querySelector("#cell-unbounded .menu").open = true`)
		}},
		{"contents, narrow", chapter, "light", func(tb *tab) {
			tb.width(390)
			tb.click("#contents-button")
		}},
		{"mistakes", chapter, "light", func(tb *tab) {
			tb.write("unbounded", `fmt.Println(nowhere)`)
			tb.until(`!document.querySelector("#cell-unbounded .problems").hidden`)
		}},
		{"editing", chapter, "light", func(tb *tab) { tb.write("unbounded", `fmt.Println("x")`) }},
		{"failed, dark", chapter, "dark", func(tb *tab) {
			tb.write("unbounded", `fmt.Println(nowhere)`)
			tb.keys("Ctrl+Enter")
			tb.ended("unbounded")
		}},
		{"running", chapter, "light", func(tb *tab) {
			tb.write("unbounded", `for i := range 100 { fmt.Println("\x1b[32mgreen\x1b[0m", i) }; time.Sleep(time.Hour)`)
			tb.keys("Ctrl+Enter")
			tb.until(`document.querySelector("#cell-unbounded .outputs").textContent.includes("99")`)
		}},
		{"solutions open", chapter, "light", func(tb *tab) {
			tb.eval(nil, `document.querySelectorAll("details").forEach(d => d.open = true)`)
		}},
	}
	for _, path := range chapters(t) {
		tests = append(tests, accessible{path, path, "light", nil})
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tb := open(t, tt.path)
			tb.media("", "prefers-color-scheme", tt.scheme)
			if tt.prepare != nil {
				tt.prepare(tb)
			}
			tb.shot("axe-" + strings.NewReplacer("/", "-", " ", "-").Replace(tt.name))
			tb.eval(nil, string(axe)+"; null")
			var found []struct {
				ID, Help string
				Nodes    []struct {
					Target         json.RawMessage
					FailureSummary string
				}
			}
			tb.eval(&found, `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations)`)
			for _, v := range found {
				var where []string
				for _, n := range v.Nodes[:min(len(v.Nodes), 3)] {
					where = append(where, string(n.Target)+" "+n.FailureSummary)
				}
				t.Errorf("%s: %s\n%s", v.ID, v.Help, strings.Join(where, "\n"))
			}
		})
	}
}

// accessible is a state of a page that the rules are checked in.
type accessible struct {
	name, path, scheme string
	prepare            func(*tab)
}

// chapters lists the pages of all chapters, in both languages.
func chapters(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, lang := range []string{"en", "zh"} {
		files, err := fs.Glob(notebooks.FS, lang+"/*.ipynb")
		if err != nil || len(files) == 0 {
			t.Fatalf("no chapters in %s: %v", lang, err)
		}
		for _, file := range files {
			paths = append(paths, "/"+strings.TrimSuffix(file, ".ipynb"))
		}
	}
	return paths
}
