package generators_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"os"
	"os/exec"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
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

// collect copies the records of a sequence.
func collect(t *testing.T, records iter.Seq2[[]byte, error]) (got []string) {
	t.Helper()
	for record, err := range records {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(record))
	}
	return got
}

// However the input is cut into reads, Records is strings.Split, and a Scanner
// with SplitOn is the same without an empty piece at the end.
func FuzzRecords(f *testing.F) {
	f.Add("a{|}b{|}", "{|}")
	f.Add("aaa{{|}|}", "{|}")
	f.Add("", "x")
	f.Add("abababa", "aba")
	f.Add(strings.Repeat("long ", 20_000)+"{|}end", "{|}")
	f.Fuzz(func(t *testing.T, text, sep string) {
		if sep == "" {
			return
		}
		want := strings.Split(text, sep)
		for name, r := range map[string]io.Reader{
			"at once":           strings.NewReader(text),
			"one byte":          iotest.OneByteReader(strings.NewReader(text)),
			"half":              iotest.HalfReader(strings.NewReader(text)),
			"data with the EOF": iotest.DataErrReader(strings.NewReader(text)),
		} {
			if got := collect(t, generators.Records(r, []byte(sep))); !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
		if want[len(want)-1] == "" {
			want = want[:len(want)-1]
		}
		scanner := bufio.NewScanner(iotest.OneByteReader(strings.NewReader(text)))
		scanner.Buffer(nil, len(text)+len(sep)+1)
		scanner.Split(generators.SplitOn([]byte(sep)))
		var got []string
		for scanner.Scan() {
			got = append(got, scanner.Text())
		}
		if err := scanner.Err(); err != nil || !slices.Equal(got, want) {
			t.Errorf("scanner: got %q, %v, want %q", got, err, want)
		}
	})
}

// A record that is longer than the buffer makes the buffer grow, and appending
// to a record does not write over the next one.
func TestRecordsOfAnyLength(t *testing.T) {
	long := strings.Repeat("0123456789", 30_000)
	text := "short{|}" + long + "{|}short again"
	var got []string
	for record, err := range generators.Records(strings.NewReader(text), []byte("{|}")) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(record))
		_ = append(record, "!!!!!!!!"...)
	}
	if !slices.Equal(got, []string{"short", long, "short again"}) {
		t.Errorf("got %d records", len(got))
	}
}

func TestRecordsReportTheError(t *testing.T) {
	broken := errors.New("broken")
	r := io.MultiReader(strings.NewReader("a{|}b{|}hal"), iotest.ErrReader(broken))
	var got []string
	var last error
	for record, err := range generators.Records(r, []byte("{|}")) {
		got, last = append(got, string(record)), err
	}
	if !slices.Equal(got, []string{"a", "b", "hal"}) || !errors.Is(last, broken) {
		t.Errorf("got %q, %v", got, last)
	}
	for _, err := range generators.Records(idle{}, []byte("x")) {
		if !errors.Is(err, io.ErrNoProgress) {
			t.Errorf("a reader that gives nothing: %v", err)
		}
	}
}

// idle gives nothing and says nothing.
type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

// The memory that Records needs does not depend on the size of the input.
func TestRecordsInConstantMemory(t *testing.T) {
	sep := []byte("{|}")
	bytesFor := func(n int64) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		count := int64(0)
		for range generators.Records(generators.BigReader(n, "{|}"), sep) {
			count++
		}
		runtime.ReadMemStats(&after)
		if count != n {
			t.Fatalf("%d records, want %d", count, n)
		}
		return after.TotalAlloc - before.TotalAlloc
	}
	if got := bytesFor(200_000); got > 3*40<<10 {
		t.Errorf("%d bytes for 200,000 records", got)
	}
}

func TestBigReader(t *testing.T) {
	if err := iotest.TestReader(generators.BigReader(3, ", "), []byte("record 1, record 2, record 3")); err != nil {
		t.Error(err)
	}
	if got, err := io.ReadAll(generators.BigReader(0, ",")); len(got) != 0 || err != nil {
		t.Errorf("of none: %q, %v", got, err)
	}
}

func TestEmptySeparators(t *testing.T) {
	for name, f := range map[string]func(){
		"Records": func() { generators.Records(bytes.NewReader(nil), nil) },
		"SplitOn": func() { generators.SplitOn(nil) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s with an empty separator did not panic", name)
				}
			}()
			f()
		}()
	}
}
