package study

import (
	"strings"
	"testing"
)

const docs = "https://docs.example.org"

// A page of an allowed site that knows the secret gets the Jupyter Server API,
// and nothing else of ours; all others are where they were.
func TestAllowedOrigin(t *testing.T) {
	const token = "Authorization: token " + testSecret
	g := gated(false)
	var err error
	if g.others, err = newOrigins([]string{docs, "http://127.0.0.1:9999"}); err != nil {
		t.Fatal(err)
	}
	from := func(origin string, more ...string) []string {
		return append([]string{"Origin: " + origin, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"}, more...)
	}
	asks := "Access-Control-Request-Method: POST"
	socket := []string{"Connection: Upgrade", "Upgrade: websocket", "Origin: " + docs}
	tests := []struct {
		name    string
		request string
		headers []string
		want    int
		shared  bool // the page may read the answer
	}{
		{"token", "GET /api/kernels", from(docs, token), 200, true},
		{"token in the address", "POST /api/sessions?token=" + testSecret, from(docs), 200, true},
		{"another port of this machine", "POST /api/sessions", from("http://127.0.0.1:9999", token), 200, true},
		{"preflight", "OPTIONS /api/sessions", from(docs, asks), 204, true},
		{"socket", "GET /api/kernels/x/channels?token=" + testSecret, socket, 200, true},
		{"socket without the secret", "GET /api/kernels/x/channels", socket, 403, true},
		{"no secret", "GET /api/kernels", from(docs), 403, true},
		{"wrong secret", "GET /api/kernels", from(docs, "Authorization: token wrong"), 403, true},
		{"our cookie to read", "GET /api/kernels", from(docs, "cookie"), 403, true},
		{"our cookie to change", "POST /api/sessions", from("http://127.0.0.1:9999", "cookie"), 403, true},
		{"our cookie on a socket", "GET /api/kernels/x/channels", append(socket, "cookie"), 403, true},
		{"the learner's work", "GET /work/en/13-pools", from(docs, token), 403, false},
		{"the learner's export", "GET /api/lanebook/export", from(docs, token), 403, false},
		{"a page", "GET /en/13-pools", from(docs, token), 403, false},
		{"preflight for the work", "OPTIONS /work/en/13-pools", from(docs, asks), 403, false},
		{"preflight of a stranger", "OPTIONS /api/sessions", from("https://evil.example", asks), 403, false},
		{"preflight without an Origin", "OPTIONS /api/sessions", []string{asks}, 403, false},
		{"a stranger", "GET /api/kernels", from("https://evil.example", token), 403, false},
		{"a longer name", "GET /api/kernels", from(docs+".evil.example", token), 403, false},
		{"a name below it", "GET /api/kernels", from("https://x.docs.example.org", token), 403, false},
		{"another scheme", "GET /api/kernels", from("http://docs.example.org", token), 403, false},
		{"another port", "GET /api/kernels", from(docs+":444", token), 403, false},
		{"null", "GET /api/kernels", from("null", token), 403, false},
		{"two origins", "GET /api/kernels", []string{"Origin: " + docs, "Origin: https://evil.example", token}, 403, false},
		{"backslash", "GET /api/%5c..", from(docs, token), 403, false},
		{"a method of its own", "TRACE /api/kernels", from(docs, token), 403, false},
		{"ourselves", "GET /api/kernels", []string{token, "Origin: http://127.0.0.1:8888"}, 200, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answer := send(g, "127.0.0.1:8888", tt.request, tt.headers)
			if answer.Code != tt.want {
				t.Errorf("got %d, want %d", answer.Code, tt.want)
			}
			h := answer.Header()
			if got := h.Get("Access-Control-Allow-Origin"); (got != "") != tt.shared || tt.shared && !strings.Contains(strings.Join(tt.headers, "\n"), "Origin: "+got) {
				t.Errorf("the answer may be read by %q", got)
			}
			if h.Get("Access-Control-Allow-Credentials") != "" {
				t.Error("cookies are invited")
			}
			if tt.shared && h.Get("Vary") != "Origin" {
				t.Error("a cache may give this answer to another site")
			}
		})
	}
}

func TestOriginsAsWritten(t *testing.T) {
	for _, bad := range []string{"", "*", "null", "docs.example.org", "https://", "https://docs.example.org/", "https://docs.example.org/x",
		"https://*.example.org", "https://u@docs.example.org", "HTTPS://docs.example.org", "https://Docs.example.org", "ftp://docs.example.org", "https://a b"} {
		if got, err := newOrigins([]string{bad}); err == nil {
			t.Errorf("%q was taken as %v", bad, got)
		}
	}
	for _, good := range []string{docs, "http://localhost:8000", "http://[::1]:8000"} {
		if got, err := newOrigins([]string{good}); err != nil || !got[good] {
			t.Errorf("%q: %v", good, err)
		}
	}
}
