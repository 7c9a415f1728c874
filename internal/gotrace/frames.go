package gotrace

import (
	"path"
	"strings"

	"golang.org/x/exp/trace"
)

// place is what a stack says about an event: the learner's line, and what the
// library functions inside of it were doing.
type place struct {
	pos   *Pos
	outer string   // the learner's outermost function: what the goroutine is there for
	calls []string // functions inside the learner's line, innermost first
	bare  string   // the outermost function of all
}

// places remembers the place behind every stack: there are few stacks and many
// events. Events at the same line share one Pos.
type places struct {
	byStack map[trace.Stack]*place
	byPos   map[Pos]*Pos
}

func newPlaces() places {
	nowhere := &Pos{}
	return places{map[trace.Stack]*place{trace.NoStack: {pos: nowhere}}, map[Pos]*Pos{{}: nowhere}}
}

// nowhere is the place that is not known.
func (p places) nowhere() *Pos { return p.byPos[Pos{}] }

// of is what a stack says.
func (p places) of(s trace.Stack) *place {
	known, ok := p.byStack[s]
	if !ok {
		known = p.read(s)
		p.byStack[s] = known
	}
	return known
}

// read looks for the innermost frame in package main; if there is none, for
// the innermost frame that is not in Go's own library or ours.
func (p places) read(s trace.Stack) *place {
	var frames []trace.StackFrame
	for f := range s.Frames() {
		frames = append(frames, f)
	}
	pl := &place{pos: p.nowhere()}
	at := -1
	for i, f := range frames {
		pl.bare = f.Func
		kind := kindOf(f.Func)
		if kind == learners && !strings.Contains(f.Func, ".gowrap") {
			pl.outer = f.Func
		}
		if kind == learners && (at < 0 || kindOf(frames[at].Func) != learners) || kind == libraries && at < 0 {
			at = i
		}
	}
	for i, f := range frames {
		if i == at {
			pl.pos = p.shared(posOf(f))
			if pl.outer == "" {
				pl.outer = f.Func
			}
			break
		}
		pl.calls = append(pl.calls, f.Func)
	}
	return pl
}

// shared is the one Pos for a line.
func (p places) shared(pos Pos) *Pos {
	known, ok := p.byPos[pos]
	if !ok {
		known = &pos
		p.byPos[pos] = known
	}
	return known
}

func posOf(f trace.StackFrame) Pos {
	p := Pos{File: path.Base(strings.ReplaceAll(f.File, `\`, "/")), Line: int(f.Line), Func: f.Func, path: f.File}
	if strings.HasPrefix(p.File, "cell[") {
		p.path = p.File
	}
	return p
}

// owner says whose code a function is.
type owner int

const (
	runtimes  owner = iota // Go's own library and ours
	libraries              // anything else that was imported
	learners               // package main
)

func kindOf(fn string) owner {
	if strings.HasPrefix(fn, "main.") {
		return learners
	}
	// The path's last element may have dots ("gopkg.in/yaml%2ev3.Node" is
	// written with %2e), so the first dot after the last slash ends the path.
	dir, last := path.Split(fn)
	name, _, _ := strings.Cut(last, ".")
	pkg := dir + name
	first, rest, nested := strings.Cut(pkg, "/")
	switch {
	case first == "lanebook" && nested:
		if rest == "kernelext" || strings.HasPrefix(rest, "internal/") {
			return runtimes
		}
		return libraries
	case strings.Contains(first, "."):
		return libraries
	}
	return runtimes
}

// reasonOf says what a goroutine waits for, from the runtime's word for it and
// the functions it is in.
func reasonOf(runtimeReason string, calls []string) Reason {
	for _, call := range calls {
		if placeCalls[call] {
			return Place
		}
	}
	switch runtimeReason {
	case "chan send":
		return Send
	case "chan receive":
		return Receive
	case "select":
		return Select
	case "sleep":
		return Sleep
	case "network":
		return Network
	case "forever":
		return Forever
	case "sync.(*Cond).Wait":
		return Cond
	case "sync":
		return syncReason(calls)
	}
	if strings.Contains(runtimeReason, "GC") {
		return Collector
	}
	return Other
}

// placeCalls wait until somebody gives a place back. What they are made of, a
// channel and a select, is nothing the learner has written.
var placeCalls = map[string]bool{
	"golang.org/x/sync/semaphore.(*Weighted).Acquire": true,
	"golang.org/x/sync/errgroup.(*Group).Go":          true,
}

// syncReason tells the locks apart. The outermost call counts: sync.Once and
// sync.RWMutex use a Mutex inside.
func syncReason(calls []string) Reason {
	reason := Other
	for _, call := range calls {
		switch call {
		case "sync.(*Mutex).Lock", "internal/sync.(*Mutex).Lock":
			reason = Lock
		case "sync.(*RWMutex).RLock":
			reason = RLock
		case "sync.(*RWMutex).Lock":
			reason = WLock
		case "sync.(*Once).Do", "sync.(*Once).doSlow":
			reason = Once
		case "sync.(*WaitGroup).Wait":
			reason = WaitGroup
		case "runtime.gcStart", "runtime.gcAssistAlloc", "runtime.GC":
			return Collector
		}
	}
	return reason
}

// wakeCalls names the calls by which one goroutine lets another go on.
var wakeCalls = map[string]string{
	"runtime.chansend1":                               "send",
	"runtime.chanrecv1":                               "receive",
	"runtime.chanrecv2":                               "receive",
	"runtime.closechan":                               "close",
	"runtime.selectgo":                                "select",
	"runtime.selectnbsend":                            "send",
	"runtime.selectnbrecv":                            "receive",
	"sync.(*Mutex).Unlock":                            "unlock",
	"internal/sync.(*Mutex).Unlock":                   "unlock",
	"sync.(*RWMutex).Unlock":                          "unlock",
	"sync.(*RWMutex).RUnlock":                         "unlock",
	"sync.(*WaitGroup).Done":                          "done",
	"sync.(*WaitGroup).Add":                           "done",
	"sync.(*WaitGroup).Go.func1":                      "done",
	"sync.(*Cond).Signal":                             "signal",
	"sync.(*Cond).Broadcast":                          "broadcast",
	"context.(*cancelCtx).cancel":                     "cancel",
	"golang.org/x/sync/semaphore.(*Weighted).Release": "release",
	"context.WithCancel.func1":                        "cancel",
	"context.WithCancelCause.func1":                   "cancel",
	"context.WithTimeout.func1":                       "cancel",
	"context.WithDeadlineCause.func2":                 "cancel",
}

// wakeCall is the outermost call we have a word for.
func wakeCall(calls []string) string {
	word := ""
	for _, call := range calls {
		if w, ok := wakeCalls[call]; ok {
			word = w
		}
	}
	return word
}
