package browser

import (
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"lanebook/internal/handout"
)

// handouts writes pages of notebooks into a folder of the test's own.
func handouts(t *testing.T, pattern string, opts handout.Options) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatal("no notebooks: ", pattern, err)
	}
	written, err := handout.Write(files, t.TempDir(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return written
}

// openFile opens a page from the disk: no server, as a reader has it.
func openFile(t *testing.T, path string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(shared.browser)
	t.Cleanup(cancel)
	tb := &tab{t: t, ctx: ctx}
	if err := chromedp.Do(ctx, chromedp.Navigate((&url.URL{Scheme: "file", Path: path}).String())); err != nil {
		t.Fatal(err)
	}
	return tb
}

// Chapters on paper: the light theme, nothing clipped, nothing beyond the
// margin, and links to other pages are told.
func TestHandoutPrint(t *testing.T) {
	for _, page := range handouts(t, "../../notebooks/*/*.ipynb", handout.Options{URL: "https://school.example/go"}) {
		t.Run(filepath.Base(filepath.Dir(page))+"/"+filepath.Base(page), func(t *testing.T) {
			tb := openFile(t, page)
			tb.width(670) // A4 less its margins
			tb.media("print", "prefers-color-scheme", "dark")
			if got := tb.text(`[...document.querySelectorAll("pre, .out, .out div, img, table, svg")].filter(e => e.scrollWidth > e.clientWidth + 1 && /PRE|DIV/.test(e.tagName) || e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 100)).join("\n")`); got != "" {
				t.Errorf("clipped on paper:\n%s", got)
			}
			if ground := tb.text(`getComputedStyle(document.body).backgroundColor`); ground != "rgb(255, 255, 255)" {
				t.Errorf("paper is %s", ground)
			}
		})
	}
}

// An enemy's notebook: even without the page's content security policy,
// nothing in it runs, fetches anything, covers the page or hides it.
func TestHandoutHostile(t *testing.T) {
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)
	for _, page := range handouts(t, "../../internal/handout/testdata/hostile/*.ipynb", handout.Options{Solutions: handout.Appendix}) {
		t.Run(filepath.Base(page), func(t *testing.T) {
			data, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			if !policy.Match(data) {
				t.Error("the page has no content security policy")
			}
			if err := os.WriteFile(page, policy.ReplaceAll(data, nil), 0o644); err != nil {
				t.Fatal(err)
			}
			tb := openFile(t, page)
			// Click and touch all there is, then let it run.
			tb.eval(nil, `(async () => {
				for (const e of document.querySelectorAll("main *")) {
					if (e.tagName != "A" || !/^(https?|file):/.test(e.href)) e.click?.();
					for (const kind of ["mouseover", "focus", "toggle"]) e.dispatchEvent(new Event(kind));
				}
				await new Promise(done => setTimeout(done, 100));
			})()`)
			if got := tb.text(`String(window.pwned)`); got != "undefined" {
				t.Error("the notebook's code ran")
			}
			if got := tb.text(`performance.getEntriesByType("resource").map(e => e.name).join("\n")`); got != "" {
				t.Errorf("it fetches\n%s", got)
			}
			if got := tb.text(`[...document.querySelectorAll("*")].filter(e => /fixed|absolute/.test(getComputedStyle(e).position) && !/number|turn/.test(e.className)).map(e => e.outerHTML).join("\n")`); got != "" {
				t.Errorf("it covers the page:\n%s", got)
			}
			if tb.number(`document.querySelector("main").getBoundingClientRect().height`) < 20 {
				t.Error("it hides the page")
			}
		})
	}
}

// Slides are shown one at a time, and keys turn them.
func TestSlidesTurn(t *testing.T) {
	page := handouts(t, "../../notebooks/en/13-*.ipynb", handout.Options{Slides: true})[0]
	tb := openFile(t, page)
	at := func(id string) string {
		return `Math.abs(document.getElementById("` + id + `").getBoundingClientRect().top) < 1`
	}
	tb.width(1280)
	for _, want := range []string{"slide-2", "slide-3"} {
		tb.do(chromedp.KeyEvent(kb.PageDown))
		tb.until(at(want))
	}
	tb.click("#slide-3 .turn a:first-of-type")
	tb.until(at("slide-2"))
	if n := tb.number(`document.querySelectorAll(".slide :is(h1,h2,h3)").length - document.querySelectorAll(".slide").length`); n != 0 {
		t.Errorf("%v slides have no heading, or too many", n)
	}
}

// What is dealt to a slide fits on it, in the fonts of this machine: nothing
// has to be scrolled to, and nothing goes on to a second sheet of paper.
func TestSlidesFit(t *testing.T) {
	for pattern, opts := range map[string]handout.Options{"*/*": {Slides: true}, "*/10-*": {Slides: true, Large: true}} {
		for _, page := range handouts(t, "../../notebooks/"+pattern+".ipynb", opts) {
			if filepath.Base(page) == "index.html" {
				continue
			}
			t.Run(pattern+"/"+filepath.Base(filepath.Dir(page))+"/"+filepath.Base(page), func(t *testing.T) {
				tb := openFile(t, page)
				tb.do(chromedp.EmulateViewport(1280, 720))
				const tooHigh = `[...document.querySelectorAll(".slide")].filter(s => s.offsetHeight > innerHeight + 1 || s.scrollWidth > innerWidth + 1).map(s => s.id + " " + s.offsetHeight).join(", ")`
				if got := tb.text(tooHigh); got != "" {
					t.Errorf("does not fit on the screen: %s", got)
				}
				tb.media("print", "prefers-color-scheme", "light")
				const sheet = `167.1 / 25.4 * 96`
				if got := tb.text(strings.ReplaceAll(tooHigh, "innerHeight", sheet)); got != "" {
					t.Errorf("does not fit on its sheet: %s", got)
				}
			})
		}
	}
}

// The installed browser prints a page to PDF. Every sheet says where its
// notebook is, and none ends with a heading or with words that announce what
// comes next.
func TestHandoutPDF(t *testing.T) {
	printer, err := handout.NewPrinter(os.Getenv("CHROMIUM"))
	if err != nil {
		t.Fatal(err)
	}
	page := handouts(t, "../../notebooks/zh/13-*.ipynb", handout.Options{URL: "https://school.example/go"})[0]
	pdf, err := printer.Print(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Dir(pdf) != filepath.Dir(page) {
		t.Error("the PDF is not beside its page: ", pdf)
	}
	source, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	headings := map[string]bool{}
	for _, m := range regexp.MustCompile(`<h[1-4][^>]*>([^<]+)</h`).FindAllStringSubmatch(string(source), -1) {
		headings[m[1]] = true
	}
	for i, lines := range sheets(t, pdf) {
		foot := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, "https://school.example/go/13-pools.ipynb") })
		if i == 0 { // which also says it in its text
			foot = len(lines) - 1
		}
		if foot < 1 {
			t.Fatalf("sheet %d does not say where the notebook is: %q", i+1, lines)
		}
		if last := lines[foot-1]; headings[last] || strings.HasSuffix(last, "：") {
			t.Errorf("sheet %d ends with %q", i+1, last)
		}
	}
}

// sheets are the lines of a PDF, sheet by sheet, without empty ones.
func sheets(t *testing.T, pdf string) (list [][]string) {
	t.Helper()
	text, err := exec.Command("pdftotext", "-layout", pdf, "-").Output()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true" {
		t.Skip("SKIPPED: pdftotext (poppler-utils) is not installed")
	}
	if err != nil {
		t.Fatal(err)
	}
	for sheet := range strings.SplitSeq(strings.TrimSuffix(string(text), "\f"), "\f") {
		var lines []string
		for line := range strings.Lines(sheet) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
		list = append(list, lines)
	}
	return list
}

// html-validate knows the rules of HTML better than we do.
func TestHandoutValid(t *testing.T) {
	tool, err := filepath.Abs("../../web/node_modules/.bin/html-validate")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(tool); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("html-validate is not installed; run make web: %v", err)
		}
		t.Skipf("SKIPPED: html-validate is not installed; run make web: %v", err)
	}
	pages := handouts(t, "../../notebooks/*/*.ipynb", handout.Options{URL: "https://school.example/go"})
	pages = append(pages, handouts(t, "../../notebooks/en/*.ipynb", handout.Options{Slides: true})...)
	pages = append(pages, handouts(t, "../../notebooks/zh/*.ipynb", handout.Options{Slides: true, Large: true, NoOutputs: true})...)
	pages = append(pages, handouts(t, "../../notebooks/zh/1*.ipynb", handout.Options{Exercises: true, NoOutputs: true, Large: true, Solutions: handout.Appendix})...)
	both, err := handout.WritePairs([]string{"../../notebooks/en/11-locks.ipynb", "../../notebooks/zh/11-locks.ipynb"}, t.TempDir(), handout.Options{Solutions: handout.Appendix})
	if err != nil {
		t.Fatal(err)
	}
	pages = append(pages, both...)
	config := filepath.Join(t.TempDir(), "rules.json")
	if err := os.WriteFile(config, []byte(`{"root": true, "extends": ["html-validate:standard"]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, append([]string{"--config", config, "--formatter", "text"}, pages...)...).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%.4000s", err, out)
	}
}

// A page is small enough to be mailed, not counting its pictures.
func TestHandoutSize(t *testing.T) {
	pictures := regexp.MustCompile(`data:image/[^"]*`)
	for _, page := range handouts(t, "../../notebooks/*/*.ipynb", handout.Options{}) {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(pictures.ReplaceAll(data, nil)); n > 300_000 {
			t.Errorf("%s: %d bytes without pictures, want 300,000 at most", filepath.Base(page), n)
		}
		if strings.Contains(string(data), "<script") {
			t.Errorf("%s needs a script", filepath.Base(page))
		}
	}
}
