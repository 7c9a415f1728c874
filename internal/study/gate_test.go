package study

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const testSecret = "s3cret-for-tests"

// gated returns a gate at 127.0.0.1:8888 around a handler that says "inside".
func gated(anyHost bool) *gate {
	inside := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "inside") })
	return newGate(inside, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8888}, testSecret, anyHost, nil)
}

// Every line is something that others got wrong. A request is written as
// "METHOD target" and headers; the cookie is added where a line says "cookie".
func TestGate(t *testing.T) {
	const (
		host   = "127.0.0.1:8888"
		token  = "Authorization: token " + testSecret
		origin = "Origin: http://127.0.0.1:8888"
		cookie = "cookie"
	)
	socket := []string{"Connection: Upgrade", "Upgrade: websocket"}
	tests := []struct {
		name    string
		host    string
		request string
		headers []string
		want    int
	}{
		// The secret.
		{"no token", host, "GET /api", nil, 403},
		{"no token on a page", host, "GET /", nil, 403},
		{"no token on an asset", host, "GET /assets/page.css", nil, 403},
		{"no token on a socket", host, "GET /api/kernels/x/channels", socket, 403},
		{"no token on an unknown path", host, "GET /nowhere", nil, 403},
		{"token", host, "GET /api", []string{token}, 200},
		{"bearer", host, "GET /api", []string{"Authorization: Bearer " + testSecret}, 200},
		{"scheme in capitals", host, "GET /api", []string{"Authorization: TOKEN " + testSecret}, 200},
		{"token in the query of the API", host, "GET /api?token=" + testSecret, nil, 200},
		{"bad token", host, "GET /api", []string{"Authorization: token wrong"}, 403},
		{"prefix of the token", host, "GET /api", []string{"Authorization: token " + testSecret[:4]}, 403},
		{"empty token", host, "GET /api", []string{"Authorization: token "}, 403},
		{"basic scheme", host, "GET /api", []string{"Authorization: Basic " + testSecret}, 403},
		{"bad token in the query", host, "GET /api?token=wrong", nil, 403},
		{"empty token in the query", host, "GET /api?token=", nil, 403},
		{"bad token does not fall back to the cookie", host, "GET /api", []string{cookie, "Authorization: token wrong"}, 403},
		{"cookie", host, "GET /api", []string{cookie}, 200},
		{"the secret itself as cookie", host, "GET /api", []string{"Cookie: lanebook-8888=" + testSecret}, 403},
		{"cookie of another port", host, "GET /api", []string{"Cookie: lanebook-8889=x"}, 403},
		{"the cookie's value as token", host, "GET /api", []string{"Authorization: token " + gated(false).cookie.Value}, 403},

		// DNS rebinding: the Host is checked before anything else.
		{"localhost", "localhost:8888", "GET /api", []string{token}, 200},
		{"localhost in capitals", "LOCALHOST:8888", "GET /api", []string{token}, 200},
		{"IPv6 loopback", "[::1]:8888", "GET /api", []string{token}, 200},
		{"rebinding", "evil.example:8888", "GET /api", []string{token}, 403},
		{"rebinding on a page", "evil.example:8888", "GET /", []string{cookie}, 403},
		{"rebinding on a socket", "evil.example:8888", "GET /api/kernels/x/channels",
			append([]string{cookie, "Origin: http://evil.example:8888"}, socket...), 403},
		{"our name as a prefix", "127.0.0.1.evil.example:8888", "GET /api", []string{token}, 403},
		{"our name as user info", "127.0.0.1:8888@evil.example", "GET /api", []string{token}, 403},
		{"trailing dot", "localhost.:8888", "GET /api", []string{token}, 403},
		{"other port in Host", "127.0.0.1:9999", "GET /api", []string{token}, 403},
		{"no port in Host", "127.0.0.1", "GET /api", []string{token}, 403},
		{"no Host", "", "GET /api", []string{token}, 403},

		// Origin is compared whole, also when the token is right.
		{"same origin", host, "POST /api/kernels", []string{token, origin}, 200},
		{"no origin, as programs send it", host, "POST /api/kernels", []string{token}, 200},
		{"foreign origin", host, "POST /api/kernels", []string{token, "Origin: http://evil.example"}, 403},
		{"foreign origin on GET", host, "GET /api", []string{token, "Origin: http://evil.example"}, 403},
		{"prefix trick", host, "POST /api/kernels", []string{token, "Origin: http://127.0.0.1:8888.evil.example"}, 403},
		{"longer port", host, "POST /api/kernels", []string{token, "Origin: http://127.0.0.1:88889"}, 403},
		{"other port", host, "POST /api/kernels", []string{token, "Origin: http://127.0.0.1:9999"}, 403},
		{"other loopback name", host, "POST /api/kernels", []string{token, "Origin: http://localhost:8888"}, 403},
		{"other scheme", host, "POST /api/kernels", []string{token, "Origin: https://127.0.0.1:8888"}, 403},
		{"null origin", host, "POST /api/kernels", []string{token, "Origin: null"}, 403},
		{"empty origin", host, "POST /api/kernels", []string{token, "Origin: "}, 403},
		{"two origins", host, "POST /api/kernels", []string{token, origin, "Origin: http://evil.example"}, 403},

		// What browsers say about where a request came from.
		{"cross-site", host, "POST /api/kernels", []string{token, "Sec-Fetch-Site: cross-site"}, 403},
		{"same site, which another port is", host, "POST /api/kernels", []string{cookie, "Sec-Fetch-Site: same-site"}, 403},
		{"cross-site GET of the API", host, "GET /api", []string{cookie, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"}, 403},
		{"same-site GET of the API", host, "GET /api", []string{cookie, "Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"}, 403},
		{"API address opened by a foreign link", host, "GET /api/kernels", []string{cookie, "Sec-Fetch-Site: cross-site",
			"Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}, 403},
		{"page opened by a foreign link", host, "GET /", []string{cookie, "Sec-Fetch-Site: cross-site",
			"Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}, 200},
		{"page in a foreign frame", host, "GET /", []string{cookie, "Sec-Fetch-Site: cross-site",
			"Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"}, 403},
		{"asset as a foreign script", host, "GET /assets/chapter.js", []string{cookie, "Sec-Fetch-Site: cross-site",
			"Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"}, 403},
		{"typed address", host, "GET /", []string{cookie, "Sec-Fetch-Site: none"}, 200},

		// A cookie proves who the browser is, not who is asking.
		{"cookie POST without proof", host, "POST /api/kernels", []string{cookie}, 403},
		{"cookie PUT without proof", host, "PUT /work/en/13-pools", []string{cookie}, 403},
		{"cookie PATCH without proof", host, "PATCH /api/sessions/x", []string{cookie}, 403},
		{"cookie DELETE without proof", host, "DELETE /api/kernels/x", []string{cookie}, 403},
		{"cookie POST by a typed address", host, "POST /api/kernels", []string{cookie, "Sec-Fetch-Site: none"}, 403},
		{"cookie POST with origin", host, "POST /api/kernels", []string{cookie, origin}, 200},
		{"cookie POST with fetch metadata", host, "POST /api/kernels", []string{cookie, "Sec-Fetch-Site: same-origin"}, 200},
		{"method override is no method", host, "GET /api/kernels/x", []string{cookie, "X-HTTP-Method-Override: DELETE"}, 200},

		// Cross-site WebSocket hijacking.
		{"socket of our page", host, "GET /api/kernels/x/channels", append([]string{cookie, origin}, socket...), 200},
		{"socket of a program", host, "GET /api/kernels/x/channels", append([]string{token}, socket...), 200},
		{"socket with a cookie alone", host, "GET /api/kernels/x/channels", append([]string{cookie}, socket...), 403},
		{"socket of another site", host, "GET /api/kernels/x/channels",
			append([]string{cookie, "Origin: http://evil.example"}, socket...), 403},
		{"socket of another port", host, "GET /api/kernels/x/channels",
			append([]string{cookie, "Origin: http://127.0.0.1:9999"}, socket...), 403},
		{"socket of a sandboxed frame", host, "GET /api/kernels/x/channels",
			append([]string{cookie, "Origin: null"}, socket...), 403},
		{"socket with the token in its query", host, "GET /api/kernels/x/channels?token=" + testSecret, socket, 200},

		// Preflights, odd methods, odd paths.
		{"preflight", host, "OPTIONS /api/kernels", []string{"Origin: http://evil.example", "Access-Control-Request-Method: POST"}, 403},
		{"preflight with everything right", host, "OPTIONS /api/kernels", []string{token, origin, "Access-Control-Request-Method: POST"}, 403},
		{"TRACE", host, "TRACE /api", []string{token}, 403},
		{"CONNECT", host, "CONNECT /api", []string{token}, 403},
		{"//evil", host, "GET //evil.example/?token=" + testSecret, nil, 403},
		{"/%2Fevil", host, "GET /%2Fevil.example/?token=" + testSecret, nil, 403},
		{"backslash", host, "GET /%5Cevil.example?token=" + testSecret, nil, 403},
		{"hub", host, "GET /hub/api", nil, 403},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := gated(false)
			answer := send(g, tt.host, tt.request, tt.headers)
			if answer.Code != tt.want {
				t.Errorf("got %d, want %d; body: %s", answer.Code, tt.want, answer.Body)
			}
			checkHeaders(t, answer, tt.want == 403)
		})
	}
}

func send(g *gate, host, request string, headers []string) *httptest.ResponseRecorder {
	method, target, _ := strings.Cut(request, " ")
	r := httptest.NewRequest("GET", target, nil)
	r.Method, r.Host = method, host
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		if name == "cookie" {
			name, value = "Cookie", g.cookie.Name+"="+g.cookie.Value
		}
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	return w
}

func checkHeaders(t *testing.T, answer *httptest.ResponseRecorder, refused bool) {
	t.Helper()
	h := answer.Header()
	for name, want := range map[string]string{
		"X-Content-Type-Options":       "nosniff",
		"X-Frame-Options":              "DENY",
		"Referrer-Policy":              "no-referrer",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Cache-Control":                "no-store",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("header %s: got %q, want %q", name, got, want)
		}
	}
	if !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'") {
		t.Errorf("policy: %q", h.Get("Content-Security-Policy"))
	}
	for name := range h {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("CORS is off, but %s is sent", name)
		}
	}
	if refused && (h.Get("Set-Cookie") != "" || h.Get("Location") != "") {
		t.Errorf("a refusal sets a cookie or redirects: %v", h)
	}
	if strings.Contains(answer.Body.String(), testSecret) {
		t.Error("the secret is in the body")
	}
}

func TestTokenIsSwappedForACookie(t *testing.T) {
	tests := []struct {
		name, target, want string
		headers            []string
	}{
		{"start", "/?token=" + testSecret, "/", nil},
		{"chapter", "/en/13-pools?token=" + testSecret, "/en/13-pools", nil},
		{"other parameters stay", "/?lang=zh&token=" + testSecret, "/?lang=zh", nil},
		{"escaped path", "/nb/a%20b%3F.ipynb?token=" + testSecret, "/nb/a%20b%3F.ipynb", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := gated(false)
			answer := send(g, "127.0.0.1:8888", "GET "+tt.target, tt.headers)
			if answer.Code != http.StatusSeeOther || answer.Header().Get("Location") != tt.want {
				t.Fatalf("got %d %q, want 303 %q", answer.Code, answer.Header().Get("Location"), tt.want)
			}
			cookie := answer.Header().Get("Set-Cookie")
			for _, part := range []string{"lanebook-8888=", "; Path=/", "; HttpOnly", "; SameSite=Strict"} {
				if !strings.Contains(cookie, part) {
					t.Errorf("cookie %q lacks %q", cookie, part)
				}
			}
			if strings.Contains(cookie, testSecret) {
				t.Errorf("cookie %q holds the secret", cookie)
			}
		})
	}
}

// A browser withholds Strict cookies on a redirect that began on another site.
func TestTokenInAForeignLink(t *testing.T) {
	answer := send(gated(false), "127.0.0.1:8888", "GET /?token="+testSecret,
		[]string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"})
	if answer.Code != 200 || answer.Header().Get("Refresh") != "0;url=/" || answer.Header().Get("Set-Cookie") == "" {
		t.Errorf("got %d, %v", answer.Code, answer.Header())
	}
}

func TestAnyHostStillComparesOrigin(t *testing.T) {
	g := gated(true)
	token := "Authorization: token " + testSecret
	for _, tt := range []struct {
		name    string
		headers []string
		want    int
	}{
		{"any host", []string{token}, 200},
		{"same origin", []string{token, "Origin: http://box.example:8888"}, 200},
		{"foreign origin", []string{token, "Origin: http://evil.example"}, 403},
		{"no token", nil, 403},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if answer := send(g, "box.example:8888", "GET /api", tt.headers); answer.Code != tt.want {
				t.Errorf("got %d, want %d", answer.Code, tt.want)
			}
		})
	}
}

func TestSecretsDiffer(t *testing.T) {
	a, b := newSecret(), newSecret()
	if a == b || len(a) < 43 {
		t.Errorf("%q and %q: want 256 fresh bits each", a, b)
	}
}

func TestListenRefusesOtherMachines(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "nonsense"} {
		if l, err := listen(addr, false); err == nil {
			l.Close()
			t.Errorf("listen(%q) succeeded", addr)
		}
	}
	for _, addr := range []string{"127.0.0.1:0", "localhost:0"} {
		l, err := listen(addr, false)
		if err != nil {
			t.Errorf("listen(%q): %v", addr, err)
			continue
		}
		l.Close()
	}
	l, err := listen("0.0.0.0:0", true)
	if err != nil {
		t.Fatalf("listen with --allow-remote: %v", err)
	}
	l.Close()
}
