package iterators_test

import (
	"errors"
	"iter"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"lanebook/snippets/iterators"
)

// Every sequence keeps the two promises that range relies on: it stops when
// yield says no, and it starts over when it is ranged over again.
func TestPromises(t *testing.T) {
	odd := func(n int) bool { return n%2 == 1 }
	double := func(n int) int { return 2 * n }
	var list iterators.MyList
	for n := range 9 {
		list.Add(n)
	}
	firsts := func(seq iter.Seq2[int, int]) iter.Seq[int] {
		return func(yield func(int) bool) {
			seq(func(a, _ int) bool { return yield(a) })
		}
	}
	sizes := func(seq iter.Seq[[]int]) iter.Seq[int] {
		return iterators.Map(seq, func(c []int) int { return len(c) })
	}
	ten := iterators.Take(iterators.Naturals(), 10)
	for name, tt := range map[string]struct {
		seq  iter.Seq[int]
		want []int
	}{
		"Fib":           {iterators.Fib(7), []int{1, 1, 2, 3, 5, 8, 13}},
		"Fib0":          {iterators.Fib0(7), []int{0, 1, 1, 2, 3, 5, 8}},
		"Fib of none":   {iterators.Fib(0), nil},
		"All":           {list.All(), []int{0, 1, 2, 3, 4, 5, 6, 7, 8}},
		"Backward":      {firsts(list.Backward()), []int{8, 7, 6, 5, 4, 3, 2, 1, 0}},
		"Map":           {iterators.Map(ten, double), []int{0, 2, 4, 6, 8, 10, 12, 14, 16, 18}},
		"Filter":        {iterators.Filter(ten, odd), []int{1, 3, 5, 7, 9}},
		"Take":          {iterators.Take(iterators.Naturals(), 3), []int{0, 1, 2}},
		"Take too many": {iterators.Take(iterators.Fib(2), 5), []int{1, 1}},
		"Take none":     {iterators.Take(iterators.Naturals(), 0), nil},
		"Zip":           {firsts(iterators.Zip(ten, iterators.Fib(3))), []int{0, 1, 2}},
		"Zip with less": {firsts(iterators.Zip(iterators.Fib(2), ten)), []int{1, 1}},
		"Chunk":         {sizes(iterators.Chunk(ten, 4)), []int{4, 4, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 {
				if got := slices.Collect(tt.seq); !slices.Equal(got, tt.want) {
					t.Fatalf("got %v, want %v", got, tt.want)
				}
			}
			for stop := 1; stop <= len(tt.want); stop++ {
				var got []int
				tt.seq(func(v int) bool {
					if len(got) == stop {
						t.Fatalf("asked for %d values, was given more", stop)
					}
					got = append(got, v)
					return len(got) < stop
				})
				if !slices.Equal(got, tt.want[:stop]) {
					t.Errorf("stopped after %d: got %v, want %v", stop, got, tt.want[:stop])
				}
			}
		})
	}
}

// FibIter and Fib are one sequence in two forms.
func TestFibIterIsFib(t *testing.T) {
	f := iterators.NewFibIter(90)
	for want := range iterators.Fib(90) {
		if got, ok := f.Next(); got != want || !ok {
			t.Fatalf("got %d, %t, want %d", got, ok, want)
		}
	}
	if got, ok := f.Next(); got != 0 || ok {
		t.Errorf("after the last one: got %d, %t", got, ok)
	}
}

// Take must not compute a value that nobody will see.
func TestTakeAsksForNoMore(t *testing.T) {
	asked := 0
	source := iterators.Map(iterators.Naturals(), func(n int) int { asked++; return n })
	for range iterators.Take(source, 3) {
	}
	if asked != 3 {
		t.Errorf("asked the source for %d values, want 3", asked)
	}
}

// Zip pulls from its second side, and must let go of it however the loop ends.
func TestZipLetsGo(t *testing.T) {
	open := 0
	side := func(yield func(int) bool) {
		open++
		defer func() { open-- }()
		iterators.Naturals()(yield)
	}
	for a := range iterators.Zip(iterators.Naturals(), side) {
		if a == 2 {
			break
		}
	}
	for range iterators.Zip(iterators.Fib(3), side) {
	}
	if open != 0 {
		t.Errorf("%d sequences are still open", open)
	}
}

func TestChunksAreTheCallers(t *testing.T) {
	chunks := slices.Collect(iterators.Chunk(iterators.Fib(4), 2))
	_ = append(chunks[0], 99)
	chunks[0][0] = -1
	if !slices.Equal(chunks[1], []int{2, 3}) {
		t.Errorf("the second chunk is now %v", chunks[1])
	}
	defer func() {
		if recover() == nil {
			t.Error("Chunk of 0 did not panic")
		}
	}()
	iterators.Chunk(iterators.Fib(4), 0)
}

// The chunks of a sequence, put together again, are the sequence.
func FuzzChunk(f *testing.F) {
	f.Add([]byte("iterators"), 4)
	f.Add([]byte{}, 1)
	f.Fuzz(func(t *testing.T, data []byte, n int) {
		n = max(1, n%16)
		var joined []byte
		for chunk := range iterators.Chunk(slices.Values(data), n) {
			if len(chunk) == 0 || len(chunk) > n || len(joined)%n != 0 {
				t.Fatalf("a chunk of %d after %d values, n is %d", len(chunk), len(joined), n)
			}
			joined = append(joined, chunk...)
		}
		if !slices.Equal(joined, data) {
			t.Errorf("got %q, want %q", joined, data)
		}
	})
}

// Lines is strings.Split at line ends, without the empty rest at the end.
func FuzzLines(f *testing.F) {
	f.Add("a\nb\n")
	f.Add("a\r\n\nb")
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		want := strings.Split(text, "\n")
		if want[len(want)-1] == "" {
			want = want[:len(want)-1]
		}
		var got []string
		for line, err := range iterators.Lines(iotest.OneByteReader(strings.NewReader(text))) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, line)
		}
		for i := range want {
			want[i] = strings.TrimSuffix(want[i], "\r")
		}
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestLinesReportsTheError(t *testing.T) {
	broken := errors.New("broken")
	var got error
	for _, err := range iterators.Lines(iotest.ErrReader(broken)) {
		got = err
	}
	if !errors.Is(got, broken) {
		t.Errorf("got %v, want %v", got, broken)
	}
}

func TestCanRange(t *testing.T) {
	for _, v := range []any{[]int{}, 10, "abc", [2]int{}, &[2]int{}, map[int]int{}, make(chan int), iterators.Fib(1), uint8(3)} {
		if !iterators.CanRange(v) {
			t.Errorf("%T: false", v)
		}
	}
	for _, v := range []any{nil, 3.14, true, struct{}{}, iterators.MyList{}, func() {}, func(func()) {}, make(chan<- int)} {
		if iterators.CanRange(v) {
			t.Errorf("%T: true", v)
		}
	}
}

// A sequence that goes on after yield said no dies, with words that say why.
func TestIgnoredYield(t *testing.T) {
	defer func() {
		got, _ := recover().(error)
		if got == nil || !strings.Contains(got.Error(), "range function continued iteration after function for loop body returned false") {
			t.Errorf("got %v", got)
		}
	}()
	for range func(yield func(int) bool) { yield(1); yield(2) } {
		break
	}
}

// The compiler must refuse broken.go, for the reason that the lesson gives.
func TestNotIterable(t *testing.T) {
	if testing.Short() {
		t.Skip("calls the go command")
	}
	out, err := exec.CommandContext(t.Context(), "go", "build", "-tags=broken", ".").CombinedOutput()
	const want = "cannot range over list (variable of struct type MyList)"
	if err == nil || !strings.Contains(string(out), want) {
		t.Errorf("go build: %v, want %q in:\n%s", err, want, out)
	}
}
