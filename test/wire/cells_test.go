package wire

import (
	"strings"
	"testing"

	"lanebook/internal/jupyter"
	"lanebook/internal/jupytertest"
)

func TestKernelInfoOnShellAndOnControl(t *testing.T) {
	c := start(t).connect("me")
	for _, channel := range []jupyter.Channel{jupyter.Shell, jupyter.Control} {
		info, ok := c.Ask(channel, jupyter.KernelInfoRequest{}).Reply.Content.(jupyter.KernelInfoReply)
		if !ok || info.Status != jupyter.OK || info.LanguageInfo.Name != "go" {
			t.Errorf("on %s: %+v", channel, info)
		}
	}
}

func TestHeartbeatEchoes(t *testing.T) {
	c := start(t).connect("me")
	for _, beat := range []string{"ping", "\x00\xff", strings.Repeat("x", 5000)} {
		if got := c.beat(beat); got != beat {
			t.Errorf("%q came back as %q", beat, got)
		}
	}
}

func TestExecutePrints(t *testing.T) {
	c := start(t).connect("me")
	reply, outputs := c.Execute("%%\nfmt.Println(\"hello, 世界\")\nfmt.Fprintln(os.Stderr, \"oops\")")
	if reply.Status != jupyter.OK || jupytertest.Text(outputs, "stdout") != "hello, 世界\n" || jupytertest.Text(outputs, "stderr") != "oops\n" {
		t.Errorf("got %+v, %s", reply, jupytertest.Types(outputs))
	}
}

func TestExecuteErrors(t *testing.T) {
	c := start(t).connect("me")
	tests := []struct{ name, src, want, where string }{
		{"syntax", "%%\nfmt.Println(", "SyntaxError", "cell[1]:"},
		{"types", "%%\nx := 1\nx = \"a\"\nfmt.Println(x)", "CompileError", "cell[2]:3"},
		{"panic", "%%\nvar m map[string]int\nm[\"a\"] = 1", "Panic", "cell[3]:3"},
		{"exit", "%%\nos.Exit(3)", "ExitError", "3"},
		{"deadlock", "%%\nch := make(chan int)\n<-ch", "Deadlock", "cell[5]:3"},
	}
	for _, tt := range tests {
		reply, outputs := c.Execute(tt.src)
		if reply.Error == nil || reply.Name != tt.want || reply.Value == "" || !strings.Contains(strings.Join(reply.Traceback, "\n"), tt.where) {
			t.Errorf("%s: got %+v", tt.name, reply.Error)
			continue
		}
		published, ok := outputs[len(outputs)-1].(jupyter.Error)
		if !ok || published.Name != reply.Name || published.Value != reply.Value {
			t.Errorf("%s: published %s", tt.name, jupytertest.Types(outputs))
		}
	}
}

func TestDeclarationsCarryOver(t *testing.T) {
	c := start(t).connect("me")
	c.Execute("func double(x int) int { return 2 * x }")
	if _, outputs := c.Execute("%%\nfmt.Println(double(21))"); jupytertest.Text(outputs, "stdout") != "42\n" {
		t.Errorf("got %s", jupytertest.Types(outputs))
	}
}

func TestExecutionCounts(t *testing.T) {
	c := start(t).connect("me")
	tests := []struct {
		name string
		req  jupyter.ExecuteRequest
		want int
	}{
		{"the first is 1", jupyter.ExecuteRequest{Code: "type A int", StoreHistory: true}, 1},
		{"store_history: false", jupyter.ExecuteRequest{Code: "type B int"}, 2},
		{"silent", jupyter.ExecuteRequest{Code: "type C int", Silent: true, StoreHistory: true}, 2},
		{"the second", jupyter.ExecuteRequest{Code: "type D int", StoreHistory: true}, 2},
	}
	for _, tt := range tests {
		x := c.Ask(jupyter.Shell, tt.req)
		if got := x.Reply.Content.(jupyter.ExecuteReply).ExecutionCount; got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
		if tt.req.Silent && len(x.IOPub) > 0 {
			t.Errorf("%s: published %s", tt.name, jupytertest.Types(x.IOPub))
		}
	}
	history := c.Ask(jupyter.Shell, jupyter.HistoryRequest{AccessType: "tail", N: 10}).Reply.Content.(jupyter.HistoryReply)
	if len(history.History) != 2 {
		t.Errorf("history %v, want the two cells that are stored", history.History)
	}
}

func TestStopOnErrorAbortsTheQueue(t *testing.T) {
	c := start(t).connect("me")
	var sent []jupyter.Message
	for _, src := range []string{"%%\npanic(1)", "%%\nfmt.Println(2)", "%%\nfmt.Println(3)"} {
		sent = append(sent, c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: src, StoreHistory: true, StopOnError: true}))
	}
	for i, m := range sent {
		status := ""
		switch reply := c.Collect(m).Reply.Content.(type) {
		case jupyter.ExecuteReply:
			status = reply.Status
		case jupyter.ErrorReply:
			status = reply.Status
		}
		if want := []string{jupyter.Failed, jupyter.Aborted, jupyter.Aborted}[i]; status != want {
			t.Errorf("cell %d: %q, want %q", i+1, status, want)
		}
	}
	if reply, _ := c.Execute("%%\nfmt.Println(4)"); reply.Status != jupyter.OK {
		t.Errorf("a cell sent later: %+v", reply)
	}
}

func TestUserExpressions(t *testing.T) {
	c := start(t).connect("me")
	c.Execute("func double(x int) int { return 2 * x }")
	x := c.Ask(jupyter.Shell, jupyter.ExecuteRequest{
		Code: "type T int", StoreHistory: true,
		UserExpressions: map[string]string{"good": "double(4)", "bad": "nothing(4)"},
	})
	got := x.Reply.Content.(jupyter.ExecuteReply).UserExpressions
	good, _ := got["good"].(map[string]any)
	data, _ := good["data"].(map[string]any)
	bad, _ := got["bad"].(map[string]any)
	if data["text/plain"] != "8" || bad["status"] != jupyter.Failed || !strings.Contains(bad["evalue"].(string), "nothing") {
		t.Errorf("got %v", got)
	}
}

func TestIsComplete(t *testing.T) {
	c := start(t).connect("me")
	for src, want := range map[string]string{"func f() {": "incomplete", "x := 1": "complete", "func )": "invalid"} {
		x := c.Ask(jupyter.Shell, jupyter.IsCompleteRequest{Code: src})
		if got := x.Reply.Content.(jupyter.IsCompleteReply).Status; got != want {
			t.Errorf("%q: %s, want %s", src, got, want)
		}
	}
}

// question is a cell that asks the learner, in GoNB's protocol.
const question = `import ("bufio"; "encoding/gob"; "fmt"; "os")
type DisplayData struct { Data, Metadata map[string]any; DisplayID string }
type InputRequest struct { Prompt string; Password bool }
%%
gob.RegisterName("github.com/janpfeifer/gonb/gonbui/protocol.InputRequest", InputRequest{})
out, err := os.OpenFile(os.Getenv("GONB_PIPE"), os.O_WRONLY, 0)
if err != nil { panic(err) }
if _, err := os.OpenFile(os.Getenv("GONB_PIPE_BACK"), os.O_RDONLY, 0); err != nil { panic(err) }
fmt.Println("before")
if err := gob.NewEncoder(out).Encode(DisplayData{Data: map[string]any{"gonb/jupyter_input": InputRequest{Prompt: "name? ", Password: true}}}); err != nil { panic(err) }
in := bufio.NewScanner(os.Stdin)
fmt.Println("answered:", in.Scan(), in.Text())
`

func TestStdin(t *testing.T) {
	c := start(t).connect("me")
	cell := c.Send(jupyter.Shell, jupyter.ExecuteRequest{Code: question, StoreHistory: true, AllowStdin: true})
	asked := c.Wait("input_request", func(m jupyter.Message) bool { return m.Type() == jupyter.TypeInputRequest })
	if asked.Content != (jupyter.InputRequest{Prompt: "name? ", Password: true}) || asked.Parent.ID != cell.Header.ID {
		t.Errorf("asked %+v", asked)
	}
	c.Deliver(c.Author.Child(asked, jupyter.Stdin, jupyter.InputReply{Value: "Ada 世界"}))
	if got := jupytertest.Text(c.Collect(cell).IOPub, "stdout"); got != "before\nanswered: true Ada 世界\n" {
		t.Errorf("got %q", got)
	}
	// A client that takes no questions gets none; the program reads nothing.
	if _, outputs := c.Execute(question); !strings.Contains(jupytertest.Text(outputs, "stdout"), "answered: false") {
		t.Errorf("got %s", jupytertest.Types(outputs))
	}
}

// Floods arrive whole, in few messages, and before idle.
func TestFlood(t *testing.T) {
	c := start(t).connect("me")
	_, outputs := c.Execute("%%\nfor i := range 1_000_000 { fmt.Println(i) }")
	if got := strings.Count(jupytertest.Text(outputs, "stdout"), "\n"); got != 1_000_000 {
		t.Errorf("%d lines", got)
	}
	if len(outputs) > 20_000 { // one in 20 ms, on a machine however slow
		t.Errorf("%d messages", len(outputs))
	}
}
