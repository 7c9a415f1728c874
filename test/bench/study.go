package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/coder/websocket"

	"lanebook/internal/jupyter"
)

// openChapters is how many chapters the design says can be open at once.
const openChapters = 100

// measureStudy opens a hundred chapters in the study server, runs a cell in
// each, and tells what all of it keeps in memory: while it is fresh, and after
// the kernels were parked.
func measureStudy(ctx context.Context, binary string, _ int) error {
	s, err := startStudy(ctx, binary)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.ready(ctx); err != nil {
		return err
	}
	alone, _ := residentMB(s.cmd.Process.Pid)
	var last *page
	var took time.Duration
	for i := range openChapters {
		conn, err := s.open(ctx, fmt.Sprintf("en/%d-chapter", i))
		if err != nil {
			return fmt.Errorf("chapter %d: %w", i, err)
		}
		defer conn.CloseNow()
		// As in a class: all run the cells of one lesson, some changed theirs.
		if _, err := run1(ctx, conn, pool.cell(i%10)); err != nil {
			return fmt.Errorf("chapter %d: %w", i, err)
		}
		last = conn
	}
	fresh, ok := residentMB(s.cmd.Process.Pid)
	if !ok {
		fmt.Println("\nMemory of open chapters: not measured, there is no /proc here.")
		return nil
	}
	time.Sleep(90 * time.Second) // parked after a minute
	parked, _ := residentMB(s.cmd.Process.Pid)
	if took, err = run1(ctx, last, pool.cell(9)); err != nil {
		return err
	}
	fmt.Printf("\n| study server | MB |\n|---|---|\n| no chapter open | %.0f |\n| %d chapters, each has just run a cell | %.0f |\n| a minute and a half later, parked | %.0f |\n",
		alone, openChapters, fresh, parked)
	fmt.Printf("\nAn unchanged cell in a parked chapter: %d ms.\n", took.Milliseconds())
	return nil
}

// study is a running study server.
type study struct {
	cmd          *exec.Cmd
	dir          string
	base, secret string
}

func startStudy(ctx context.Context, binary string) (*study, error) {
	dir, err := os.MkdirTemp("", "lanebook-bench")
	if err != nil {
		return nil, err
	}
	s := &study{dir: dir, cmd: exec.CommandContext(ctx, binary, "study", "--no-open")}
	s.cmd.Env = append(os.Environ(), "XDG_DATA_HOME="+filepath.Join(dir, "data"))
	s.cmd.Stderr = io.Discard
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "lanebook study: ")
	if err != nil || !ok {
		s.close()
		return nil, fmt.Errorf("lanebook study printed %q: %w", line, err)
	}
	s.base, s.secret, _ = strings.Cut(address, "/?token=")
	return s, nil
}

func (s *study) close() {
	_ = s.cmd.Process.Signal(syscall.SIGINT)
	_ = s.cmd.Wait()
	_ = os.RemoveAll(s.dir)
}

// ask sends a request of the JSON API.
func (s *study) ask(ctx context.Context, method, path string, body, into any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, method, s.base+path, bytes.NewReader(data))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "token "+s.secret)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %s", method, path, res.Status)
	}
	return json.NewDecoder(res.Body).Decode(into)
}

func (s *study) ready(ctx context.Context) error {
	for {
		var status struct {
			Ready bool
			Error string
		}
		switch err := s.ask(ctx, "GET", "/api/lanebook/status", nil, &status); {
		case err != nil:
			return err
		case status.Error != "":
			return fmt.Errorf("prepare: %s", status.Error)
		case status.Ready:
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// open starts a session and joins its kernel.
func (s *study) open(ctx context.Context, path string) (*page, error) {
	var session struct{ Kernel struct{ ID string } }
	ask := map[string]any{"path": path, "type": "notebook", "kernel": map[string]string{"name": "lanebook"}}
	if err := s.ask(ctx, "POST", "/api/sessions", ask, &session); err != nil {
		return nil, err
	}
	conn, _, err := websocket.Dial(ctx, s.base+"/api/kernels/"+session.Kernel.ID+"/channels?session_id="+path, &websocket.DialOptions{
		HTTPHeader:   http.Header{"Authorization": {"token " + s.secret}},
		Subprotocols: []string{jupyter.Subprotocol},
	})
	if err != nil {
		return nil, err
	}
	conn.SetReadLimit(-1)
	p := &page{Conn: conn, in: make(chan []byte, 1000)}
	go p.listen(ctx)
	return p, nil
}

// page is the socket of one open chapter. It reads on while nothing is asked,
// as a browser does: pings are answered by reading.
type page struct {
	*websocket.Conn
	in chan []byte
}

func (p *page) listen(ctx context.Context) {
	defer close(p.in)
	for {
		_, data, err := p.Read(ctx)
		if err != nil {
			return
		}
		p.in <- data
	}
}

// run1 runs one cell and says how long that took, until it was idle again.
func run1(ctx context.Context, conn *page, code string) (time.Duration, error) {
	author := jupyter.NewAuthor("bench", "bench", time.Now)
	request := author.New(jupyter.Shell, jupyter.ExecuteRequest{Code: code, StoreHistory: true})
	frame, err := jupyter.EncodeV1(request)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	if err := conn.Write(ctx, websocket.MessageBinary, frame); err != nil {
		return 0, err
	}
	for data := range conn.in {
		m, err := jupyter.DecodeV1(data)
		if err != nil || m.Parent.ID != request.Header.ID {
			continue
		}
		if wrong, ok := m.Content.(jupyter.Error); ok {
			return 0, fmt.Errorf("the cell failed: %s", wrong.Value)
		}
		if status, ok := m.Content.(jupyter.Status); ok && status.ExecutionState == jupyter.Idle {
			return time.Since(start), nil
		}
	}
	return 0, errors.New("the socket was closed")
}
