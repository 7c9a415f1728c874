package generators_test

import (
	"iter"
	"os"
	"os/exec"
	"runtime/pprof"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"lanebook/snippets/generators"
)

func TestBetween(t *testing.T) {
	for _, tt := range []struct {
		m, n int
		want []int
	}{{1, 3, []int{1, 2, 3}}, {-1, 1, []int{-1, 0, 1}}, {2, 2, []int{2}}, {3, 2, nil}} {
		if got := slices.Collect(generators.Between(tt.m, tt.n)); !slices.Equal(got, tt.want) {
			t.Errorf("Between(%d, %d) = %v, want %v", tt.m, tt.n, got, tt.want)
		}
	}
	for v := range generators.Between(1, 1<<40) {
		if v == 3 {
			break // and that must be the end of it
		}
	}
}

func TestFibErrStopsWhenTold(t *testing.T) {
	for stop := 1; stop <= 94; stop++ {
		n := 0
		for range generators.FibErr() {
			if n++; n == stop {
				break
			}
		}
		if n != stop {
			t.Errorf("%d values, want %d", n, stop)
		}
	}
}

// Each generator that stands still is one goroutine, until stop.
func TestSuspendedGenerators(t *testing.T) {
	coroutines := func() int {
		var dump strings.Builder
		if err := pprof.Lookup("goroutine").WriteTo(&dump, 2); err != nil {
			t.Fatal(err)
		}
		return strings.Count(dump.String(), " [coroutine")
	}
	before := coroutines()
	next, stop := iter.Pull(generators.Range(5))
	next()
	if got := coroutines() - before; got != 1 {
		t.Errorf("%d goroutines for one generator", got)
	}
	stop()
	if got := coroutines() - before; got != 0 {
		t.Errorf("%d goroutines are left after stop", got)
	}
}

func TestCoroEnds(t *testing.T) {
	c := generators.New(func(v string, yield func(string) (string, bool)) {
		yield("got " + v)
	})
	if out, ok := c.Send("a"); out != "got a" || !ok {
		t.Errorf("first: %q, %t", out, ok)
	}
	for range 2 {
		if out, ok := c.Send("b"); out != "" || ok {
			t.Errorf("after the end: %q, %t", out, ok)
		}
	}
}

// Close makes the yield at which the body stands return false, so its defers run.
func TestCoroClose(t *testing.T) {
	cleaned := false
	c := generators.New(func(_ int, yield func(int) (int, bool)) {
		defer func() { cleaned = true }()
		for ok := true; ok; _, ok = yield(0) {
		}
	})
	c.Send(1)
	c.Close()
	c.Close()
	if !cleaned {
		t.Error("the body did not return")
	}
	if _, ok := c.Send(1); ok {
		t.Error("Send after Close got an answer")
	}
	generators.Averager().Close() // never begun
}

// A panic in the body comes out of Send.
func TestCoroPanic(t *testing.T) {
	c := generators.New(func(int, func(int) (int, bool)) { panic("boom") })
	defer func() {
		if got := recover(); got != "boom" {
			t.Errorf("recovered %v", got)
		}
	}()
	c.Send(1)
}

func TestSummerSumsAgain(t *testing.T) {
	var log []string
	s := generators.Summer(func(line string) { log = append(log, line) })
	for _, n := range []*int{nil, new(2), nil, new(7), new(1), new(0)} {
		s.Send(n)
	}
	s.Close()
	want := []string{"加 2", "加 None", "加和总数是: 2", "加 7", "加 1", "加 0", "加和总数是: 8"}
	if !slices.Equal(log, want) {
		t.Errorf("got %q, want %q", log, want)
	}
}

func TestChanGenLeavesNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // a bubble ends only when all its goroutines have
		for v := range generators.ChanGen(t.Context(), 1000) {
			if v == 3 {
				break
			}
		}
	})
	var got []int
	for v := range generators.ChanGen(t.Context(), 4) {
		got = append(got, v)
	}
	if !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Errorf("got %v", got)
	}
}

// The leak of LeakyGen is there, and this is how a test finds it. The test dies
// of it, so it runs in a process of its own.
func TestLeakyGenLeaks(t *testing.T) {
	if os.Getenv("RUN_LEAKY_GEN") != "" {
		synctest.Test(t, func(t *testing.T) {
			for range generators.LeakyGen(1000) {
				break
			}
		})
		return
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLeakyGenLeaks$")
	cmd.Env = append(os.Environ(), "RUN_LEAKY_GEN=1")
	out, err := cmd.CombinedOutput()
	for _, want := range []string{"blocked goroutines remain", "[chan send", "generators.LeakyGen"} {
		if err == nil || !strings.Contains(string(out), want) {
			t.Errorf("err %v, want %q in:\n%s", err, want, out)
		}
	}
}
