package jupyter

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// testClock is a fixed clock for authors.
func testClock() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 123456789, time.UTC) }

var testKey = []byte("a key")

// signedFrames signs four JSON parts as a client would.
func signedFrames(header, parent, metadata, content string, more ...string) [][]byte {
	signed := [][]byte{[]byte(header), []byte(parent), []byte(metadata), []byte(content)}
	frames := [][]byte{[]byte("client"), []byte(delimiter), sign(signed, testKey)}
	frames = append(frames, signed...)
	for _, m := range more {
		frames = append(frames, []byte(m))
	}
	return frames
}

func TestDecode(t *testing.T) {
	header := `{"msg_id":"1","msg_type":"execute_request","session":"s","username":"u","date":"d","version":"5.3"}`
	tests := []struct {
		name   string
		frames [][]byte
		want   Message
	}{
		{
			name:   "everything",
			frames: signedFrames(header, `{}`, `{"a":1}`, `{"code":"x","silent":true,"store_history":false,"allow_stdin":true,"stop_on_error":false}`, "buffer"),
			want: Message{
				Channel: Shell, Identities: [][]byte{[]byte("client")},
				Header:   Header{ID: "1", Type: TypeExecuteRequest, Session: "s", Username: "u", Date: "d", Version: "5.3"},
				Metadata: map[string]any{"a": 1.0},
				Content:  ExecuteRequest{Code: "x", Silent: true, AllowStdin: true},
				Buffers:  [][]byte{[]byte("buffer")},
			},
		},
		{
			name:   "optional fields missing",
			frames: signedFrames(`{"msg_type":"execute_request"}`, ``, `null`, `{"code":"x"}`),
			want: Message{
				Channel: Shell, Identities: [][]byte{[]byte("client")},
				Header:  Header{Type: TypeExecuteRequest},
				Content: ExecuteRequest{Code: "x", StoreHistory: true, StopOnError: true},
			},
		},
		{
			name:   "fields of other kinds and unknown ones",
			frames: signedFrames(`{"msg_type":"kernel_info_request","date":null,"username":7,"subshell_id":"a"}`, `null`, `{}`, `null`),
			want: Message{
				Channel: Shell, Identities: [][]byte{[]byte("client")},
				Header:   Header{Type: TypeKernelInfoRequest, Extra: map[string]json.RawMessage{"subshell_id": json.RawMessage(`"a"`)}},
				Metadata: map[string]any{},
				Content:  KernelInfoRequest{},
			},
		},
		{
			name:   "unknown type",
			frames: signedFrames(`{"msg_type":"dance_request"}`, `{}`, `{}`, `{"steps":3}`),
			want: Message{
				Channel: Shell, Identities: [][]byte{[]byte("client")},
				Header:   Header{Type: "dance_request"},
				Metadata: map[string]any{},
				Content:  Unknown{Name: "dance_request", Raw: json.RawMessage(`{"steps":3}`)},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Decode(Shell, tt.frames, testKey)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("message differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	good := signedFrames(`{"msg_type":"x"}`, `{}`, `{}`, `{}`)
	wrong := signedFrames(`{"msg_type":"x"}`, `{}`, `{}`, `{}`)
	wrong[5] = []byte(`{"changed":1}`)
	tests := []struct {
		name   string
		frames [][]byte
		want   error
	}{
		{"nothing", nil, ErrDelimiter},
		{"no delimiter", [][]byte{[]byte("a"), []byte("b")}, ErrDelimiter},
		{"delimiter alone", [][]byte{[]byte(delimiter)}, ErrParts},
		{"too few parts", good[:6], ErrParts},
		{"wrong signature", wrong, ErrSignature},
		{"no signature", [][]byte{[]byte(delimiter), nil, []byte(`{"msg_type":"x"}`), []byte(`{}`), []byte(`{}`), []byte(`{}`)}, ErrSignature},
		{"no type", signedFrames(`{}`, `{}`, `{}`, `{}`), ErrNoType},
		{"too many parts", make([][]byte, MaxFrames+1), ErrTooLarge},
		{"too large", [][]byte{make([]byte, MaxSize+1)}, ErrTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Decode(Shell, tt.frames, testKey); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
	for _, frames := range [][][]byte{
		signedFrames(`not json`, `{}`, `{}`, `{}`),
		signedFrames(`[]`, `{}`, `{}`, `{}`),
		signedFrames(`{"msg_type":"x"}`, `3`, `{}`, `{}`),
		signedFrames(`{"msg_type":"x"}`, `{}`, `"a"`, `{}`),
	} {
		if _, err := Decode(Shell, frames, testKey); err == nil {
			t.Errorf("%s: no error", frames[3])
		}
	}
}

func TestDecodeMalformedContent(t *testing.T) {
	m, err := Decode(Shell, signedFrames(`{"msg_type":"execute_request"}`, `{}`, `{}`, `{"code":5}`), testKey)
	if err != nil {
		t.Fatal(err)
	}
	bad, ok := m.Content.(Malformed)
	if !ok || bad.Err == nil || bad.Type() != TypeExecuteRequest {
		t.Errorf("got %#v, want a Malformed execute_request", m.Content)
	}
}

// The signature covers four parts; buffers may change without breaking it.
func TestSignatureLeavesBuffersOut(t *testing.T) {
	frames := signedFrames(`{"msg_type":"x"}`, `{}`, `{}`, `{}`, "one")
	frames[len(frames)-1] = []byte("two")
	if _, err := Decode(Shell, frames, testKey); err != nil {
		t.Error(err)
	}
}

func TestEmptyKeySignsNothing(t *testing.T) {
	a := NewAuthor("s", "u", testClock)
	frames, err := Encode(a.New(Shell, KernelInfoRequest{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(frames[1]) != 0 {
		t.Errorf("signature %q, want none", frames[1])
	}
	if _, err := Decode(Shell, frames, nil); err != nil {
		t.Error(err)
	}
}

func TestReplyAndChild(t *testing.T) {
	request, err := Decode(Control, signedFrames(`{"msg_id":"9","msg_type":"kernel_info_request","odd":1}`, `{}`, `{}`, `{}`), testKey)
	if err != nil {
		t.Fatal(err)
	}
	a := NewAuthor("s", "lanebook", testClock)

	reply := a.Reply(request, InterruptReply{Status: OK})
	if reply.Channel != Control || string(reply.Identities[0]) != "client" {
		t.Errorf("reply leaves on %s to %q", reply.Channel, reply.Identities)
	}
	status := a.Child(request, IOPub, Status{ExecutionState: Busy})
	if status.Channel != IOPub || string(status.Identities[0]) != "kernel.s.status" {
		t.Errorf("status leaves on %s with topic %q", status.Channel, status.Identities)
	}
	frames, err := Encode(status, testKey)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"kernel.s.status", delimiter, string(frames[2]),
		`{"date":"2026-03-01T12:00:00.123456Z","msg_id":"s_2","msg_type":"status","session":"s","username":"lanebook","version":"5.4"}`,
		`{"date":"","msg_id":"9","msg_type":"kernel_info_request","odd":1,"session":"","username":"","version":""}`,
		`{}`, `{"execution_state":"busy"}`,
	}
	var got []string
	for _, f := range frames {
		got = append(got, string(f))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("frames differ (-want +got):\n%s", diff)
	}
}

func TestExecuteReplyFields(t *testing.T) {
	ok, err := marshal(ExecuteReply{Status: OK, ExecutionCount: 1, Payload: []map[string]any{}, UserExpressions: map[string]any{}})
	if err != nil || strings.Contains(string(ok), "ename") {
		t.Errorf("ok reply %s, %v: must have no error fields", ok, err)
	}
	failed, err := marshal(ExecuteReply{Status: Failed, Error: &Error{Name: "Panic", Value: "<x>", Traceback: []string{}}})
	if err != nil || !bytes.Contains(failed, []byte(`"ename":"Panic","evalue":"<x>","traceback":[]`)) {
		t.Errorf("failed reply %s, %v", failed, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, frames := range [][][]byte{
		signedFrames(`{"msg_type":"execute_request"}`, `{}`, `{}`, `{"code":"x"}`, "b"),
		{[]byte(delimiter)},
	} {
		f.Add(bytes.Join(frames, []byte("|")))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Decode(Shell, bytes.Split(data, []byte("|")), nil)
		if err != nil {
			return
		}
		again(t, m, func(m Message) (Message, error) {
			frames, err := Encode(m, nil)
			if err != nil {
				return Message{}, err
			}
			return Decode(Shell, frames, nil)
		})
	})
}

// again checks that what was decoded survives being encoded and decoded.
func again(t *testing.T, m Message, trip func(Message) (Message, error)) {
	t.Helper()
	if _, bad := m.Content.(Malformed); bad {
		return
	}
	once, err := trip(m)
	if err != nil {
		t.Fatalf("round trip of %+v: %v", m, err)
	}
	twice, err := trip(once)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(once, twice); diff != "" {
		t.Errorf("round trip differs (-want +got):\n%s", diff)
	}
}
