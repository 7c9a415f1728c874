package wire

import (
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
