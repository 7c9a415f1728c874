package process

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAsk(t *testing.T) {
	s := newSupervisor(t)
	cmd := command(t, "ask", "name?", "secret?")
	cmd.Ask = func(_ context.Context, prompt string, password bool) (string, error) {
		if prompt == "secret?" && password {
			return "", errors.New("refused")
		}
		return "世界", nil
	}
	var r record
	mustRun(t, s, t.Context(), cmd, &r)
	if got := r.text["stdout"]; got != "\"世界\"\nno answer\n" {
		t.Errorf("got %q", got)
	}

	cmd.Ask = nil
	r = record{}
	mustRun(t, s, t.Context(), cmd, &r)
	if got := r.text["stdout"]; got != "no answer\nno answer\n" {
		t.Errorf("nobody to ask: got %q", got)
	}
	want := []Notice{{Kind: NoAnswer, Detail: "name?"}, {Kind: NoAnswer, Detail: "secret?"}}
	if diff := cmp.Diff(want, r.notices); diff != "" {
		t.Error(diff)
	}
}

// Where nobody can see what a program waits for, its silence has to do.
func TestAskWhenQuiet(t *testing.T) {
	s := newSupervisor(t)
	s.Blind = true
	cmd := command(t, "scan")
	cmd.AskWhenQuiet = true
	n := 0
	cmd.Ask = func(context.Context, string, bool) (string, error) {
		if n++; n > 2 {
			return "", errors.New("no more")
		}
		return fmt.Sprint("line ", n), nil
	}
	var r record
	mustRun(t, s, t.Context(), cmd, &r)
	if got := r.text["stdout"]; got != "\"line 1\"\n\"line 2\"\nend\n" {
		t.Errorf("got %q", got)
	}
}

func TestInterruptEndsAQuestion(t *testing.T) {
	s := newSupervisor(t)
	ctx, cancel := context.WithCancel(t.Context())
	cmd := command(t, "ask", "name?")
	cmd.Ask = func(ctx context.Context, _ string, _ bool) (string, error) {
		cancel()
		<-ctx.Done()
		return "", ctx.Err()
	}
	if exit := mustRun(t, s, ctx, cmd, &record{}); exit.Reason != Interrupted {
		t.Errorf("got %+v", exit)
	}
}
