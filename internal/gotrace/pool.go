package gotrace

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Task is a piece of work that one goroutine did.
type Task struct {
	// Name is what kernelext.Task was given, or a number such as "#3": the
	// third value that was taken out of the pool's channel.
	Name      string
	Goroutine int64
	From, To  time.Duration
	Open      bool // it was not over at the end
	Pos       *Pos
	flag      time.Duration // when the flag was set that gave it its name, or 0
}

// Len is how long the task took.
func (t Task) Len() time.Duration { return t.To - t.From }

// Pool is work cut into tasks, and the goroutines that did them.
type Pool struct {
	Tasks    []Task   // in the order in which they began
	Workers  []Worker // in the order of creation
	From, To time.Duration
	// Channel is what the source calls the channel that the tasks came
	// through, or "" if that is not known.
	Channel string
	// Queue is how many tasks waited to be taken; nil if nothing is known of it.
	Queue []Level
	// Exact says that Queue counts all of them. If it does not, it counts who
	// stood waiting to hand one over, and what lay in a buffer comes on top.
	Exact  bool
	object *Object // the channel, in a deep recording
}

// Worker is a goroutine of a pool.
type Worker struct {
	*Goroutine
	Tasks int
	Busy  time.Duration // it had a task
	Last  time.Duration // when its last task was over
}

// Life is how long the pool was at work.
func (p *Pool) Life() time.Duration { return p.To - p.From }

// reused reports whether a goroutine did more than one task. Otherwise there
// are tasks, but nobody takes turns at them. The nil Pool is not.
func (p *Pool) reused() bool {
	return p != nil && slices.ContainsFunc(p.Workers, func(w Worker) bool { return w.Tasks > 1 })
}

// atOnce is how many tasks went on at the same moment, at most.
func (p *Pool) atOnce() int {
	var ch changes
	for _, task := range p.Tasks {
		ch.count(task.From, task.To)
	}
	most := 0
	for _, l := range ch.levels() {
		most = max(most, l.N)
	}
	return most
}

// findPool finds the tasks that the learner named, or else those that workers
// took out of a channel, if every time that they did so is known: in a deep
// recording, and for a channel without a buffer.
func (t *Timeline) findPool(opt Options) *Pool {
	all := t.allTurns()
	p := &Pool{Tasks: t.tasks}
	var ts *turns
	if len(t.tasks) > 0 {
		working := map[int64]bool{}
		for _, task := range t.tasks {
			working[task.Goroutine] = true
		}
		for _, o := range all {
			if slices.ContainsFunc(o.workers, func(g *Goroutine) bool { return working[g.ID] }) {
				ts = o
				break
			}
		}
		p.Workers = t.workers(working)
	} else {
		for _, o := range all {
			if o.takesTurns() && (o.object != nil || o.unbuffered(opt)) {
				ts, p.Tasks = o, t.namedByMarks(o.tasks())
				break
			}
		}
		if ts == nil {
			return nil
		}
		for _, g := range ts.workers {
			p.Workers = append(p.Workers, Worker{Goroutine: g})
		}
	}
	if ts != nil {
		p.Channel, p.object = ts.name(), ts.object
		p.Exact = ts.object != nil || ts.unbuffered(opt)
		p.Queue = ts.queue(t)
	}
	p.sum()
	if len(t.tasks) == 0 && !p.telling() {
		return nil
	}
	return p
}

// workers are those who did tasks, and those who were started at the same line
// to do the same and got none.
func (t *Timeline) workers(working map[int64]bool) []Worker {
	started := map[*Pos]bool{}
	for _, g := range t.Goroutines {
		if working[g.ID] && g.Created.File != "" {
			started[g.Created] = true
		}
	}
	var ws []Worker
	for _, g := range t.Goroutines {
		if working[g.ID] || started[g.Created] {
			ws = append(ws, Worker{Goroutine: g})
		}
	}
	return ws
}

// sum adds up what each worker did.
func (p *Pool) sum() {
	index := map[int64]int{}
	for i, w := range p.Workers {
		index[w.ID] = i
	}
	p.From = p.Tasks[0].From
	for _, task := range p.Tasks {
		p.To = max(p.To, task.To)
		w := &p.Workers[index[task.Goroutine]]
		w.Tasks++
		w.Busy += task.Len()
		w.Last = max(w.Last, task.To)
	}
	p.To = max(p.To, p.From+1)
}

// telling reports whether doing tasks is what the workers spent their time on.
func (p *Pool) telling() bool {
	var busy time.Duration
	for _, w := range p.Workers {
		busy += w.Busy
	}
	return share(busy, p.Life()*time.Duration(len(p.Workers))) >= tellingShare
}

// change is a step of something that is counted.
type change struct {
	at time.Duration
	by int
}

type changes []change

// count adds one from a moment to another.
func (c *changes) count(from, to time.Duration) { *c = append(*c, change{from, 1}, change{to, -1}) }

// levels are the sums over time.
func (c changes) levels() []Level {
	slices.SortStableFunc(c, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	var ls []Level
	sum := 0
	for _, ch := range c {
		sum += ch.by
		if n := len(ls); n > 0 && ls[n-1].At == ch.at {
			ls[n-1].N = sum
		} else {
			ls = append(ls, Level{ch.at, sum})
		}
	}
	return ls
}

// namedByMarks gives tasks the text of the flag that was set as soon as they had begun.
func (t *Timeline) namedByMarks(tasks []Task) []Task {
	marks := map[int64][]Mark{}
	for _, m := range t.Marks {
		marks[m.Goroutine] = append(marks[m.Goroutine], m)
	}
	for i := range tasks {
		task := &tasks[i]
		of := marks[task.Goroutine]
		n, _ := slices.BinarySearchFunc(of, task.From, func(m Mark, at time.Duration) int { return cmp.Compare(m.At, at) })
		if n < len(of) && of[n].At < task.To && of[n].At-task.From < max(task.Len()/10, 100*time.Microsecond) {
			task.Name, task.flag = of[n].Text, of[n].At
		}
	}
	return tasks
}

// numbered is the name of a task of which nothing is known but its place.
func numbered(n int) string { return fmt.Sprintf("#%d", n) }

// waited is how long at least one task waited to be taken while the pool was at work.
func (p *Pool) waited() time.Duration {
	var sum time.Duration
	for i, l := range p.Queue {
		to := p.To
		if i+1 < len(p.Queue) {
			to = min(p.Queue[i+1].At, p.To)
		}
		if from := max(l.At, p.From); l.N > 0 && to > from {
			sum += to - from
		}
	}
	return sum
}
