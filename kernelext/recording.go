package kernelext

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime/trace"
	"strconv"
	"time"

	"lanebook/internal/cell"
)

// sink is where a recording goes: a file that the kernel draws, or memory when
// the cell draws by itself.
type sink interface {
	io.Writer
	// deliver shows the recording. over is false as long as f has not come back.
	deliver(over bool)
	// drop forgets the recording.
	drop()
}

// recording is one run of Lanes.
type recording struct {
	out   sink
	moves *movement
	quit  chan struct{} // closed by finish: the watchdog is not needed any more
	gone  chan struct{} // closed by the watchdog as its last act

	stopped bool // the watchdog's until gone is closed
}

// record starts recording, with the watchdog beside it.
func record(title string) (*recording, error) {
	if trace.IsEnabled() {
		return nil, errRunning()
	}
	out, err := openSink()
	if err != nil {
		return nil, err
	}
	rec := &recording{out: out, moves: newMovement(), quit: make(chan struct{}), gone: make(chan struct{})}
	if trace.Start(io.MultiWriter(out, rec.moves)) != nil {
		out.drop()
		return nil, errRunning() // somebody was faster
	}
	trace.Log(context.Background(), logStart, title)
	go rec.watch()
	return rec, nil
}

func errRunning() error {
	return errors.New(say("a recording is already running, and there can be only one at a time",
		"已经有一个记录在进行，同一时间只能有一个"))
}

// openSink is where this recording goes: to the learner, or into a file, from
// which kernelext/check draws what a case did when it has failed.
func openSink() (sink, error) {
	file := os.Getenv(cell.RecordingEnv)
	if file == "" {
		return newSink()
	}
	f, err := os.Create(file)
	return raw{f}, err
}

// raw is a recording that somebody else draws, whatever becomes of us.
type raw struct{ *os.File }

func (r raw) deliver(over bool) {
	if over {
		r.Close()
	}
}

func (r raw) drop() { r.Close() }

// finish ends the recording, if the watchdog has not done so, and shows it.
// When it returns, no goroutine of the recording is left.
func (rec *recording) finish(how string) {
	rec.end(how)
	rec.out.deliver(true)
}

// end ends the recording, if the watchdog has not done so.
func (rec *recording) end(how string) {
	trace.Log(context.Background(), logEnd, how)
	close(rec.quit)
	<-rec.gone
	rec.stop()
}

// giveUp ends the recording because nothing has moved for so long.
func (rec *recording) giveUp(still time.Duration) {
	trace.Log(context.Background(), logStill, strconv.FormatInt(still.Milliseconds(), 10))
	rec.stop()
	rec.out.deliver(false)
}

// stop ends tracing. It returns when every byte is written.
func (rec *recording) stop() {
	if !rec.stopped {
		rec.stopped = true
		trace.Stop()
	}
}
