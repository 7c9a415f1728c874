// Package browser holds the tests in which a real browser reads, edits and
// runs a chapter: Chromium without a window drives the page of a running
// "lanebook study". They need Chromium, and for the accessibility rules the
// npm packages of web/. Where something is missing they are skipped loudly;
// with CI=true that is a failure.
package browser

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patience bounds every wait: long enough for two cores that others use too.
const patience = time.Minute

// What all tests share: one server, one browser.
var shared struct {
	bin     string
	base    *url.URL // of the server
	browser context.Context
}

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	chromium, err := findChromium()
	if err != nil {
		fmt.Fprintln(os.Stderr, "!! SKIPPED test/browser:", err)
		if os.Getenv("CI") == "true" {
			return 1
		}
		return 0
	}
	dir, err := os.MkdirTemp("", "lanebook-browser")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	stop, err := startServer(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, "start lanebook study:", err)
		return 1
	}
	defer stop()
	stopBrowser, err := startBrowser(chromium, filepath.Join(dir, "profile"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "start the browser:", err)
		return 1
	}
	defer stopBrowser()
	return m.Run()
}

func findChromium() (string, error) {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium"}
	if own := os.Getenv("CHROMIUM"); own != "" {
		names = []string{own}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no Chromium or Chrome here; install one, or say where it is: CHROMIUM=/path/to/chrome")
}

// startServer builds lanebook and serves the course with an empty folder for
// the learner's work.
func startServer(dir string) (stop func(), err error) {
	bin, err := build(dir)
	if err != nil {
		return nil, err
	}
	shared.bin = bin
	shared.base, stop, err = study(bin, dir)
	return stop, err
}

func build(dir string) (bin string, err error) {
	root, err := filepath.Abs("../..")
	if err != nil {
		return "", err
	}
	bin = filepath.Join(dir, "lanebook")
	build := exec.Command("go", "build", "-o", bin, "./cmd/lanebook")
	build.Dir, build.Stderr = root, os.Stderr
	return bin, build.Run()
}

// study starts a server whose learner has their data under dir, and returns
// the address it prints.
func study(bin, dir string, args ...string) (base *url.URL, stop func(), err error) {
	cmd := exec.Command(bin, append([]string{"study", "--no-open"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "XDG_DATA_HOME="+filepath.Join(dir, "data"), "HOME="+home(dir))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	stop = func() {
		cmd.Process.Signal(syscall.SIGINT)
		cmd.Wait()
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "lanebook study: ")
	if err != nil || !ok {
		stop()
		return nil, nil, fmt.Errorf("it printed %q (%v)", line, err)
	}
	base, err = url.Parse(address)
	return base, stop, err
}

// home keeps the data folder apart on macOS too, where it is not XDG's; the
// caches, which are slow to fill, stay those of the user.
func home(dir string) string {
	if _, err := os.Stat("/System/Library"); err == nil {
		return dir
	}
	return os.Getenv("HOME")
}

func startBrowser(path, profile string) (stop func(), err error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(profile),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
	)
	ctx, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(ctx)
	stop = func() { cancel(); cancelAllocator() }
	// The secret of the address becomes a cookie, which all tabs share.
	if err := chromedp.Do(ctx, chromedp.Navigate(shared.base.String())); err != nil {
		stop()
		return nil, err
	}
	shared.browser = ctx
	if err := ready(ctx); err != nil {
		stop()
		return nil, err
	}
	return stop, nil
}

// ready waits while the server builds the standard library, which takes
// minutes the first time on a machine.
func ready(ctx context.Context) error {
	ask := chromedp.Evaluate[struct {
		Ready        bool
		Stage, Error string
	}](`fetch("/api/lanebook/status").then(r => r.json())`, chromedp.EvalAwaitPromise)
	for start := time.Now(); ; time.Sleep(200 * time.Millisecond) {
		status, err := chromedp.Run(ctx, ask)
		switch {
		case err != nil:
			return err
		case status.Error != "":
			return errors.New(status.Error)
		case status.Ready:
			return nil
		case time.Since(start) > 8*time.Minute:
			return fmt.Errorf("the standard library is not ready: %s", status.Stage)
		}
	}
}

// tab is a page under test.
type tab struct {
	t   testing.TB
	ctx context.Context

	mu        sync.Mutex
	faults    []string // what the browser complained about
	expecting string   // complaints that contain this are no faults, when not empty
}

// open opens a page of the server in a tab of its own, with an empty memory.
// Whatever the browser logs as an error, and every request to elsewhere,
// fails the test.
func open(t testing.TB, path string) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(shared.browser)
	t.Cleanup(cancel)
	tb := &tab{t: t, ctx: ctx}
	// The tab lives as long as the context of its first action.
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	tb.do(chromedp.Navigate(shared.base.ResolveReference(&url.URL{Path: "/"}).String()))
	tb.eval(nil, `localStorage.clear(); sessionStorage.clear()`)
	tb.watch()
	for _, lang := range []string{"en", "zh"} {
		tb.eval(nil, `fetch("/work/`+lang+`/13-pools", {method: "DELETE"}).then(r => r.status)`)
	}
	tb.width(1400)
	tb.goTo(path)
	t.Cleanup(func() {
		// All tabs share the chapter's kernel: leave nothing running in it.
		tb.eval(nil, `fetch("/api/kernels").then(r => r.json()).then(ks => Promise.all(ks.map(k => fetch("/api/kernels/" + k.id, {method: "DELETE"})))).then(() => 0)`)
		tb.mu.Lock()
		defer tb.mu.Unlock()
		for _, fault := range tb.faults {
			t.Error(fault)
		}
	})
	return tb
}

func (tb *tab) goTo(path string) {
	tb.t.Helper()
	tb.do(chromedp.Navigate(shared.base.ResolveReference(&url.URL{Path: path}).String()))
	if path != "/" {
		tb.until(`"ready" in document.documentElement.dataset`)
	}
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
	ctx, cancel := context.WithTimeout(tb.ctx, patience)
	defer cancel()
	raw, err := chromedp.Run(ctx, chromedp.Evaluate[[]byte](js, chromedp.EvalAwaitPromise))
	if err != nil {
		tb.t.Fatalf("%s: %v", js, err)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(raw, into); err != nil {
		tb.t.Fatalf("%s: %v", js, err)
	}
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

// until waits for a condition.
func (tb *tab) until(js string) {
	tb.t.Helper()
	for start := time.Now(); time.Since(start) < patience; time.Sleep(30 * time.Millisecond) {
		var ok bool
		tb.eval(&ok, "Promise.resolve("+js+").then(Boolean)")
		if ok {
			return
		}
	}
	tb.t.Fatalf("never came true: %s\nthe page says: %s", js,
		tb.text(`document.querySelector("#kernel")?.textContent + " " + document.querySelector("#notices")?.textContent`))
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

func (tb *tab) click(selector string) {
	tb.t.Helper()
	tb.do(chromedp.ScrollIntoView(selector), chromedp.Click(selector))
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
