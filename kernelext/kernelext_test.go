package kernelext

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestTable(t *testing.T) {
	type row struct {
		Workers int
		Wall    time.Duration
		Cores   float64 `table:"cores <busy>"`
		//lint:ignore U1000 a table leaves it out
		hidden string
		Note   string `table:"-"`
	}
	structs, err := tableOf([]*row{{1, 11500 * time.Millisecond, 1.004, "x", "y"}, nil, {16, 1500 * time.Microsecond, 0.5, "", ""}})
	if err != nil {
		t.Fatal(err)
	}
	want := "" +
		"Workers     Wall  cores <busy>\n" +
		"───────  ───────  ────────────\n" +
		"      1   11.5 s         1.004\n" +
		"     16  1.50 ms           0.5\n"
	if got := structs.text(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := structs.html(); !strings.Contains(got, "cores &lt;busy&gt;") || !strings.Contains(got, `text-align:right">11.5 s<`) {
		t.Errorf("got %s", got)
	}
	strs, err := tableOf([][]string{{"名字", "n"}, {"张三", "1"}, {"bob"}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strs.text(), "名字  n\n────  ─\n张三  1\nbob\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if _, err := tableOf([]int{1}); err == nil {
		t.Error("a table of ints")
	}
	if empty, err := tableOf([][]string{}); err != nil || empty.text() == "" {
		t.Errorf("an empty table: %v", err)
	}
}

func TestDurationText(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0", 12: "12 ns", 1500: "1.50 µs", 45_600_000: "45.6 ms", 39300 * time.Millisecond: "39.3 s",
		-time.Second: "-1.00 s", time.Hour: "1h0m0s",
	} {
		if got := durationText(d); got != want {
			t.Errorf("%d: got %q, want %q", d, got, want)
		}
	}
}

func TestTime(t *testing.T) {
	quiet(t)
	got := Time("sum", func() { _ = make([]byte, 1<<20) })
	if got.Name != "sum" || got.Wall <= 0 || got.Bytes < 1<<20 || got.Allocs < 1 {
		t.Errorf("got %+v", got)
	}
	if got := Time("nothing", nil); got.Wall != 0 {
		t.Errorf("nil: got %+v", got)
	}
}

func TestProgressPrintsTenths(t *testing.T) {
	out := quiet(t)
	bar := Progress(1000)
	for range 1000 {
		bar.Add(1)
	}
	bar.Add(1)
	bar.Done()
	Progress(0).Add(5)
	text := out()
	if !strings.Contains(text, "100 %  1000/1000  done in") || strings.Contains(text, "1001") || strings.Count(text, "\n") > 12 {
		t.Errorf("got\n%s", text)
	}
}

func TestLanesLeavesNothingBehind(t *testing.T) {
	out := quiet(t)
	before := runtime.NumGoroutine()
	Lanes(nil)
	Lanes(func() { Lanes(func() {}) }) // one in another: the inner one only runs
	func() {
		defer func() { _ = recover() }()
		Lanes(func() { panic("boom") })
	}()
	ran := false
	Lanes(func() { Name("tester"); Mark("here"); ran = true }, "a title")
	if !ran || !strings.Contains(out(), "a title\ntester │") {
		t.Errorf("got %s", out())
	}
	noMoreThan(t, before)
}

// noMoreThan waits until no goroutines are left but those that were there
// before. The tracer's own is gone a moment after it has been stopped, and a
// goroutine of a WaitGroup a moment after Wait has returned.
func noMoreThan(t *testing.T, before int) {
	t.Helper()
	for begin := time.Now(); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Since(begin) > time.Minute {
			t.Fatalf("%d goroutines before, %d after", before, runtime.NumGoroutine())
		}
	}
}

// quiet sends what the test prints into a file, and returns what reads it. There
// is no kernel in these tests.
func quiet(t *testing.T) func() string {
	t.Helper()
	t.Setenv("GONB_PIPE", "")
	t.Setenv("LANEBOOK_LANG", "en")
	f, err := os.CreateTemp(t.TempDir(), "out")
	if err != nil {
		t.Fatal(err)
	}
	out, errs := os.Stdout, os.Stderr
	os.Stdout, os.Stderr = f, f
	t.Cleanup(func() { os.Stdout, os.Stderr = out, errs; f.Close() })
	return func() string {
		text, _ := os.ReadFile(f.Name())
		return string(text)
	}
}

func TestStackHeader(t *testing.T) {
	for _, tt := range []struct {
		in     string
		id     uint64
		reason string
		ok     bool
	}{
		{"goroutine 18 [chan receive, 2 minutes]:\nmain.main()", 18, "chan receive", true},
		{"\ngoroutine 1 [sync.Mutex.Lock]:", 1, "sync.Mutex.Lock", true},
		{"goroutine 7 [chan send (nil chan), locked to thread]:", 7, "chan send (nil chan)", true},
		{"goroutine 7 gp=0xc0 m=nil [select]:", 7, "select", true},
		{"main.main()", 0, "", false},
		{"goroutine x [select]:", 0, "", false},
	} {
		id, reason, ok := stackHeader([]byte(tt.in))
		if id != tt.id || reason != tt.reason || ok != tt.ok {
			t.Errorf("%q: got %d, %q, %v", tt.in, id, reason, ok)
		}
	}
}
