package figure

import (
	"fmt"
	"iter"
	"math"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// printed is what f prints where there is no kernel.
func printed(t *testing.T, f func()) string {
	t.Helper()
	t.Setenv("GONB_PIPE", "")
	t.Setenv("LANEBOOK_LANG", "en")
	file, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	out, errs := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = file, file
	defer func() { os.Stdout, os.Stderr = out, errs; file.Close() }()
	f()
	text, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

//go:noinline
func numbers(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// order is who did what, one step a line.
func order(s *Steps) string {
	var b strings.Builder
	for _, x := range s.steps {
		fmt.Fprintf(&b, "%s>%s %s\n", x.who, x.to, x.what)
	}
	return b.String()
}

func TestPush(t *testing.T) {
	s := NewSteps("")
	var got []int
	for v := range Push(s, "numbers", "loop", numbers(5)) {
		got = append(got, v)
		if v == 1 {
			break
		}
	}
	want := "loop>numbers range\nnumbers>loop yield(0)\nloop>numbers yield returns true\n" +
		"numbers>loop yield(1)\nloop>numbers yield returns false\nnumbers>loop return\n"
	if order(s) != want || len(got) != 2 {
		t.Errorf("got %v,\n%s", got, order(s))
	}
	// One stack: the test below, the producer above it, the loop on top.
	if len(s.stacks) != 1 {
		t.Fatalf("stacks %v", s.stacks)
	}
	if frames := strings.Join(s.stacks[0].frames, " "); !strings.HasPrefix(frames, "loop ") || !strings.Contains(frames, "numbers.func") || !strings.Contains(frames, "TestPush") {
		t.Errorf("stack %s", frames)
	}
}

func TestPull(t *testing.T) {
	s := NewSteps("")
	next, stop := Pull(s, "numbers", "test", numbers(1))
	defer stop()
	if v, ok := next(); v != 0 || !ok {
		t.Errorf("got %v, %v", v, ok)
	}
	if _, ok := next(); ok {
		t.Error("a second value")
	}
	if want := "test>numbers next()\nnumbers>test 0, true\ntest>numbers next()\nnumbers>test 0, false\n"; order(s) != want {
		t.Errorf("got\n%s", order(s))
	}
	// Two stacks: the producer's does not stand on the test's.
	for _, k := range s.stacks {
		frames := strings.Join(k.frames, " ")
		if strings.Contains(frames, "TestPull") != (k.of == "test") || strings.Contains(frames, "numbers.func") != (k.of == "numbers") {
			t.Errorf("stack of %s: %s", k.of, frames)
		}
	}
	if len(s.stacks) != 2 {
		t.Errorf("%d stacks", len(s.stacks))
	}
}

// Recording from many goroutines loses nothing; what is too much is counted.
func TestStepsFromGoroutines(t *testing.T) {
	s := NewSteps("")
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range most/4 + 10 {
				s.Do(fmt.Sprint("g", g), fmt.Sprint(i))
			}
		})
	}
	wg.Wait()
	if len(s.steps) != most || s.lost != 40 || len(s.parties) != 4 {
		t.Errorf("%d steps, %d lost, parties %v", len(s.steps), s.lost, s.parties)
	}
}

func TestFiguresPrint(t *testing.T) {
	type padded struct {
		A bool
		B int64
		C bool
	}
	full := []int{1, 2, 3}
	got := printed(t, func() {
		Slices("full", full, "part", full[:2], "none", []string(nil), "wrong", 3)
		Struct(padded{}, &struct{}{}, "no struct", nil)
		var err error
		Interface("err", err)
		var missing *os.PathError
		err = missing
		Interface("err", err)
		Interface("n", 3)
		Bars("costs", "ns", []string{"call", "process"}, []float64{1, 1e6, 5})
		Histogram("latency", "ns", []float64{1e3, 2e3, 3e3})
		g := NewGauge("queue", "jobs")
		g.Set(3)
		g.Add(-1)
		g.Note("half")
		g.Heap("heap")
		g.Draw()
		w := NewWaterfall("pages")
		done := w.Start("one")
		done()
		done()
		w.Start("open")
		w.Draw()
		s := NewSteps("steps", "A", "B")
		s.Send("A", "B", "hello", "x = 1")
		s.Draw()
		tree := NewTree("calls", "f")
		tree.Add("g", "twice")
		tree.Draw()
	})
	for _, want := range []string{
		"“full” is full", "“part” has room for 1 more", "“none” is nil", "wrong is not a slice", "“full”, “part” look into the same array",
		"takes 24 bytes: 10 for its fields and 14 of padding", "a string is not a struct",
		"err is a nil interface", "err holds a *fs.PathError that is nil", "n is declared as int", "1,000,000 times as much",
		"3 values from 1.00 µs to 3.00 µs", "half", "All 2 together", "A → B  hello  x = 1",
		"f\n   g  – twice",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

type animal struct{ Name string }

func (animal) Describe() string { return "" }

type dog struct{ animal }

func (*dog) Bark() {}

type robot struct{ Model string }

func (*robot) Describe() string { return "" }

type speaker interface{ Speak() }

type roboDog struct {
	dog
	*robot
	speaker
}

type both struct {
	animal
	robot
}

// Go's own selector rules say the same: roboDog{}.Describe is robot's.
var _ = roboDog.Describe

func TestSelector(t *testing.T) {
	for _, tt := range []struct {
		value any
		name  string
		want  string
	}{
		{roboDog{}, "Describe", "Describe is the one of “*figure.robot”, at depth 1"},
		{&roboDog{}, "Bark", "Bark is the one of “figure.dog”, at depth 1"},
		{roboDog{}, "Name", "Name is the one of “figure.animal”, at depth 2"},
		{roboDog{}, "Speak", "Speak is the one of “figure.speaker”, at depth 1"},
		{roboDog{}, "dog", "dog is the one of “figure.roboDog”, at depth 0"},
		{roboDog{}, "Fly", "Nothing is called Fly"},
		{both{}, "Describe", "Describe is ambiguous: “figure.animal”, “figure.robot” have it at the same depth 1"},
		{3, "X", "Nothing is called X"},
		{nil, "X", "nil has no fields"},
	} {
		if got := printed(t, func() { Selector(tt.value, tt.name) }); !strings.Contains(got, tt.want) {
			t.Errorf("%T.%s: got\n%s", tt.value, tt.name, got)
		}
	}
}

type link struct {
	value any
	next  *link
	more  map[string]*link
}

func TestGraph(t *testing.T) {
	last := &link{value: 2}
	first := &link{value: "one", next: last, more: map[string]*link{"self": nil}}
	first.more["self"] = first
	got := printed(t, func() { Graph("first", first, "last", last, "n", 3, "nothing", (*link)(nil)) })
	for _, want := range []string{"4 variables, 3 objects, 5 references", "There is a circle", `"one"`, `"self"`, "n", "3"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	// A long list ends, and says so.
	long := &link{}
	for range 100 {
		long = &link{next: long}
	}
	if got := printed(t, func() { Graph("long", long, "wide", make([]int, 1000)) }); !strings.Contains(got, "1 more") {
		t.Errorf("got\n%s", got)
	}
}

func TestProcesses(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("no /proc")
	}
	child := exec.Command("sleep", "100")
	if err := child.Start(); err != nil {
		t.Skip(err)
	}
	defer child.Wait()
	defer child.Process.Kill()
	if got := printed(t, Processes); !strings.Contains(got, fmt.Sprintf("   %d ", child.Process.Pid)) || !strings.HasPrefix(got, fmt.Sprint(os.Getpid())) {
		t.Errorf("got\n%s", got)
	}
}

func TestTypeName(t *testing.T) {
	for in, want := range map[string]string{
		"int": "int", "map[string]*main.Node": "map[string]*Node", "main.Pair[main.A,main.B]": "Pair[A,B]", "domain.T": "domain.T", "main.main.T": "T",
	} {
		if got := withoutMain(in); got != want {
			t.Errorf("%s: got %s, want %s", in, got, want)
		}
	}
}

// What is no number, no time at all, and nothing at all can be drawn.
func TestFiguresOfOddNumbers(t *testing.T) {
	text := printed(t, func() {
		odd := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, -1, math.MaxFloat64, math.SmallestNonzeroFloat64}
		Bars("bars", "ns", []string{"a", "b", "c", "d", "e", "f", "g"}, odd)
		Bars("all of them", "", []string{"a"}, []float64{math.NaN()})
		Bars("none", "", nil, nil)
		Histogram("histogram", "B", odd)
		Histogram("no value", "", nil)
		g := NewGauge("gauge", "")
		for _, v := range odd {
			g.Set(v)
		}
		g.Draw()
		NewGauge("never set", "").Draw()
		NewWaterfall("no span").Draw()
	})
	for _, bad := range []string{"panic", "%!"} {
		if strings.Contains(text, bad) {
			t.Errorf("it says %s:\n%s", bad, text)
		}
	}
	if !strings.Contains(text, "bars") || !strings.Contains(text, "gauge") {
		t.Errorf("got:\n%s", text)
	}
}
