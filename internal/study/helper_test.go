package study

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/coder/websocket"

	"lanebook/internal/display"
	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
	"lanebook/internal/kernel"
	"lanebook/web"
)

// stubEngine runs cells of one command, so that the tests of the server need
// no Go toolchain: "print TEXT", "flood N", "sleep", "ask PROMPT", "lang", "dir".
type stubEngine struct {
	dir    string
	parked atomic.Int32
	woken  atomic.Int32

	mu   sync.Mutex
	lang string
}

func (e *stubEngine) Execute(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error) {
	command, rest, _ := strings.Cut(cell.Source, " ")
	switch command {
	case "print":
		sink.Stream("stdout", rest+"\n")
	case "lang":
		e.mu.Lock()
		defer e.mu.Unlock()
		sink.Stream("stdout", e.lang)
	case "dir":
		sink.Stream("stdout", e.dir)
	case "flood":
		n, _ := strconv.Atoi(rest)
		for range n {
			sink.Show(display.Display{Data: display.Bundle{"text/plain": strings.Repeat("x", 10_000)}})
		}
	case "sleep":
		sink.Stream("stdout", "asleep\n")
		<-ctx.Done()
		return engine.Result{Problem: &engine.Problem{Name: "Interrupted", Message: "stopped", Traceback: []string{"stopped"}}}, nil
	case "ask":
		answer, err := cell.Ask(ctx, rest, false)
		if err != nil {
			return engine.Result{}, err
		}
		sink.Stream("stdout", "you said "+answer)
	default:
		return engine.Result{Problem: &engine.Problem{Name: "SyntaxError", Message: "what is " + command, Traceback: []string{"?"}}}, nil
	}
	return engine.Result{}, nil
}

func (e *stubEngine) Complete(context.Context, engine.Draft) (engine.Completion, error) {
	return engine.Completion{}, nil
}

func (e *stubEngine) Inspect(context.Context, engine.Draft) (display.Bundle, bool, error) {
	return nil, false, nil
}

func (e *stubEngine) Check(context.Context, engine.Draft) ([]engine.Finding, error) { return nil, nil }

func (e *stubEngine) Ahead(engine.Cell) {}

func (e *stubEngine) AheadOfTurn(engine.Cell) {}

type stubKernel struct {
	*kernel.Kernel
	engine *stubEngine
}

func (k stubKernel) SetLang(lang string) {
	k.engine.mu.Lock()
	defer k.engine.mu.Unlock()
	k.engine.lang = lang
}

func (k stubKernel) Park() { k.engine.parked.Add(1) }

func (k stubKernel) Wake() { k.engine.woken.Add(1) }

func (k stubKernel) Close() error { k.Kernel.Close(); return nil }

// startStub is a StartKernel: a real kernel on a stub engine.
func startStub(ctx context.Context, c KernelConfig) (Kernel, error) {
	e := &stubEngine{dir: c.Dir, lang: c.Lang}
	return stubKernel{kernel.New(ctx, e, sendFunc(c.Send), kernel.Options{}), e}, nil
}

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

// peer is one WebSocket client of a kernel.
type peer struct {
	t    *testing.T
	conn *websocket.Conn
	v1   bool
	n    int
}

const patience = 20 * time.Second

func (s *running) dial(kernel, session, subprotocol string) *peer {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	options := &websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {"token " + s.secret}}}
	if subprotocol != "" {
		options.Subprotocols = []string{subprotocol}
	}
	conn, _, err := websocket.Dial(ctx, s.base+"/api/kernels/"+kernel+"/channels?session_id="+session, options)
	if err != nil {
		s.t.Fatal(err)
	}
	conn.SetReadLimit(-1)
	s.t.Cleanup(func() { conn.CloseNow() })
	return &peer{t: s.t, conn: conn, v1: conn.Subprotocol() == jupyter.Subprotocol}
}

// send sends a request and returns its id.
func (p *peer) send(channel jupyter.Channel, content jupyter.Content) string {
	p.t.Helper()
	p.n++
	id := fmt.Sprintf("%s-%d", p.t.Name(), p.n)
	m := jupyter.Message{Channel: channel, Content: content, Metadata: map[string]any{},
		Header: jupyter.Header{ID: id, Type: content.Type(), Session: "s", Username: "u", Version: "5.3"}}
	var data []byte
	var err error
	kind := websocket.MessageBinary
	if p.v1 {
		data, err = jupyter.EncodeV1(m)
	} else {
		data, _, err = jupyter.EncodeJSON(m)
		kind = websocket.MessageText
	}
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	if err := p.conn.Write(ctx, kind, data); err != nil {
		p.t.Fatal(err)
	}
	return id
}

// next returns the next message.
func (p *peer) next() (jupyter.Message, error) {
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	kind, data, err := p.conn.Read(ctx)
	if err != nil {
		return jupyter.Message{}, err
	}
	if p.v1 {
		return jupyter.DecodeV1(data)
	}
	return jupyter.DecodeJSON(data, kind == websocket.MessageBinary)
}

// until reads until a message is the one wanted, and returns all it read.
func (p *peer) until(wanted func(jupyter.Message) bool) []jupyter.Message {
	p.t.Helper()
	var all []jupyter.Message
	for {
		m, err := p.next()
		if err != nil {
			p.t.Fatalf("after %s: %v", describe(all), err)
		}
		all = append(all, m)
		if wanted(m) {
			return all
		}
	}
}

// execute runs a cell and returns what it sent, up to and with its reply and idle.
func (p *peer) execute(code string) []jupyter.Message {
	p.t.Helper()
	id := p.send(jupyter.Shell, jupyter.ExecuteRequest{Code: code, StoreHistory: true, AllowStdin: true})
	return p.finish(id)
}

// finish reads up to the reply and the idle of a request, in either order.
func (p *peer) finish(id string) []jupyter.Message {
	p.t.Helper()
	replied, idle := false, false
	return p.until(func(m jupyter.Message) bool {
		if m.Parent.ID == id {
			replied = replied || m.Channel == jupyter.Shell || m.Channel == jupyter.Control
			status, ok := m.Content.(jupyter.Status)
			idle = idle || ok && status.ExecutionState == jupyter.Idle
		}
		return replied && idle
	})
}

func describe(all []jupyter.Message) string {
	var b strings.Builder
	for i, m := range all {
		if i == 50 { // arbitrary
			return b.String() + "..."
		}
		fmt.Fprintf(&b, "[%s %s]", m.Channel, m.Type())
		if status, ok := m.Content.(jupyter.Status); ok {
			fmt.Fprintf(&b, "=%s", status.ExecutionState)
		}
	}
	return b.String()
}

// stdout joins what the messages print.
func stdout(all []jupyter.Message) string {
	var b strings.Builder
	for _, m := range all {
		if s, ok := m.Content.(jupyter.Stream); ok {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}
