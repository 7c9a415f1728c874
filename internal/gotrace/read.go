package gotrace

import (
	"errors"
	"fmt"
	"io"

	"golang.org/x/exp/trace"
)

// The categories of the log events by which a recording describes itself;
// kernelext writes them.
const (
	logStart = "lanebook.lanes"
	logEnd   = "lanebook.end"
	logStill = "lanebook.still"
	logName  = "lanebook.name"
	logMark  = "lanebook.mark"
	logLabel = "lanebook.label"
)

// maxEvents is how much of a recording is read: enough for the largest lesson,
// and a bound on memory for one that got out of hand.
const maxEvents = 4_000_000

// errNoLanes says that a trace has no recording by kernelext.Lanes in it.
var errNoLanes = errors.New("read recording: it does not say where Lanes began")

// Read reads a recording. One that was cut off is read as far as it goes, and
// says so in Problem; an error means that nothing can be drawn.
func Read(r io.Reader) (*Timeline, error) {
	b := newBuilder()
	err := feed(r, b.event)
	if b.root == trace.NoGoroutine {
		if err != nil {
			return nil, fmt.Errorf("read recording: %w", err)
		}
		return nil, errNoLanes
	}
	t := b.timeline()
	if err != nil && t.How == "" {
		t.Problem = err.Error()
	}
	return t, nil
}

// errEnough stops feed without being an error.
var errEnough = errors.New("enough")

// feed hands over all events. The trace reader panics on some broken input;
// that becomes an error like any other.
func feed(r io.Reader, event func(trace.Event) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("broken recording: %v", p)
		}
	}()
	tr, err := trace.NewReader(r)
	if err != nil {
		return err
	}
	for range maxEvents {
		ev, err := tr.ReadEvent()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := event(ev); err == errEnough {
			return nil
		} else if err != nil {
			return err
		}
	}
	return fmt.Errorf("more than %d events", maxEvents)
}
