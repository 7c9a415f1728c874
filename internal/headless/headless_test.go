package headless_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/display"
	"lanebook/internal/engine"
	"lanebook/internal/headless"
	"lanebook/internal/notebook"
	"lanebook/internal/program"
)

// fake is an engine that does what a function says.
type fake func(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error)

func (f fake) Execute(ctx context.Context, cell engine.Cell, sink engine.Sink) (engine.Result, error) {
	return f(ctx, cell, sink)
}

// book makes a notebook of code cells with the ids a, b, c …
func book(sources ...string) *notebook.Notebook {
	nb := notebook.New()
	for i, s := range sources {
		nb.Cells = append(nb.Cells, notebook.Cell{ID: string(rune('a' + i)), Type: notebook.Code, Source: s, Metadata: map[string]any{}})
	}
	return nb
}

func TestRunCollectsOutputs(t *testing.T) {
	nb := book("one", " \n", "two\r\nlines")
	nb.Cells = append(nb.Cells, notebook.Cell{ID: "m", Type: notebook.Markdown, Source: "prose"}, notebook.Cell{ID: "x", Type: "hologram", Source: "?"})
	nb.Cells[1].Outputs = []notebook.Output{{Type: notebook.Stream, Text: "old"}}
	var seen []string
	ex := fake(func(_ context.Context, c engine.Cell, s engine.Sink) (engine.Result, error) {
		seen = append(seen, c.Name+" "+c.Source)
		if c.Source == "one" {
			s.Stream("stdout", "a")
			s.Stream("stdout", "b\n")
			s.Stream("stderr", "e\n")
			s.Show(display.Display{ID: "bar", Data: display.Bundle{"text/plain": "0 %", "image/png": []byte{1, 2}}})
			s.Stream("stdout", "c\n")
			return engine.Result{}, nil
		}
		s.Show(display.Display{ID: "bar", Update: true, Data: display.Bundle{"text/plain": "100 %", "application/vnd.lanebook+json": `{"v":1.0}`}})
		return engine.Result{}, nil
	})
	if err := headless.Run(t.Context(), nb, ex, nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"cell[1] one", "cell[2] two\nlines"}, seen); diff != "" {
		t.Errorf("executed:\n%s", diff)
	}
	data, err := nb.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	got, err := notebook.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	out := func(i int) (s string) {
		for _, o := range got.Cells[i].Outputs {
			plain, _ := o.MIME("text/plain")
			js, _ := o.MIME("application/vnd.lanebook+json")
			s += o.Type + "|" + o.Name + "|" + o.Text + "|" + plain + "|" + js + "\n"
		}
		return s
	}
	want := "stream|stdout|ab\n||\nstream|stderr|e\n||\ndisplay_data|||100 %|{\"v\":1.0}\nstream|stdout|c\n||\n"
	if diff := cmp.Diff(want, out(0)); diff != "" {
		t.Error(diff)
	}
	if out(1) != "" || got.Cells[1].ExecutionCount != nil || *got.Cells[2].ExecutionCount != 2 {
		t.Error("a blank cell was run or counted")
	}
}

func TestRunStopsAtFailure(t *testing.T) {
	nb := book("ok", "may", "bad", "never")
	nb.Cells[1].Metadata["tags"] = []any{"raises-exception"}
	problem := &engine.Problem{Name: "CompileError", Message: "undefined: x", Pos: program.Pos{Cell: "cell[3]", Line: 7}, Traceback: []string{"tb"}}
	var steps []string
	ex := fake(func(_ context.Context, c engine.Cell, _ engine.Sink) (engine.Result, error) {
		switch c.Source {
		case "ok":
			return engine.Result{}, nil
		case "never":
			t.Error("ran on after a failure")
		}
		return engine.Result{Problem: problem}, nil
	})
	err := headless.Run(t.Context(), nb, ex, func(s headless.Step) {
		if s.Done {
			steps = append(steps, s.ID)
		}
	})
	if !headless.IsFailure(err) || err.Error() != `cell[3] "c" line 7: CompileError: undefined: x` {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, steps); diff != "" {
		t.Error(diff)
	}
	if outs := nb.Cells[2].Outputs; len(outs) != 1 || outs[0].EName != "CompileError" || outs[0].Traceback[0] != "tb" {
		t.Errorf("%+v", outs)
	}
}

func TestRunEndings(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	err := headless.Run(ctx, book("x"), fake(func(context.Context, engine.Cell, engine.Sink) (engine.Result, error) {
		cancel()
		return engine.Result{Problem: &engine.Problem{Name: "Interrupted"}}, nil
	}), nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	boom := errors.New("disk full")
	err = headless.Run(t.Context(), book("x"), fake(func(context.Context, engine.Cell, engine.Sink) (engine.Result, error) {
		return engine.Result{}, boom
	}), nil)
	if !errors.Is(err, boom) || headless.IsFailure(err) {
		t.Errorf("our fault: %v", err)
	}
	nb := book("x")
	nb.Metadata["language_info"] = map[string]any{"name": "python"}
	if err := headless.Run(t.Context(), nb, nil, nil); err == nil || !strings.Contains(err.Error(), "python") {
		t.Errorf("python: %v", err)
	}
}

func TestCompare(t *testing.T) {
	stream := func(name, text string) notebook.Output {
		return notebook.Output{Type: notebook.Stream, Name: name, Text: text}
	}
	show := func(kv ...string) notebook.Output {
		o := notebook.Output{Type: notebook.DisplayData, Data: map[string]any{}}
		for i := 0; i < len(kv); i += 2 {
			o.Data[kv[i]] = kv[i+1]
		}
		return o
	}
	failed := func(name, value string) notebook.Output {
		return notebook.Output{Type: notebook.Error, EName: name, EValue: value, Traceback: []string{value + " and more"}}
	}
	type outs = []notebook.Output
	for _, tt := range []struct {
		name          string
		tag           string
		recorded, now outs
		want          string // part of the difference; empty: none
	}{
		{"same", "", outs{stream("stdout", "a\n")}, outs{stream("stdout", "a\n")}, ""},
		{"pieces", "", outs{stream("stdout", "a\n"), stream("stderr", "e\n"), stream("stdout", "b\n")}, outs{stream("stdout", "a\nb\n"), stream("stderr", "e\n")}, ""},
		{"other text", "", outs{stream("stdout", "one\ntwo\n")}, outs{stream("stdout", "one\n2\n")}, "-two\n+2"},
		{"other stream", "", outs{stream("stdout", "a\n")}, outs{stream("stderr", "a\n")}, "+--- stderr"},
		{"a space", "", outs{stream("stdout", "a\n")}, outs{stream("stdout", "a \n")}, "-a\n+a "},
		{"address", "", outs{failed("Panic", "at 0xc000012345")}, outs{failed("Panic", "at 0xc000099999")}, ""},
		{"other error", "", outs{failed("Panic", "x")}, outs{failed("Deadlock", "x")}, "+Deadlock: x"},
		{"order against a display", "", outs{stream("stdout", "a"), show("text/plain", "p")}, outs{show("text/plain", "p"), stream("stdout", "a")}, "-"},
		{"image", "", outs{show("image/png", "AAAA")}, outs{show("image/png", "BBBB")}, ""},
		{"no image", "", outs{show("image/png", "AAAA")}, outs{show("image/png", "")}, "+empty"},
		{"by kind", "timing", outs{stream("stdout", "1 s"), show("text/html", "a")}, outs{show("text/html", "b"), stream("stdout", "2 s")}, ""},
		{"by kind, form missing", "picture", outs{show("text/html", "a", "text/plain", "a")}, outs{show("text/plain", "b")}, "text/html (something)"},
		{"by kind, empty", "picture", outs{show("text/html", "a")}, outs{show("text/html", " ")}, "+display_data: text/html (empty)"},
		{"by kind, error", "nondeterministic", outs{stream("stdout", "a")}, outs{failed("Panic", "x")}, "+error Panic"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			recorded, now := book("x"), book("x")
			one := 1
			recorded.Cells[0].Outputs, recorded.Cells[0].ExecutionCount = tt.recorded, &one
			now.Cells[0].Outputs, now.Cells[0].ExecutionCount = tt.now, &one
			if tt.tag != "" {
				now.Cells[0].Metadata["tags"] = []any{tt.tag}
			}
			diffs := headless.Compare(recorded, now)
			got := ""
			if len(diffs) > 0 {
				got = diffs[0].Text
			}
			if (tt.want == "") != (got == "") || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	diffs := headless.Compare(book("x"), book("x", "y"))
	if len(diffs) != 2 || !strings.Contains(diffs[0].Text, "nothing is recorded") || diffs[1].Cell != "cell[2]" || diffs[1].ID != "b" {
		t.Errorf("%+v", diffs)
	}
}
