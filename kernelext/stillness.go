package kernelext

import (
	"bytes"
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"time"
)

// The watchdog.
//
// Go reports a deadlock ("all goroutines are asleep") the moment it happens,
// but not while a trace is recorded: the tracer's own timer looks like somebody
// who may still wake up. So while a recording runs, a watchdog looks for
// stillness:
//
//  1. Every 20 ms it reads the scheduler's gauges. Nobody but the watchdog
//     running, nobody runnable, nobody in a system call, three times in a row:
//     it becomes suspicious.
//  2. It dumps all stacks. If anybody sleeps, waits for the network or is in any
//     state that time or the outside world can end, there is no suspicion.
//  3. It follows these goroutines in the bytes of the trace itself. If one of
//     them moves, the suspicion is over.
//  4. After 200 ms of proven stillness (longer when somebody waits to receive
//     or in a select, because a timer may be behind that channel, unless the
//     kernel says that the program sets none), it dumps the
//     stacks once more and ends the recording, which brings every event so far
//     to the kernel. Then the watchdog is gone too.
//
// It does not judge. What is left is the learner's program alone, and Go, which
// knows every pending timer, decides: a deadlock is reported in its own words,
// exactly; and if a timer was pending after all, the program simply goes on and
// only the picture ends early, which the picture says.
const (
	watchEvery   = 20 * time.Millisecond
	calmPolls    = 3
	stillLocks   = 200 * time.Millisecond
	stillTimers  = 1200 * time.Millisecond // a receive or a select may wait for a timer; lessons like time.After(time.Second)
	maxStackDump = 16 << 20
)

// suspicion is a moment in which everybody was waiting for somebody.
type suspicion struct {
	since   time.Time
	need    time.Duration
	waiting map[uint64]bool // ids of all goroutines of the program
	proof   uint64          // when this generation of the trace has begun, no news is underway any more
	proven  bool
}

// watch is the watchdog's goroutine. It ends when rec.quit is closed or when it
// has ended the recording.
func (rec *recording) watch() {
	defer close(rec.gone)
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	gauges := newGauges()
	calm, backOff := 0, 0
	var s *suspicion
	for {
		select {
		case <-rec.quit:
			return
		case <-tick.C:
		}
		if s != nil {
			if s = rec.pursue(s); s != nil && s.proven {
				rec.giveUp(time.Since(s.since))
				return
			}
			continue
		}
		if !gauges.calm() {
			calm = 0
			continue
		}
		if calm++; calm < calmPolls+backOff {
			continue
		}
		since := time.Now().Add(-time.Duration(calm) * watchEvery)
		calm = 0
		if s = rec.suspect(since); s == nil {
			backOff = min(backOff+5, 25) // a stack dump stops everybody for a moment
		} else {
			backOff = 0
		}
	}
}

// suspect returns a suspicion if everybody waits for somebody.
func (rec *recording) suspect(since time.Time) *suspicion {
	ids, timers, stuck := allStuck()
	if !stuck {
		return nil
	}
	rec.moves.follow(ids)
	return &suspicion{since: since, need: patience(timers), waiting: ids}
}

// pursue looks after a suspicion. It returns nil when it was wrong, and sets
// s.proven when it has held long enough.
func (rec *recording) pursue(s *suspicion) *suspicion {
	moved, generation, sees := rec.moves.state()
	if moved {
		return nil
	}
	need := s.need
	if !sees {
		need = 2 * stillTimers // only stack dumps to go by
	}
	if time.Since(s.since) < need {
		return s
	}
	if s.proof == 0 {
		s.proof = generation + 2
	}
	if sees && generation < s.proof {
		return s
	}
	ids, _, stuck := allStuck()
	if !stuck || len(ids) != len(s.waiting) {
		return nil
	}
	for id := range ids {
		if !s.waiting[id] {
			return nil
		}
	}
	s.proven = true
	return s
}

// patience is how long everybody must be still; timers: a timer may be behind
// what somebody waits for. The kernel reads in the source whether the program
// sets timers at all.
func patience(timers bool) time.Duration {
	if timers && os.Getenv("LANEBOOK_TIMERS") != "none" {
		return stillTimers
	}
	return stillLocks
}

// gauges reads how many goroutines are in which state.
type gauges []metrics.Sample

func newGauges() gauges {
	return gauges{
		{Name: "/sched/goroutines/running:goroutines"},
		{Name: "/sched/goroutines/runnable:goroutines"},
		{Name: "/sched/goroutines/not-in-go:goroutines"},
	}
}

// calm reports whether nobody but the caller does anything.
func (g gauges) calm() bool {
	metrics.Read(g)
	for i, most := range []uint64{1, 0, 0} {
		if g[i].Value.Kind() != metrics.KindUint64 || g[i].Value.Uint64() > most {
			return false
		}
	}
	return true
}

// allStuck reports whether every goroutine but our own waits for another
// goroutine, and whether a timer could be behind one of these waits.
func allStuck() (ids map[uint64]bool, timers, stuck bool) {
	ids = map[uint64]bool{}
	for section := range bytes.SplitSeq(stackDump(), []byte("\n\n")) {
		id, reason, ok := stackHeader(section)
		if !ok {
			return nil, false, false // cut off, or a form we do not know
		}
		if isOurs(reason, section) {
			continue
		}
		switch reason {
		case "chan receive", "select":
			timers = true
		case "chan send", "chan receive (nil chan)", "chan send (nil chan)", "select (no cases)",
			"semacquire", "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock",
			"sync.WaitGroup.Wait", "sync.Cond.Wait", "coroutine":
		default:
			return nil, false, false
		}
		ids[id] = true
	}
	return ids, timers, len(ids) > 0
}

// isOurs is true for the watchdog and the goroutine that writes the trace.
func isOurs(reason string, section []byte) bool {
	return reason == "trace reader (blocked)" ||
		bytes.Contains(section, []byte("runtime/trace.(*traceMultiplexer)")) ||
		bytes.Contains(section, []byte("kernelext.(*recording).watch(")) ||
		bytes.Contains(section, guardFrame)
}

// stackDump is what Go prints when a program dies: all goroutines.
func stackDump() []byte {
	for size := 64 << 10; ; size *= 4 {
		buf := make([]byte, size)
		n := runtime.Stack(buf, true)
		if n < size || size >= maxStackDump {
			return buf[:n]
		}
	}
}

// stackHeader reads "goroutine 18 [chan receive, 2 minutes]:".
func stackHeader(section []byte) (id uint64, reason string, ok bool) {
	line, _, _ := bytes.Cut(bytes.TrimLeft(section, "\n"), []byte("\n"))
	rest, ok := bytes.CutPrefix(line, []byte("goroutine "))
	if !ok {
		return 0, "", false
	}
	number, _, _ := bytes.Cut(rest, []byte(" "))
	id, err := strconv.ParseUint(string(number), 10, 64)
	_, state, ok := bytes.Cut(rest, []byte("["))
	if err != nil || !ok {
		return 0, "", false
	}
	if end := bytes.IndexAny(state, ",]"); end >= 0 {
		state = state[:end]
	}
	return id, string(state), true
}
