package process

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDisplaysKeepTheirPlace(t *testing.T) {
	s := newSupervisor(t)
	cmd := command(t, "displays")
	var want []string
	for i := range 20 {
		want = append(want, fmt.Sprintf("stdout before %d;", i), fmt.Sprintf("show map[text/html:<b>%d] id=same update=%v", i, i > 0))
	}
	want = append(want, "stdout after")
	// Whatever an earlier program did to the pipes.
	for _, before := range []string{"", "both", "nopipes", "junk"} {
		if before != "" {
			earlier := command(t, before)
			earlier.Pipes = cmd.Pipes
			mustRun(t, s, t.Context(), earlier, &record{})
		}
		var r record
		mustRun(t, s, t.Context(), cmd, &r)
		if diff := cmp.Diff(want, r.log); diff != "" {
			t.Errorf("after %q: %s", before, diff)
		}
	}
}

func TestJunkInTheDisplayPipe(t *testing.T) {
	s := newSupervisor(t)
	var r record
	exit := mustRun(t, s, t.Context(), command(t, "junk"), &r)
	if exit.Code != 0 || r.text["stdout"] != "alive\nshow fails: true\n" {
		t.Errorf("got %+v %q", exit, r.text)
	}
	if len(r.notices) != 1 || r.notices[0].Kind != Junk {
		t.Errorf("got %v", r.notices)
	}
}

func TestGoNBsOwnLibrary(t *testing.T) {
	s := newSupervisor(t)
	var r record
	mustRun(t, s, t.Context(), command(t, "gonbui"), &r)
	want := []string{"show map[text/markdown:*0*] id= update=false", "show map[text/markdown:*1*] id= update=false",
		"show map[text/markdown:*2*] id= update=false", "stdout synced 0\n"}
	if diff := cmp.Diff(want, r.log); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Notice{{Kind: NoWidgets}}, r.notices); diff != "" {
		t.Error(diff)
	}
}

// buttons is a Front whose buttons press themselves.
type buttons struct {
	log  []string
	take func(string, any)
}

func (b *buttons) Open() { b.log = append(b.log, "open") }

func (b *buttons) Send(address string, value any) {
	b.log = append(b.log, fmt.Sprintf("%s := %v", address, value))
	b.take("/clicks", strings.Repeat("x", 200_000)) // more than a pipe holds
	b.take("/nobody", "listens")
	b.take("/clicks", 2.5)
}

func (b *buttons) Request(address string) { b.log = append(b.log, address+"?") }

func (b *buttons) Listen(take func(string, any)) { b.take = take }

func TestWidgets(t *testing.T) {
	s := newSupervisor(t)
	cmd := command(t, "widget")
	b := &buttons{}
	cmd.Front = b
	var r record
	mustRun(t, s, t.Context(), cmd, &r)
	want := "/clicks = " + strings.Repeat("x", 200_000) + "\n/clicks = 2.5\n#gonbui/sync_ack\n"
	if r.text["stdout"] != want || len(r.notices) > 0 || b.take != nil {
		t.Errorf("got %.80q… (%d bytes), notices %v", r.text["stdout"], len(r.text["stdout"]), r.notices)
	}
	if diff := cmp.Diff([]string{"open", "open", "/label := press me", "/text?"}, b.log); diff != "" {
		t.Error(diff)
	}
}

// A program that has no place for its widgets is told so once.
func TestNoPlaceForWidgets(t *testing.T) {
	var r record
	mustRun(t, newSupervisor(t), t.Context(), command(t, "values"), &r)
	if want := []Notice{{Kind: NoWidgets}}; !slices.Equal(r.notices, want) {
		t.Errorf("got %+v, want %+v", r.notices, want)
	}
}
