package process

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// Several messages may lie in the socket when it is read; each keeps its files.
func TestLinkKeepsFilesWithTheirMessage(t *testing.T) {
	ours, theirs, err := socketPair()
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(ours)
	defer theirs.Close()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	fd := int(null.Fd())
	out, in := &link{fd: ours}, &link{fd: int(theirs.Fd())}
	counts := []int{0, 3, 0, 0, 2, 3}
	for i, n := range counts {
		files := []int{fd, fd, fd}[:n]
		if err := out.send(order{Interrupt: i + 1}, files...); err != nil {
			t.Fatal(err)
		}
	}
	for i, n := range counts {
		var o order
		files, err := in.receive(&o)
		if err != nil {
			t.Fatal(err)
		}
		if o.Interrupt != i+1 || len(files) != n {
			t.Errorf("message %d: got %+v with %d files, want %d", i+1, o, len(files), n)
		}
		for _, f := range files {
			unix.Close(f)
		}
	}
}
