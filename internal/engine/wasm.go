package engine

import (
	"bytes"
	"compress/gzip"
	"crypto/rand"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"lanebook/internal/display"
	"lanebook/internal/program"
	"lanebook/internal/toolchain"
)

// What a cell with %wasm leaves in its folder, by the names that GoNB gives.
const (
	pagesFolder = "jupyter_files"
	wasmName    = "gonb_cell.wasm"
	wasmExec    = "wasm_exec.js"
)

// startWasm is a function expression: it runs a program in its place.
//
//go:embed wasm.js
var startWasm string

// openPage says where a cell with %wasm will be, and tells later programs and
// shell lines.
func (x *execution) openPage() error {
	dir, at := x.pageFolder()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		dir, at = x.ownPageFolder()
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	x.page = program.Page{Dir: dir, URL: at, Div: "gonb_wasm_" + rand.Text()}
	x.setVar("GONB_WASM_SUBDIR", dir) // so GoNB's documentation
	x.setVar("GONB_WASM_DIR", dir)    // so GoNB's own package protocol
	x.setVar("GONB_WASM_URL", at)
	return nil
}

// pageFolder is where this session's programs for the browser are kept.
func (e *Engine) pageFolder() (dir, at string) {
	if e.opts.Served == "" {
		return e.ownPageFolder()
	}
	id := filepath.Base(e.home)
	return filepath.Join(e.opts.Served, pagesFolder, id), "/files/" + pagesFolder + "/" + id
}

// ownPageFolder is the folder where nobody serves one.
func (e *Engine) ownPageFolder() (dir, at string) {
	dir = e.path("wasm")
	return dir, (&url.URL{Scheme: "file", Path: filepath.ToSlash(dir)}).String()
}

// clearPage removes what the session has put into a served folder, and leaves
// what the learner has put beside it.
func (e *Engine) clearPage() {
	if e.opts.Served == "" {
		return
	}
	dir, _ := e.pageFolder()
	for _, path := range []string{filepath.Join(dir, wasmName), filepath.Join(dir, wasmExec), dir, filepath.Dir(dir)} {
		_ = os.Remove(path) // a folder that is not empty stays
	}
}

// showWasm hands a program for the browser to the page. Nothing of it runs
// here.
func (x *execution) showWasm(binary toolchain.Binary, prog *program.Program) error {
	code, err := os.ReadFile(binary.Path)
	if err != nil {
		return err
	}
	exec, err := x.tool.WasmExec()
	if err != nil {
		return err
	}
	if err := errors.Join(os.WriteFile(filepath.Join(x.page.Dir, wasmName), code, 0o644),
		os.WriteFile(filepath.Join(x.page.Dir, wasmExec), exec, 0o644)); err != nil {
		return err
	}
	text, err := x.wasmHTML(code, exec, prog.Args)
	if err != nil {
		return err
	}
	x.sink.Show(display.Display{Data: display.Bundle{display.HTML: text, display.Text: x.say.inBrowser}})
	return nil
}

// wasmHTML is a program's place on the page and a script with all that it
// needs, so that the notebook shows it wherever it is opened. Where no script
// runs, the place says so.
func (x *execution) wasmHTML(code, exec []byte, args []string) (string, error) {
	var packed bytes.Buffer
	zip, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return "", err
	}
	if _, err := zip.Write(code); err != nil {
		return "", err
	}
	if err := zip.Close(); err != nil {
		return "", err
	}
	var values []string
	for _, v := range []any{x.page.Div, append([]string{"js"}, args...), base64.StdEncoding.EncodeToString(packed.Bytes()), x.say.browserExit} {
		value, err := json.Marshal(v) // escapes what would end the script
		if err != nil {
			return "", err
		}
		values = append(values, string(value))
	}
	return fmt.Sprintf("<div id=\"%s\">%s</div>\n<script>\n%s\n;(\n%s)(%s);\n</script>\n",
		x.page.Div, html.EscapeString(x.say.inBrowser), exec, startWasm, strings.Join(values, ", ")), nil
}
