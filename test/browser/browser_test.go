// Package browser holds the tests in which a real browser reads, edits and
// runs a chapter: Chromium without a window drives the page of a running
// "lanebook study". They need Chromium, and for the accessibility rules the
// npm packages of web/. Where something is missing they are skipped loudly;
// with CI=true that is a failure.
package browser

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience bounds every wait: long enough for two cores that others use too.
const patience = 2 * time.Minute

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
