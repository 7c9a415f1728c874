package browser

import (
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// shot keeps a picture of the tab for somebody to look at, where the folder
// LANEBOOK_SHOTS asks for it.
func (tb *tab) shot(name string) {
	tb.t.Helper()
	dir := os.Getenv("LANEBOOK_SHOTS")
	if dir == "" {
		return
	}
	ctx := tb.ctx
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		tb.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		tb.t.Fatal(err)
	}
}
