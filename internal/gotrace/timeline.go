// Package gotrace turns a recording of a Go program (a runtime trace) into a
// picture of its goroutines: one lane each, over time.
//
// Read makes a Timeline of a recording, Draw makes all forms of the picture of
// it: an image in HTML with sentences and a table, a text timeline, and the
// timeline itself as data. Everything drawn was recorded; nothing is guessed.
// What a trace does not know (which channel, who holds a lock) is not drawn.
//
// It is not an analysis tool for traces in general: it reads recordings made by
// kernelext.Lanes, which describe themselves by log events whose categories
// start with "lanebook.". docs/pictures.md has the details, and the schema of
// the data.
package gotrace

import "time"

// Timeline is what a recording shows. Times are relative to the moment Lanes
// was called.
type Timeline struct {
	Title string        `json:"title,omitempty"`
	End   time.Duration `json:"end"`   // when the function was over, or the recording was cut
	Procs int           `json:"procs"` // GOMAXPROCS: how many goroutines can run at once
	// How says how the function ended: "returned", "panic" (or
	// runtime.Goexit), or "" if the recording does not go that far.
	How string `json:"how,omitempty"`
	// Still is how long nothing had moved when the recording was ended for
	// that reason, or 0. What was waiting then is a deadlock, unless a timer
	// was still running.
	Still      time.Duration `json:"still,omitempty"`
	Goroutines []*Goroutine  `json:"goroutines"` // in the order of creation; the first one called Lanes
	Wakes      []Wake        `json:"wakes,omitempty"`
	Marks      []Mark        `json:"marks,omitempty"`
	Ranges     []Range       `json:"ranges,omitempty"`
	// Problem says why a recording could not be read to its end, or is empty.
	Problem string `json:"problem,omitempty"`
}

// Goroutine is one lane.
type Goroutine struct {
	ID        int64         `json:"id"`
	Name      string        `json:"name"`            // given by kernelext.Name, or made up: "main", "worker 2", "goroutine 3"
	Entry     string        `json:"entry,omitempty"` // the learner's function it started with
	Parent    int64         `json:"parent,omitempty"`
	Created   Pos           `json:"created,omitzero"` // the go statement, or the call of wg.Go
	Start     time.Duration `json:"start"`
	End       time.Duration `json:"end"`
	Alive     bool          `json:"alive,omitempty"` // at the end of the timeline
	Intervals []Interval    `json:"intervals"`
	named     bool
}

// Interval is a stretch of a goroutine's life in one state.
type Interval struct {
	From   time.Duration `json:"from"`
	To     time.Duration `json:"to"`
	State  State         `json:"state"`
	Reason Reason        `json:"reason,omitempty"` // what it waits for
	Proc   int           `json:"proc"`             // the processor it runs on, or -1
	// Pos is the learner's line: where it waits, or, for running, where it
	// stopped to run.
	Pos Pos `json:"pos,omitzero"`
}

// Len is how long the interval is.
func (i Interval) Len() time.Duration { return i.To - i.From }

// State is what a goroutine does.
type State string

// The states of a goroutine.
const (
	Running State = "running"
	Ready   State = "ready" // could run, but no processor is free
	Waiting State = "waiting"
	Syscall State = "syscall" // in the operating system
)

// Reason is what a waiting goroutine waits for.
type Reason string

// The reasons to wait.
const (
	Lock      Reason = "lock"      // sync.Mutex
	RLock     Reason = "rlock"     // sync.RWMutex, to read
	WLock     Reason = "wlock"     // sync.RWMutex, to write
	Once      Reason = "once"      // sync.Once
	WaitGroup Reason = "waitgroup" // sync.WaitGroup
	Cond      Reason = "cond"      // sync.Cond
	Send      Reason = "send"
	Receive   Reason = "receive"
	Select    Reason = "select"
	Sleep     Reason = "sleep"
	Network   Reason = "network"
	Forever   Reason = "forever" // a nil channel, or select {}
	Collector Reason = "gc"
	Other     Reason = "other"
)

// Pos is a place in the learner's program. The zero Pos is unknown.
type Pos struct {
	File string `json:"file"` // "cell[3]", or a file's name
	Line int    `json:"line"`
	Func string `json:"func,omitempty"`
	// Text is the source text of the line, if it is known.
	Text string `json:"text,omitempty"`
	path string // of the file, to find the text
}

// Wake is a hand-over: From let To go on.
type Wake struct {
	At   time.Duration `json:"at"`
	From int64         `json:"from,omitempty"` // 0: a timer, the network or the runtime
	To   int64         `json:"to"`
	Call string        `json:"call,omitempty"` // "send", "receive", "close", "unlock", "done", "signal", "broadcast", "select"
	Pos  Pos           `json:"pos,omitzero"`   // of the call
}

// Mark is a flag set by kernelext.Mark.
type Mark struct {
	At        time.Duration `json:"at"`
	Goroutine int64         `json:"goroutine"`
	Text      string        `json:"text"`
	Pos       Pos           `json:"pos,omitzero"`
}

// Range is a stretch in which the whole program was affected.
type Range struct {
	From time.Duration `json:"from"`
	To   time.Duration `json:"to"`
	Kind string        `json:"kind"` // "gc": the collector works beside the program; "stop": everybody is stopped
}

// Goroutine returns the goroutine with the given id, or nil.
func (t *Timeline) Goroutine(id int64) *Goroutine {
	for _, g := range t.Goroutines {
		if g.ID == id {
			return g
		}
	}
	return nil
}

// Life is how long g was seen.
func (g *Goroutine) Life() time.Duration { return g.End - g.Start }

// Total is the time g spent in a state.
func (g *Goroutine) Total(s State) time.Duration {
	var sum time.Duration
	for _, i := range g.Intervals {
		if i.State == s {
			sum += i.Len()
		}
	}
	return sum
}

// Busy is the time all goroutines together were running.
func (t *Timeline) Busy() time.Duration {
	var sum time.Duration
	for _, g := range t.Goroutines {
		sum += g.Total(Running)
	}
	return sum
}
