package engine

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"lanebook/internal/display"
)

// displays is a Sink that keeps what is displayed.
type displays struct {
	transcript
	data []display.Bundle
}

func (s *displays) Show(d display.Display) { s.data = append(s.data, d.Data) }

var wasmPage = regexp.MustCompile(`(?s)^<div id="(gonb_wasm_\w+)">[^<]+</div>\n<script>\n.*\("(gonb_wasm_\w+)", \["js","a b"\], "([A-Za-z0-9+/=]+)", `)

func TestWasm(t *testing.T) {
	served := t.TempDir()
	t.Run("session", func(t *testing.T) { wasmSession(t, served) })
	if left, err := os.ReadDir(served); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func wasmSession(t *testing.T, served string) {
	e := newEngine(t, func(o *Options) { o.Served = served })
	var s displays
	src := "%wasm\n%args \"a b\"\n%%\njs.Global().Get(\"document\").Call(\"getElementById\", GonbWasmDivId).Set(\"innerHTML\", GonbWasmDir+GonbWasmUrl+os.Args[1])"
	res, err := e.Execute(t.Context(), Cell{Name: "cell[1]", Source: src}, &s)
	if err != nil || res.Problem != nil || len(s.data) != 1 {
		t.Fatalf("%+v, %v, %d displays", res.Problem, err, len(s.data))
	}
	page, _ := s.data[0][display.HTML].(string)
	if keep := os.Getenv("LANEBOOK_KEEP_WASM"); keep != "" {
		if err := os.WriteFile(keep, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	parts := wasmPage.FindStringSubmatch(page)
	if parts == nil || parts[1] != parts[2] {
		t.Fatalf("unexpected page: %.300s", page)
	}
	packed, err := base64.StdEncoding.DecodeString(parts[3])
	if err != nil {
		t.Fatal(err)
	}
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	code, err := io.ReadAll(zip)
	if err != nil || !bytes.HasPrefix(code, []byte("\x00asm")) {
		t.Fatalf("no program in the page: %.8q, %v", code, err)
	}
	if text, _ := s.data[0][display.Text].(string); !strings.Contains(text, "JupyterLab") {
		t.Errorf("text is %q", text)
	}

	dir := filepath.Join(served, "jupyter_files", filepath.Base(e.home))
	if file, err := os.ReadFile(filepath.Join(dir, "gonb_cell.wasm")); err != nil || !bytes.Equal(file, code) {
		t.Errorf("the served program is not that of the page: %v", err)
	}
	var said transcript
	execute(t, e, t.Context(), `!echo "$GONB_WASM_SUBDIR $GONB_WASM_URL"; ls "$GONB_WASM_SUBDIR"`, &said)
	if want := dir + " /files/jupyter_files/" + filepath.Base(e.home) + "\ngonb_cell.wasm\nwasm_exec.js\n"; !strings.Contains(said.String(), want) {
		t.Errorf("got %q, want %q", said.String(), want)
	}
}

// What is wrong with a cell for the browser is told by its place in the cell.
func TestWasmMistakes(t *testing.T) {
	e := newEngine(t)
	for _, tt := range []struct{ src, message, hint string }{
		{"%wasm\n%%\nx := js.Global()\n  js.Nothing()", "cell[1]:3:1: declared and not used: x (and 1 more)", "cell[1]:4:6: undefined: js.Nothing"},
		{"%wasm\nfunc f() int { return \"a\" }", "cell[1]:2:23: cannot use \"a\"", ""},
		{"import \"syscall/js\"\njs.Global()", "cell[1]:1:8: package syscall/js is for programs in the browser", "write %wasm above the code"},
		{"%wasm\n%%race\n%%\n", "cell[1]:2:1: %wasm and %%race in one cell", "keep one of the two"},
		{"%wasm x", "cell[1]:1:1: wrong arguments for %wasm", ""},
	} {
		var s displays
		res, err := e.Execute(t.Context(), Cell{Name: "cell[1]", Source: tt.src}, &s)
		if err != nil || res.Problem == nil || len(s.data) > 0 {
			t.Errorf("%s: %+v, %v, %d displays", tt.src, res.Problem, err, len(s.data))
			continue
		}
		all := ansi.ReplaceAllString(strings.Join(res.Problem.Traceback, "\n"), "")
		if !strings.HasPrefix(res.Problem.Message, tt.message) || !strings.Contains(all, tt.hint) {
			t.Errorf("%s: %s\n%s", tt.src, res.Problem.Message, all)
		}
	}
}
