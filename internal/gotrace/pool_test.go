package gotrace

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"lanebook/internal/display"
)

// poolOf reads a recording and finds its pool.
func poolOf(t *testing.T, name string, source Source) *Pool {
	t.Helper()
	line, err := Read(bytes.NewReader(recordings(t)[name]))
	if err != nil {
		t.Fatal(err)
	}
	line.prepare(Options{Source: source})
	return line.Pool
}

// The tasks of a worker come one after another, every value that was handed
// out is one task, and what the workers did adds up.
func TestPool(t *testing.T) {
	for _, tt := range []struct {
		recording, channel string
		workers, tasks     int
		exact              bool
	}{
		{"pool", "jobs", 3, 10, true},  // a channel without a buffer: every receive was seen
		{"deep", "jobs", 2, 8, true},   // a buffer, but the runtime tells
		{"tasks", "jobs", 3, 8, false}, // named by kernelext.Task; one inside of another is part of it
	} {
		p := poolOf(t, tt.recording, cellSource(t))
		if p == nil || !p.reused() {
			t.Errorf("%s: no pool", tt.recording)
			continue
		}
		if len(p.Workers) != tt.workers || len(p.Tasks) != tt.tasks || p.Channel != tt.channel || p.Exact != tt.exact {
			t.Errorf("%s: %d workers, %d tasks from %q, exact %v", tt.recording, len(p.Workers), len(p.Tasks), p.Channel, p.Exact)
		}
		free := map[int64]time.Duration{}
		for _, task := range p.Tasks {
			if task.From < free[task.Goroutine] || task.To < task.From || task.From < p.From || task.To > p.To || task.Open {
				t.Errorf("%s: %+v begins before %v", tt.recording, task, free[task.Goroutine])
			}
			free[task.Goroutine] = task.To
		}
		done := 0
		for _, w := range p.Workers {
			done += w.Tasks
			if w.Busy < 0 || w.Busy > p.Life() || w.Last > p.To {
				t.Errorf("%s: %s was busy %v of %v", tt.recording, w.Name, w.Busy, p.Life())
			}
		}
		if most := p.longestQueue(); done != len(p.Tasks) || most < 1 || most > len(p.Tasks) || p.waited() > p.Life() {
			t.Errorf("%s: %d tasks done, %d waited, for %v", tt.recording, done, most, p.waited())
		}
		if p.atOnce() != tt.workers {
			t.Errorf("%s: %d tasks at once", tt.recording, p.atOnce())
		}
	}
}

// Where a buffer could hide that somebody took a value, nothing is called a
// task, and what is no pool is not called one.
func TestNoPool(t *testing.T) {
	plain := cellSource(t)
	buffered := func(file string, line int) string {
		return strings.Replace(plain(file, line), "make(chan int), make", "make(chan int, 4), make", 1)
	}
	elsewhere := func(file string, line int) string {
		return strings.Replace(plain(file, line), "make(chan int), make(chan int, 10)", "channels()", 1)
	}
	for name, source := range map[string]Source{"buffered": buffered, "made elsewhere": elsewhere, "no source": nil} {
		if p := poolOf(t, "pool", source); p != nil {
			t.Errorf("%s: found %d tasks", name, len(p.Tasks))
		}
	}
	for _, name := range []string{"cond", "group", "leak", "lock", "alone", "pull", "flags", "timer", "semaphore", "barrier", "select", "signal"} {
		if p := poolOf(t, name, plain); p != nil {
			t.Errorf("%s: found %d tasks", name, len(p.Tasks))
		}
	}
}

// A flag that is set as soon as a task has begun is its name.
func TestTasksNamedByMarks(t *testing.T) {
	line, err := Read(bytes.NewReader(recordings(t)["pool"]))
	if err != nil {
		t.Fatal(err)
	}
	opt := Options{Source: cellSource(t)}
	line.prepare(opt)
	first := line.Pool.Tasks[0]
	line.Marks = []Mark{{At: first.From + time.Microsecond, Goroutine: first.Goroutine, Text: "wash up"}}
	b := Draw(line, opt)
	if got := line.Pool.Tasks[0].Name; got != "wash up" || line.Pool.Tasks[1].Name != "#2" {
		t.Errorf("the tasks are called %q, %q", got, line.Pool.Tasks[1].Name)
	}
	if svg := image(t, b); strings.Contains(svg, `class="flag"`) || strings.Count(svg, "wash up") != 1 {
		t.Error("the name of the task is drawn as a flag, too")
	}
}

// The data have what a page needs to draw the same.
func TestPoolData(t *testing.T) {
	var d Data
	b := drawn(t, recordings(t)["tasks"], Options{Source: cellSource(t)})
	if err := json.Unmarshal([]byte(b[display.Data].(string)), &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Tasks) != 8 || d.Tasks[0].Name != "rice" || d.Pool == nil || len(d.Pool.Workers) != 3 || d.Pool.Exact {
		t.Errorf("got %+v, %+v", d.Tasks, d.Pool)
	}
	var busy int64
	for _, task := range d.Tasks {
		busy += task.To - task.From
	}
	for _, w := range d.Pool.Workers {
		busy -= w.Busy
	}
	if busy != 0 {
		t.Errorf("the workers were busy %d ns less than their tasks took", busy)
	}
}

func TestChannelsMade(t *testing.T) {
	for line, want := range map[string]map[string]bool{
		"jobs := make(chan int)":                              {"jobs": false},
		"jobs, results := make(chan int), make(chan int, 10)": {"jobs": false, "results": true},
		"var done = make(chan struct{}, 1)":                   {"done": true},
		"	for jobs := make(chan int); ; {":                    nil, // not whole by itself
		`fmt.Println("jobs := make(chan int)")`:               {},
		"a.jobs = make(chan int)":                             {},
		"c = 3":                                               nil,
	} {
		if diff := cmp.Diff(want, channelsMade(line)); diff != "" {
			t.Errorf("%s: -want +got\n%s", line, diff)
		}
	}
}
