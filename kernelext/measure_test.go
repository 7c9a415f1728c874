package kernelext

import (
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// soon measures a little only: these tests are about what is measured, not how
// long it takes.
var soon = []Option{Samples(3), Budget(200 * time.Millisecond)}

func TestCompareMeasuresEveryCase(t *testing.T) {
	out := quiet(t)
	var a, b int
	var kept []byte
	before := runtime.NumGoroutine()
	got := Compare(append(slices.Clone(soon), Case("a", func() { a++ }), nil, Case("b", func() { b++; kept = make([]byte, 1<<16) }))...)
	if len(got) != 2 || got[0].Name != "a" || got[0].Wall < 0 || got[1].Bytes < 1<<16 || a == 0 || b == 0 {
		t.Errorf("got %+v after %d and %d calls", got, a, b)
	}
	if len(kept) == 0 {
		t.Error("nothing was made")
	}
	noMoreThan(t, before)
	if text := out(); !strings.Contains(text, "a") || strings.Contains(text, "kernelext:") {
		t.Errorf("got %s", text)
	}
}

func TestMeasureComplains(t *testing.T) {
	out := quiet(t)
	if Compare() != nil || Compare(Case("x", nil)) != nil || Sweep("w", nil, func(int) {}) != nil || Sweep("w", []int{1}, nil) != nil ||
		Sweep("w", []int{0, -3}, func(int) {}) != nil || Tally(0, func() string { return "" }) != nil || Tally(3, nil) != nil {
		t.Error("something was measured")
	}
	if n := strings.Count(out(), "kernelext: "); n != 9 {
		t.Errorf("%d complaints:\n%s", n, out())
	}
}

func TestSweepCallsWithEveryNumber(t *testing.T) {
	quiet(t)
	seen := map[int]bool{}
	got := Sweep("workers", []int{4, 1}, func(n int) { seen[n] = true }, soon...)
	if len(got) != 2 || got[0].Name != "4" || !seen[1] || !seen[4] || len(seen) != 2 {
		t.Errorf("got %+v, seen %v", got, seen)
	}
}

// A round takes one sample of each case, in an order that changes.
func TestRoundsAreInterleaved(t *testing.T) {
	quiet(t)
	p := planFor([]Option{Samples(16), Budget(time.Hour)}) // all rounds are taken, however busy the machine
	for _, name := range []string{"a", "b", "c"} {
		p.cases = append(p.cases, &timed{name: name, f: func() {}})
	}
	p.measure()
	orders := map[[3]int]bool{}
	for round := range 16 {
		var order [3]int
		for i, c := range p.cases {
			at := c.samples[round].at
			if at < 3*round || at >= 3*round+3 {
				t.Fatalf("round %d holds the sample taken as number %d", round, at)
			}
			order[at-3*round] = i
		}
		orders[order] = true
	}
	if len(orders) < 2 { // by chance once in 6^15
		t.Errorf("orders %v", orders)
	}
}

// What takes longer than the budget is called once, and that is its sample.
func TestNoTimeForMore(t *testing.T) {
	quiet(t)
	calls := 0
	p := planFor([]Option{Budget(time.Nanosecond), Case("slow", func() { calls++; time.Sleep(10 * time.Millisecond) })})
	m := p.measure()
	if calls != 1 || !m.cold || len(p.cases[0].samples) != 1 || p.cases[0].timing().Wall < 10*time.Millisecond {
		t.Errorf("%d calls, %+v", calls, m)
	}
}

func TestTimeRunsOnceUnlessAsked(t *testing.T) {
	quiet(t)
	calls := 0
	if Time("once", func() { calls++ }); calls != 1 {
		t.Errorf("%d calls", calls)
	}
	// All five samples are taken, even if the first call is held up for so long
	// that one call makes a sample.
	if Time("often", func() { calls++ }, Samples(5), Budget(time.Hour)); calls < 5 {
		t.Errorf("%d calls", calls)
	}
}

func TestTally(t *testing.T) {
	out := quiet(t)
	n := 0
	got := Tally(10, func() string {
		n++
		var wg sync.WaitGroup
		gate := make(chan bool)
		wg.Go(func() { Mark("first"); close(gate) })
		wg.Go(func() { <-gate; Mark("second") })
		wg.Wait()
		if n == 4 {
			return "odd"
		}
		return "even"
	}, Budget(time.Hour)) // no run is left out
	if got["odd"] != 1 || got["even"] != 9 || marking.Load() != nil {
		t.Errorf("got %v", got)
	}
	for _, want := range []string{"In 10 runs there were 2 different outcomes", "first → second", "90 %"} {
		if !strings.Contains(out(), want) {
			t.Errorf("%q is missing in\n%s", want, out())
		}
	}
	Mark("nobody listens")
}

// Marks of a goroutine that outlives its run do not get into the next run.
func TestTallyKeepsRunsApart(t *testing.T) {
	quiet(t)
	n := &notes{}
	for range maxNotes + 5 {
		n.add("x")
	}
	if got := n.taken(); len(got) != maxNotes {
		t.Errorf("%d marks", len(got))
	}
	tl := &tally{counts: map[string]int{}}
	for i := range maxOutcomes + 10 {
		tl.add(strings.Repeat("x", i), &notes{})
	}
	if tl.runs != maxOutcomes+10 || len(tl.outcomes) != maxOutcomes {
		t.Errorf("%d runs, %d outcomes", tl.runs, len(tl.outcomes))
	}
}

// input is a standard input that holds text.
func input(t *testing.T, text string) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.WriteString(text); err != nil {
		t.Fatal(err)
	}
	w.Close()
	in := os.Stdin
	os.Stdin = r
	t.Cleanup(func() { os.Stdin = in; r.Close() })
}

func TestInputReadsItsLineOnly(t *testing.T) {
	quiet(t)
	input(t, "Ann\r\n\nlast")
	for _, want := range []string{"Ann", "", "last"} {
		if line, ok := Input("? "); line != want || !ok {
			t.Errorf("got %q, %v, want %q", line, ok, want)
		}
	}
	if line, ok := Password("? "); line != "" || ok {
		t.Errorf("at the end: %q, %v", line, ok)
	}
}

func TestPredict(t *testing.T) {
	for _, tt := range []struct {
		said    string
		options []string
		answer  any
		want    string
	}{
		{"2\n", []string{"sing", "dance"}, "dance", "✓"},
		{" SING \n", []string{"sing", "dance"}, "sing", "✓"},
		{"d\n", []string{"sing", "dance"}, "sing", "You said: dance. It came out: sing."},
		{"3\n\nx\n", []string{"sing", "dance"}, "sing", "It came out: sing."},
		{"2x\n", nil, 1.94, "✓"},
		{"4\n", nil, 1.94, "You said: 4. It came out: 1.94."},
		{"100 ms\n", nil, 104 * time.Millisecond, "✓"},
		{"7\n", nil, 7, "✓"},
		{"NaN\n", nil, 7, "You said: NaN"},
		{"", nil, 7, "It came out: 7."},
	} {
		out := quiet(t)
		input(t, tt.said)
		Predict("what?", tt.options...).Reveal(tt.answer, "because")
		if got := out(); !strings.Contains(got, tt.want) || !strings.Contains(got, "because") || strings.Contains(tt.want, "It came") && strings.Contains(got, "✓") {
			t.Errorf("%q: got\n%s", tt.said, got)
		}
	}
	out := quiet(t)
	t.Setenv("LANEBOOK_INPUT", "no")
	input(t, "2\n")
	if p := Predict("what?", "a", "b"); p.String() != "" || strings.Contains(out(), "prediction:") {
		t.Errorf("asked although nobody is there: %s", out())
	}
	if line, ok := Input("name? "); line != "" || ok || !strings.Contains(out(), `asked "name?", but nobody can answer here`) {
		t.Errorf("got %q, %v, %s", line, ok, out())
	}
}
