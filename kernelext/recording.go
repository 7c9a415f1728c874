package kernelext

import (
	"context"
	"errors"
	"io"
	"runtime/trace"
	"strconv"
	"sync"
	"time"
)

// sink is where a recording goes: a file that the kernel draws, or memory when
// the cell draws by itself.
type sink interface {
	io.Writer
	// deliver shows the recording. still is how long nothing had moved when the
	// watchdog ended it, or 0; over is false as long as f has not come back.
	deliver(still time.Duration, over bool)
}

// recording is one run of Lanes.
type recording struct {
	out   sink
	moves *movement
	quit  chan struct{} // closed by finish: the watchdog is not needed any more
	gone  chan struct{} // closed by the watchdog as its last act

	mu      sync.Mutex
	stopped bool
	still   time.Duration // set when the watchdog ended the recording
}

// record starts recording, with the watchdog beside it.
func record(title string) (*recording, error) {
	if trace.IsEnabled() {
		return nil, errors.New(say("a recording is already running, and there can be only one at a time",
			"已经有一个记录在进行，同一时间只能有一个"))
	}
	out, err := newSink()
	if err != nil {
		return nil, err
	}
	rec := &recording{out: out, moves: newMovement(), quit: make(chan struct{}), gone: make(chan struct{})}
	if err := trace.Start(io.MultiWriter(out, rec.moves)); err != nil {
		return nil, err
	}
	trace.Log(context.Background(), logStart, title)
	go rec.watch()
	return rec, nil
}

// finish ends the recording, if the watchdog has not done so, and shows it.
// When it returns, no goroutine of the recording is left.
func (rec *recording) finish(how string) {
	trace.Log(context.Background(), logEnd, how)
	close(rec.quit)
	<-rec.gone
	rec.stop()
	rec.out.deliver(rec.still, true)
}

// giveUp ends the recording because nothing has moved for so long.
func (rec *recording) giveUp(still time.Duration) {
	trace.Log(context.Background(), logStill, strconv.FormatInt(still.Milliseconds(), 10))
	rec.still = still
	rec.stop()
	rec.out.deliver(still, false)
}

// stop ends tracing. It returns when every byte is written.
func (rec *recording) stop() {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	if !rec.stopped {
		rec.stopped = true
		trace.Stop()
	}
}
