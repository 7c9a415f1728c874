package gotrace

import (
	"bytes"
	"context"
	"runtime/trace"
	"sync"
	"testing"

	exptrace "golang.org/x/exp/trace"
)

// BenchmarkLesson reads and draws a recording of the size that lessons make.
func BenchmarkLesson(b *testing.B) {
	data, source := recordings(b)["pool"], cellSource(b)
	for b.Loop() {
		t, err := Read(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		Draw(t, Options{Lang: "en", Source: source})
	}
}

// BenchmarkMillion reads and draws what a hundred thousand goroutines did in a
// million events. "events" is the floor: the same bytes, through the reader alone.
func BenchmarkMillion(b *testing.B) {
	data := million(b)
	b.Run("events", func(b *testing.B) {
		for b.Loop() {
			n := 0
			if err := feed(bytes.NewReader(data), func(exptrace.Event) error { n++; return nil }); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(n), "events")
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := Read(bytes.NewReader(data)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read and draw", func(b *testing.B) {
		for b.Loop() {
			t, err := Read(bytes.NewReader(data))
			if err != nil {
				b.Fatal(err)
			}
			Draw(t, Options{Lang: "en"})
		}
	})
}

// million records a hundred thousand goroutines that hand over two values each
// and count under a lock in between.
func million(b *testing.B) []byte {
	var recorded bytes.Buffer
	if err := trace.Start(&recorded); err != nil {
		b.Skip(err) // somebody else records: go test -trace
	}
	trace.Log(context.Background(), logStart, "")
	var wg sync.WaitGroup
	var mu sync.Mutex
	jobs, n := make(chan int), 0
	for i := range 100_000 {
		wg.Go(func() {
			jobs <- i
			mu.Lock()
			n++
			mu.Unlock()
			jobs <- i
		})
	}
	for range 200_000 {
		<-jobs
	}
	wg.Wait()
	trace.Log(context.Background(), logEnd, "returned")
	trace.Stop()
	return recorded.Bytes()
}
