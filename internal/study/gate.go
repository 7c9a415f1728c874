package study

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// A gate stands around the whole mux. A request passes when it was sent to us
// by name (Host), not by another site (Origin, Sec-Fetch-Site), and knows this
// start's secret. Order matters: nothing about the secret is looked at, and no
// cookie is set, for a request that came from elsewhere.
type gate struct {
	next   http.Handler
	hosts  map[string]bool // exact Host values; nil with --allow-remote: any
	others origins         // sites that were allowed in
	secret string
	cookie http.Cookie // what a browser gets in exchange for the secret
	cross  *http.CrossOriginProtection
}

// newSecret returns 256 fresh random bits as text that is safe in a URL.
func newSecret() string {
	var b [32]byte
	rand.Read(b[:]) // never fails; the runtime ends the program first
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// newGate guards next, reached at addr. With anyHost (a server that others
// may reach, under names we cannot know) the Host is not checked.
func newGate(next http.Handler, addr *net.TCPAddr, secret string, anyHost bool, others origins) *gate {
	_, port, _ := net.SplitHostPort(addr.String())
	g := &gate{next: next, secret: secret, others: others, cross: http.NewCrossOriginProtection()}
	if !anyHost {
		g.hosts = map[string]bool{strings.ToLower(addr.String()): true}
		for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
			g.hosts[net.JoinHostPort(name, port)] = true
		}
	}
	// Cookies know no ports: the name keeps two servers from overwriting each
	// other, and the value is not the secret itself, so what a neighbour on
	// another port may see cannot be used in a URL or a header.
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("cookie"))
	g.cookie = http.Cookie{
		Name:     "lanebook-" + port,
		Value:    hex.EncodeToString(mac.Sum(nil)),
		Path:     "/",
		HttpOnly: true,
		SameSite: http.SameSiteStrictMode,
	}
	return g
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	setHeaders(w.Header())
	if reason := g.stranger(r); reason != "" {
		deny(w, r, reason)
		return
	}
	foreign := g.others.foreign(r)
	if foreign {
		share(w, r)
		if r.Method == http.MethodOptions {
			preflight(w, r)
			return
		}
	}
	switch g.knows(r) {
	case byQuery:
		if isPage(r) {
			g.swap(w, r)
			return
		}
	case byCookie:
		if foreign || !sameOriginProof(r) {
			deny(w, r, "a cookie alone is not enough for this request")
			return
		}
	case byNothing:
		deny(w, r, "the secret is missing or from an earlier start: open the address that `lanebook study` printed")
		return
	}
	g.next.ServeHTTP(w, r)
}

// stranger says why a request is not meant for us, or "" when it is.
func (g *gate) stranger(r *http.Request) string {
	if g.hosts != nil && !g.hosts[strings.ToLower(r.Host)] {
		return "unknown Host" // DNS rebinding: a foreign name that resolves to us
	}
	foreign := g.others.foreign(r)
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
	default:
		if r.Method != http.MethodOptions || !foreign {
			return "method refused" // no other site may ask what it may do
		}
	}
	if strings.HasPrefix(r.URL.Path, "//") || strings.ContainsAny(r.URL.Path, "\\\x00") {
		return "malformed path" // a redirect to "//evil" would leave this server
	}
	if foreign {
		return ""
	}
	for _, origin := range r.Header.Values("Origin") {
		if origin != "http://"+r.Host {
			return "foreign Origin"
		}
	}
	if err := g.cross.Check(r); err != nil {
		return "cross-origin request"
	}
	// Another port of this machine is the same site to a browser, and its
	// requests carry our cookie. All they may do is follow a link to a page.
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" || site == "same-site" {
		if r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document" || !isPage(r) {
			return "cross-site request"
		}
	}
	return ""
}

// How a request showed that it knows the secret.
type proof int

const (
	byNothing proof = iota
	byHeader
	byQuery
	byCookie
)

func (g *gate) knows(r *http.Request) proof {
	if auth, sent := header(r, "Authorization"); sent {
		scheme, value, _ := strings.Cut(auth, " ")
		if (strings.EqualFold(scheme, "token") || strings.EqualFold(scheme, "bearer")) && same(strings.TrimSpace(value), g.secret) {
			return byHeader
		}
		return byNothing
	}
	if query := r.URL.Query(); query.Has("token") {
		if same(query.Get("token"), g.secret) {
			return byQuery
		}
		return byNothing
	}
	for _, c := range r.CookiesNamed(g.cookie.Name) {
		if same(c.Value, g.cookie.Value) {
			return byCookie
		}
	}
	return byNothing
}

// swap takes the secret out of the address bar: cookie in, redirect to the
// same page without it.
func (g *gate) swap(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	query.Del("token")
	to := (&url.URL{Path: r.URL.Path, RawQuery: query.Encode()}).String()
	http.SetCookie(w, &g.cookie)
	w.Header().Set("Cache-Control", "no-store")
	switch r.Header.Get("Sec-Fetch-Site") {
	case "cross-site", "same-site":
		// The redirect after a link from elsewhere is still "from elsewhere":
		// the browser would withhold a Strict cookie. A page that moves on by
		// itself is us.
		w.Header().Set("Refresh", "0;url="+to)
		w.Header().Set("Content-Security-Policy", plainPolicy)
		http.Error(w, "opening lanebook", http.StatusOK)
	default:
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
}

// sameOriginProof reports whether a request that came with a cookie was made
// by one of our own pages. Reading needs no more than the cookie, which is
// SameSite=Strict; changing something or opening a socket needs the browser's
// word, and every browser gives it.
func sameOriginProof(r *http.Request) bool {
	sent := len(r.Header.Values("Origin")) > 0 // stranger compared it
	if isUpgrade(r) {
		return sent
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return true
	}
	return sent || r.Header.Get("Sec-Fetch-Site") == "same-origin"
}

// isPage reports whether r asks for something a person looks at, as opposed to
// the API.
func isPage(r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || isUpgrade(r) {
		return false
	}
	return !isAPI(r.URL.Path)
}

func isAPI(path string) bool {
	for _, prefix := range []string{"/api", "/work"} {
		if path == prefix || strings.HasPrefix(path, prefix+"/") {
			return true
		}
	}
	return false
}

func isUpgrade(r *http.Request) bool {
	return r.Header.Get("Upgrade") != ""
}

// header returns the first value of a header and whether it was sent at all,
// since an empty Origin is not the same as none.
func header(r *http.Request, name string) (string, bool) {
	values := r.Header.Values(name)
	if len(values) == 0 {
		return "", false
	}
	return values[0], true
}

func same(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
