package wire

import (
	"fmt"
	"strings"
	"testing"

	"lanebook/internal/jupyter"
)

// The cursor counts code points, also where UTF-16 and bytes differ.
func TestCompletion(t *testing.T) {
	c := start(t).connect("me")
	c.Execute("type T int") // waits until the standard library is prepared
	tests := []struct {
		name, before string
		start        int
	}{
		{"ascii", "%%\nstrings.ToUpp", 11},
		{"multibyte", "%%\ns := \"世界\"\nstrings.ToUpp", 21},
		{"astral", "%%\ns := \"🎉🎉\"\nstrings.ToUpp", 21},
	}
	for _, tt := range tests {
		pos := len([]rune(tt.before))
		x := c.Ask(jupyter.Shell, jupyter.CompleteRequest{Code: tt.before + "\nfmt.Println(1)", CursorPos: pos})
		got, ok := x.Reply.Content.(jupyter.CompleteReply)
		if !ok || got.CursorStart != tt.start || got.CursorEnd != pos || !contains(got.Matches, "ToUpper") {
			t.Errorf("%s: got %+v, want ToUpper from %d to %d", tt.name, x.Reply.Content, tt.start, pos)
		}
	}
}

func contains(all []string, prefix string) bool {
	for _, s := range all {
		if strings.HasPrefix(s, prefix) {
			return true
		}
	}
	return false
}

func TestInspect(t *testing.T) {
	c := start(t).connect("me")
	c.Execute("type T int") // waits until the standard library is prepared
	x := c.Ask(jupyter.Shell, jupyter.InspectRequest{Code: "%%\nstrings.ToUpper(\"a\")", CursorPos: 13})
	got, ok := x.Reply.Content.(jupyter.InspectReply)
	if text, _ := got.Data["text/plain"].(string); !ok || !got.Found || !strings.Contains(text, "func") {
		t.Errorf("got %+v", x.Reply.Content)
	}
	x = c.Ask(jupyter.Shell, jupyter.InspectRequest{Code: "%%\n// nothing", CursorPos: 6})
	if got, ok := x.Reply.Content.(jupyter.InspectReply); !ok || got.Found {
		t.Errorf("got %+v", x.Reply.Content)
	}
}

// Help is given while a cell runs, to whoever asks, with what earlier cells
// declared; and the kernel stays busy.
func TestHelpWhileACellRuns(t *testing.T) {
	k := start(t)
	c, other := k.connect("me"), k.connect("another")
	c.Execute("func double(n int) int { return 2 * n }")
	running := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: forever, StoreHistory: true})
	c.WaitOutput(running)
	for _, who := range []*client{c, other} {
		request := who.Send(jupyter.Shell, jupyter.CompleteRequest{Code: "dou", CursorPos: 3})
		if got, ok := who.Collect(request).Reply.Content.(jupyter.CompleteReply); !ok || !contains(got.Matches, "double") {
			t.Errorf("completion: %+v", got)
		}
		who.WaitBusy(running, request)
		request = who.Send(jupyter.Shell, jupyter.InspectRequest{Code: "double(1)", CursorPos: 3})
		if got, ok := who.Collect(request).Reply.Content.(jupyter.InspectReply); !ok || !got.Found {
			t.Errorf("inspection: %+v", got)
		}
		who.WaitBusy(running, request)
		request = who.Send(jupyter.Shell, jupyter.IsCompleteRequest{Code: "for {"})
		if got, ok := who.Collect(request).Reply.Content.(jupyter.IsCompleteReply); !ok || got.Status != "incomplete" {
			t.Errorf("is it complete: %+v", got)
		}
		who.WaitBusy(running, request)
	}
	c.Ask(jupyter.Control, jupyter.InterruptRequest{})
	c.Collect(running)
}

// A draft is answered while a cell runs, and nobody else hears of it.
func TestDraft(t *testing.T) {
	c := start(t).connect("me")
	c.Execute("func double(n int) int { return 2 * n }")
	running := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "fmt.Println(\"runs\")\ntime.Sleep(time.Hour)", StoreHistory: true})
	c.WaitOutput(running)
	for code, want := range map[string]string{
		"fmt.Println(\"世界\", dobule(1))": "1:19-25 error undefined: dobule; did you mean double?",
		"fmt.Println(double(1))":         "",
		"var a sync.Mutex\nb := a\nb.Lock()": "2:6-7 warning assignment copies lock value to b: sync.Mutex; use a pointer: " +
			"a copy of a lock is another lock, and protects nothing",
	} {
		request := c.Send(jupyter.Control, jupyter.DraftRequest{Code: code, CursorPos: -1})
		reply := c.Wait("lanebook_draft_reply", func(m jupyter.Message) bool {
			if m.Parent.ID == request.Header.ID && m.Channel == jupyter.IOPub {
				t.Errorf("everybody hears %v", m)
			}
			return m.Parent.ID == request.Header.ID && m.Channel == jupyter.Control
		})
		content, ok := reply.Content.(jupyter.DraftReply)
		if !ok || content.Status != jupyter.OK {
			t.Fatalf("got %#v", reply.Content)
		}
		var got []string
		for _, d := range content.Diagnostics {
			got = append(got, fmt.Sprintf("%d:%d-%d %s %s; %s", d.Line, d.Column, d.EndColumn, d.Severity, d.Message, d.Hint))
		}
		if text := strings.Join(got, "\n"); text != want {
			t.Errorf("%s: got %s, want %s", code, text, want)
		}
	}
	c.Ask(jupyter.Control, jupyter.InterruptRequest{})
	c.Collect(running)
}
