package kernelext

import (
	"bytes"
	"os"
	"slices"
	"time"
)

// The guard of Watch.
//
// It has three ways to know that goroutines are stuck for ever, and none of
// them is a guess:
//
//  1. Built with the goroutine leak profile (the lanebook kernel does it for
//     cells that use Watch), it asks the garbage collector, which finds
//     goroutines whose channel or lock nobody else can reach. Pending timers
//     count as somebody. What package-level variables reach looks alive.
//  2. When every goroutine waits for another one, it writes down what it sees
//     and goes away for good. What is left is the learner's program alone, and
//     Go itself reports the deadlock, at once and exactly.
//  3. So that 2 does not happen while a timer may still wake somebody, it looks
//     first whether the runtime sleeps until a timer (see timersPending), or,
//     where it cannot see that, it waits longer.
//
// It sleeps in the operating system and never uses Go's timers, because those
// would hide whether the program has any.
type guard struct {
	out    reportSink
	title  string
	begin  time.Time
	took   time.Duration   // how long f took, once it is over
	caller uint64          // the goroutine that called Watch
	before map[uint64]bool // who was there before
	quit   chan struct{}   // closed by finish
	gone   chan struct{}   // closed by the guard as its last act

	gauges   gauges
	quiet    int                  // looks in a row at which nobody ran
	stuck    map[uint64]bool      // whom the collector found at the last look
	since    time.Time            // when it found the first of them
	still    time.Time            // since when everybody waits for somebody
	waits    map[uint64]time.Time // since when goroutines wait for others, as far as the looks tell
	noted    time.Time            // when that was last written down
	nextLook time.Time            // a look of the collector stops everybody for a moment
}

const (
	guardEvery  = 20 * time.Millisecond
	guardCalm   = 4                      // looks without anybody running before a dump is made
	partialHold = 150 * time.Millisecond // how long others must be stuck while the caller only waits
	collectCost = 10                     // the collector gets at most this part of the time
	collectIdle = time.Second            // between looks of the collector when nothing has happened
)

func newGuard(title string) (*guard, error) {
	out, err := newReportSink()
	if err != nil {
		return nil, err
	}
	now := takeSnapshot()
	g := &guard{
		out: out, title: title, begin: time.Now(), caller: currentGoroutine(), gauges: newGauges(),
		before: now.ids(), quit: make(chan struct{}), gone: make(chan struct{}),
	}
	watching.Add(1)
	if now.guarded { // Watch inside Watch: one guard is enough
		close(g.gone)
		return g, nil
	}
	out.put(g.report("watching", "", nil))
	watchLocks(true)
	up := make(chan struct{})
	go g.run(up)
	<-up // a Watch inside this one must see the guard in the stacks
	return g, nil
}

// run is the guard's goroutine. It ends when f is over, or when it is sure.
func (g *guard) run(up chan<- struct{}) {
	defer close(g.gone)
	close(up)
	for pause := time.Millisecond; ; pause = min(2*pause, guardEvery) {
		nap(pause)
		select {
		case <-g.quit:
			return
		default:
		}
		if g.look() {
			return
		}
	}
}

// look returns true when the guard has nothing left to do.
func (g *guard) look() bool {
	if g.gauges.calm() {
		g.quiet++
	} else {
		g.quiet, g.still = 0, time.Time{}
		if soon := time.Now().Add(2 * guardEvery); g.nextLook.After(soon) {
			g.nextLook = soon
		}
	}
	calm := g.quiet >= guardCalm
	if !calm && time.Now().Before(g.nextLook.Add(10*guardEvery)) {
		return false
	}
	proven := false
	if now := time.Now(); now.After(g.nextLook) {
		proven = markLeaked()
		g.nextLook = time.Now().Add(max(2*guardEvery, collectCost*time.Since(now)))
	} else if !calm {
		return false
	}
	s := takeSnapshot()
	if !s.whole {
		return false
	}
	if verdict := g.judge(s); proven && verdict != "" {
		g.end(verdict, s)
	}
	g.note(s)
	if !calm {
		return false
	}
	if proven && len(g.stuck) == 0 {
		// What it cannot see now it will not see as long as nobody moves; and
		// the collector leaves timers behind that hide whether there are others.
		g.nextLook = time.Now().Add(collectIdle)
	}
	return g.leaveItToGo(s)
}

// judge says what the collector's findings mean: "" for nothing yet.
func (g *guard) judge(s snapshot) string {
	found := map[uint64]bool{}
	all, idle := true, true
	for _, x := range s.gs {
		switch {
		case x.leaked && (x.id == g.caller || !g.before[x.id]):
			found[x.id] = true
		case x.reason == "running" || x.reason == "runnable":
			all, idle = false, false
		default:
			all = false
		}
	}
	same := len(found) > 0
	for id := range g.stuck {
		same = same && found[id]
	}
	if !same || len(g.stuck) == 0 {
		g.since = time.Now()
	}
	g.stuck = found
	caller, _ := s.find(g.caller)
	switch {
	case len(found) == 0:
		return ""
	case all:
		return "deadlock"
	case caller.leaked:
		return "partial-deadlock"
	case idle && time.Since(g.since) >= partialHold && !asksSomebody(caller):
		return "partial-deadlock"
	}
	return ""
}

// asksSomebody is true while a goroutine waits for the learner to type.
func asksSomebody(x stacked) bool {
	return bytes.Contains(x.text, []byte("os.(*File).Read(")) || bytes.Contains(x.text, []byte("kernelext.Input("))
}

// leaveItToGo goes away if everybody waits for somebody and no timer is
// running: then Go itself will say that it is a deadlock. It returns true when
// the guard must end.
func (g *guard) leaveItToGo(s snapshot) bool {
	timers := false
	for _, x := range s.gs {
		stuck, timer := x.stuckable()
		if !stuck {
			g.still = time.Time{}
			return false
		}
		timers = timers || timer
	}
	if g.still.IsZero() {
		g.still = time.Now()
	}
	if pending, known := timersPending(); known {
		if pending {
			return false
		}
		timers = false
	}
	if time.Since(g.still) < patience(timers) {
		return false
	}
	g.out.put(g.report("suspect", "", s.gs))
	g.out.suspect()
	return true
}

// end shows the verdict and ends the program the way Go ends it.
func (g *guard) end(verdict string, s snapshot) {
	gs := slices.Clone(s.gs)
	slices.SortStableFunc(gs, func(a, b stacked) int { return g.rank(a) - g.rank(b) })
	g.out.put(g.report("stuck", verdict, gs))
	g.out.show()
	message := "all goroutines are asleep - deadlock!"
	if verdict != "deadlock" {
		message = "some goroutines are asleep for ever - partial deadlock!"
	}
	os.Stderr.WriteString("fatal error: " + message + "\n\n" + string(joinStacks(gs, maxLastWords)))
	os.Exit(2)
}

// maxLastWords bounds what is printed of a crowd.
const maxLastWords = 64 << 10 // arbitrary

// rank puts the caller first, then whoever is stuck.
func (g *guard) rank(x stacked) int {
	switch {
	case x.id == g.caller:
		return 0
	case x.leaked:
		return 1
	}
	return 2
}

// finish ends the guard and says what f has left behind.
func (g *guard) finish(returned bool) {
	g.took = time.Since(g.begin)
	defer watching.Add(-1)
	close(g.quit)
	<-g.gone
	if !returned {
		g.out.put(g.report("panicked", "", nil))
		g.out.panicked()
		return
	}
	gs, verdict := g.leftOver()
	g.out.put(g.report("returned", verdict, gs))
	g.out.show()
}

// leftOver waits a moment for goroutines that are about to end, and returns
// those that are not.
func (g *guard) leftOver() (gs []stacked, verdict string) {
	for pause := time.Millisecond; ; pause *= 2 {
		gs = g.started(takeSnapshot())
		if len(gs) == 0 {
			return nil, "ok"
		}
		if pause > 32*time.Millisecond {
			break
		}
		nap(pause)
	}
	markLeaked()
	gs = g.started(takeSnapshot())
	verdict = "ok"
	for _, x := range gs {
		if stuck, _ := x.stuckable(); x.leaked || stuck && bytes.Contains(x.text, []byte("\nmain.")) {
			verdict = "leak"
		}
	}
	return gs, verdict
}

// started are the goroutines that were started since Watch was called.
func (g *guard) started(s snapshot) []stacked {
	return slices.DeleteFunc(s.gs, func(x stacked) bool { return x.id == g.caller || g.before[x.id] })
}
