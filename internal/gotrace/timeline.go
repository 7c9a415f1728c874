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
	Title string
	End   time.Duration // when the function was over, or the recording was cut
	Procs int           // GOMAXPROCS: how many goroutines can run at once
	// How says how the function ended: "returned", "panic" (or
	// runtime.Goexit), or "" if the recording does not go that far.
	How string
	// Still is how long nothing had moved when the recording was ended for
	// that reason, or 0. What was waiting then is a deadlock, unless a timer
	// was still running.
	Still      time.Duration
	Goroutines []*Goroutine // in the order of creation; the first one called Lanes
	Wakes      []Wake
	Marks      []Mark
	Ranges     []Range
	Objects    []*Object // channels and locks, in a deep recording only
	places     []*Pos    // all that occur, each once
	Pool       *Pool     // who did which task, if that is known; Draw finds it
	tasks      []Task    // that the learner named, in the order in which they began
	view       *view     // what drawing has worked out, once for all forms
	// Problem says why a recording could not be read to its end, or is empty.
	Problem string
}

// Goroutine is one lane.
type Goroutine struct {
	ID        int64
	Name      string // given by kernelext.Name, or made up: "main", "worker 2", "goroutine 3"
	Entry     string // the learner's function it started with
	Parent    int64
	Created   *Pos // the go statement, or the call of wg.Go
	Start     time.Duration
	End       time.Duration
	Alive     bool // at the end of the timeline
	Intervals []Interval
	named     bool
	timer     string // what set the timer that started it: "context", "AfterFunc"
}

// Interval is a stretch of a goroutine's life in one state.
type Interval struct {
	From   time.Duration
	To     time.Duration
	State  State
	Reason Reason // what it waits for
	Proc   int    // the processor it runs on, or -1
	// Pos is the learner's line: where it waits, or, for running, where it
	// stopped to run.
	Pos *Pos
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
	Place     Reason = "place" // in a semaphore, or a group with a limit
	Sleep     Reason = "sleep"
	Network   Reason = "network"
	Forever   Reason = "forever" // a nil channel, or select {}
	Collector Reason = "gc"
	Coroutine Reason = "coroutine" // the other side of an iter.Pull
	Other     Reason = "other"
)

// Pos is a place in the learner's program, one for each line. Read
// makes no nil ones: the zero Pos is the line that is not known.
type Pos struct {
	File string // "cell[3]", or a file's name
	Line int
	Func string
	// Text is the source text of the line, if it is known.
	Text string
	path string // of the file, to find the text
}

// Wake is a hand-over: From let To go on.
type Wake struct {
	At    time.Duration
	From  int64 // 0: a timer, the network or the runtime
	To    int64
	Call  string        // "send", "receive", "close", "select", "unlock", "done", "signal", "broadcast", "release", "cancel", "switch"
	Pos   *Pos          // of the call
	Ended time.Duration // how long the wait was that it ended
}

// Mark is a flag set by kernelext.Mark.
type Mark struct {
	At        time.Duration
	Goroutine int64
	Text      string
	Pos       *Pos
}

// Range is a stretch in which the whole program was affected.
type Range struct {
	From time.Duration
	To   time.Duration
	Kind string // "gc": the collector works beside the program; "stop": everybody is stopped
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

// view is what all forms of a picture have in common and what takes time to
// work out.
type view struct {
	lanes  []*Goroutine
	groups []*group
	loads  []load
	chain  []step
}

func (t *Timeline) viewed() *view {
	if t.view == nil {
		t.view = &view{lanes: t.choose(), loads: t.findLoads(), chain: t.critical()}
		if t.crowded() {
			t.view.groups = t.groups()
		}
	}
	return t.view
}

// lanes are the goroutines that get a lane.
func (t *Timeline) lanes() []*Goroutine { return t.viewed().lanes }

// shownGroups are the groups of a crowd; none if everybody has a lane.
func (t *Timeline) shownGroups() []*group { return t.viewed().groups }

// loads cuts the timeline wherever somebody starts or stops to run or to be ready.
func (t *Timeline) loads() []load { return t.viewed().loads }

// criticalChain is what decided when the function was over.
func (t *Timeline) criticalChain() []step { return t.viewed().chain }
