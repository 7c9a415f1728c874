package kernel

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
	"lanebook/internal/jupytertest"
)

// Time stands still while a cell prints: what is joined is not a matter of how
// busy the machine is.
func TestExecute(t *testing.T) {
	tests := []struct {
		name, src string
		want      string // what comes between execute_input and idle
		status    string
	}{
		{"prints", "print hello", `stdout "hello\n"`, jupyter.OK},
		{"nothing", "", ``, jupyter.OK},
		{"keeps order", "print a\nerr b\nshow c\nprint d\nupdate c", `stdout "a\n", stderr "b\n", display_data, stdout "d\n", update_display_data`, jupyter.OK},
		{"joins all but the first", "print a\nprint b\nprint c", `stdout "a\n", stdout "b\nc\n"`, jupyter.OK},
		{"fails after output", "print a\nfail", `stdout "a\n", error`, jupyter.Failed},
		{"is our fault", "broken", `error`, jupyter.Failed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := newClient(t, &fakeEngine{run: script})
				reply, outputs := c.Execute(tt.src)
				if got := jupytertest.Types(outputs); got != tt.want {
					t.Errorf("got  %s\nwant %s", got, tt.want)
				}
				if reply.Status != tt.status {
					t.Errorf("status %q, want %q", reply.Status, tt.status)
				}
			})
		})
	}
}

func TestExecuteErrorFields(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	reply, outputs := c.Execute("fail")
	want := jupyter.Error{Name: "CompileError", Value: "no", Traceback: []string{"cell[1]:1:1: no"}}
	if diff := cmp.Diff(want, *reply.Error); diff != "" {
		t.Errorf("reply differs (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]jupyter.Content{want}, outputs); diff != "" {
		t.Errorf("error message differs (-want +got):\n%s", diff)
	}
	reply, _ = c.Execute("broken")
	if got := reply.Error.Value; got != "the kernel could not run this cell: disk full" {
		t.Errorf("got %q", got)
	}
}

// A panic in our own code costs the learner one cell, not the kernel.
func TestPanicEndsInIdle(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	x := c.Ask(jupyter.Shell, jupyter.ExecuteRequest{Code: "print a\npanic"})
	reply, ok := x.Reply.Content.(jupyter.ErrorReply)
	if !ok || reply.Type() != jupyter.TypeExecuteReply || reply.Status != jupyter.Failed {
		t.Errorf("got %#v", x.Reply.Content)
	}
	if reply, _ := c.Execute("print b"); reply.Status != jupyter.OK {
		t.Errorf("the next cell: %+v", reply)
	}
}

func TestExecutionCounts(t *testing.T) {
	var names []string
	c := newClient(t, &fakeEngine{run: func(_ context.Context, cell engine.Cell, _ engine.Sink) (engine.Result, error) {
		names = append(names, cell.Name)
		return engine.Result{}, nil
	}})
	var counts []int
	for _, req := range []jupyter.ExecuteRequest{
		{Code: "a", StoreHistory: true},
		{Code: "b", StoreHistory: true},
		{Code: "c"}, // store_history: false
		{Code: "d", StoreHistory: true, Silent: true},
		{Code: " \n", StoreHistory: true},
		{Code: "e", StoreHistory: true},
	} {
		x := c.Ask(jupyter.Shell, req)
		counts = append(counts, x.Reply.Content.(jupyter.ExecuteReply).ExecutionCount)
		if req.Silent && len(x.IOPub) > 0 {
			t.Errorf("silent cell published %v", jupytertest.Types(x.IOPub))
		}
	}
	if diff := cmp.Diff([]int{1, 2, 3, 3, 3, 3}, counts); diff != "" {
		t.Errorf("counts differ (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"cell[1]", "cell[2]", "cell[3]", "cell[3]", "cell[3]"}, names); diff != "" {
		t.Errorf("names differ (-want +got):\n%s", diff)
	}
}

func TestSilentPublishesNothing(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	x := c.Ask(jupyter.Shell, jupyter.ExecuteRequest{Code: "print a\nshow b\nfail", Silent: true})
	if len(x.IOPub) > 0 {
		t.Errorf("got %s", jupytertest.Types(x.IOPub))
	}
	if reply := x.Reply.Content.(jupyter.ExecuteReply); reply.Status != jupyter.Failed || reply.Name != "CompileError" {
		t.Errorf("got %+v", reply)
	}
}

// Time stands still while the cells are sent: they are sent back to back, as
// far as the kernel can see.
func TestStopOnErrorAbortsTheQueue(t *testing.T) {
	tests := []struct {
		name        string
		stopOnError bool
		want        string
	}{
		{"stop", true, "error aborted aborted"},
		{"go on", false, "error ok ok"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := newClient(t, &fakeEngine{run: script})
				var sent []jupyter.Message
				for _, src := range []string{"fail", "print a", "print b"} {
					sent = append(sent, c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: src, StopOnError: tt.stopOnError}))
				}
				info := c.Send(jupyter.Shell, jupyter.KernelInfoRequest{})
				var got []string
				for _, m := range sent {
					switch reply := c.Collect(m).Reply.Content.(type) {
					case jupyter.ExecuteReply:
						got = append(got, reply.Status)
					case jupyter.ErrorReply:
						got = append(got, reply.Status)
					}
				}
				if strings.Join(got, " ") != tt.want {
					t.Errorf("got %v, want %s", got, tt.want)
				}
				if _, ok := c.Collect(info).Reply.Content.(jupyter.KernelInfoReply); !ok {
					t.Error("a request that is no cell was aborted")
				}
				if reply, _ := c.Execute("print c"); reply.Status != jupyter.OK {
					t.Errorf("a cell sent later: %+v", reply)
				}
			})
		})
	}
}

func TestUserExpressions(t *testing.T) {
	var cells []string
	c := newClient(t, &fakeEngine{run: func(_ context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error) {
		cells = append(cells, cell.Source)
		switch {
		case strings.Contains(cell.Source, "missing"):
			return engine.Result{Problem: &engine.Problem{Name: "CompileError", Message: "undefined: missing"}}, nil
		case strings.Contains(cell.Source, "x+1"):
			sink.Stream("stderr", "noise")
			sink.Stream("stdout", "42")
		}
		return engine.Result{}, nil
	}})
	x := c.Ask(jupyter.Shell, jupyter.ExecuteRequest{Code: "x", UserExpressions: map[string]string{
		"good": "x+1 // a comment", "bad": "missing", "worse": "1 +",
	}})
	got := x.Reply.Content.(jupyter.ExecuteReply).UserExpressions
	good, ok := got["good"].(jupyter.ExpressionResult)
	if !ok || good.Data["text/plain"] != "42" {
		t.Errorf("good: %#v", got["good"])
	}
	if bad, ok := got["bad"].(jupyter.ExpressionError); !ok || bad.Name != "CompileError" {
		t.Errorf("bad: %#v", got["bad"])
	}
	if worse, ok := got["worse"].(jupyter.ExpressionError); !ok || worse.Name != "SyntaxError" {
		t.Errorf("worse: %#v", got["worse"])
	}
	if len(cells) != 3 {
		t.Errorf("ran %q, want the cell and two expressions", cells)
	}
	if len(x.IOPub) != 1 {
		t.Errorf("expressions published %s", jupytertest.Types(x.IOPub))
	}
}

func TestNoExpressionsAfterAFailure(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	x := c.Ask(jupyter.Shell, jupyter.ExecuteRequest{Code: "fail", UserExpressions: map[string]string{"a": "1"}})
	if got := x.Reply.Content.(jupyter.ExecuteReply).UserExpressions; len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

// A million lines must not become a million messages, nor lose one.
func TestFloodIsJoined(t *testing.T) { synctest.Test(t, floodIsJoined) }

func floodIsJoined(t *testing.T) {
	const lines = 200_000
	c := newClient(t, &fakeEngine{run: func(_ context.Context, _ engine.Cell, sink engine.Sink) (engine.Result, error) {
		for i := range lines {
			sink.Stream("stdout", fmt.Sprintln(i))
		}
		return engine.Result{}, nil
	}})
	_, outputs := c.Execute("flood")
	if got := strings.Count(jupytertest.Text(outputs, "stdout"), "\n"); got != lines {
		t.Errorf("%d lines came, want %d", got, lines)
	}
	if len(outputs) > 500 {
		t.Errorf("%d messages", len(outputs))
	}
}

// Text is shown while the cell still runs.
func TestOutputComesBeforeTheEnd(t *testing.T) {
	c := newClient(t, &fakeEngine{run: script})
	request := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "print early\nwait"})
	c.WaitOutput(request)
	c.k.Interrupt()
	c.Collect(request)
}

func TestProgressLeavesNothing(t *testing.T) {
	c := newClient(t, &fakeEngine{run: func(_ context.Context, _ engine.Cell, sink engine.Sink) (engine.Result, error) {
		p := sink.(engine.Progresser)
		p.Progress("preparing 1/2")
		p.Progress("preparing 2/2")
		p.Progress("")
		sink.Stream("stdout", "ready")
		return engine.Result{}, nil
	}})
	_, outputs := c.Execute("x")
	if got, want := jupytertest.Types(outputs), `display_data, update_display_data, clear_output, stdout "ready"`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
