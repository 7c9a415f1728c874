package gotrace

// DataObject is a channel or a lock of a deep recording.
type DataObject struct {
	Kind   ObjectKind `json:"kind"` // "channel", "mutex", "rwmutex"
	Name   string     `json:"name"`
	Cap    int        `json:"cap,omitempty"`    // of a channel's buffer
	Fill   [][2]int64 `json:"fill,omitempty"`   // moments, and how many values the buffer held from then on
	Holds  []DataHold `json:"holds,omitempty"`  // of a lock
	Waits  []DataWait `json:"waits,omitempty"`  // who wanted it and did not get it at once
	Closed *int64     `json:"closed,omitempty"` // when a channel was closed
}

// DataHold is a stretch in which a goroutine held a lock.
type DataHold struct {
	Goroutine int64 `json:"goroutine"`
	From      int64 `json:"from"`
	To        int64 `json:"to"`
	Read      bool  `json:"read,omitempty"` // shared with other readers
	Open      bool  `json:"open,omitempty"` // still held at the end
	Line      int   `json:"line,omitempty"`
}

// DataWait is a stretch in which a goroutine waited for an object.
type DataWait struct {
	Goroutine int64  `json:"goroutine"`
	From      int64  `json:"from"`
	To        int64  `json:"to"`
	Open      bool   `json:"open,omitempty"` // still waiting at the end
	Reason    Reason `json:"reason"`
	Line      int    `json:"line,omitempty"`
}

// DataEdge is one step of a circle of goroutines that wait for each other.
type DataEdge struct {
	Waits  int64 `json:"waits"`  // the goroutine
	For    int64 `json:"for"`    // the goroutine that holds
	Object int   `json:"object"` // index into Objects
}

// How much of the objects fits into a picture's data.
const (
	maxDataObjects = 50
	maxDataUses    = 2000 // of each
)

// objectsInto adds the objects to a picture's data.
func (t *Timeline) objectsInto(d *Data, lines lineTable) {
	index := map[*Object]int{}
	for i, o := range t.Objects[:min(len(t.Objects), maxDataObjects)] {
		index[o] = i
		do := DataObject{Kind: o.Kind, Name: o.Name, Cap: o.Cap}
		if o.Closed >= 0 {
			at := int64(o.Closed)
			do.Closed = &at
		}
		if o.Cap > 0 {
			for _, l := range o.Fill[:min(len(o.Fill), maxDataUses)] {
				do.Fill = append(do.Fill, [2]int64{int64(l.At), int64(l.N)})
			}
		}
		for _, h := range o.Holds[:min(len(o.Holds), maxDataUses)] {
			do.Holds = append(do.Holds, DataHold{h.Goroutine, int64(h.From), int64(h.To), h.Read, h.Open, lines.index(h.Pos, &d.Lines)})
		}
		for _, w := range o.Waits[:min(len(o.Waits), maxDataUses)] {
			do.Waits = append(do.Waits, DataWait{w.Goroutine, int64(w.From), int64(w.To), w.Open, w.Reason, lines.index(w.Pos, &d.Lines)})
		}
		d.Objects = append(d.Objects, do)
	}
	for _, e := range t.Cycle() {
		if i, ok := index[e.Object]; ok {
			d.Cycle = append(d.Cycle, DataEdge{e.Wait.Goroutine, e.By.Goroutine, i})
		}
	}
}
