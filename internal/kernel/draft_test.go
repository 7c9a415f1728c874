package kernel

import (
	"fmt"
	"sync"
	"testing"

	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
)

// log collects what an engine was asked to build ahead.
type log struct {
	mu    sync.Mutex
	lines []string
}

func (l *log) add(what string, cell engine.Cell) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, fmt.Sprintf("%s %s %q", what, cell.Name, cell.Source))
}

func (l *log) expect(t *testing.T, want ...string) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if fmt.Sprint(l.lines) != fmt.Sprint(want) {
		t.Errorf("built ahead: %q, want %q", l.lines, want)
	}
	l.lines = nil
}

// A draft is answered while a cell runs, with columns in code points, and
// without telling other clients.
func TestDraft(t *testing.T) {
	var ahead log
	c := newClient(t, &fakeEngine{
		run: script, ahead: ahead.add,
		check: func(d engine.Draft) ([]engine.Finding, error) {
			if d.Offset >= 0 && d.Source[:d.Offset] != "世界 :=" || len(d.Above) != 1 {
				t.Errorf("asked about %+v", d)
			}
			return []engine.Finding{{Line: 1, Col: 8, End: 10, Message: "wrong", Hint: "mend it"}, {Message: "elsewhere", Warning: true}}, nil
		},
	})
	running := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print 1\nwait", StoreHistory: true})
	c.WaitOutput(running)
	ask := func(request jupyter.DraftRequest) jupyter.DraftReply {
		t.Helper()
		m := c.Send(jupyter.Control, request)
		reply := c.Wait("draft_reply", func(r jupyter.Message) bool {
			if r.Parent.ID == m.Header.ID && r.Channel == jupyter.IOPub {
				t.Errorf("told all clients: %v", r)
			}
			return r.Parent.ID == m.Header.ID && r.Channel == jupyter.Control
		})
		content, ok := reply.Content.(jupyter.DraftReply)
		if !ok {
			t.Fatalf("got %#v", reply.Content)
		}
		return content
	}
	const code = "世界 := ="
	got := ask(jupyter.DraftRequest{Code: code, CursorPos: 5, Above: []string{"x"}})
	want := []jupyter.DraftDiagnostic{
		{Line: 1, Column: 4, EndColumn: 6, Severity: "error", Message: "wrong", Hint: "mend it"},
		{Severity: "warning", Message: "elsewhere"},
	}
	if got.Status != jupyter.OK || fmt.Sprint(got.Diagnostics) != fmt.Sprint(want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	ahead.expect(t, fmt.Sprintf("typed cell[2] %q", code))
	other, none := "other", ""
	ask(jupyter.DraftRequest{Code: code, CursorPos: -1, Above: []string{"x"}, Build: &other})
	ask(jupyter.DraftRequest{Code: code, CursorPos: -1, Above: []string{"x"}, Build: &none})
	ahead.expect(t, `typed cell[2] "other"`)
	c.k.Interrupt()
	c.Collect(running)
	// The cell that ran may have changed what the typed one means.
	c.Execute("print 2")
	ahead.expect(t, `typed cell[2] "other"`, `typed cell[3] "other"`)
	c.Execute("other")
	c.Execute("print 3")
	ahead.expect(t)
}

// While a cell runs, the next one in the queue is built, once the running one
// is known not to matter to it.
func TestAheadOfTurn(t *testing.T) {
	var ahead log
	c := newClient(t, &fakeEngine{run: script, ahead: ahead.add})
	for _, first := range []string{"print 1\nwait", "built\nprint 1\nwait"} {
		running := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: first, StoreHistory: true})
		c.WaitOutput(running)
		c.Send(jupyter.Shell, jupyter.IsCompleteRequest{Code: "x"})
		second := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print 2", StoreHistory: true})
		third := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print 3", StoreHistory: true})
		if first[0] == 'b' {
			ahead.expect(t, `queued cell[5] "print 2"`, `queued cell[5] "print 2"`)
		} else {
			ahead.expect(t)
		}
		c.k.Interrupt()
		for _, m := range []jupyter.Message{running, second, third} {
			c.Collect(m)
		}
	}
}
