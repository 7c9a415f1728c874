package browser

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
)

// thebe makes the code on any page run. This is its package as npm has it,
// which holds everything it needs; `make judges` fetches it.
const (
	thebeFile = "thebe-0.9.3.tgz"
	thebeSum  = "45bffb91586d95f7d7adade421eeceb88184edac2c9b6fdf196c70db50e235f9d62e751088397d016a9876c84fc193c6ff90f32e9b0944f8b1db1b423ed26641"
)

// thebePage is a page of somebody's documentation, with a cell.
const thebePage = `<!doctype html><meta charset="utf-8"><title>docs</title>
<script src="/thebe/index.js"></script>
<pre data-executable="true" data-language="go">import "fmt"
%%
fmt.Println("hello from the docs, 世界")</pre>`

// bootstrap is what that page does with an address that the reader gave it.
const bootstrap = `(() => {
	const server = new URL(ADDRESS);
	window.asked = fetch(server.origin + "/api/status" + server.search).then(r => r.status, () => "refused");
	thebe.bootstrap({
		useBinder: false, requestKernel: true, mathjaxUrl: false, codeMirrorConfig: {mode: "text/x-go"},
		kernelOptions: {kernelName: "lanebook", path: "docs.ipynb"},
		serverSettings: {baseUrl: server.origin, token: server.searchParams.get("token"), appendToken: true},
	});
})()`

// A page of another site runs its cells with our kernel through thebe, if that
// site was allowed in and says the secret; if not, it gets nothing.
func TestThebe(t *testing.T) {
	files := thebe(t)
	docs := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, isFile := strings.CutPrefix(r.URL.Path, "/thebe/")
		switch data, ok := files[name]; {
		case isFile && ok:
			w.Header().Set("Content-Type", map[string]string{".js": "text/javascript", ".css": "text/css"}[path.Ext(name)])
			w.Write(data)
		case isFile:
			http.NotFound(w, r)
		default:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			io.WriteString(w, thebePage)
		}
	}))
	defer docs.Close()
	origin := strings.Replace(docs.URL, "127.0.0.1", "localhost", 1) // another site, not just another port
	site, err := url.Parse(origin)
	if err != nil {
		t.Fatal(err)
	}

	run := func(base *url.URL) *tab {
		tb := newTab(t, site)
		tb.eval(nil, strings.Replace(bootstrap, "ADDRESS", strconv.Quote(base.String()), 1))
		return tb
	}
	base, stop, err := study(shared.bin, t.TempDir(), "--allow-origin", origin)
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	tb := run(base)
	tb.until(`window.thebe?.session`)
	tb.eval(nil, `document.querySelector(".thebe-run-button").click()`)
	tb.until(`document.querySelector(".thebe-output, .jp-OutputArea")?.innerText.includes("hello from the docs, 世界")`)
	tb.shot("thebe")
	tb = run(shared.base)
	if got := tb.text(`asked.then(String)`); got != "refused" {
		t.Errorf("a server that allowed nobody answered %s", got)
	}
}

// thebe reads the files of its package.
func thebe(t *testing.T) map[string][]byte {
	t.Helper()
	data, err := os.ReadFile(thebeFile)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("thebe is not here; run make judges: %v", err)
		}
		t.Skipf("SKIPPED: thebe is not here; run make judges: %v", err)
	}
	if sum := sha512.Sum512(data); hex.EncodeToString(sum[:]) != thebeSum {
		t.Fatalf("%s is not the package that was looked at", thebeFile)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for archive := tar.NewReader(unzipped); ; {
		entry, err := archive.Next()
		if err == io.EOF {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimPrefix(entry.Name, "package/lib/")] = content
	}
}
