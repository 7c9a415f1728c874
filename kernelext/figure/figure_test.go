package figure

import (
	"fmt"
	"iter"
	"os"
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
	if want := "test>numbers next()\nnumbers>test 0, true\ntest>numbers next()\nnumbers>test –, false\n"; order(s) != want {
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
	})
	for _, want := range []string{
		"“full” is full", "“part” has room for 1 more", "“none” is nil", "wrong is not a slice", "“full”, “part” look into the same array",
		"takes 24 bytes: 10 for its fields and 14 of padding. In another order of fields, 16 would do.", "a string is not a struct",
		"err is a nil interface", "err holds a *fs.PathError that is nil", "n is declared as int", "1,000,000 times as much",
		"3 values from 1.00 µs to 3.00 µs", "half", "All 2 together", "A → B  hello  x = 1",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}
