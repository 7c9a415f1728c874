package figure

import (
	"runtime"
	"sync"
	"time"

	"lanebook/internal/cell"
)

// Bars draws values as bars. Where some are far larger than others, the scale
// goes by powers of ten. The unit "ns" is written as a time.
func Bars(title, unit string, names []string, values []float64) {
	var bars cell.List
	for i, v := range values {
		name := ""
		if i < len(names) {
			name = names[i]
		}
		bars = append(bars, cell.Object{"name", name, "value", v})
	}
	draw("bars", title, "unit", unit, "bars", bars)
}

// Histogram draws how often which values occur. The unit "ns" is written as a time.
func Histogram(title, unit string, values []float64) {
	var list cell.List
	for _, v := range values {
		list = append(list, v)
	}
	draw("histogram", title, "unit", unit, "values", list)
}

// Gauge records a value over time: a balance, the length of a queue, the heap.
// Its methods may be called from any goroutine.
type Gauge struct {
	mu     sync.Mutex
	title  string
	unit   string
	value  float64
	points []point
	lost   int
	clock  clock
}

type point struct {
	at    time.Duration
	value float64
	note  string
}

// NewGauge begins a recording. The unit "B" is written as an amount of memory.
func NewGauge(title, unit string) *Gauge {
	return &Gauge{title: title, unit: unit, clock: newClock()}
}

// Set records the value that holds from now on.
func (g *Gauge) Set(value float64) { g.record(func() float64 { return value }, "") }

// Add records a change of the value.
func (g *Gauge) Add(change float64) { g.record(func() float64 { return g.value + change }, "") }

// Note puts a note at this moment.
func (g *Gauge) Note(text string) { g.record(func() float64 { return g.value }, text) }

// Heap records how much memory the heap holds now, and a note.
func (g *Gauge) Heap(note string) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	g.record(func() float64 { return float64(m.HeapAlloc) }, note)
}

func (g *Gauge) record(value func() float64, note string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.value = value()
	if len(g.points) >= most {
		g.lost++
		return
	}
	g.points = append(g.points, point{g.clock.now(), g.value, note})
}

// Draw shows the value over time so far.
func (g *Gauge) Draw() {
	g.mu.Lock()
	defer g.mu.Unlock()
	var points cell.List
	for _, p := range g.points {
		points = append(points, cell.Object{"at", p.at, "value", p.value, "note", p.note})
	}
	draw("gauge", g.title, "unit", g.unit, "points", points, "end", g.clock.now(), "lost", g.lost)
}

// Waterfall records spans: requests, downloads, phases. Its methods may be
// called from any goroutine.
type Waterfall struct {
	mu    sync.Mutex
	title string
	spans []*span
	clock clock
}

type span struct {
	name     string
	from, to time.Duration // to is -1 while it lasts
}

// NewWaterfall begins a recording.
func NewWaterfall(title string) *Waterfall { return &Waterfall{title: title, clock: newClock()} }

// Start begins a span. Calling what it returns ends the span.
func (w *Waterfall) Start(name string) (done func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := &span{name, w.clock.now(), -1}
	if len(w.spans) < most {
		w.spans = append(w.spans, s)
	}
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if s.to < 0 {
			s.to = w.clock.now()
		}
	}
}

// Draw shows the spans so far.
func (w *Waterfall) Draw() {
	w.mu.Lock()
	defer w.mu.Unlock()
	var spans cell.List
	for _, s := range w.spans {
		spans = append(spans, cell.Object{"name", s.name, "from", s.from, "to", s.to})
	}
	draw("waterfall", w.title, "spans", spans, "end", w.clock.now())
}
