package kernelext

import (
	"bytes"
	"runtime"
	"strconv"
)

// Watch runs f and looks after it. If f is stuck, because goroutines wait for
// one another or for something that nobody will ever do, Watch draws who waits
// for whom and ends the program, instead of letting it hang. That holds when
// all goroutines are stuck, and also when some are and the others only sleep or
// wait for the network.
//
// When f returns, Watch says whether a goroutine that was started in it is
// still there. The title is optional.
//
// Waiting for time, the network or the keyboard is never taken for being stuck.
// Whether a goroutine is stuck for ever is decided by Go itself: by its report
// of deadlocks, and by its garbage collector, which knows when nobody is left
// who could reach the channel or the lock.
func Watch(f func(), title ...string) {
	if f == nil {
		complain("Watch needs a function: Watch(func() { ... })", "Watch 需要一个函数：Watch(func() { ... })")
		return
	}
	heading := ""
	if len(title) > 0 {
		heading = title[0]
	}
	g, err := newGuard(heading)
	if err != nil {
		complain("Watch runs the function without watching it: %v", "Watch 照常运行函数，但不看护：%v", err)
		f()
		return
	}
	returned := false // a panic and runtime.Goexit leave it so
	defer func() { g.finish(returned) }()
	f()
	returned = true
}

// snapshot is all goroutines at one moment.
type snapshot struct {
	gs      []stacked
	whole   bool // none is missing
	guarded bool // a guard is at work
}

// stacked is one goroutine of a stack dump.
type stacked struct {
	id     uint64
	reason string // what it does: "running", "chan receive", ...
	leaked bool   // the garbage collector says that nobody can wake it
	text   []byte
}

// guardFrame is in the stack of a guard.
var guardFrame = []byte("kernelext.(*guard).run(")

// takeSnapshot dumps all stacks but those of watchdogs and of the tracer.
func takeSnapshot() snapshot {
	s := snapshot{whole: true}
	for section := range bytes.SplitSeq(stackDump(), []byte("\n\n")) {
		id, reason, ok := stackHeader(section)
		if !ok {
			s.whole = false // cut off, or a form we do not know
			continue
		}
		if isOurs(reason, section) {
			s.guarded = s.guarded || bytes.Contains(section, guardFrame)
			continue
		}
		g := stacked{id: id, text: bytes.TrimSpace(section)}
		g.reason, g.leaked = bareReason(reason)
		s.gs = append(s.gs, g)
	}
	return s
}

// bareReason takes away what the garbage collector has added to a reason.
func bareReason(reason string) (bare string, leaked bool) {
	if before, ok := bytes.CutSuffix([]byte(reason), []byte(" (leaked)")); ok {
		return string(before), true
	}
	return reason, false
}

// find returns the goroutine with an id.
func (s snapshot) find(id uint64) (stacked, bool) {
	for _, g := range s.gs {
		if g.id == id {
			return g, true
		}
	}
	return stacked{}, false
}

// ids are the numbers of all goroutines.
func (s snapshot) ids() map[uint64]bool {
	all := make(map[uint64]bool, len(s.gs))
	for _, g := range s.gs {
		all[g.id] = true
	}
	return all
}

// stuckable says whether a goroutine waits for another one, and whether a
// timer might be what it waits for.
func (g stacked) stuckable() (stuck, timer bool) {
	switch g.reason {
	case "chan receive", "select":
		return true, true
	case "chan send", "chan receive (nil chan)", "chan send (nil chan)", "select (no cases)",
		"semacquire", "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock",
		"sync.WaitGroup.Wait", "sync.Cond.Wait", "coroutine":
		return true, false
	}
	return false, false
}

// currentGoroutine is the number of the goroutine that calls it.
func currentGoroutine() uint64 {
	buf := make([]byte, 64)
	id, _, _ := stackHeader(buf[:runtime.Stack(buf, false)])
	return id
}

// decimal writes n in decimal.
func decimal[T int | int64 | uint64](n T) string { return strconv.FormatInt(int64(n), 10) }
