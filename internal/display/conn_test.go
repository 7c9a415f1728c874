package display

import (
	"encoding/gob"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

func TestDialOutsideANotebook(t *testing.T) {
	t.Setenv("GONB_PIPE", "")
	if _, err := Dial(); !errors.Is(err, ErrNoKernel) {
		t.Errorf("got %v, want ErrNoKernel", err)
	}
}

func TestShowWaitsForTheAcknowledgement(t *testing.T) {
	registerOnce()
	t.Setenv("LANEBOOK_VERSION", "v0")
	to, from := fifo(t, "GONB_PIPE"), fifo(t, "GONB_PIPE_BACK")
	c, err := Dial()
	if err != nil {
		t.Fatal(err)
	}
	shown := make(chan error, 1)
	go func() { shown <- c.Show(Display{Data: Bundle{Text: "hello"}}) }()

	dec := gob.NewDecoder(to)
	var first, second displayData
	if err := errors.Join(dec.Decode(&first), dec.Decode(&second)); err != nil {
		t.Fatal(err)
	}
	time.Sleep(20 * time.Millisecond) // for a Show that does not wait to come back
	select {
	case err := <-shown:
		t.Fatalf("Show returned before the acknowledgement: %v", err)
	default:
	}
	ask := second.Data[mimeComm].(gobCommValue)
	if first.Data[Text] != "hello" || ask.Address != syncAddr {
		t.Fatalf("got %v, %v", first, second)
	}
	enc := gob.NewEncoder(from)
	// An answer to somebody else comes first and is skipped.
	if err := errors.Join(enc.Encode(gobCommValue{Address: "/w", Value: "x"}), enc.Encode(gobCommValue{Address: syncedAddr, Value: ask.Value})); err != nil {
		t.Fatal(err)
	}
	if err := <-shown; err != nil {
		t.Error(err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
}

// GoNB reads text and displays independently of each other: a question goes
// ahead, so that text printed before has arrived.
func TestShowAsksFirstUnderGoNB(t *testing.T) {
	registerOnce()
	t.Setenv("LANEBOOK_VERSION", "")
	to, from := fifo(t, "GONB_PIPE"), fifo(t, "GONB_PIPE_BACK")
	c, err := Dial()
	if err != nil {
		t.Fatal(err)
	}
	shown := make(chan error, 1)
	go func() { shown <- c.Show(Display{Data: Bundle{Text: "hello"}}) }()

	dec, enc := gob.NewDecoder(to), gob.NewEncoder(from)
	answer := func() {
		t.Helper()
		var d displayData
		if err := dec.Decode(&d); err != nil {
			t.Fatal(err)
		}
		ask, ok := d.Data[mimeComm].(gobCommValue)
		if !ok {
			t.Fatalf("got %v, want a question", d)
		}
		if err := enc.Encode(gobCommValue{Address: syncedAddr, Value: ask.Value}); err != nil {
			t.Fatal(err)
		}
	}
	answer()
	var d displayData
	if err := dec.Decode(&d); err != nil || d.Data[Text] != "hello" {
		t.Fatalf("got %v, %v", d, err)
	}
	answer()
	if err := errors.Join(<-shown, c.Close()); err != nil {
		t.Error(err)
	}
}

// fifo makes a named pipe, puts its path into the environment and returns
// the kernel's end.
func fifo(t *testing.T, env string) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), env)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(env, path)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
