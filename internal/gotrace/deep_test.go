package gotrace

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/display"
)

func deepTimeline(t *testing.T, name string) *Timeline {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name + ".trace")
	if err != nil {
		t.Fatal(err)
	}
	line, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	line.prepare(Options{Source: cellSource(t)})
	return line
}

// A deep recording knows each channel and each lock by the learner's name.
func TestDeepObjects(t *testing.T) {
	line := deepTimeline(t, "deep")
	got := map[string]ObjectKind{}
	for _, o := range line.Objects {
		got[o.Name] = o.Kind
	}
	// The select is one line for both channels; results is used nowhere else.
	want := map[string]ObjectKind{"jobs": Channel, "channel": Channel, "mu": RWMutex}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	for _, o := range line.Objects {
		switch o.Name {
		case "jobs":
			levels(t, o, 3)
			if o.Closed <= 0 {
				t.Error("jobs was never closed")
			}
		case "mu":
			holds(t, o, 9)
		}
		for _, w := range o.Waits {
			if w.Open || w.To < w.From {
				t.Errorf("%s: %+v", o.Name, w)
			}
		}
	}
	if cycle := line.Cycle(); cycle != nil {
		t.Errorf("a circle where there is none: %+v", cycle)
	}
}

// levels checks that a buffer never held more than it can, and ended empty.
func levels(t *testing.T, o *Object, size int) {
	t.Helper()
	if o.Cap != size || len(o.Fill) != 16 {
		t.Errorf("%s: room for %d, %d operations", o.Name, o.Cap, len(o.Fill))
	}
	for _, l := range o.Fill {
		if l.N < 0 || l.N > size {
			t.Errorf("%s held %d of %d", o.Name, l.N, size)
		}
	}
	if last := o.Fill[len(o.Fill)-1].N; last != 0 {
		t.Errorf("%s held %d in the end", o.Name, last)
	}
}

// holds checks that nobody held a lock while somebody else did.
func holds(t *testing.T, o *Object, times int) {
	t.Helper()
	if len(o.Holds) != times {
		t.Errorf("%s was held %d times, want %d", o.Name, len(o.Holds), times)
	}
	var until time.Duration
	for _, h := range o.Holds {
		if h.Open || h.From < until {
			t.Errorf("%s: %+v, and the one before held it until %v", o.Name, h, until)
		}
		until = h.To
	}
}

// Two goroutines that hold what the other one wants.
func TestDeepCircle(t *testing.T) {
	line := deepTimeline(t, "embrace")
	type edge struct{ waits, by, wanted string }
	names := map[int64]string{}
	for _, g := range line.Goroutines {
		names[g.ID] = g.Name
	}
	got := map[edge]bool{}
	for _, e := range line.Cycle() {
		got[edge{names[e.Wait.Goroutine], names[e.By.Goroutine], e.Wait.Pos.Text}] = true
	}
	want := map[edge]bool{{"ann pays", "bob pays", "to.mu.Lock()"}: true, {"bob pays", "ann pays", "to.mu.Lock()"}: true}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(edge{})); diff != "" {
		t.Error(diff)
	}
	var data Data
	raw, _ := os.ReadFile("testdata/embrace.trace")
	b := drawn(t, raw, Options{Source: cellSource(t)})
	if err := json.Unmarshal([]byte(b[display.Data].(string)), &data); err != nil {
		t.Fatal(err)
	}
	if len(data.Cycle) != 2 || len(data.Objects) != 2 || len(data.Objects[0].Holds) != 1 || !data.Objects[0].Holds[0].Open {
		t.Errorf("data: %+v, %+v", data.Cycle, data.Objects)
	}
}

func TestSourceName(t *testing.T) {
	tests := []struct {
		line string
		op   byte
		want string
	}{
		{"mu.Lock()", opLocked, "mu"},
		{"defer a.mu.Unlock()", opUnlock, "a.mu"},
		{"forks[(i+1)%n].Lock()", opLock, "forks[(i+1)%n]"},
		{"forks[i].Lock()", opLock, "forks[i]"},
		{"if !c.rw.TryRLock() {", opRLocked, "c.rw"},
		{"账户.锁.Lock()", opLocked, "账户.锁"},
		{"jobs <- i", opSent, "jobs"},
		{"out <- <-in", opSent, "out"},
		{"out <- <-in", opReceived, "in"},
		{"for v := range p.jobs {", opReceived, "p.jobs"},
		{"case v, ok := <-ch:", opReceived, "ch"},
		{"<-ctx.Done()", opReceived, "ctx.Done()"},
		{"close(done)", opClosed, "done"},
		{"select {", opSend, ""},
		{"a.Lock(); b.Lock()", opLocked, ""},
	}
	for _, tt := range tests {
		o := Object{uses: []use{{&Pos{Text: tt.line}, tt.op}}}
		if got := o.sourceName(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.line, got, tt.want)
		}
	}
}
