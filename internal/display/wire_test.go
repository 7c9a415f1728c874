package display

import (
	"bytes"
	"encoding/gob"
	"math"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The types of GoNB's protocol as encoding/gob sees them.
type (
	mimeType    string
	displayData struct {
		Data      map[mimeType]any
		Metadata  map[string]any
		DisplayID string
	}
	gobInputRequest struct {
		Prompt   string
		Password bool
	}
	gobCommValue struct {
		Address string
		Request bool
		Value   any
	}
)

var registerOnce = sync.OnceFunc(func() {
	gob.RegisterName(gobInput, gobInputRequest{})
	gob.RegisterName(gobComm, gobCommValue{})
	gob.Register(map[string]any{})
})

func TestEncoderIsGob(t *testing.T) {
	registerOnce()
	long := string(bytes.Repeat([]byte("x"), 70000))
	tests := []struct {
		name string
		in   Display
		want displayData
	}{
		{"text", Display{Data: Bundle{Text: "hi"}}, displayData{Data: map[mimeType]any{Text: "hi"}}},
		{"empty", Display{}, displayData{}},
		{"bytes", Display{Data: Bundle{PNG: []byte{0, 255, 1}}}, displayData{Data: map[mimeType]any{PNG: []byte{0, 255, 1}}}},
		{"long", Display{Data: Bundle{Text: long}}, displayData{Data: map[mimeType]any{Text: long}}},
		{"id only", Display{ID: "a"}, displayData{DisplayID: "a"}},
		{"all", Display{Data: Bundle{HTML: "<b>&"}, Metadata: map[string]any{"w": -5, "f": 1.5, "b": false, "n": map[string]any{"x": math.MaxInt}}, ID: "é"},
			displayData{map[mimeType]any{HTML: "<b>&"}, map[string]any{"w": -5, "f": 1.5, "b": false, "n": map[string]any{"x": math.MaxInt}}, "é"}},
		{"input", Display{Data: Bundle{mimeInput: inputRequest{"", true}}}, displayData{Data: map[mimeType]any{mimeInput: gobInputRequest{"", true}}}},
		{"input with prompt", Display{Data: Bundle{mimeInput: inputRequest{"name?", false}}}, displayData{Data: map[mimeType]any{mimeInput: gobInputRequest{"name?", false}}}},
		{"sync", Display{Data: Bundle{mimeComm: commValue{syncAddr, 300}}}, displayData{Data: map[mimeType]any{mimeComm: gobCommValue{Address: syncAddr, Value: 300}}}},
	}
	var stream bytes.Buffer
	enc := encoder{base: 1 << 16}
	dec := gob.NewDecoder(&stream)
	for _, tt := range tests { // one stream: definitions are sent once
		t.Run(tt.name, func(t *testing.T) {
			msg, err := enc.message(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			stream.Write(msg)
			var got displayData
			if err := dec.Decode(&got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Two processes of one cell, and GoNB's own encoder, may share a pipe.
func TestEncodersShareAPipe(t *testing.T) {
	registerOnce()
	var stream bytes.Buffer
	a, b := encoder{base: 1 << 16}, encoder{base: 1<<16 + typeCount}
	gonb := gob.NewEncoder(&stream)
	dec := gob.NewDecoder(&stream)
	for range 2 {
		for _, e := range []*encoder{&a, &b} {
			msg, err := e.message(Display{Data: Bundle{Text: "x"}})
			if err != nil {
				t.Fatal(err)
			}
			stream.Write(msg)
		}
		if err := gonb.Encode(displayData{Data: map[mimeType]any{Text: "x"}}); err != nil {
			t.Fatal(err)
		}
	}
	for range 6 {
		var got displayData
		if err := dec.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if got.Data[Text] != "x" {
			t.Errorf("got %v", got)
		}
	}
}

func TestUnknownValueIsAnError(t *testing.T) {
	enc := encoder{base: 1 << 16}
	if _, err := enc.message(Display{Data: Bundle{Text: struct{}{}}}); err == nil {
		t.Error("no error for a struct")
	}
	msg, err := enc.message(Display{Data: Bundle{Text: "after"}})
	if err != nil {
		t.Fatal(err)
	}
	var got displayData
	if err := gob.NewDecoder(bytes.NewReader(msg)).Decode(&got); err != nil {
		t.Errorf("stream is broken after a refused value: %v", err)
	}
}

func TestAnswers(t *testing.T) {
	registerOnce()
	var stream bytes.Buffer
	enc := gob.NewEncoder(&stream)
	for _, v := range []gobCommValue{
		{Address: syncedAddr, Value: 1},
		{Address: "/widget", Value: []float64{1, 2}},
		{Address: syncedAddr, Request: true, Value: 2},
		{Address: "/widget", Value: map[string]any{"a": 1}},
		{Address: syncedAddr, Value: "three"},
		{Address: syncedAddr, Value: 1 << 40},
	} {
		if err := enc.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	var got []int
	for stream.Len() > 0 {
		id, ok, err := readAnswer(&stream)
		if err != nil {
			t.Fatal(err)
		}
		if ok {
			got = append(got, id)
		}
	}
	if diff := cmp.Diff([]int{1, 2, 1 << 40}, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzEncoder(f *testing.F) {
	registerOnce()
	f.Add("text/html", "<p>", []byte{1}, 5, 1.5, true, "id")
	f.Add("", "", []byte{}, -1, math.Inf(1), false, "")
	f.Fuzz(func(t *testing.T, key, s string, b []byte, i int, x float64, flag bool, id string) {
		if math.IsNaN(x) {
			x = 0
		}
		in := Display{Data: Bundle{key: s, key + "b": b}, Metadata: map[string]any{"i": i, "x": x, "f": flag}, ID: id}
		enc := encoder{base: 1<<16 + i&0xffff*typeCount}
		msg, err := enc.message(in)
		if err != nil {
			t.Fatal(err)
		}
		var got displayData
		if err := gob.NewDecoder(bytes.NewReader(msg)).Decode(&got); err != nil {
			t.Fatal(err)
		}
		if len(b) == 0 {
			b = got.Data[mimeType(key+"b")].([]byte)
		}
		want := displayData{map[mimeType]any{mimeType(key): s, mimeType(key + "b"): b}, map[string]any{"i": i, "x": x, "f": flag}, id}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte{3, 0x7f, 1, 1})
	f.Add([]byte{0xf8, 1, 2, 3, 4, 5, 6, 7, 8})
	f.Fuzz(func(t *testing.T, b []byte) {
		r := bytes.NewReader(b)
		for r.Len() > 0 {
			if _, _, err := readAnswer(r); err != nil {
				return
			}
		}
	})
}
