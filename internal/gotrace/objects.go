package gotrace

import "time"

// Object is a channel or a lock that a deep recording knows. Only what the
// learner's code used directly is kept, not what libraries use inside.
type Object struct {
	Kind ObjectKind
	// Name is what the learner's code calls it where it was used first, such
	// as "jobs" or "a.mu"; Draw fills it in from the source.
	Name  string
	Cap   int     // of a channel's buffer
	Fill  []Level // of the buffer, after each operation
	Holds []Hold  // of a lock
	Waits []ObjectWait
	// Closed is when the channel was closed, or -1.
	Closed time.Duration
	takes  []take
	gives  map[int64]bool // who has sent
	uses   []use          // the lines that used it, each once for each operation, in order
}

// ObjectKind is what an object is.
type ObjectKind string

// The kinds of objects.
const (
	Channel ObjectKind = "channel"
	Mutex   ObjectKind = "mutex"
	RWMutex ObjectKind = "rwmutex"
)

// Level is how many values a buffer held from a moment on.
type Level struct {
	At time.Duration
	N  int
}

// Hold is a stretch in which a goroutine held a lock.
type Hold struct {
	Goroutine int64
	From, To  time.Duration
	Read      bool // of an RWMutex, shared with other readers
	Open      bool // still held at the end
	Pos       *Pos // of the call that took it
}

// ObjectWait is a stretch in which a goroutine wanted something of an object
// and did not get it.
type ObjectWait struct {
	Goroutine int64
	From, To  time.Duration
	Open      bool   // still waiting at the end
	Reason    Reason // Lock, RLock, WLock, Send, Receive
	Pos       *Pos
}

// Holders are the goroutines that hold a lock at the end of the timeline.
func (o *Object) Holders() []Hold {
	var open []Hold
	for _, h := range o.Holds {
		if h.Open {
			open = append(open, h)
		}
	}
	return open
}

// Blocked is one edge of the graph of who waits for whom at the end: a
// goroutine wants a lock that another one holds.
type Blocked struct {
	Wait   ObjectWait
	By     Hold
	Object *Object
}

// Blocked returns all edges of the wait-for graph that the recording knows. A
// goroutine may wait for several, and for itself.
func (t *Timeline) Blocked() []Blocked {
	var edges []Blocked
	for _, o := range t.Objects {
		for _, w := range o.Waits {
			if !w.Open {
				continue
			}
			for _, h := range o.Holders() {
				if !h.Read || w.Reason != RLock {
					edges = append(edges, Blocked{w, h, o})
				}
			}
		}
	}
	return edges
}

// Cycle returns the edges of a circle of goroutines that wait for each other,
// each for the next and the last for the first; nil if there is none known.
func (t *Timeline) Cycle() []Blocked {
	next := map[int64][]Blocked{}
	for _, e := range t.Blocked() {
		next[e.Wait.Goroutine] = append(next[e.Wait.Goroutine], e)
	}
	var path []Blocked
	on := map[int64]int{} // place on the path
	done := map[int64]bool{}
	var walk func(g int64) []Blocked
	walk = func(g int64) []Blocked {
		if at, ok := on[g]; ok {
			return path[at:]
		}
		if done[g] {
			return nil
		}
		on[g] = len(path)
		for _, e := range next[g] {
			path = append(path, e)
			if cycle := walk(e.By.Goroutine); cycle != nil {
				return cycle
			}
			path = path[:len(path)-1]
		}
		delete(on, g)
		done[g] = true
		return nil
	}
	for _, g := range t.Goroutines {
		if cycle := walk(g.ID); cycle != nil {
			return cycle
		}
	}
	return nil
}
