package kernel

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/display"
	"lanebook/internal/engine"
	"lanebook/internal/jupyter"
	"lanebook/internal/jupytertest"
)

// widgetCell is an engine whose cells send a value to a page, ask for another,
// say so, and print what they get until the page says "end".
func widgetCell(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error) {
	if cell.Front == nil {
		sink.Stream("stdout", "no widgets")
		return engine.Result{}, nil
	}
	got := make(chan string, 10)
	cell.Front.Listen(func(address string, value any) { got <- fmt.Sprintf("%s=%v", address, value) })
	defer cell.Front.Listen(nil)
	cell.Front.Send("/label", 7)
	cell.Front.Request("/text")
	sink.Stream("stdout", "asked\n")
	for {
		select {
		case s := <-got:
			sink.Stream("stdout", s+"\n")
			if s == "/end=true" {
				return engine.Result{}, nil
			}
		case <-ctx.Done():
			return engine.Result{}, ctx.Err()
		}
	}
}

// A page opens the comm while the cell runs, gets what waited for it, and is
// heard by the cell.
func TestWidgets(t *testing.T) {
	c := newClient(t, &fakeEngine{run: widgetCell})
	c.k.opts.ID = "some-kernel"
	cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: "widgets"})
	shown := c.Wait("script", func(m jupyter.Message) bool { return m.Type() == jupyter.TypeDisplayData }).Content.(jupyter.DisplayData)
	script, _ := shown.Data[display.HTML].(string)
	if !strings.Contains(script, `const kernel = "some-kernel"`) || strings.Contains(script, "KERNEL_ID") {
		t.Errorf("script %.200q", script)
	}
	c.WaitOutput(cell) // all that can wait for the page does
	opened := c.Ask(jupyter.Shell, jupyter.CommOpen{ID: "c1", TargetName: widgetTarget, Data: map[string]any{}})
	want := []jupyter.Content{
		jupyter.CommMsg{ID: "c1", Data: map[string]any{"address": "#comm_open_ack", "value": true}},
		jupyter.CommMsg{ID: "c1", Data: map[string]any{"address": "/label", "value": 7}},
		jupyter.CommMsg{ID: "c1", Data: map[string]any{"address": "/text", "read_request": true}},
		jupyter.UpdateDisplayData{Data: map[string]any{display.HTML: ""}, Metadata: map[string]any{}, Transient: shown.Transient},
	}
	if diff := cmp.Diff(want, opened.IOPub); diff != "" {
		t.Error(diff)
	}
	for _, value := range []any{"typed", []any{1.0, 2.0}, []any{"a", "b"}, map[string]any{"x": 1.0}, nil} {
		c.Ask(jupyter.Shell, jupyter.CommMsg{ID: "c1", Data: map[string]any{"address": "/v", "value": value}})
	}
	c.Ask(jupyter.Shell, jupyter.CommMsg{ID: "other", Data: map[string]any{"address": "/v", "value": "lost"}})
	ping := c.Ask(jupyter.Shell, jupyter.CommMsg{ID: "c1", Data: map[string]any{"address": "#heartbeat/ping"}})
	if got := jupytertest.Types(ping.IOPub); got != "comm_msg" {
		t.Errorf("ping is answered by %s", got)
	}
	c.Ask(jupyter.Shell, jupyter.CommMsg{ID: "c1", Data: map[string]any{"address": "/end", "value": true}})
	text := "asked\n/v=typed\n/v=[1 2]\n/v=[a b]\n/v={\"x\":1}\n/v=<nil>\n/end=true\n"
	if got := jupytertest.Text(c.Collect(cell).IOPub, "stdout"); got != text {
		t.Errorf("the cell heard %q", got)
	}
	// Nobody listens any more; the comm stays for the next cell.
	c.Ask(jupyter.Shell, jupyter.CommMsg{ID: "c1", Data: map[string]any{"address": "/v", "value": 1.0}})
	if c.k.widgets.openID() != "c1" {
		t.Error("the comm has gone")
	}
	c.Ask(jupyter.Shell, jupyter.CommClose{ID: "c1", Data: map[string]any{}})
	if c.k.widgets.openID() != "" {
		t.Error("the comm is still there")
	}
}

func TestNoWidgetsWithoutAnID(t *testing.T) {
	c := newClient(t, &fakeEngine{run: widgetCell})
	if _, outputs := c.Execute("widgets"); jupytertest.Text(outputs, "stdout") != "no widgets" {
		t.Errorf("got %s", jupytertest.Types(outputs))
	}
}
