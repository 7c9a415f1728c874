package gotrace

import (
	"bytes"
	"errors"
	"hash/fnv"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/exp/trace"
)

// script makes a timeline from events that are written down by hand.
type script struct {
	t *testing.T
	b *builder
}

func newScript(t *testing.T) *script { return &script{t, newBuilder()} }

// feed makes one event and hands it to the builder.
func feedEvent[D trace.EventDetails](s *script, c trace.EventConfig[D]) {
	s.t.Helper()
	ev, err := trace.MakeEvent(c)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.b.event(ev); err != nil && !errors.Is(err, errEnough) {
		s.t.Fatal(err)
	}
}

func (s *script) log(at int, g trace.GoID, category, message string) {
	s.t.Helper()
	feedEvent(s, trace.EventConfig[trace.Log]{
		Time: trace.Time(at), Kind: trace.EventLog, Goroutine: g, Proc: 0, Thread: 1,
		Details: trace.Log{Task: trace.BackgroundTask, Category: category, Message: message},
	})
}

// move changes the state of a goroutine; by is who makes the event happen.
func (s *script) move(at int, by, g trace.GoID, from, to trace.GoState, reason string, own, others trace.Stack) {
	s.t.Helper()
	st := trace.MakeGoStateTransition(g, from, to)
	st.Reason, st.Stack = reason, own
	if by == g && from != trace.GoNotExist {
		others = own // it is one event, and a goroutine moves itself
	}
	feedEvent(s, trace.EventConfig[trace.StateTransition]{
		Time: trace.Time(at), Kind: trace.EventStateTransition, Goroutine: by, Proc: 1, Thread: 1, Stack: others, Details: st,
	})
}

// stack is written innermost first: "sync.(*Mutex).Lock", "main.f cell[1]:3".
func stack(frames ...string) trace.Stack {
	var fs []trace.StackFrame
	for _, f := range frames {
		pc := fnv.New64() // an event keeps one frame for each address
		io.WriteString(pc, f)
		fn, where, _ := strings.Cut(f, " ")
		file, line, _ := strings.Cut(where, ":")
		n := uint64(0)
		for _, d := range line {
			n = n*10 + uint64(d-'0')
		}
		fs = append(fs, trace.StackFrame{PC: pc.Sum64(), Func: fn, File: "/build/" + file, Line: n})
	}
	return trace.MakeStack(fs)
}

func TestTimeline(t *testing.T) {
	s := newScript(t)
	none := trace.NoStack
	s.log(100, 1, logStart, "title")
	// A goroutine by wg.Go, one of the watchdog's, and one of the runtime's.
	s.move(110, 1, 7, trace.GoNotExist, trace.GoRunnable, "", stack("sync.(*WaitGroup).Go.func1"), stack("sync.(*WaitGroup).Go", "main.main.func1 cell[1]:9", "lanebook/kernelext.Lanes", "main.main cell[1]:2"))
	s.move(111, 1, 8, trace.GoNotExist, trace.GoRunnable, "", stack("lanebook/kernelext.(*recording).watch"), none)
	s.move(112, 1, 9, trace.GoNotExist, trace.GoRunnable, "", stack("runtime.gcBgMarkWorker"), none)
	s.move(120, 7, 7, trace.GoRunnable, trace.GoRunning, "", none, none)
	s.log(125, 7, logName, "worker")
	s.move(130, 7, 7, trace.GoRunning, trace.GoWaiting, "sync", stack("sync.(*Mutex).Lock", "main.work cell[1]:4", "main.main.func1.1 cell[1]:9", "sync.(*WaitGroup).Go.func1"), none)
	// The tracer repeats everybody's state where a part of the trace begins.
	s.move(135, -1, 7, trace.GoUndetermined, trace.GoWaiting, "", none, none)
	s.log(140, 1, logMark, "flag")
	s.move(150, 1, 7, trace.GoWaiting, trace.GoRunnable, "", none, stack("internal/sync.(*Mutex).unlockSlow", "internal/sync.(*Mutex).Unlock", "sync.(*Mutex).Unlock", "main.main.func1 cell[1]:12"))
	s.move(155, 7, 7, trace.GoRunnable, trace.GoRunning, "", none, none)
	s.move(160, 7, 7, trace.GoRunning, trace.GoNotExist, "", none, none)
	s.move(161, 8, 8, trace.GoRunnable, trace.GoRunning, "", none, none)
	s.log(200, 1, logEnd, "returned")

	nowhere, lockLine := &Pos{}, &Pos{File: "cell[1]", Line: 4, Func: "main.work"}
	want := &Timeline{
		Title: "title", End: 100, How: "returned",
		Goroutines: []*Goroutine{
			{ID: 1, Name: "main", Created: nowhere, End: 100, Intervals: []Interval{{From: 0, To: 100, State: Running, Pos: nowhere}}},
			{
				ID: 7, Name: "worker", Entry: "main.main.func1.1", Parent: 1, Created: &Pos{File: "cell[1]", Line: 9, Func: "main.main.func1"},
				Start: 10, End: 60, Intervals: []Interval{
					{From: 10, To: 20, State: Ready, Proc: -1, Pos: nowhere},
					{From: 20, To: 30, State: Running, Proc: 1, Pos: lockLine},
					{From: 30, To: 50, State: Waiting, Reason: Lock, Proc: -1, Pos: lockLine},
					{From: 50, To: 55, State: Ready, Proc: -1, Pos: nowhere},
					{From: 55, To: 60, State: Running, Proc: 1, Pos: nowhere},
				},
			},
		},
		Wakes: []Wake{{At: 50, From: 1, To: 7, Call: "unlock", Pos: &Pos{File: "cell[1]", Line: 12, Func: "main.main.func1"}, Ended: 20}},
		Marks: []Mark{{At: 40, Goroutine: 1, Text: "flag", Pos: nowhere}},
	}
	if diff := cmp.Diff(want, s.b.timeline(), cmpopts.IgnoreUnexported(Timeline{}, Goroutine{}, Pos{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestStillnessLeavesRoomToSeeIt(t *testing.T) {
	s := newScript(t)
	s.log(0, 1, logStart, "")
	s.move(1000, 1, 1, trace.GoRunning, trace.GoWaiting, "chan receive", stack("runtime.chanrecv1", "main.main cell[1]:3"), trace.NoStack)
	s.log(250_001_000, 5, logStill, "250")
	got := s.b.timeline()
	if got.Still != 250*time.Millisecond || got.How != "" || got.End != 2000 || !got.Goroutines[0].Alive {
		t.Errorf("got %+v", got)
	}
}

func TestReasons(t *testing.T) {
	for _, tt := range []struct {
		runtime string
		calls   []string
		want    Reason
	}{
		{"sync", []string{"sync.runtime_SemacquireMutex", "internal/sync.(*Mutex).lockSlow", "internal/sync.(*Mutex).Lock", "sync.(*Mutex).Lock"}, Lock},
		{"sync", []string{"sync.(*Mutex).Lock", "sync.(*RWMutex).Lock"}, WLock},
		{"sync", []string{"sync.runtime_SemacquireRWMutexR", "sync.(*RWMutex).RLock"}, RLock},
		{"sync", []string{"sync.(*Mutex).Lock", "sync.(*Once).doSlow", "sync.(*Once).Do"}, Once},
		{"sync", []string{"sync.runtime_SemacquireWaitGroup", "sync.(*WaitGroup).Wait"}, WaitGroup},
		{"sync", []string{"runtime.semacquire", "runtime.gcStart", "runtime.mallocgc"}, Collector},
		{"sync.(*Cond).Wait", nil, Cond},
		{"forever", nil, Forever},
		{"GC mark assist wait for work", nil, Collector},
		{"a word of a later Go", nil, Other},
	} {
		if got := reasonOf(tt.runtime, tt.calls); got != tt.want {
			t.Errorf("%s in %v: got %s, want %s", tt.runtime, tt.calls, got, tt.want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		name  string
		stack trace.Stack
		line  int
		outer string
	}{
		{"innermost line of the cell", stack("runtime.chansend1", "main.put cell[2]:7", "main.main.func1 cell[2]:20"), 7, "main.main.func1"},
		{"a library between", stack("runtime.chansend1", "golang.org/x/sync/semaphore.(*Weighted).Acquire sem.go:90", "main.main cell[2]:5"), 5, "main.main"},
		{"only a library", stack("runtime.chanrecv1", "lanebook/snippets/pools.worker pools.go:31", "sync.(*WaitGroup).Go.func1"), 31, "lanebook/snippets/pools.worker"},
		{"nothing of the learner's", stack("runtime.gopark", "time.Sleep"), 0, ""},
		{"the go statement's wrapper", stack("runtime.chanrecv1", "main.worker cell[1]:3", "main.main.gowrap1 cell[1]:9"), 3, "main.worker"},
	} {
		if got := newPlaces().of(tt.stack); got.pos.Line != tt.line || got.outer != tt.outer {
			t.Errorf("%s: got %+v", tt.name, got)
		}
	}
}

func TestNames(t *testing.T) {
	for entry, want := range map[string]string{
		"main.worker": "worker", "main.main.func2": "goroutine", "main.main.func1.2": "goroutine",
		"main.(*Account).Pay": "Pay", "main.(*Account).Pay-fm": "Pay", "main.Map[...]": "Map",
		"main.main.gowrap1": "goroutine", "": "goroutine", "lanebook/snippets/pools.worker": "worker",
	} {
		if got := shortName(entry); got != want {
			t.Errorf("%q: got %q, want %q", entry, got, want)
		}
	}
}

// A recording may end anywhere: after a kill the rest is simply missing.
func TestCutRecordings(t *testing.T) {
	for name, data := range recordings(t) {
		for cut := 0; cut < len(data); cut += 97 {
			tl, err := Read(bytes.NewReader(data[:cut]))
			if err == nil {
				Draw(tl, Options{Cut: true})
			}
			if err != nil && tl != nil {
				t.Errorf("%s cut at %d: a timeline and an error: %v", name, cut, err)
			}
		}
	}
}

func TestNotARecording(t *testing.T) {
	for _, in := range []string{"", "go 1.26 trace\x00\x00\x00", "hello", "go 9.99 trace\x00\x00\x00"} {
		if _, err := Read(strings.NewReader(in)); err == nil {
			t.Errorf("%q was read", in)
		}
	}
	if _, err := Read(io.LimitReader(zeros{}, 1<<20)); err == nil {
		t.Error("zeros were read")
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func FuzzRead(f *testing.F) {
	for _, data := range recordings(f) {
		if len(data) < 8000 {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if tl, err := Read(bytes.NewReader(data)); err == nil {
			Draw(tl, Options{Lang: "zh"})
		}
	})
}

// iter.Pull runs its sequence on a goroutine of its own, whose first function is
// the runtime's. Control goes to and fro by direct switches, for which a trace
// has neither a reason nor a stack.
func TestPullHasTwoLanes(t *testing.T) {
	data, err := os.ReadFile("testdata/pull.trace")
	if err != nil {
		t.Fatal(err)
	}
	tl, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if len(tl.Goroutines) != 2 || tl.Goroutines[1].Name != "source" {
		t.Fatalf("got %d lanes, want main and source", len(tl.Goroutines))
	}
	for i, g := range tl.Goroutines {
		waits := 0
		for _, iv := range g.Intervals {
			if iv.State != Waiting || iv.From == 0 || iv.From == g.Start {
				continue
			}
			waits++
			if iv.Reason != Coroutine {
				t.Errorf("%s waits for %q", g.Name, iv.Reason)
			}
		}
		if waits < 3 {
			t.Errorf("lane %d waits %d times for the other, want 3 or more", i, waits)
		}
		if g.Alive {
			t.Errorf("%s is still there", g.Name)
		}
	}
	for _, w := range tl.Wakes {
		if w.Call != "switch" || w.From == 0 {
			t.Errorf("hand-over by %q from %d", w.Call, w.From)
		}
	}
}

// A goroutine that a timer starts is not the one that happened to find the
// timer due, and not a second main either.
func TestTimerGoroutine(t *testing.T) {
	none := trace.NoStack
	for lang, want := range map[string]string{"en": "main, timer (context), timer (AfterFunc), ring", "zh": "main, 定时器（context）, 定时器（AfterFunc）, ring"} {
		s := newScript(t)
		s.log(100, 1, logStart, "")
		s.move(110, 1, 7, trace.GoNotExist, trace.GoRunnable, "", stack("context.WithDeadlineCause.func2"), stack("time.goFunc", "main.work cell[1]:9"))
		s.move(111, -1, 8, trace.GoNotExist, trace.GoRunnable, "", stack("main.work.func1 cell[1]:7"), none)
		s.move(112, 1, 9, trace.GoNotExist, trace.GoRunnable, "", stack("main.ring cell[1]:5"), stack("time.goFunc"))
		s.move(115, 7, 7, trace.GoRunnable, trace.GoRunning, "", none, none)
		s.move(116, 1, 1, trace.GoRunning, trace.GoRunnable, "", stack("main.main cell[1]:9"), none)
		s.move(117, 7, 7, trace.GoRunning, trace.GoNotExist, "", none, none)
		s.log(200, 1, logEnd, "returned")
		line := s.b.timeline()
		line.prepare(Options{Lang: lang})
		said := strings.Join(sentences(line, Options{Lang: lang}), " ")
		var names []string
		for _, g := range line.Goroutines {
			names = append(names, g.Name)
		}
		if got := strings.Join(names, ", "); got != want || !strings.Contains(said, names[1]+" ") {
			t.Errorf("%s: goroutines are called %s, want %s; %s", lang, got, want, said)
		}
	}
}

// A line calls a channel by its name, if it has one.
func TestNamesInLines(t *testing.T) {
	for text, want := range map[string]string{
		"for v := range jobs": "jobs", "<-ctx.Done()": "ctx.Done()", "x := <-p.results[i]": "p.results[i]",
		"for sq := range Merge(ctx, numbers)": "", "<-time.After(5 * time.Second)": "", "a, b := <-one, <-other": "",
	} {
		if got := object(Receive, text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// What a semaphore or a group with a limit is made of is nothing the learner
// has written: they wait for a place.
func TestReasonOfPlaces(t *testing.T) {
	for _, tt := range []struct {
		runtime string
		call    string
		want    Reason
	}{
		{"select", "golang.org/x/sync/semaphore.(*Weighted).Acquire", Place},
		{"chan send", "golang.org/x/sync/errgroup.(*Group).Go", Place},
		{"chan send", "golang.org/x/sync/errgroup.(*Group).done", Send},
		{"select", "runtime.selectgo", Select},
	} {
		if got := reasonOf(tt.runtime, []string{"runtime.gopark", tt.call}); got != tt.want {
			t.Errorf("%s in %s: %s, want %s", tt.runtime, tt.call, got, tt.want)
		}
	}
	for text, want := range map[string]string{"if sem.Acquire(ctx, 1) != nil": "sem", "g.Go(func() error {": "g", "start()": ""} {
		if got := object(Place, text); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
