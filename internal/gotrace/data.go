package gotrace

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Data is what a picture of lanes shows, as data: the MIME type
// application/vnd.lanebook+json with kind "lanes". Times are nanoseconds since
// Lanes was called. A field named line is an index into Lines, where 0 means
// that the line is not known. docs/pictures.md describes it for readers in
// other languages.
type Data struct {
	Version    int               `json:"version"` // 1
	Kind       string            `json:"kind"`    // "lanes"
	Lang       string            `json:"lang"`    // of the sentences: "en" or "zh"
	Title      string            `json:"title,omitempty"`
	Sentences  []string          `json:"sentences"` // source text stands between backquotes
	End        int64             `json:"end"`
	Procs      int               `json:"procs"`                // GOMAXPROCS
	How        string            `json:"how,omitempty"`        // "returned", "panic", or absent: the recording was cut
	Still      int64             `json:"still,omitempty"`      // nothing had moved for so long when the recording was ended
	Problem    string            `json:"problem,omitempty"`    // why the recording could not be read to its end
	Resolution int64             `json:"resolution,omitempty"` // stretches shorter than this were drawn together
	Hidden     int               `json:"hidden,omitempty"`     // goroutines that are left out
	Lines      []DataLine        `json:"lines"`
	Sources    map[string]string `json:"sources,omitempty"` // whole cells, by DataLine.File
	Goroutines []DataGoroutine   `json:"goroutines"`
	Wakes      []DataWake        `json:"wakes,omitempty"`
	Marks      []DataMark        `json:"marks,omitempty"`
	Tasks      []DataTask        `json:"tasks,omitempty"`
	Pool       *DataPool         `json:"pool,omitempty"`  // who took turns at the tasks
	Chain      []DataStep        `json:"chain,omitempty"` // what decided when the function was over, in order
	Ranges     []DataRange       `json:"ranges,omitempty"`
	Objects    []DataObject      `json:"objects,omitempty"` // channels and locks, of a deep recording
	Cycle      []DataEdge        `json:"cycle,omitempty"`   // who waits for whom for ever, of a deep recording
}

// DataLine is a line of the learner's program.
type DataLine struct {
	File string `json:"file"` // "cell[3]"
	Line int    `json:"line"`
	Func string `json:"func,omitempty"`
	Text string `json:"text,omitempty"`
}

// DataGoroutine is one lane.
type DataGoroutine struct {
	ID        int64          `json:"id"`
	Name      string         `json:"name"`
	Entry     string         `json:"entry,omitempty"`  // the function it started with
	Parent    int64          `json:"parent,omitempty"` // who started it; absent for the first one
	Line      int            `json:"line,omitempty"`   // of the go statement
	Start     int64          `json:"start"`
	End       int64          `json:"end"`
	Alive     bool           `json:"alive,omitempty"` // it was still there at the end
	Intervals []DataInterval `json:"intervals"`
}

// DataInterval is a stretch of a goroutine's life in one state.
type DataInterval struct {
	From   int64  `json:"from"`
	To     int64  `json:"to"`
	State  State  `json:"state"`
	Reason Reason `json:"reason,omitempty"` // what a waiting goroutine waits for
	Proc   *int   `json:"proc,omitempty"`   // the processor it runs on
	Line   int    `json:"line,omitempty"`
}

// DataWake is a hand-over from one goroutine to another.
type DataWake struct {
	At   int64  `json:"at"`
	From int64  `json:"from,omitempty"` // absent: a timer, the network, the runtime
	To   int64  `json:"to"`
	Call string `json:"call,omitempty"`
	Line int    `json:"line,omitempty"`
}

// DataMark is a flag on a lane.
type DataMark struct {
	At        int64  `json:"at"`
	Goroutine int64  `json:"goroutine"`
	Text      string `json:"text"`
	Line      int    `json:"line,omitempty"`
}

// DataRange is a stretch that concerned everybody.
type DataRange struct {
	From int64  `json:"from"`
	To   int64  `json:"to"`
	Kind string `json:"kind"` // "gc" or "stop"
}

// DataStep is a stretch of the chain that decided when the function was over.
type DataStep struct {
	Goroutine int64 `json:"goroutine"`
	From      int64 `json:"from"`
	To        int64 `json:"to"`
	State     State `json:"state"`
}

// How much fits into a picture's data, so that a page can take it in at once.
const (
	maxDataGoroutines = 1000
	maxDataIntervals  = 5000
	maxDataWakes      = 2500
	maxDataMarks      = 2000
	maxDataSteps      = 500 // a longer chain is left out
)

func dataOf(t *Timeline, told []string, opt Options) ([]byte, error) {
	gs := t.Goroutines
	if len(gs) > maxDataGoroutines {
		gs = t.lanes()
	}
	d := Data{
		Version: 1, Kind: "lanes", Lang: langOf(opt.Lang), Title: t.Title, Sentences: told, End: int64(t.End), Procs: t.Procs,
		How: t.How, Still: int64(t.Still), Problem: t.Problem, Hidden: len(t.Goroutines) - len(gs),
	}
	lines := lineTable{{}: 0}
	d.Lines = append(d.Lines, DataLine{})
	resolution := resolutionFor(t, gs)
	d.Resolution = int64(resolution)
	kept := map[int64]*Goroutine{}
	for _, g := range gs {
		kept[g.ID] = g
		dg := DataGoroutine{
			ID: g.ID, Name: g.Name, Entry: g.Entry, Parent: g.Parent, Line: lines.index(g.Created, &d.Lines),
			Start: int64(g.Start), End: int64(g.End), Alive: g.Alive, Intervals: []DataInterval{},
		}
		for _, i := range coarse(g.Intervals, resolution) {
			di := DataInterval{From: int64(i.From), To: int64(i.To), State: i.State, Reason: i.Reason, Line: lines.index(i.Pos, &d.Lines)}
			if i.Proc >= 0 {
				di.Proc = &i.Proc
			}
			dg.Intervals = append(dg.Intervals, di)
		}
		d.Goroutines = append(d.Goroutines, dg)
	}
	for _, w := range tellingWakes(t.Wakes, kept) {
		d.Wakes = append(d.Wakes, DataWake{int64(w.At), w.From, w.To, w.Call, lines.index(w.Pos, &d.Lines)})
	}
	for _, m := range t.Marks[:min(len(t.Marks), maxDataMarks)] {
		if kept[m.Goroutine] != nil {
			d.Marks = append(d.Marks, DataMark{int64(m.At), m.Goroutine, m.Text, lines.index(m.Pos, &d.Lines)})
		}
	}
	for _, r := range t.Ranges[:min(len(t.Ranges), maxDataMarks)] {
		d.Ranges = append(d.Ranges, DataRange{int64(r.From), int64(r.To), r.Kind})
	}
	if chain := t.criticalChain(); len(chain) <= maxDataSteps {
		for _, c := range chain {
			d.Chain = append(d.Chain, DataStep{c.g.ID, int64(c.from), int64(c.to), c.state})
		}
	}
	t.objectsInto(&d, lines)
	t.poolInto(&d, lines)
	d.Sources = lines.sources(opt.Text)
	return json.Marshal(d)
}

// lineTable gives every line a number.
type lineTable map[Pos]int

func (lt lineTable) index(p *Pos, lines *[]DataLine) int {
	if p == nil {
		return 0
	}
	n, ok := lt[*p]
	if !ok {
		n = len(*lines)
		lt[*p] = n
		*lines = append(*lines, DataLine{p.File, p.Line, p.Func, p.Text})
	}
	return n
}

// langOf is the language that words come in.
func langOf(lang string) string {
	if wordsOf(lang) == &chinese {
		return "zh"
	}
	return "en"
}

// maxDataSources is how much source text goes with a picture.
const maxDataSources = 48 << 10 // arbitrary

// sources are the texts of the cells in which the lines stand.
func (lt lineTable) sources(text func(string) string) map[string]string {
	if text == nil {
		return nil
	}
	all, room := map[string]string{}, maxDataSources
	for p := range lt {
		if _, known := all[p.File]; known || !strings.HasPrefix(p.path, "cell[") {
			continue
		}
		if source := text(p.path); source != "" && len(source) <= room {
			all[p.File] = source
			room -= len(source)
		}
	}
	return all
}

// tellingWakes are the hand-overs between known goroutines, or those of them
// that ended the longest waits.
func tellingWakes(wakes []Wake, kept map[int64]*Goroutine) []Wake {
	var ws []Wake
	for _, w := range wakes {
		if kept[w.To] != nil && (w.From == 0 || kept[w.From] != nil) {
			ws = append(ws, w)
		}
	}
	if len(ws) > maxDataWakes {
		lengths := make([]time.Duration, len(ws))
		for i, w := range ws {
			lengths[i] = w.Ended
		}
		slices.Sort(lengths)
		least := lengths[len(ws)-maxDataWakes]
		ws = slices.DeleteFunc(ws, func(w Wake) bool { return w.Ended < least })
		ws = ws[:maxDataWakes]
	}
	return ws
}

// resolutionFor is 0 if all intervals fit, and otherwise how short the
// shortest may be that they do.
func resolutionFor(t *Timeline, gs []*Goroutine) time.Duration {
	for resolution := time.Duration(0); ; resolution = max(2*resolution, t.End/8192, 1) {
		n := 0
		for _, g := range gs {
			n += coarseLen(g.Intervals, resolution)
		}
		if n <= maxDataIntervals || resolution >= t.End {
			return resolution
		}
	}
}

// coarse puts intervals shorter than the resolution together, as what they mostly were.
func coarse(is []Interval, resolution time.Duration) []Interval {
	if resolution == 0 {
		return is
	}
	var out []Interval
	var open []Interval
	flush := func() {
		if len(open) > 0 {
			longest := slices.MaxFunc(open, func(a, b Interval) int { return cmp.Compare(a.Len(), b.Len()) })
			longest.From, longest.To = open[0].From, open[len(open)-1].To
			out = append(out, longest)
			open = open[:0]
		}
	}
	for _, i := range is {
		if i.Len() >= resolution {
			flush()
			out = append(out, i)
			continue
		}
		open = append(open, i)
		if i.To-open[0].From >= resolution {
			flush()
		}
	}
	flush()
	return out
}

// coarseLen is how many intervals coarse would return.
func coarseLen(is []Interval, resolution time.Duration) int {
	if resolution == 0 {
		return len(is)
	}
	n, open := 0, false
	var since time.Duration
	for _, i := range is {
		if i.Len() >= resolution {
			n++
			if open {
				n++
			}
			open = false
			continue
		}
		if !open {
			open, since = true, i.From
		}
		if i.To-since >= resolution {
			n++
			open = false
		}
	}
	if open {
		n++
	}
	return n
}
