package handout

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"lanebook/internal/notebook"
)

// ErrNoBrowser says that no program was found that prints pages.
var ErrNoBrowser = errors.New("no Chromium, Chrome or Edge was found to print with; install one, name one with --browser, or open the page in your browser and print it to PDF there")

// Printer turns pages into PDF with an installed Chromium.
type Printer struct{ browser string }

// NewPrinter finds a browser. name is its path or the name of a command; when
// it is empty, the usual ones are tried. The error is ErrNoBrowser when there
// is none.
func NewPrinter(name string) (*Printer, error) {
	if name != "" {
		path, err := exec.LookPath(name)
		if err != nil {
			return nil, fmt.Errorf("the browser %s: %w", name, err)
		}
		return &Printer{path}, nil
	}
	for _, name := range browsers() {
		if path, err := exec.LookPath(name); err == nil {
			return &Printer{path}, nil
		}
	}
	return nil, ErrNoBrowser
}

// browsers are the names under which browsers that can print are installed.
func browsers() []string {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "brave-browser"}
	if runtime.GOOS == "darwin" {
		for _, app := range []string{"Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser"} {
			names = append(names, "/Applications/"+app+".app/Contents/MacOS/"+app)
		}
	}
	return names
}

// patience is how long a browser may take for one page.
const patience = 2 * time.Minute

// Print writes a page as PDF beside it, and returns the path of the PDF. What
// was there before stays when printing fails.
func (p *Printer) Print(ctx context.Context, page string) (string, error) {
	page, err := filepath.Abs(page)
	if err != nil {
		return "", err
	}
	// The browser gets a profile of its own, so that it neither joins one that
	// is open nor leaves anything behind.
	temp, err := os.MkdirTemp("", "lanebook-print-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(temp)
	made := filepath.Join(temp, "page.pdf")
	args := []string{"--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir=" + filepath.Join(temp, "profile"), "--no-pdf-header-footer", "--print-to-pdf=" + made}
	if os.Getuid() == 0 {
		args = append(args, "--no-sandbox") // Chromium's sandbox refuses to run as root
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(page)}
	cmd := exec.CommandContext(ctx, p.browser, append(args, address.String())...)
	cmd.WaitDelay = time.Second
	said, err := cmd.CombinedOutput()
	data, readErr := os.ReadFile(made)
	if err == nil {
		err = readErr
	}
	if err != nil {
		return "", fmt.Errorf("%s did not print %s: %w\n%s", p.browser, page, err, tail(string(said), 5))
	}
	pdf := strings.TrimSuffix(page, ".html") + ".pdf"
	return pdf, notebook.WriteAtomic(pdf, data)
}

// tail is the last n lines of a text.
func tail(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
