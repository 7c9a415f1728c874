package wire

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"

	"lanebook/internal/jupyter"
	"lanebook/internal/jupytertest"
)

// study is a running study server.
type study struct {
	t         *testing.T
	cmd       *exec.Cmd
	base      string
	token     string
	data, tmp string // its data folder and its folder for temporary files
	printed   chan string
	stderr    syncBuffer
}

type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// startStudy runs a server as `make study` does, but for the browser.
func startStudy(t *testing.T, args ...string) *study {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: builds and runs the server")
	}
	s := &study{t: t, data: t.TempDir(), tmp: temporary(t), printed: make(chan string, 1)}
	s.cmd = exec.Command(binary, append([]string{"study", "--no-open"}, args...)...)
	s.cmd.Dir = t.TempDir()
	s.cmd.Env = append(os.Environ(), "TMPDIR="+s.tmp, "XDG_DATA_HOME="+s.data)
	s.cmd.Stderr = &s.stderr
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(stdout)
	line, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("no address: %v; %s", err, s.stderr.String())
	}
	go func() {
		rest, _ := io.ReadAll(lines)
		s.printed <- string(rest)
	}()
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "lanebook study: ")
	u, err := url.Parse(address)
	if !ok || err != nil {
		t.Fatalf("printed %q", line)
	}
	s.base, s.token = "http://"+u.Host, u.Query().Get("token")
	t.Cleanup(func() { _ = s.cmd.Process.Kill() }) // it has ended already, unless a test failed
	return s
}

// temporary makes a folder for temporary files. A server that is killed may
// leave a go command behind that writes there while the folder is removed.
func temporary(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "lanebook-wire")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for deadline := time.Now().Add(60 * time.Second); os.RemoveAll(dir) != nil && time.Now().Before(deadline); {
			time.Sleep(10 * time.Millisecond)
		}
	})
	return dir
}

// end sends Ctrl-C and checks that nothing is left.
func (s *study) end() {
	s.t.Helper()
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		s.t.Fatal(err)
	}
	rest := <-s.printed
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("after Ctrl-C: %v", err)
	}
	if rest != "" {
		s.t.Errorf("stdout has more than the address: %q", rest)
	}
	said := s.stderr.String()
	if strings.Contains(said, s.token) || strings.Contains(said, "panic") || strings.Contains(said, "DATA RACE") {
		s.t.Errorf("the server said:\n%s", said)
	}
	left, err := os.ReadDir(s.tmp)
	if err != nil || len(left) > 0 {
		s.t.Errorf("left behind in the temporary folder: %v, %v", left, err)
	}
}

// do sends a request with a JSON body, and decodes the answer into value.
func (s *study) do(method, path, body string, want int, value any, headers ...string) string {
	s.t.Helper()
	r, err := http.NewRequest(method, s.base+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	for _, h := range headers {
		name, v, _ := strings.Cut(h, ": ")
		r.Header.Set(name, v)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != want {
		s.t.Fatalf("%s %s: %d, want %d: %s %v", method, path, response.StatusCode, want, data, err)
	}
	if value != nil {
		if err := json.Unmarshal(data, value); err != nil {
			s.t.Fatal(err)
		}
	}
	return string(data)
}

// open starts a session and connects to its kernel.
func (s *study) open(path, subprotocol string) *jupytertest.Client {
	s.t.Helper()
	var session struct{ Kernel struct{ ID string } }
	s.do("POST", "/api/sessions", fmt.Sprintf(`{"path":%q,"type":"notebook"}`, path), 201, &session)
	options := &websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {"token " + s.token}}}
	if subprotocol != "" {
		options.Subprotocols = []string{subprotocol}
	}
	ctx, cancel := context.WithCancel(context.Background())
	conn, _, err := websocket.Dial(ctx, s.base+"/api/kernels/"+session.Kernel.ID+"/channels", options)
	if err != nil {
		s.t.Fatal(err)
	}
	conn.SetReadLimit(-1)
	c := jupytertest.New(s.t, func(m jupyter.Message) {
		kind, data, err := encode(m, subprotocol)
		if err == nil {
			err = conn.Write(ctx, kind, data)
		}
		if err != nil {
			s.t.Error(err)
		}
	})
	read := make(chan struct{})
	go func() {
		defer close(read)
		for {
			kind, data, err := conn.Read(ctx)
			if err != nil {
				return // the server has ended, or the test
			}
			m, err := decode(kind, data, subprotocol)
			if err != nil {
				s.t.Error(err)
				return
			}
			c.Receive(m)
		}
	}()
	s.t.Cleanup(func() { cancel(); conn.CloseNow(); <-read })
	return c
}

func encode(m jupyter.Message, subprotocol string) (websocket.MessageType, []byte, error) {
	if subprotocol == jupyter.Subprotocol {
		data, err := jupyter.EncodeV1(m)
		return websocket.MessageBinary, data, err
	}
	data, _, err := jupyter.EncodeJSON(m)
	return websocket.MessageText, data, err
}

func decode(kind websocket.MessageType, data []byte, subprotocol string) (jupyter.Message, error) {
	if subprotocol == jupyter.Subprotocol {
		return jupyter.DecodeV1(data)
	}
	return jupyter.DecodeJSON(data, kind == websocket.MessageBinary)
}

func TestStudyRunsCells(t *testing.T) {
	s := startStudy(t)
	for _, protocol := range []string{jupyter.Subprotocol, ""} {
		c := s.open("en/13-pools"+protocol, protocol)
		reply, out := c.Execute("%%\nfmt.Println(\"hello\", 6*7)")
		if got := jupytertest.Text(out, "stdout"); reply.Status != jupyter.OK || got != "hello 42\n" {
			t.Errorf("%q: %+v, printed %q", protocol, reply, got)
		}
		if reply, _ := c.Execute("%%\nvar x int = \"text\""); reply.Status != jupyter.Failed {
			t.Errorf("a wrong cell: %+v", reply)
		}
	}
	if page := s.do("GET", "/en/13-pools", "", 200, nil); !strings.Contains(page, `<main id="main"`) {
		t.Error("no page")
	}
	s.end()
}

// Ctrl-C while cells run, one of them with a child that has left its group.
func TestStudyEndsCleanly(t *testing.T) {
	s := startStudy(t)
	marker := filepath.Join(t.TempDir(), "pid")
	a, b := s.open("a", jupyter.Subprotocol), s.open("b", "")
	a.WaitOutput(a.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: forever}))
	b.WaitOutput(b.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: fmt.Sprintf(
		"%%%%\ncmd := exec.Command(\"sh\", \"-c\", \"echo $$ > %s; exec sleep 1000\")\n"+
			"cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}\n"+
			"if err := cmd.Start(); err != nil { panic(err) }\n"+
			"for { if data, _ := os.ReadFile(%q); len(data) > 1 { break }; time.Sleep(time.Millisecond) }\n"+
			"fmt.Println(\"started\")\ncmd.Wait()", marker, marker)}))
	s.end()
	pid, err := os.ReadFile(marker)
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(60 * time.Second); alive(strings.TrimSpace(string(pid))); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the child %s of a cell lives on", pid)
		}
	}
}

func alive(pid string) bool {
	return exec.Command("kill", "-0", pid).Run() == nil
}

// What was typed is on disk when the answer to PUT has come: a server that is
// killed loses nothing.
func TestStudyKilledLosesNothing(t *testing.T) {
	s := startStudy(t)
	var work struct {
		ETag  string
		Cells []struct {
			ID   string
			Type string `json:"cell_type"`
		}
	}
	s.do("GET", "/work/en/13-pools", "", 200, &work)
	id := work.Cells[0].ID
	s.do("PUT", "/work/en/13-pools", fmt.Sprintf(`{"cells":[{"id":%q,"source":"my own words"}]}`, id), 200, nil, "If-Match: "+work.ETag)
	if err := s.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = s.cmd.Wait()
	data, err := os.ReadFile(filepath.Join(s.data, "lanebook", "work", "en", "13-pools.ipynb"))
	if err != nil || !bytes.Contains(data, []byte("my own words")) {
		t.Errorf("%v", err)
	}
}
