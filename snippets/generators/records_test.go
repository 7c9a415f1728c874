package generators_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"lanebook/snippets/generators"
)

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
	f.Add(strings.Repeat("long ", 9_000)+"{|}end", "{|}")
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
