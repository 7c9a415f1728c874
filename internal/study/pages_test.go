package study

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
)

// The gate stands around every route of the real server.
func TestServerIsGated(t *testing.T) {
	s := serve(t, Options{})
	kernel := s.kernel()
	for _, request := range []string{
		"GET /", "GET /tree", "GET /en/13-pools", "GET /nb/x.ipynb", "GET /assets/page.css",
		"GET /work/en/13-pools", "PUT /work/en/13-pools", "DELETE /work/en/13-pools",
		"GET /api", "GET /api/kernels", "POST /api/kernels", "DELETE /api/kernels/" + kernel,
		"GET /api/kernels/" + kernel + "/channels", "POST /api/kernels/" + kernel + "/restart",
		"GET /api/sessions", "POST /api/sessions", "GET /nowhere",
	} {
		s.do(request, nil, "Authorization: token wrong").want(t, http.StatusForbidden, nil)
		s.do(request, nil, "Origin: http://evil.example").want(t, http.StatusForbidden, nil)
	}
	s.do("OPTIONS /api/kernels", nil).want(t, http.StatusForbidden, nil)
	s.do("GET /api/kernels/"+kernel, nil).want(t, http.StatusOK, nil)
}

func TestPages(t *testing.T) {
	s := serve(t, Options{})
	tests := []struct {
		request  string
		want     int
		contains string
	}{
		{"GET /", 200, `href="/en/13-pools"`},
		{"GET /?lang=zh", 200, "工作池"},
		{"GET /en/13-pools", 200, "Workers &lt; share"},
		{"GET /en/13-pools", 200, `href="/zh/13-pools"`},
		{"GET /zh/13-pools", 200, "分担工作"},
		{"GET /en/14-sync", 200, `<a href="13-pools"`}, // the notebook says 13-pools.ipynb
		{"GET /en/14-sync", 200, "Locks &amp; co"},
		{"GET /zh/14-sync", 404, "no notebook"},
		{"GET /en/99-none", 404, `href="/"`},
		{"GET /en/%3Cscript%3E", 404, "&lt;script&gt;"},
		{"GET /en/13-pools/more", 404, ""},
		{"GET /tree?", 302, ""},
		{"GET /assets/page.css", 200, "body {}"},
		{"GET /assets/secret.txt", 404, ""},
		{"GET /assets/", 404, ""},
		{"GET /assets/..%2F..%2Fserver.go", 404, ""},
		{"POST /en/13-pools", 405, ""},
	}
	for _, tt := range tests {
		t.Run(tt.request, func(t *testing.T) {
			a := s.do(tt.request, nil)
			if a.StatusCode != tt.want || !strings.Contains(a.body, tt.contains) {
				t.Errorf("got %d %s, want %d and %q", a.StatusCode, a.body, tt.want, tt.contains)
			}
		})
	}
	again := s.do("GET /assets/page.css", nil, "If-None-Match: "+s.do("GET /assets/page.css", nil).Header.Get("ETag"))
	again.want(t, http.StatusNotModified, nil)
}

// A hostile notebook, course or own, runs nothing on the API's origin.
func TestHostileNotebook(t *testing.T) {
	s := serve(t, Options{Course: fstest.MapFS{"en/13-pools.ipynb": {Data: []byte(`{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[
		{"cell_type":"markdown","id":"a","metadata":{},"source":"# <script>alert(1)</script>T\n\n[x](javascript:alert(2)) <img src=x onerror=alert(3)> <svg onload=alert(4)></svg>"},
		{"cell_type":"markdown","id":"\"><script>alert(5)</script>","metadata":{},"source":"x"},
		{"cell_type":"code","id":"b","metadata":{},"source":"</code><script>alert(6)</script>","execution_count":null,"outputs":[
			{"output_type":"display_data","metadata":{},"data":{"text/html":"<script>alert(7)</script><a href='javascript:alert(8)'>x</a><iframe src='//evil'></iframe><b onclick=alert(9)>b</b>"}},
			{"output_type":"display_data","metadata":{},"data":{"image/svg+xml":"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(10)'><script>alert(11)</script></svg>"}},
			{"output_type":"display_data","metadata":{},"data":{"application/javascript":"alert(12)"}},
			{"output_type":"stream","name":"stdout","text":"<script>alert(13)</script>"},
			{"output_type":"error","ename":"<script>alert(14)</script>","evalue":"","traceback":["<script>alert(15)</script>"]}]}]}`)}}})
	a := s.do("GET /en/13-pools", nil).want(t, http.StatusOK, nil)
	page := strings.ToLower(a.body)
	for _, bad := range []string{"<script>", "href=\"javascript:", "onerror=", "onload=\"", "onclick=", "<iframe", "<svg"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page contains %s", bad)
		}
	}
	policy := a.Header.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("policy %q lacks %s", policy, want)
		}
	}
}
