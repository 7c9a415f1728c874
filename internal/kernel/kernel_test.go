package kernel

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/display"
	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
	"lanebook/internal/jupytertest"
)

func TestKernelInfo(t *testing.T) {
	c := newClient(t, &fakeEngine{})
	for _, channel := range []jupyter.Channel{jupyter.Shell, jupyter.Control} {
		info, ok := c.Ask(channel, jupyter.KernelInfoRequest{}).Reply.Content.(jupyter.KernelInfoReply)
		if !ok || info.LanguageInfo.Name != "go" || info.LanguageInfo.FileExtension != ".go" || info.ProtocolVersion != "5.4" {
			t.Errorf("on %s: %+v", channel, info)
		}
	}
}

func TestStartIsAnnounced(t *testing.T) {
	c := newClient(t, &fakeEngine{})
	c.Wait("starting", func(m jupyter.Message) bool { return m.Content == jupyter.Status{ExecutionState: jupyter.Starting} })
}

// Whatever the request, busy and idle frame it.
func TestOddRequests(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	tests := []struct {
		name    string
		content jupyter.Content
		want    string // the reply's type; empty for none
		iopub   string
	}{
		{"unknown", jupyter.Unknown{Name: "dance_request"}, "dance_reply", ""},
		{"unknown and no request", jupyter.Unknown{Name: "dance"}, "", ""},
		{"unreadable", jupyter.Malformed{Unknown: jupyter.Unknown{Name: jupyter.TypeCompleteRequest}, Err: errors.New("bad")}, jupyter.TypeCompleteReply, ""},
		{"unreadable shutdown", jupyter.Malformed{Unknown: jupyter.Unknown{Name: jupyter.TypeShutdownRequest}, Err: errors.New("bad")}, jupyter.TypeShutdownReply, ""},
		{"a reply", jupyter.InterruptReply{}, "", ""},
		{"comm_info", jupyter.CommInfoRequest{}, jupyter.TypeCommInfoReply, ""},
		{"comm_open", jupyter.CommOpen{ID: "1", TargetName: "x"}, "", jupyter.TypeCommClose},
		{"comm_msg", jupyter.CommMsg{ID: "1"}, "", ""},
		{"comm_close", jupyter.CommClose{ID: "1"}, "", ""},
		{"debug", jupyter.DebugRequest{Seq: 3, Command: "initialize"}, jupyter.TypeDebugReply, ""},
		{"interrupt of nothing", jupyter.InterruptRequest{}, jupyter.TypeInterruptReply, ""},
	}
	for _, tt := range tests {
		for _, channel := range []jupyter.Channel{jupyter.Shell, jupyter.Control} {
			t.Run(tt.name+" on "+string(channel), func(t *testing.T) {
				x := c.Ask(channel, tt.content)
				got := ""
				if x.Reply.Content != nil {
					got = x.Reply.Content.Type()
				}
				if got != tt.want {
					t.Errorf("reply %q, want %q", got, tt.want)
				}
				if got := jupytertest.Types(x.IOPub); got != tt.iopub {
					t.Errorf("published %q, want %q", got, tt.iopub)
				}
			})
		}
	}
}

func TestControlIsServedWhileACellRuns(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print a\nwait", StopOnError: true})
	c.WaitOutput(cell)
	queued := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print b"})

	c.Ask(jupyter.Control, jupyter.KernelInfoRequest{})
	if reply := c.Ask(jupyter.Control, jupyter.InterruptRequest{}).Reply; reply.Content != (jupyter.InterruptReply{Status: jupyter.OK}) {
		t.Errorf("got %v", reply.Content)
	}
	if reply := c.Collect(cell).Reply.Content.(jupyter.ExecuteReply); reply.Error == nil || reply.Name != "Interrupted" {
		t.Errorf("interrupted cell: %+v", reply)
	}
	if reply, ok := c.Collect(queued).Reply.Content.(jupyter.ErrorReply); !ok || reply.Status != jupyter.Aborted {
		t.Errorf("queued cell: %+v", reply)
	}
}

// A learner types the next cell while a long one runs. The state that front
// ends show is that of the cell all the same.
func TestHelpIsGivenWhileACellRuns(t *testing.T) {
	c := newClient(t, &fakeEngine{
		run: script,
		complete: func(string, int) (engine.Completion, error) {
			return engine.Completion{Matches: []engine.Match{{Text: "Println"}}}, nil
		},
		inspect: func(string, int) (display.Bundle, bool, error) {
			return display.Bundle{display.Text: "a text"}, true, nil
		},
	})
	c.Execute("print before")
	cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print a\nwait"})
	c.WaitOutput(cell)
	queued := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print b"})
	for _, channel := range []jupyter.Channel{jupyter.Shell, jupyter.Control} {
		for _, content := range []jupyter.Content{
			jupyter.CompleteRequest{Code: "fmt.Pr", CursorPos: 6}, jupyter.InspectRequest{Code: "fmt.Pr", CursorPos: 6},
			jupyter.IsCompleteRequest{Code: "{"}, jupyter.HistoryRequest{AccessType: "tail"},
			jupyter.KernelInfoRequest{}, jupyter.CommInfoRequest{}, jupyter.CommMsg{ID: "1"},
		} {
			request := c.Send(channel, content)
			if reply, failed := c.Collect(request).Reply.Content.(jupyter.ErrorReply); failed {
				t.Errorf("%s on %s: %+v", content.Type(), channel, reply)
			}
			c.WaitBusy(cell, request)
		}
	}
	c.k.Interrupt()
	c.Collect(cell)
	c.Collect(queued)
}

// An execute_request on control needs the session, so it waits its turn, and is
// answered where it came from.
func TestExecuteOnControl(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	if reply := c.Ask(jupyter.Control, jupyter.ExecuteRequest{Code: "print a"}).Reply; reply.Channel != jupyter.Control {
		t.Errorf("answered on %s", reply.Channel)
	}
}

func TestShutdown(t *testing.T) {
	for _, restart := range []bool{false, true} {
		c := newClient(t, &fakeEngine{run: script})
		cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print a\nwait"})
		c.WaitOutput(cell)
		reply := c.Ask(jupyter.Control, jupyter.ShutdownRequest{Restart: restart}).Reply
		if reply.Content != (jupyter.ShutdownReply{Status: jupyter.OK, Restart: restart}) {
			t.Errorf("got %v", reply.Content)
		}
		<-c.k.Done()
		if c.k.Restarting() != restart {
			t.Errorf("restarting %t, want %t", c.k.Restarting(), restart)
		}
		c.Collect(cell) // the running cell ended in idle
	}
}

func TestStdin(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print before\nask name?", AllowStdin: true})
	question := c.Wait("input_request", func(m jupyter.Message) bool { return m.Channel == jupyter.Stdin })
	if question.Content != (jupyter.InputRequest{Prompt: "name?"}) || question.Parent.ID != cell.Header.ID || string(question.Identities[0]) != "me" {
		t.Errorf("got %+v", question)
	}
	stale := c.Author.Child(jupyter.Message{Header: jupyter.Header{ID: "old", Type: jupyter.TypeInputRequest}}, jupyter.Stdin, jupyter.InputReply{Value: "old"})
	c.k.Handle(stale)
	c.k.Handle(c.Author.Child(question, jupyter.Stdin, jupyter.InputReply{Value: "Ada"}))
	if got := jupytertest.Types(c.Collect(cell).IOPub); got != `execute_input, stdout "before\n", stdout "got Ada\n"` {
		t.Errorf("got %s", got)
	}
	c.Send(jupyter.Stdin, jupyter.InputReply{Value: "nobody asked"})

	reply, _ := c.Execute("ask name?") // allow_stdin: false
	if reply.Error == nil || reply.Name != "NoInput" {
		t.Errorf("refused question: %+v", reply)
	}
}

func TestInterruptedQuestion(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "ask name?", AllowStdin: true})
	c.Wait("input_request", func(m jupyter.Message) bool { return m.Channel == jupyter.Stdin })
	c.k.Interrupt()
	if reply := c.Collect(cell).Reply.Content.(jupyter.ExecuteReply); reply.Status != jupyter.Failed {
		t.Errorf("got %+v", reply)
	}
}

func TestComplete(t *testing.T) {
	c := newClient(t, &fakeEngine{complete: func(src string, offset int) (engine.Completion, error) {
		if src[:offset] != "🎉世.Pr" {
			t.Errorf("asked at %q", src[:offset])
		}
		return engine.Completion{Start: offset - 2, End: offset, Matches: []engine.Match{{Text: "Println", Kind: "function", Detail: "func()"}}}, nil
	}})
	tests := []struct {
		name            string
		pos, start, end int
	}{
		{"code points", 5, 3, 5},
		{"end", -1, 3, 5},
	}
	for _, tt := range tests {
		x := c.Ask(jupyter.Shell, jupyter.CompleteRequest{Code: "🎉世.Pr", CursorPos: tt.pos})
		got := x.Reply.Content.(jupyter.CompleteReply)
		if got.CursorStart != tt.start || got.CursorEnd != tt.end || got.Matches[0] != "Println" {
			t.Errorf("%s: got %+v", tt.name, got)
		}
	}
}

func TestInspect(t *testing.T) {
	c := newClient(t, &fakeEngine{inspect: func(src string, _ int) (display.Bundle, bool, error) {
		switch src {
		case "known":
			return display.Bundle{display.Text: "func known()"}, true, nil
		case "broken":
			return nil, false, errors.New("no types")
		}
		return nil, false, nil
	}})
	got := c.Ask(jupyter.Shell, jupyter.InspectRequest{Code: "known", CursorPos: 2}).Reply.Content
	want := jupyter.InspectReply{Status: jupyter.OK, Found: true, Data: map[string]any{display.Text: "func known()"}, Metadata: map[string]any{}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reply differs (-want +got):\n%s", diff)
	}
	if got := c.Ask(jupyter.Shell, jupyter.InspectRequest{Code: "x"}).Reply.Content.(jupyter.InspectReply); got.Found || got.Data == nil {
		t.Errorf("got %+v", got)
	}
	if got := c.Ask(jupyter.Shell, jupyter.InspectRequest{Code: "broken"}).Reply.Content.(jupyter.ErrorReply); got.Status != jupyter.Failed {
		t.Errorf("got %+v", got)
	}
}

func TestHistory(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	for _, src := range []string{"print one", "print two/2", "print one", "err three"} {
		c.Execute(src)
	}
	tests := []struct {
		name string
		req  jupyter.HistoryRequest
		want string
	}{
		{"tail", jupyter.HistoryRequest{AccessType: "tail", N: 2}, `[[1,3,"print one"],[1,4,"err three"]]`},
		{"tail, more than there is", jupyter.HistoryRequest{AccessType: "tail", N: 99, Output: true}, `[[1,1,["print one","one\n"]],[1,2,["print two/2","two/2\n"]],[1,3,["print one","one\n"]],[1,4,["err three",""]]]`},
		{"range", jupyter.HistoryRequest{AccessType: "range", Start: 2, Stop: 4}, `[[1,2,"print two/2"],[1,3,"print one"]]`},
		{"range without end", jupyter.HistoryRequest{AccessType: "range", Session: 1, Start: 4}, `[[1,4,"err three"]]`},
		{"range of an earlier session", jupyter.HistoryRequest{AccessType: "range", Session: -1, Start: 1}, `[]`},
		{"search", jupyter.HistoryRequest{AccessType: "search", Pattern: "*two*"}, `[[1,2,"print two/2"]]`},
		{"search, unique", jupyter.HistoryRequest{AccessType: "search", Pattern: "print*", Unique: true}, `[[1,2,"print two/2"],[1,3,"print one"]]`},
		{"search, last", jupyter.HistoryRequest{AccessType: "search", Pattern: "", N: 1}, `[[1,4,"err three"]]`},
		{"search, bad pattern", jupyter.HistoryRequest{AccessType: "search", Pattern: "["}, `[]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			reply := c.Ask(jupyter.Shell, tt.req).Reply.Content.(jupyter.HistoryReply)
			got, err := json.Marshal(reply.History)
			if err != nil || string(got) != tt.want {
				t.Errorf("got  %s, %v\nwant %s", got, err, tt.want)
			}
		})
	}
	if got := c.Ask(jupyter.Shell, jupyter.HistoryRequest{AccessType: "guess"}).Reply.Content.(jupyter.ErrorReply); got.Status != jupyter.Failed {
		t.Errorf("got %+v", got)
	}
}

func TestBundle(t *testing.T) {
	got := bundle(display.Bundle{
		display.Text: "a", display.PNG: []byte{1, 2}, display.HTML: []byte("<b>"),
		display.JSON: `{"a":1}`, display.Data: []byte(`[1]`), "application/json; charset=utf-8": "not json",
		"image/svg+xml": []byte("<svg/>"), "text/x-bytes": []byte{0xff},
	})
	want := map[string]any{
		display.Text: "a", display.PNG: "AQI=", display.HTML: "<b>",
		display.JSON: json.RawMessage(`{"a":1}`), display.Data: json.RawMessage(`[1]`), "application/json; charset=utf-8": "not json",
		"image/svg+xml": "<svg/>", "text/x-bytes": "/w==",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("bundle differs (-want +got):\n%s", diff)
	}
}

func TestQueueHasAnEnd(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	first := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print a\nwait", StopOnError: true})
	c.WaitOutput(first)
	for range maxQueue {
		c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "x"})
	}
	x := c.Ask(jupyter.Shell, jupyter.ExecuteRequest{Code: "one too many"})
	if reply, ok := x.Reply.Content.(jupyter.ErrorReply); !ok || reply.Status != jupyter.Aborted {
		t.Errorf("got %#v", x.Reply.Content)
	}
	c.k.Interrupt()
	c.Collect(first)
}

func TestCloseEndsARunningCell(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := newClient(t, &fakeEngine{run: script})
	k := New(ctx, &fakeEngine{run: script}, senderFunc(func(jupyter.Message) error { return errors.New("nobody there") }), Options{})
	k.Handle(c.Author.New(jupyter.Shell, jupyter.ExecuteRequest{Code: "wait"}))
	cancel()
	<-k.Done()
	k.Close()
}

func TestIsComplete(t *testing.T) {
	c := newClient(t, &fakeEngine{})
	for src, want := range map[string]string{"func f() {": "incomplete", "x := 1": "complete", "func )": "invalid"} {
		if got := c.Ask(jupyter.Shell, jupyter.IsCompleteRequest{Code: src}).Reply.Content.(jupyter.IsCompleteReply); got.Status != want {
			t.Errorf("%q: got %+v, want %s", src, got, want)
		}
	}
}

// closable is a fake engine that counts how often it is closed.
type closable struct {
	fakeEngine
	closed int
}

func (c *closable) Close() error { c.closed++; return nil }

// While its engine is being opened, a kernel answers what needs no engine.
func TestOpening(t *testing.T) {
	gate := make(chan bool)
	e := &closable{fakeEngine: fakeEngine{run: script}}
	opening := Open(func() (OpenEngine, error) { <-gate; return e, nil })
	c := newClient(t, opening)
	c.Ask(jupyter.Shell, jupyter.KernelInfoRequest{})
	cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print a"})
	c.Ask(jupyter.Control, jupyter.KernelInfoRequest{})
	close(gate)
	if got := jupytertest.Types(c.Collect(cell).IOPub); got != `execute_input, stdout "a\n"` {
		t.Errorf("got %s", got)
	}
	if err := opening.Close(); err != nil || e.closed != 1 {
		t.Errorf("closed %d times, %v", e.closed, err)
	}
}

func TestOpeningFails(t *testing.T) {
	opening := Open(func() (OpenEngine, error) { return nil, errors.New("no go command") })
	c := newClient(t, opening)
	reply, _ := c.Execute("print a")
	if reply.Error == nil || reply.Value != "the kernel could not run this cell: no go command" {
		t.Errorf("got %+v", reply)
	}
	if err := opening.Close(); err != nil {
		t.Error(err)
	}
}
