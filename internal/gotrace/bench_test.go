package gotrace

import (
	"bytes"
	"testing"
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

// BenchmarkCrowd draws what a hundred thousand goroutines did, in a million intervals.
func BenchmarkCrowd(b *testing.B) {
	t := crowd(100_000, 5)
	for b.Loop() {
		Draw(t, Options{Lang: "en"})
	}
}
