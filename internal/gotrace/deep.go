package gotrace

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/exp/trace"
)

// logDeep is the category of the events by which channels and locks report
// what is done to them; internal/deep writes them. The object's address stands
// in the place of the task, and the message is an operation and two numbers:
// "s3/8" is a value sent to a channel that holds 3 of at most 8 now.
const logDeep = "lanebook.deep"

// The operations. A capital letter says that somebody wants to and cannot at
// once; the small one, that it is done.
const (
	opSend, opSent        = 'S', 's'
	opReceive, opReceived = 'R', 'r'
	opClosed              = 'c'
	opLock, opLocked      = 'L', 'l'
	opUnlock              = 'u'
	opWLock, opWLocked    = 'W', 'w'
	opWUnlock             = 'x'
	opRLock, opRLocked    = 'P', 'p'
	opRUnlock             = 'q'
)

// wanting says what a capital letter waits for.
var wanting = map[byte]Reason{
	opSend: Send, opReceive: Receive, opLock: Lock, opWLock: WLock, opRLock: RLock,
}

// deep reads one report.
func (b *builder) deep(ev trace.Event, l trace.Log) {
	g := b.lanes[ev.Goroutine()]
	if g == nil || g.skipped || l.Message == "" {
		return
	}
	pl := b.places.of(ev.Stack())
	if !ownUse(pl.calls) {
		return
	}
	n, of, _ := strings.Cut(l.Message[1:], "/")
	fill, _ := strconv.Atoi(n)
	size, _ := strconv.Atoi(of)
	op := l.Message[0]
	o := b.object(l.Task, kindOfOp(op), size)
	if u := (use{pl.pos, op}); !slices.Contains(o.uses, u) {
		o.uses = append(o.uses, u)
	}
	at := b.at(ev)
	if reason, ok := wanting[op]; ok {
		o.Waits = append(o.Waits, ObjectWait{Goroutine: g.ID, From: at, Open: true, Reason: reason, Pos: pl.pos})
		b.wants[g.ID] = append(b.wants[g.ID], want{o, len(o.Waits) - 1})
		return
	}
	b.served(g.ID, at)
	switch op {
	case opSent, opReceived:
		o.Fill = append(o.Fill, Level{at, fill})
		if op == opReceived {
			o.takes = append(o.takes, take{at, g.ID, pl.pos})
		} else {
			o.gives[g.ID] = true
		}
	case opClosed:
		o.Closed = at
	case opLocked, opWLocked, opRLocked:
		o.Holds = append(o.Holds, Hold{Goroutine: g.ID, From: at, Open: true, Read: op == opRLocked, Pos: pl.pos})
	case opUnlock, opWUnlock, opRUnlock:
		o.release(g.ID, at, op == opRUnlock)
	}
}

// label remembers the name that kernelext.Label gives to what is at an address.
func (b *builder) label(message string) {
	at, name, _ := strings.Cut(message, " ")
	address, err := strconv.ParseUint(at, 10, 64)
	if err != nil {
		return
	}
	if b.labels == nil {
		b.labels = map[trace.TaskID]string{}
	}
	b.labels[trace.TaskID(address)] = name
	if o := b.known[trace.TaskID(address)]; o != nil {
		o.Name = name
	}
}

// want is a wait that has not ended yet.
type want struct {
	object *Object
	index  int
}

// served ends all that a goroutine was waiting for: it goes on.
func (b *builder) served(id int64, at time.Duration) {
	for _, w := range b.wants[id] {
		wait := &w.object.Waits[w.index]
		wait.To, wait.Open = at, false
	}
	delete(b.wants, id)
}

// release ends a hold: the goroutine's own, or, as any goroutine may unlock,
// the oldest.
func (o *Object) release(id int64, at time.Duration, read bool) {
	place := -1
	for i := range o.Holds {
		if h := &o.Holds[i]; h.Open && h.Read == read && (place < 0 || h.Goroutine == id && o.Holds[place].Goroutine != id) {
			place = i
		}
	}
	if place >= 0 {
		o.Holds[place].To, o.Holds[place].Open = at, false
	}
}

// object finds or adds the object at an address. Memory is used again: another
// kind or another size means another object.
func (b *builder) object(address trace.TaskID, kind ObjectKind, size int) *Object {
	if o := b.known[address]; o != nil && o.Kind == kind && o.Cap == size {
		return o
	}
	o := &Object{Kind: kind, Cap: size, Closed: -1, Name: b.labels[address], gives: map[int64]bool{}}
	b.known[address] = o
	b.t.Objects = append(b.t.Objects, o)
	return o
}

func kindOfOp(op byte) ObjectKind {
	switch op {
	case opLock, opLocked, opUnlock:
		return Mutex
	case opWLock, opWLocked, opWUnlock, opRLock, opRLocked, opRUnlock:
		return RWMutex
	}
	return Channel
}

// ownUse reports whether the learner's line did it, and not a library inside
// of it: fmt and context have locks of their own, and so has an RWMutex.
func ownUse(calls []string) bool {
	inner := ""
	for _, call := range calls {
		name, isSync := strings.CutPrefix(strings.TrimPrefix(call, "internal/"), "sync.(*")
		switch {
		case strings.HasPrefix(call, "runtime."):
		case strings.HasPrefix(name, "Cond)"): // gives its lock back and takes it again
		case isSync && strings.HasPrefix(name, "Mutex)"):
			inner = "Mutex"
		case isSync && strings.HasPrefix(name, "RWMutex)") && inner == "":
		default:
			return false
		}
	}
	return true
}

// endObjects closes what is still open at the end. Who is not waiting then was
// served without a report: a select by its default case or by a timer.
func (b *builder) endObjects() {
	waiting := map[int64]time.Duration{}
	for _, g := range b.t.Goroutines {
		if n := len(g.Intervals); n > 0 && g.Alive && g.Intervals[n-1].State == Waiting {
			waiting[g.ID] = g.Intervals[n-1].From
		}
	}
	for _, o := range b.t.Objects {
		for i := range o.Holds {
			if o.Holds[i].Open {
				o.Holds[i].To = b.t.End
			}
		}
		for i := range o.Waits {
			w := &o.Waits[i]
			if !w.Open {
				continue
			}
			w.To = b.t.End
			if since, ok := waiting[w.Goroutine]; !ok || since < w.From {
				w.Open = false
			}
		}
	}
}
