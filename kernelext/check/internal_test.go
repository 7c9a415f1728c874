package check

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writeJournal makes the text of a journal by the real writer.
func writeJournal(t *testing.T, lines ...[]string) string {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "journal"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	j := &journal{file: f}
	for _, l := range lines {
		j.write(l[0], l[1:]...)
	}
	return all(f)
}

func TestStory(t *testing.T) {
	text := writeJournal(t,
		[]string{"case", "0"}, []string{"attempt", "0"}, []string{"try", "old"}, []string{"pass", "0"},
		[]string{"case", "1"}, []string{"attempt", "0"}, []string{"look", "gone with the attempt"},
		[]string{"attempt", "3"}, []string{"try", "f(\"a b\", 素数)\nsecond line"}, []string{"expect", "an end"}, []string{"look", "`here`"},
		[]string{"meet", "2", "3"}, []string{"fail", "crowded", "4 \"at\" once", "3"}, []string{"started", "0"})
	s := readStory(text)
	if s.begun != 1 || s.passed != 1 || s.attempt != 3 || s.tried != "f(\"a b\", 素数)\nsecond line" || s.expect != "an end" || s.look != "`here`" ||
		s.met != 2 || s.meet != 3 || s.failed == nil || *s.failed != (failure{Crowded, "4 \"at\" once", "3"}) || s.goroutines || s.done || s.left {
		t.Errorf("got %+v, failed %+v", s, s.failed)
	}
	// A line that was not finished says nothing.
	if s := readStory(text[:len(text)-3]); !s.goroutines {
		t.Errorf("got %+v", s)
	}
	if s := readStory(""); s.begun != -1 || s.failed != nil {
		t.Errorf("got %+v", s)
	}
}

func FuzzStory(f *testing.F) {
	f.Add("case \"0\"\nattempt \"1\"\nfail \"wrong\" \"a\" \"b\"\n")
	f.Fuzz(func(t *testing.T, text string) { readStory(text) })
}

func TestDiagnose(t *testing.T) {
	const asleepAlone = asleep + "\n\ngoroutine 1 [select (no cases)]:\nmain.main()\n"
	const asleepTwo = asleepAlone + "\ngoroutine 19 [chan receive]:\nmain.f()\n"
	for _, tt := range []struct {
		name string
		out  outcome
		want Kind
	}{
		{"nobody is left", outcome{story: story{left: true}, stderr: asleepAlone}, ""},
		{"somebody is", outcome{story: story{left: true}, stderr: asleepTwo}, Leak},
		{"and ticks", outcome{story: story{left: true}, ended: Stuck}, Leak},
		{"and computes", outcome{story: story{left: true}, ended: Endless}, Leak},
		{"all wait", outcome{stderr: asleepTwo}, Deadlock},
		{"one of three met", outcome{story: story{met: 1, meet: 3}, stderr: asleepTwo}, Sequential},
		{"three of three", outcome{story: story{met: 3, meet: 3}, stderr: asleepTwo}, Deadlock},
		{"nothing comes", outcome{ended: Stuck}, Stuck},
		{"one by one, with a timer", outcome{story: story{met: 1, meet: 3}, ended: Stuck}, Sequential},
		{"a race", outcome{stderr: "==================\n" + dataRace + "\n", code: 66}, Race},
		{"a map", outcome{stderr: mapRace + "writes\n\ngoroutine 7 [running]:\n"}, Race},
		{"a panic", outcome{stderr: "printed before\npanic: boom\n\ngoroutine 1 [running]:\n", code: 2}, Panicked},
		{"only a word", outcome{stderr: "do not panic: yet\n", code: 1}, Exited},
		{"overflow", outcome{stderr: "runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n"}, Crashed},
		{"what it said itself", outcome{story: story{failed: &failure{kind: Late}}}, Late},
	} {
		got := Kind("")
		if f := diagnose(tt.out); f != nil {
			got = f.kind
		}
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestShow(t *testing.T) {
	t.Setenv("LANEBOOK_LANG", "en")
	for _, tt := range []struct {
		v    any
		want string
	}{
		{nil, "nil"}, {7, "7"}, {"a\nb", `"a\nb"`}, {[]string{"a b", ""}, `["a b" ""]`}, {[][]int{{1}, nil}, "[[1] []]"},
		{errors.New("x"), `the error "x"`}, {time.Second, "1s"}, {[]error{errors.New("y"), nil}, `[the error "y" nil]`}, {struct{ A int }{1}, "{A:1}"},
	} {
		if got := Show(tt.v); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
	if got := Show(make([]int, 10_000)); len([]rune(got)) > longest {
		t.Errorf("%d characters", len([]rune(got)))
	}
}

// Values are within their bounds, sizes grow, and what is called smaller is.
func TestInputs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	ints, slices, texts := Ints(-3, 1000), Slices(Ints(0, 9), 4), Strings("ab", 5)
	largest := 0
	for size := range 60 {
		n := ints.Make(r, size)
		if largest = max(largest, n); n < -3 || n > 1000 {
			t.Errorf("%d is out of bounds", n)
		}
		for m := range ints.Smaller(n) {
			if m < -3 || max(m, -m) > max(n, -n) || m == n {
				t.Errorf("%d is not smaller than %d", m, n)
			}
		}
		if s := slices.Make(r, size); len(s) > 4 {
			t.Errorf("%v is too long", s)
		}
		if s := texts.Make(r, size); len(s) > 5 || strings.Trim(s, "ab") != "" {
			t.Errorf("%q", s)
		}
	}
	if largest < 100 {
		t.Errorf("the largest of 60 values is %d", largest)
	}
	// The smallest slice with a 5, the smallest text with two a's and a b.
	if got := smallest([]int{9, 5, 7, 5}, slices.Smaller, func(s []int) bool {
		for _, v := range s {
			if v == 5 {
				return true
			}
		}
		return false
	}); len(got) != 1 || got[0] != 5 {
		t.Errorf("got %v", got)
	}
	if got := smallest("babab", texts.Smaller, func(s string) bool { return strings.Count(s, "a") >= 2 && strings.Contains(s, "b") }); len(got) != 3 {
		t.Errorf("got %q", got)
	}
}
