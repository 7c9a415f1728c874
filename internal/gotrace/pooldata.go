package gotrace

// DataTask is a piece of work that one goroutine did.
type DataTask struct {
	Goroutine int64  `json:"goroutine"`
	Name      string `json:"name"`
	From      int64  `json:"from"`
	To        int64  `json:"to"`
	Open      bool   `json:"open,omitempty"` // not over at the end
	Line      int    `json:"line,omitempty"`
}

// DataPool says who took turns at the tasks.
type DataPool struct {
	From    int64        `json:"from"` // when the first task began
	To      int64        `json:"to"`   // and the last was over
	Workers []DataWorker `json:"workers"`
	Channel string       `json:"channel,omitempty"` // what the source calls that which the tasks came through
	Queue   [][2]int64   `json:"queue,omitempty"`   // moments, and how many tasks waited to be taken from then on
	Most    int          `json:"most,omitempty"`    // of them at once
	// Exact says that the queue counts all of them, and not only who stood
	// waiting to hand one over.
	Exact bool `json:"exact,omitempty"`
}

// DataWorker is a goroutine of a pool.
type DataWorker struct {
	Goroutine int64 `json:"goroutine"`
	Tasks     int   `json:"tasks"`
	Busy      int64 `json:"busy"` // how long it had one
}

// poolInto adds tasks and pool to a picture's data.
func (t *Timeline) poolInto(d *Data, lines lineTable) {
	p := t.Pool
	if p == nil {
		return
	}
	for _, task := range p.Tasks[:min(len(p.Tasks), maxDataMarks)] {
		d.Tasks = append(d.Tasks, DataTask{task.Goroutine, task.Name, int64(task.From), int64(task.To), task.Open, lines.index(task.Pos, &d.Lines)})
	}
	if !p.reused() {
		return
	}
	dp := &DataPool{From: int64(p.From), To: int64(p.To), Channel: p.Channel, Most: p.longestQueue(), Exact: p.Exact}
	for _, w := range p.Workers[:min(len(p.Workers), maxDataGoroutines)] {
		dp.Workers = append(dp.Workers, DataWorker{w.ID, w.Tasks, int64(w.Busy)})
	}
	for _, l := range p.Queue[:min(len(p.Queue), maxDataUses)] {
		dp.Queue = append(dp.Queue, [2]int64{int64(l.At), int64(l.N)})
	}
	d.Pool = dp
}
