package study

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/url"
)

// Content security policies. The API serves data only; whatever a browser may
// make of it, it gets no rights. Pages run our own scripts and nothing else.
const apiPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"

// plainPolicy is for the pages of the gate. A sandbox would make them strangers
// to the very server they lead to.
const plainPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

func pagePolicy(nonce string) string {
	// Style attributes are let through: outputs come with some, which render and
	// the page have checked against a list. Style elements and scripts are not.
	return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; style-src-attr 'unsafe-inline'; " +
		"img-src 'self' data: blob:; font-src 'self'; media-src 'self' data: blob:; connect-src 'self'; " +
		"frame-src 'self' blob:; worker-src 'self'; manifest-src 'self'; " +
		"frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
}

// setHeaders sets what every answer carries, refusals included.
func setHeaders(h http.Header) {
	h.Set("Content-Security-Policy", apiPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// failure is how the API says no: the JSON that Jupyter's clients expect.
type failure struct {
	status int

	Message string `json:"message"`
	Reason  any    `json:"reason"` // text, or null
}

func (f *failure) Error() string { return f.Message }

func fail(status int, format string, args ...any) error {
	return &failure{status: status, Message: fmt.Sprintf(format, args...)}
}

// writeError answers with err as JSON; an error that is not a failure is ours.
func writeError(w http.ResponseWriter, err error) {
	f := &failure{status: http.StatusInternalServerError, Message: err.Error()}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		f.status, f.Message = http.StatusRequestEntityTooLarge, fmt.Sprintf("the request is larger than %d bytes", tooLarge.Limit)
	}
	errors.As(err, &f)
	writeJSON(w, f.status, f)
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value) // a client that went away is not our error
}

// readJSON decodes a body of at most limit bytes. No body leaves value as it
// is: clients post nothing when they have nothing to say, and they do not
// always send a Content-Type, so that is not looked at.
func readJSON(w http.ResponseWriter, r *http.Request, limit int64, value any) error {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if err != nil {
		return err
	}
	if len(body) == 0 {
		return nil
	}
	if err := json.Unmarshal(body, value); err != nil {
		return fail(http.StatusBadRequest, "the body is not the JSON expected here: %v", err)
	}
	return nil
}

// deny answers a request that did not pass the gate: JSON to a program, a
// page with the way out to a person. It says nothing about the secret.
func deny(w http.ResponseWriter, r *http.Request, reason string) {
	if !isPage(r) {
		writeError(w, &failure{status: http.StatusForbidden, Message: "Forbidden", Reason: reason})
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", plainPolicy)
	w.WriteHeader(http.StatusForbidden)
	deniedPage.Execute(w, reason)
}

// deniedPage is the one page served to somebody who has not shown the secret,
// so it uses nothing else of ours. The link helps a browser that withheld the
// cookie because the way here began on another site.
var deniedPage = template.Must(template.New("denied").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>lanebook: not allowed</title>
<h1>Not allowed</h1>
<p>{{.}}</p>
<p lang="zh">请打开终端中 <code>lanebook study</code> 打印的网址。</p>
<p><a href="">Try again</a></p>
`))

// brokenPage tells a person why there is no page, with the way back.
var brokenPage = template.Must(template.New("broken").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>lanebook: this page cannot be shown</title>
<h1>This page cannot be shown</h1>
<p>{{.}}</p>
<p><a href="/">All chapters · <span lang="zh">全部章节</span></a></p>
`))

// escape is path as it stands in a link.
func escape(path string) string { return (&url.URL{Path: path}).EscapedPath() }
