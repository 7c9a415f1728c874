package study

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"lanebook/internal/jupyter"
)

func TestAPIStatuses(t *testing.T) {
	s := serve(t, Options{Version: "v1"})
	var k, k2 kernelModel
	s.do("POST /api/kernels", nil).want(t, 201, &k)
	s.do("POST /api/kernels", map[string]string{"name": "gonb"}).want(t, 201, &k2)
	if k.Name != "lanebook" || k2.Name != "gonb" || k.ID == "" || k.LastActivity == "" || k.State == "" {
		t.Errorf("models: %+v, %+v", k, k2)
	}
	var ss sessionModel
	s.do("POST /api/sessions", `{"path":"x.ipynb","type":"notebook","name":"x","kernel":{"name":"lanebook"}}`).want(t, 201, &ss)
	tests := []struct {
		request, body string
		want          int
		contains      string
	}{
		{"GET /api", "", 200, `"version"`},
		{"GET /api?1700000000000", "", 200, `"version"`},
		{"GET /api/status", "", 200, `"kernels":3`},
		{"GET /api/me", "", 200, `"identity":{`},
		{"GET /api/me?permissions=%7B%7D", "", 200, `"permissions":{}`},
		{"GET /api/kernelspecs", "", 200, `"default":"lanebook"`},
		{"GET /api/kernelspecs/gonb", "", 200, `"name":"gonb"`},
		{"GET /api/kernelspecs/python3", "", 404, `"message"`},
		{"GET /api/lanebook/status", "", 200, `"version":"v1"`},
		{"GET /api/kernels", "", 200, k2.ID},
		{"GET /api/kernels/" + k.ID, "", 200, `"execution_state"`},
		{"GET /api/kernels/none", "", 404, `"message":"Kernel does not exist: none"`},
		{"DELETE /api/kernels/none", "", 404, `"reason":null`},
		{"POST /api/kernels/none/interrupt", "", 404, `"message"`},
		{"POST /api/kernels/none/restart", "", 404, `"message"`},
		{"GET /api/kernels/none/channels", "", 404, `"message"`},
		{"POST /api/kernels", `{"name":"python3"}`, 501, `No such kernel: python3`},
		{"POST /api/kernels", `{"name":`, 400, `"message"`},
		{"POST /api/kernels", `[]`, 400, `"message"`},
		{"POST /api/kernels", strings.Repeat(" ", maxRequest+1), 413, `"message"`},
		{"POST /api/kernels/" + k.ID + "/interrupt", "", 204, ""},
		{"POST /api/kernels/" + k.ID + "/restart", "", 200, k.ID},
		{"DELETE /api/kernels/" + k.ID, "", 204, ""},
		{"GET /api/kernels/" + k.ID, "", 404, `"message"`},
		{"GET /api/sessions", "", 200, ss.ID},
		{"GET /api/sessions/" + ss.ID, "", 200, `"path":"x.ipynb"`},
		{"GET /api/sessions/none", "", 404, `"message"`},
		{"POST /api/sessions", `{}`, 400, `Missing field in JSON data: path`},
		{"POST /api/sessions", `{"path":"y","kernel":{"name":"python3"}}`, 501, `No such kernel`},
		{"POST /api/sessions", `{"path":"y","kernel":{"id":"none"}}`, 404, `Kernel does not exist`},
		{"POST /api/sessions", `{"path":"x.ipynb","type":"notebook"}`, 201, ss.ID},
		{"POST /api/sessions", `{"notebook":{"path":"old.ipynb","name":"old"}}`, 201, `"path":"old.ipynb"`},
		{"PATCH /api/sessions/" + ss.ID, `{"path":"z.ipynb","name":"z"}`, 200, `"notebook":{"path":"z.ipynb","name":"z"}`},
		{"PATCH /api/sessions/" + ss.ID, `{"kernel":{"name":"python3"}}`, 501, `No such kernel`},
		{"PATCH /api/sessions/none", `{}`, 404, `"message"`},
		{"DELETE /api/sessions/" + ss.ID, "", 204, ""},
		{"DELETE /api/sessions/" + ss.ID, "", 404, `"message"`},
		{"GET /api/kernels/" + ss.Kernel.ID, "", 404, `"message"`},
		{"GET /api/contents/x.ipynb", "", 404, `"message"`},
		{"GET /hub/api", "", 404, ""},
	}
	for _, tt := range tests {
		t.Run(tt.request, func(t *testing.T) {
			var body any
			if tt.body != "" {
				body = tt.body
			}
			a := s.do(tt.request, body)
			if a.StatusCode != tt.want || !strings.Contains(a.body, tt.contains) {
				t.Fatalf("got %d %s, want %d and %q", a.StatusCode, a.body, tt.want, tt.contains)
			}
			if tt.contains != "" && (!json.Valid([]byte(a.body)) || a.Header.Get("Content-Type") != "application/json") {
				t.Errorf("not JSON: %s %s", a.Header.Get("Content-Type"), a.body)
			}
		})
	}
}

// Clients drop a malformed spec without a word, so every field is checked.
func TestKernelSpecsAreComplete(t *testing.T) {
	s := serve(t, Options{})
	var specs struct {
		Default     string
		KernelSpecs map[string]struct {
			Name      string
			Resources map[string]string
			Spec      map[string]any
		}
	}
	s.do("GET /api/kernelspecs", nil).want(t, 200, &specs)
	for name, k := range specs.KernelSpecs {
		if k.Name != name || k.Resources == nil {
			t.Errorf("%s: %+v", name, k)
		}
		for _, field := range []string{"argv", "display_name", "language", "interrupt_mode", "metadata", "env"} {
			if k.Spec[field] == nil {
				t.Errorf("%s lacks %s", name, field)
			}
		}
		if k.Spec["language"] != "go" {
			t.Errorf("%s is for %v", name, k.Spec["language"])
		}
	}
	if _, ok := specs.KernelSpecs[specs.Default]; !ok || len(specs.KernelSpecs) != 2 {
		t.Errorf("specs: %+v", specs)
	}
}

func TestSessionsShareAndSwapKernels(t *testing.T) {
	s := serve(t, Options{})
	var a, b, c sessionModel
	s.do("POST /api/sessions", `{"path":"a"}`).want(t, 201, &a)
	s.do("POST /api/sessions", map[string]any{"path": "b", "kernel": map[string]string{"id": a.Kernel.ID}}).want(t, 201, &b)
	if a.Kernel.ID != b.Kernel.ID || a.ID == b.ID {
		t.Fatalf("%+v and %+v: want two sessions of one kernel", a, b)
	}
	s.do("DELETE /api/sessions/"+a.ID, nil).want(t, 204, nil)
	s.do("GET /api/kernels/"+b.Kernel.ID, nil).want(t, 200, nil) // b still uses it
	s.do("PATCH /api/sessions/"+b.ID, `{"kernel":{"name":"gonb"}}`).want(t, 200, &c)
	if c.Kernel.ID == b.Kernel.ID || c.Kernel.Name != "gonb" {
		t.Errorf("kernel after the change: %+v", c.Kernel)
	}
	s.do("GET /api/kernels/"+b.Kernel.ID, nil).want(t, 404, nil) // nobody uses it any more
	s.do("DELETE /api/kernels/"+c.Kernel.ID, nil).want(t, 204, nil)
	s.do("GET /api/sessions/"+c.ID, nil).want(t, 404, nil)
}

func TestKernelLanguage(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"outright", `{"path":"x","lanebook":{"lang":"zh"}}`, "zh"},
		{"by environment", `{"path":"x","kernel":{"name":"gonb","env":{"LANEBOOK_LANG":"zh"}}}`, "zh"},
		{"by folder", `{"path":"zh/13-pools"}`, "zh"},
		{"unknown", `{"path":"x","lanebook":{"lang":"../etc"}}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, Options{})
			var ss sessionModel
			s.do("POST /api/sessions", tt.body).want(t, 201, &ss)
			p := s.dial(ss.Kernel.ID, "", jupyter.Subprotocol)
			if got := stdout(p.execute("lang")); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			s.do("PATCH /api/sessions/"+ss.ID, `{"lanebook":{"lang":"en"}}`).want(t, 200, nil)
			if got := stdout(p.execute("lang")); got != "en" {
				t.Errorf("after the change: got %q", got)
			}
			s.do("POST /api/kernels/"+ss.Kernel.ID+"/restart", nil).want(t, 200, nil)
			if got := stdout(p.execute("lang")); got != "en" {
				t.Errorf("after a restart: got %q", got)
			}
		})
	}
}

// As a gateway we are told where a notebook lies.
func TestKernelFolder(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, Options{})
	for folder, want := range map[string]string{
		dir:           dir,
		dir + "/none": s.options.WorkDir,
		"relative":    s.options.WorkDir,
		"":            s.options.WorkDir,
	} {
		var k kernelModel
		s.do("POST /api/kernels", map[string]any{"env": map[string]string{"KERNEL_WORKING_DIR": folder}}).want(t, 201, &k)
		if got := stdout(s.dial(k.ID, "", "").execute("dir")); got != want {
			t.Errorf("%q: cells run in %q, want %q", folder, got, want)
		}
	}
}

func TestKernelsAreLimited(t *testing.T) {
	s := serve(t, Options{})
	for range maxKernels {
		s.do("POST /api/kernels", nil).want(t, 201, nil)
	}
	s.do("POST /api/kernels", nil).want(t, 503, nil)
}

func TestProgressIsShown(t *testing.T) {
	s := serve(t, Options{})
	s.SetProgress(Progress{Stage: "preparing", Done: 2, Total: 3})
	a := s.do("GET /api/lanebook/status", nil)
	if !strings.Contains(a.body, `"ready":false,"stage":"preparing","done":2,"total":3`) {
		t.Error(a.body)
	}
}

// state polls the API until a kernel is in a state.
func (s *running) state(id, want string) {
	s.t.Helper()
	s.await(id, "is "+want, func(k kernelModel) bool { return k.State == want })
}

// connected waits until n clients are connected: a client's dial may return
// before the server has counted it.
func (s *running) connected(id string, n int) {
	s.t.Helper()
	s.await(id, fmt.Sprintf("has %d connections", n), func(k kernelModel) bool { return k.Connections == n })
}

// await waits until a kernel is as wanted.
func (s *running) await(id, what string, ok func(kernelModel) bool) {
	s.t.Helper()
	var k kernelModel
	for start := time.Now(); time.Since(start) < patience; time.Sleep(5 * time.Millisecond) {
		s.do("GET /api/kernels/"+id, nil).want(s.t, http.StatusOK, &k)
		if ok(k) {
			return
		}
	}
	s.t.Fatalf("kernel never %s; it is %+v", what, k)
}
