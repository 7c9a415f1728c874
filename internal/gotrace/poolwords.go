package gotrace

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// poolWords are the words for a pool and its tasks.
type poolWords struct {
	column string // above what each worker's share is
	queue  string // beside the row
	task   string // in the legend
	waits  string // in the legend
	stood  string // the same, where a buffer may hold more
	list   string // above the list of tasks

	did      string // workers, tasks, share of all
	each     string // who, share, tasks
	most     string // most busy: who, share; least busy: who, share
	apart    string // tasks, at once
	longest  string // which, how long, who
	idle     string // who, how long
	atEnd    string // who, how long, since when
	queued   string // in which channel, share, at most, when
	queuedBy string // in which channel, share: never more than one
	inIt     string // channel
	stoodBy  string // share, at most
	noQueue  string
}

func (w poolWords) legend(p *Pool) string {
	if p != nil && !p.Exact {
		return w.stood
	}
	return w.waits
}

var englishPool = poolWords{
	column: "busy", queue: "queue", task: "a task", waits: "tasks that wait to be taken",
	stood:    "who waits to hand over a task (a buffer may hold more)",
	list:     "Tasks, in the order in which they began:",
	did:      "%d workers did %d tasks and were busy with them %d %% of the time: %s.",
	each:     "%s %d %% (%d)",
	most:     "%s most, %d %%, and %s least, %d %%",
	apart:    "There were %d tasks, at most %d at the same time.",
	longest:  "The longest task was %s: %s, done by %s.",
	idle:     "Longest without a task was %s: %s.",
	atEnd:    "Longest without a task was %s: %s, as nothing was left to do after %s.",
	queued:   "A task waited%s to be taken %d %% of the time; the queue was longest at %[4]s: %[3]d.",
	queuedBy: "A task waited%s to be taken %d %% of the time, never more than one.",
	inIt:     " in `%s`",
	stoodBy:  "Somebody stood waiting to hand over a task %d %% of the time, at most %d at once.",
	noQueue:  "Hardly any task had to wait to be taken: there were workers enough.",
}

var chinesePool = poolWords{
	column: "忙", queue: "队列", task: "一个任务", waits: "等着被领走的任务",
	stood:    "谁在等着交出任务（缓冲区里可能还有）",
	list:     "任务，按开始的先后：",
	did:      "%d 个 worker 做了 %d 个任务，%d%% 的时间在忙任务：%s。",
	each:     "%s %d%%（%d 个）",
	most:     "%s 最忙，%d%%；%s 最闲，%d%%",
	apart:    "共有 %d 个任务，同时进行的最多 %d 个。",
	longest:  "最长的任务是 %s：%s，由 %s 完成。",
	idle:     "没有任务的时间最长的是 %s：%s。",
	atEnd:    "没有任务的时间最长的是 %s：%s，因为 %s 之后已经没有任务可做。",
	queued:   "有 %[2]d%% 的时间%[1]s有任务在等着被领走；队列最长是在 %[4]s：%[3]d 个。",
	queuedBy: "有 %[2]d%% 的时间%[1]s有任务在等着被领走，但从不多于一个。",
	inIt:     " `%s` 里",
	stoodBy:  "有 %d%% 的时间有 goroutine 在等着交出任务，同时最多 %d 个。",
	noQueue:  "几乎没有任务需要等人来领：worker 够用。",
}

// pool says who did how much, and what that means for the work.
func (s *teller) pool() {
	p := s.t.Pool
	if p == nil {
		return
	}
	w := s.w.pool
	if !p.reused() {
		if len(p.Tasks) > 1 {
			s.sayf(w.apart, len(p.Tasks), p.atOnce())
		}
		return
	}
	s.workers(p)
	longest := slices.MaxFunc(p.Tasks, func(a, b Task) int { return cmp.Compare(a.Len(), b.Len()) })
	if len(p.Tasks) > 1 {
		s.sayf(w.longest, longest.Name, short(longest.Len()), s.name(longest.Goroutine))
	}
	s.queued(p)
}

// workers says how busy each was, and who had least to do.
func (s *teller) workers(p *Pool) {
	w := s.w.pool
	var busy []Worker
	var sum int
	var each []string
	for _, worker := range p.Workers {
		busy = append(busy, worker)
		sum += share(worker.Busy, p.Life())
		each = append(each, fmt.Sprintf(w.each, worker.Name, share(worker.Busy, p.Life()), worker.Tasks))
	}
	slices.SortStableFunc(busy, func(a, b Worker) int { return cmp.Compare(b.Busy, a.Busy) })
	who := strings.Join(each, s.w.comma)
	most, least := busy[0], busy[len(busy)-1]
	if len(busy) > 5 {
		who = fmt.Sprintf(w.most, most.Name, share(most.Busy, p.Life()), least.Name, share(least.Busy, p.Life()))
	}
	s.sayf(w.did, len(busy), len(p.Tasks), sum/len(busy), who)
	idle := p.Life() - least.Busy
	if share(idle, p.Life()) < tellingShare || len(busy) == 1 {
		return
	}
	if tail := p.To - least.Last; least.Tasks > 0 && tail > idle/2 {
		s.sayf(w.atEnd, least.Name, short(idle), short(least.Last))
	} else {
		s.sayf(w.idle, least.Name, short(idle))
	}
}

// queued says how long tasks had to wait for a worker.
func (s *teller) queued(p *Pool) {
	w := s.w.pool
	most := p.longestQueue()
	part, in := share(p.waited(), p.Life()), ""
	if p.Channel != "" {
		in = fmt.Sprintf(w.inIt, p.Channel)
	}
	if part == 0 {
		if p.Exact {
			s.say(w.noQueue)
		}
		return
	}
	at := p.Queue[slices.IndexFunc(p.Queue, func(l Level) bool { return l.N == most })].At
	switch {
	case !p.Exact:
		s.sayf(w.stoodBy, part, most)
	case most == 1:
		s.sayf(w.queuedBy, in, part)
	default:
		s.sayf(w.queued, in, part, most, short(at))
	}
}
