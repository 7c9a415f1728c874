package process

import (
	"bytes"
	"encoding/gob"
	"testing"

	"lanebook/internal/display"
)

// sample is a stream as GoNB's library writes it.
func sampleStream(t testing.TB) []byte {
	registerTypes()
	var b bytes.Buffer
	enc := gob.NewEncoder(&b)
	for _, d := range []displayData{
		{Data: map[string]any{display.Text: "one"}, DisplayID: "x"},
		{Data: map[string]any{mimeInput: inputRequest{"?", true}}},
		{Data: map[string]any{mimeComm: commValue{Address: syncAddr, Value: 7}}},
		{Data: map[string]any{mimeComm: commValue{Address: "/w", Value: []string{"a"}}}},
		{Data: map[string]any{display.PNG: []byte("png")}, Metadata: map[string]any{"n": map[string]any{"w": 1}}, DisplayID: "x"},
	} {
		if err := enc.Encode(d); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// However the bytes are cut, the items are the same.
func TestReceiverByPieces(t *testing.T) {
	stream := sampleStream(t)
	for size := 1; size <= len(stream); size++ {
		r := newReceiver()
		var items []item
		for rest := stream; len(rest) > 0; {
			n := min(size, len(rest))
			more, err := r.feed(rest[:n])
			if err != nil {
				t.Fatalf("pieces of %d: %v", size, err)
			}
			items, rest = append(items, more...), rest[n:]
		}
		r.stop()
		if len(items) != 5 || items[1].ask == nil || *items[2].sync != 7 || items[3].subscription == nil && items[3].value == nil || !items[4].display.Update || items[0].display.Update {
			t.Fatalf("pieces of %d: %+v", size, items)
		}
	}
}

func FuzzReceiver(f *testing.F) {
	stream := sampleStream(f)
	f.Add(stream, 3)
	f.Add(stream[:len(stream)/2], 1000)
	f.Add([]byte("junk, and more of it"), 1)
	f.Fuzz(func(t *testing.T, b []byte, size int) {
		if size <= 0 {
			size = 1
		}
		r := newReceiver()
		defer r.stop()
		for len(b) > 0 {
			n := min(size, len(b))
			if _, err := r.feed(b[:n]); err != nil {
				return
			}
			b = b[n:]
		}
	})
}
