package jupyter

import (
	"encoding/binary"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sample is a message with everything in it.
func sample(buffers ...[]byte) Message {
	a := NewAuthor("s", "u", testClock)
	m := a.New(Shell, ExecuteRequest{Code: "x := 1 // 世界 🎉 <&>", StoreHistory: true})
	m.Metadata = map[string]any{"cellId": "a"}
	m.Parent = Header{ID: "p", Type: "t"}
	m.Buffers = buffers
	return m
}

func TestWebSocketRoundTrips(t *testing.T) {
	for _, m := range []Message{sample(), sample([]byte("one"), []byte{}, []byte{0, 255})} {
		v1, err := EncodeV1(m)
		if err != nil {
			t.Fatal(err)
		}
		got, err := DecodeV1(v1)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(m, got); diff != "" {
			t.Errorf("v1 differs (-want +got):\n%s", diff)
		}
		text, isBinary, err := EncodeJSON(m)
		if err != nil {
			t.Fatal(err)
		}
		if want := len(m.Buffers) > 0; isBinary != want {
			t.Errorf("binary %t, want %t", isBinary, want)
		}
		got, err = DecodeJSON(text, isBinary)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(m, got); diff != "" {
			t.Errorf("JSON differs (-want +got):\n%s", diff)
		}
	}
}

// The layout as @jupyterlab/services and jupyter_server write it.
func TestV1Layout(t *testing.T) {
	frame, err := EncodeV1(sample([]byte("buffer")))
	if err != nil {
		t.Fatal(err)
	}
	count := binary.LittleEndian.Uint64(frame)
	if count != 7 {
		t.Fatalf("%d offsets, want 7", count)
	}
	first := binary.LittleEndian.Uint64(frame[8:])
	second := binary.LittleEndian.Uint64(frame[16:])
	last := binary.LittleEndian.Uint64(frame[8*count:])
	if first != 8*(count+1) || string(frame[first:second]) != "shell" || last != uint64(len(frame)) {
		t.Errorf("offsets %d, %d ... %d of %d bytes", first, second, last, len(frame))
	}
}

func TestDecodeJSONTolerates(t *testing.T) {
	for _, text := range []string{
		`{"header":{"msg_type":"kernel_info_request"}}`,
		`{"header":{"msg_type":"kernel_info_request"},"parent_header":null,"metadata":null,"content":null,"buffers":[{}],"msg_id":4}`,
	} {
		m, err := DecodeJSON([]byte(text), false)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if m.Channel != Shell || m.Content != (KernelInfoRequest{}) {
			t.Errorf("%s: got %+v", text, m)
		}
	}
}

func TestWebSocketRefuses(t *testing.T) {
	huge := binary.LittleEndian.AppendUint64(nil, 1<<63)
	backwards, err := EncodeV1(sample())
	if err != nil {
		t.Fatal(err)
	}
	binary.LittleEndian.PutUint64(backwards[16:], 1)
	for name, frame := range map[string][]byte{
		"empty": nil, "short": {1, 2, 3}, "no offsets": make([]byte, 8),
		"huge count": append(huge, make([]byte, 64)...), "backwards": backwards,
	} {
		if _, err := DecodeV1(frame); !errors.Is(err, ErrFrame) && !errors.Is(err, ErrParts) {
			t.Errorf("v1 %s: got %v", name, err)
		}
		if _, err := DecodeJSON(frame, true); err == nil {
			t.Errorf("JSON %s: no error", name)
		}
	}
	for _, text := range []string{``, `[]`, `{}`, `{"header":null}`, `{"header":{}}`, `{"header":{"msg_type":"x"},"metadata":1}`} {
		if _, err := DecodeJSON([]byte(text), false); err == nil {
			t.Errorf("JSON %s: no error", text)
		}
	}
}

func FuzzDecodeV1(f *testing.F) {
	frame, err := EncodeV1(sample([]byte("b")))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(frame)
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := DecodeV1(data)
		if err != nil {
			return
		}
		again(t, m, func(m Message) (Message, error) {
			frame, err := EncodeV1(m)
			if err != nil {
				return Message{}, err
			}
			return DecodeV1(frame)
		})
	})
}

func FuzzDecodeJSON(f *testing.F) {
	for _, m := range []Message{sample(), sample([]byte("b"))} {
		frame, isBinary, err := EncodeJSON(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(frame, isBinary)
	}
	f.Fuzz(func(t *testing.T, data []byte, isBinary bool) {
		m, err := DecodeJSON(data, isBinary)
		if err != nil {
			return
		}
		again(t, m, func(m Message) (Message, error) {
			frame, isBinary, err := EncodeJSON(m)
			if err != nil {
				return Message{}, err
			}
			return DecodeJSON(frame, isBinary)
		})
	})
}
