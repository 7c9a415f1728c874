package study

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// origins are sites whose pages may use the Jupyter Server API from a browser,
// by --allow-origin: a documentation with thebe, a notebook in VS Code for the
// Web. Such a page must know the secret, and must say it: our cookie does not
// count for it, and it sees neither our pages nor the learner's work.
type origins map[string]bool

// newOrigins checks what was asked for. An origin is compared to the byte, so
// it must be written as browsers write it: scheme, host and port, nothing else.
func newOrigins(list []string) (origins, error) {
	allowed := origins{}
	for _, origin := range list {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" ||
			u.Scheme+"://"+u.Host != origin || origin != strings.ToLower(origin) || strings.Contains(origin, "*") {
			return nil, fmt.Errorf("allow origin %q: write it as https://docs.example.org or http://127.0.0.1:8000", origin)
		}
		allowed[origin] = true
	}
	return allowed, nil
}

// foreign reports whether r comes from a page of an allowed site and asks for
// something that such pages may have.
func (o origins) foreign(r *http.Request) bool {
	sent := r.Header.Values("Origin")
	return len(sent) == 1 && o[sent[0]] && isJupyter(r.URL.Path)
}

// isJupyter reports whether path is of the Jupyter Server API. What we added
// to it is for our own pages.
func isJupyter(path string) bool {
	return (path == "/api" || strings.HasPrefix(path, "/api/")) && !strings.HasPrefix(path, "/api/lanebook")
}

// share lets the page of an allowed site read the answer.
// See https://fetch.spec.whatwg.org/#http-cors-protocol.
func share(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	w.Header().Set("Vary", "Origin")
}

// preflight answers a browser that asks whether such a page may send a request.
// There is no secret in the question, and nothing to learn from the answer.
func preflight(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, X-XSRFToken")
	h.Set("Access-Control-Max-Age", "600") // seconds; arbitrary
	if r.Header.Get("Access-Control-Request-Private-Network") != "" {
		h.Set("Access-Control-Allow-Private-Network", "true")
	}
	w.WriteHeader(http.StatusNoContent)
}
