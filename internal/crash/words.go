package crash

import "strings"

// vocabulary holds the words of one language.
type vocabulary struct {
	panic, fatal                     string
	stuckUnknown, stuckOne, stuckAll string
	goneAll                          string
	stuckSome                        string
	goroutine, waits, wait, at, runs string
	happenedAt, calledFrom           string
	startedAt, more, moreCalls       string
	reasons                          map[string]string // by the runtime's wait reason
	hints                            [][2]string       // part of the message, what to try
}

// reason is a wait reason in words; one that we do not know stays as it is.
func (w *vocabulary) reason(state string) string {
	if words, ok := w.reasons[state]; ok {
		return words
	}
	return state
}

// hint is what to try, by the message.
func (w *vocabulary) hint(message string) string {
	for _, h := range w.hints {
		if strings.Contains(message, h[0]) {
			return h[1]
		}
	}
	return ""
}

func words(lang string) *vocabulary {
	if strings.HasPrefix(lang, "zh") {
		return &chinese
	}
	return &english
}

var english = vocabulary{
	panic:        "panic: %s",
	fatal:        "fatal error: %s",
	stuckUnknown: "Deadlock: every goroutine waits, and nobody is left to wake one.",
	stuckOne:     "Deadlock: the only goroutine waits, and nobody is left to wake it.",
	stuckAll:     "Deadlock: all %d goroutines wait, and nobody is left to wake one.",
	goneAll:      "Deadlock: main has ended with runtime.Goexit, every other goroutine has ended, too, and the program has not.",
	stuckSome:    "Partial deadlock: some goroutines are stuck for ever, and those that are left will never wake them. The picture says who waits for whom.",
	goroutine:    "a goroutine",
	runs:         "  %s runs at %s",
	waits:        "  %s waits %s",
	wait:         "  %d goroutines wait %s",
	at:           " at %s",
	happenedAt:   "  at %s",
	calledFrom:   "  called from %s",
	startedAt:    "  in a goroutine started at %s",
	more:         "  … and %d more",
	moreCalls:    "  … and %d more calls",
	reasons: map[string]string{
		"chan receive":            "to receive from a channel",
		"chan receive (nil chan)": "to receive from a nil channel, which never happens,",
		"chan send":               "to send on a channel",
		"chan send (nil chan)":    "to send on a nil channel, which never happens,",
		"select":                  "in a select, where no case is ready,",
		"select (no cases)":       "in a select without cases, for ever,",
		"sync.Mutex.Lock":         "for a lock (Mutex)",
		"sync.RWMutex.Lock":       "to write under a lock (RWMutex)",
		"sync.RWMutex.RLock":      "to read under a lock (RWMutex)",
		"sync.WaitGroup.Wait":     "for a WaitGroup",
		"sync.Cond.Wait":          "for a signal (Cond)",
		"semacquire":              "for a lock",
		"coroutine":               "in an iter.Pull for the next value to be asked for",
	},
	hints: [][2]string{
		{"chan receive (nil chan)", "A channel must be made before it is used: make(chan T)."},
		{"chan send (nil chan)", "A channel must be made before it is used: make(chan T)."},
		{goexitMessage, "runtime.Goexit ends one goroutine. The program ends when main returns: write return."},
		{deadlockMessage, "Look for the one who should have woken them: a missing send, receive, close, Unlock, Done or Signal, or two locks taken in opposite order."},
		{"close of closed channel", "A channel may be closed only once. Let the sender close it; with several senders, somebody who waits for all of them."},
		{"send on closed channel", "The receiver, or one of several senders, closed the channel too early. Close it after the last send."},
		{"close of nil channel", "Make the channel first: make(chan T)."},
		{"concurrent map", "A map must not be written while another goroutine uses it: guard it with a sync.Mutex, or let one goroutine own it."},
		{"negative WaitGroup counter", "Done was called more often than Add had counted up. Where each goroutine is counted once, wg.Go(f) does both for you."},
		{"unlock of unlocked mutex", "Each Unlock needs a Lock before it, by the same piece of code: lock, then defer the unlock."},
		{"range function continued", "The loop is over, and its sequence called yield once more. When yield returns false, return."},
		{"nil pointer dereference", "Something here is nil. Which variable on that line was never given a value?"},
		{"index out of range", "Valid indexes go from 0 to the length minus 1."},
		{"slice bounds out of range", "In s[i:j], i must not be greater than j, nor j than the capacity of s."},
		{"integer divide by zero", "Make sure that the divisor is not 0 before you divide."},
		{"interface conversion", "The value is of another type. Ask first: v, ok := x.(T)."},
		{"makeslice: len out of range", "The length given to make must not be negative, nor huge."},
		{"assignment to entry in nil map", "Make the map first: m := map[K]V{}."},
		{"out of memory", "The program asked for more memory than this machine has. How large is what it makes there?"},
		{"stack overflow", "A function calls itself without end. What should stop it?"},
	},
}

var chinese = vocabulary{
	panic:        "panic：%s",
	fatal:        "致命错误：%s",
	stuckUnknown: "死锁：所有 goroutine 都在等待，没有谁还能唤醒它们。",
	stuckOne:     "死锁：仅有的一个 goroutine 在等待，没有谁还能唤醒它。",
	stuckAll:     "死锁：%d 个 goroutine 全都在等待，没有谁还能唤醒其中任何一个。",
	goneAll:      "死锁：main 用 runtime.Goexit 结束了自己，其他 goroutine 也都结束了，程序却没有结束。",
	stuckSome:    "部分死锁：有的 goroutine 永远卡住了，剩下的也不会再唤醒它们。谁在等谁，见图。",
	goroutine:    "有一个 goroutine",
	runs:         "  %s 正在运行，位置 %s",
	waits:        "  %s 在等：%s",
	wait:         "  有 %d 个 goroutine 在等：%s",
	at:           "，位置 %s",
	happenedAt:   "  位置 %s",
	calledFrom:   "  调用自 %s",
	startedAt:    "  所在的 goroutine 启动于 %s",
	more:         "  …… 还有 %d 个",
	moreCalls:    "  …… 还有 %d 层调用",
	reasons: map[string]string{
		"chan receive":            "从通道接收",
		"chan receive (nil chan)": "从 nil 通道接收（永远等不到）",
		"chan send":               "向通道发送",
		"chan send (nil chan)":    "向 nil 通道发送（永远等不到）",
		"select":                  "select，没有一个分支就绪",
		"select (no cases)":       "没有分支的 select（永远等不到）",
		"sync.Mutex.Lock":         "互斥锁（Mutex）",
		"sync.RWMutex.Lock":       "写锁（RWMutex）",
		"sync.RWMutex.RLock":      "读锁（RWMutex）",
		"sync.WaitGroup.Wait":     "WaitGroup 归零",
		"sync.Cond.Wait":          "条件变量的通知（Cond）",
		"semacquire":              "一把锁",
		"coroutine":               "iter.Pull 那一边来要下一个值",
	},
	hints: [][2]string{
		{"chan receive (nil chan)", "通道要先创建再使用：make(chan T)。"},
		{"chan send (nil chan)", "通道要先创建再使用：make(chan T)。"},
		{goexitMessage, "runtime.Goexit 只结束一个 goroutine。main 返回时程序才结束：请写 return。"},
		{deadlockMessage, "找一找本该唤醒它们的是谁：少了一次发送、接收、close、Unlock、Done 或 Signal，还是两把锁拿的顺序相反？"},
		{"close of closed channel", "通道只能关闭一次。由发送的一方来关；发送方不止一个时，由等齐它们的那一个来关。"},
		{"send on closed channel", "通道关得太早了：关它的是接收方，或者是几个发送方之一。最后一次发送之后再关。"},
		{"close of nil channel", "先创建通道：make(chan T)。"},
		{"concurrent map", "一个 goroutine 正在用 map 时，别的 goroutine 不能写它：用 sync.Mutex 保护，或者只让一个 goroutine 拥有它。"},
		{"negative WaitGroup counter", "Done 的次数比 Add 加上的多。如果每个 goroutine 只计一次，wg.Go(f) 会替你把两件事都做好。"},
		{"unlock of unlocked mutex", "每次 Unlock 之前都要有一次 Lock：先 Lock，紧接着 defer Unlock。"},
		{"range function continued", "循环已经结束，序列却又调用了 yield。yield 返回 false 时，就要 return。"},
		{"nil pointer dereference", "这里有个东西是 nil。那一行的哪个变量从来没有赋过值？"},
		{"index out of range", "下标的范围是 0 到长度减 1。"},
		{"slice bounds out of range", "在 s[i:j] 里，i 不能大于 j，j 不能大于 s 的容量。"},
		{"integer divide by zero", "做除法之前，先确认除数不是 0。"},
		{"interface conversion", "这个值是另一种类型。先问一问：v, ok := x.(T)。"},
		{"makeslice: len out of range", "传给 make 的长度不能是负数，也不能大得离谱。"},
		{"assignment to entry in nil map", "先创建 map：m := map[K]V{}。"},
		{"out of memory", "程序要的内存比这台机器有的还多。它在那里要造多大的东西？"},
		{"stack overflow", "函数无休止地调用自己。该由什么让它停下来？"},
	},
}
