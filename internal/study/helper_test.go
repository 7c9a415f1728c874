package study

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"lanebook/web"
)

// running is a server under test and a client that knows its secret.
type running struct {
	*Server
	t    *testing.T
	base string
}

// serve starts a server on the options, filled up with test content.
func serve(t *testing.T, options Options) *running {
	t.Helper()
	if options.Course == nil {
		options.Course = testCourse()
	}
	if options.WorkDir == "" {
		options.WorkDir = t.TempDir()
	}
	if options.Start == nil {
		options.Start = startStub
	}
	if options.Templates == nil {
		options.Templates = templates(t)
	}
	options.Assets = fstest.MapFS{"page.css": {Data: []byte("body {}")}, "secret.txt": {Data: []byte("no")}}
	server, err := New("127.0.0.1:0", options)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- server.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	base, _, _ := strings.Cut(server.URL(), "/?")
	return &running{Server: server, t: t, base: base}
}

func templates(t *testing.T) *template.Template {
	t.Helper()
	parsed, err := web.Templates()
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// testCourse is one chapter in two languages and one in English alone.
func testCourse() fstest.MapFS {
	chapter := func(heading, prose string) *fstest.MapFile {
		return &fstest.MapFile{Data: fmt.Appendf(nil, `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[
			{"cell_type":"markdown","id":"intro","metadata":{},"source":"# %s\n\n%s"},
			{"cell_type":"code","id":"first","metadata":{},"source":"print 1","execution_count":1,
			 "outputs":[{"output_type":"stream","name":"stdout","text":["one\n","two\n"]}]},
			{"cell_type":"code","id":"second","metadata":{},"source":"print 2","execution_count":null,"outputs":[]}]}`, heading, prose)}
	}
	return fstest.MapFS{
		"en/13-pools.ipynb": chapter("Pools", "Workers < share."),
		"zh/13-pools.ipynb": chapter("工作池", "分担工作。"),
		"en/14-sync.ipynb":  chapter("Locks & co", "See [pools](13-pools.ipynb)."),
	}
}

// answered is a response with its body read.
type answered struct {
	*http.Response
	body string
}

// do sends "METHOD /path" with a JSON body unless it is nil.
func (s *running) do(request string, body any, headers ...string) answered {
	s.t.Helper()
	method, path, _ := strings.Cut(request, " ")
	var reader io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		reader = strings.NewReader(b)
	default:
		data, err := json.Marshal(body)
		if err != nil {
			s.t.Fatal(err)
		}
		reader = bytes.NewReader(data)
	}
	r, err := http.NewRequest(method, s.base+path, reader)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "token "+s.secret)
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answered{response, string(data)}
}

// want checks the status and decodes the body into value unless it is nil.
func (a answered) want(t *testing.T, status int, value any) answered {
	t.Helper()
	if a.StatusCode != status {
		t.Fatalf("%s %s: got %d, want %d; body: %s", a.Request.Method, a.Request.URL.Path, a.StatusCode, status, a.body)
	}
	if value != nil {
		if err := json.Unmarshal([]byte(a.body), value); err != nil {
			t.Fatalf("%s: %v in %s", a.Request.URL.Path, err, a.body)
		}
	}
	return a
}
