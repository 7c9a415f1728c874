package stuck

import "strings"

// vocabulary is everything a verdict says, in one language. Where a word is a
// format, the comment names what goes in.
type vocabulary struct {
	headline map[string]string // by verdict
	waits    map[string]string // by kind: object, place
	plain    map[string]string // by kind, when the object is not known: place
	does     map[string]string // by operation: object
	at       string            // before a place

	all        string // how many
	allOne     string
	allUnsure  string
	partial    string // stuck, all, the others
	somebody   string // who, what it does
	ok         string // how long
	okAlone    string
	leak       string // how many
	leakOne    string
	leakMaybe  string // how many
	leakOneMay string
	panicked   string // message, place
	panicPlain string
	exited     string
	waited     string // who was waiting then
	stillBusy  string // who, what

	says     string // who, what it waits for
	holds    string // locks with places
	held     string // object, place
	onlyBy   string // who, what, place
	orBy     string
	noOneBy  string            // the places that would do it
	onlyAt   string            // the same, when it is not known whether somebody gets there
	nothing  map[string]string // by kind: object
	circle   string            // names
	selfLock string
	forgot   string // who, lock
	order    string
	closeIt  string // object
	source   string
	holders  string // instead of source: the runtime knew who holds what
	proven   string
	unproven string // the collector was asked and did not find them
	unasked  string // it could not be asked
	more     string // how many
	started  string // place
	join     string
	and      string
	stop     string
	space    string
	noNumber string
	arrow    string // what an arrow means
	columns  []string
	table    string
	none     string
}

func wordsOf(lang string) *vocabulary {
	if strings.HasPrefix(lang, "zh") {
		return &chinese
	}
	return &english
}

var english = vocabulary{
	headline: map[string]string{
		"ok": "Nobody is stuck", "deadlock": "Deadlock", "partial-deadlock": "Partial deadlock", "leak": "Goroutines left behind",
		"panic": "Panic", "exit": "Ended early",
	},
	waits: map[string]string{
		"lock": "waits for the lock `%s`%s", "rlock": "waits to read under the lock `%s`%s", "wlock": "waits to write under the lock `%s`%s",
		"once": "waits for `%s` to be done%s", "waitgroup": "waits for the group `%s` to finish%s", "cond": "waits for a signal on `%s`%s",
		"send": "waits to send on `%s`%s", "receive": "waits to receive from `%s`%s", "forever": "waits for ever on the nil channel `%s`%s",
		"select": "waits in a `%s`%s",
	},
	plain: map[string]string{
		"lock": "waits for a lock%s", "rlock": "waits for a lock (to read)%s", "wlock": "waits for a lock (to write)%s", "once": "waits for a sync.Once%s",
		"waitgroup": "waits for others to finish%s", "cond": "waits for a signal%s", "send": "waits to send%s", "receive": "waits to receive%s",
		"select": "waits in a select%s", "forever": "waits for what never comes%s", "coroutine": "waits for the other side of an iterator%s",
		"sleep": "sleeps%s", "network": "waits for the network%s", "syscall": "is in the operating system%s", "running": "is running%s", "other": "waits%s",
	},
	does: map[string]string{
		"unlock": "unlock it", "send": "send to it", "receive": "receive from it", "close": "close it", "done": "be done with its part", "signal": "signal",
	},
	at:         " at ",
	all:        "Deadlock: all %d goroutines wait for one another, and nobody is left to wake one.",
	allOne:     "Deadlock: the only goroutine waits, and nobody is left to wake it.",
	allUnsure:  "Nothing moves any more: every goroutine waits for another one. Unless a timer is still running, this is a deadlock.",
	partial:    "Partial deadlock: of %[2]d goroutines, %[1]d can never go on. The others can, but will never wake them.",
	somebody:   "%s %s.",
	ok:         "Nobody is stuck: the function came back after %s, and every goroutine started in it has ended.",
	okAlone:    "Nobody is stuck: the function came back after %s.",
	leak:       "The function came back, but %d goroutines that it started are still there, and nobody can ever wake them.",
	leakOne:    "The function came back, but a goroutine that it started is still there, and nobody can ever wake it.",
	leakMaybe:  "The function came back without waiting for %d goroutines that it started: they are still there, waiting.",
	leakOneMay: "The function came back without waiting for a goroutine that it started: it is still there, waiting.",
	panicked:   "%s panicked%s: %s",
	panicPlain: "The function ended in a panic.",
	exited:     "The program ended before the function came back.",
	waited:     "Until then these had been waiting for others:",
	stillBusy:  "%s %s; the function did not wait for it.",
	says:       "%s %s.",
	holds:      "holds %s",
	held:       "`%s`, taken at %s",
	onlyBy:     "%s could %s%s, but waits itself.",
	orBy:       "%s could %s%s.",
	onlyAt:     "In the source, that is ended only by %s.",
	noOneBy:    "That could be ended only by %s, and nobody is left to get there.",
	nothing: map[string]string{
		"send": "No line of this cell receives from it under the name `%s`.", "receive": "No line of this cell sends on it, or closes it, under the name `%s`.",
		"waitgroup": "Nothing in the source calls `%s.Done()` or `%[1]s.Go(…)`.", "cond": "Nothing in the source calls `%s.Signal()` or `%[1]s.Broadcast()`.",
	},
	circle:   "They wait in a circle: %s.",
	selfLock: "%s waits for the lock `%s`, which it has taken itself%s. A lock cannot be taken twice: unlock it first, or let the inner function expect that it is taken.",
	forgot:   "%s holds `%s` and has no line ahead that unlocks it.",
	order:    "If everybody takes the locks in the same order, this cannot happen.",
	closeIt:  "`range` over a channel ends when it is closed: whoever sends last must call `close(%s)`.",
	source:   "Who waits is what Go itself reports; who holds a lock and who could wake whom is read from the source code.",
	holders:  "Who waits and who holds a lock is what Go itself reports; who could wake whom is read from the source code.",
	proven:   "This is proven: Go’s garbage collector, which looks through all memory that is in use, found nobody else who can reach what is waited for.",
	unproven: "lanebook cannot prove that this lasts for ever: nobody has ended the wait so far, but another part of the program can still reach what is waited for, through a variable of the package, for example.",
	unasked:  "lanebook cannot prove that this lasts for ever: nobody has ended the wait so far, and this kernel cannot ask Go’s garbage collector whether anybody still could.",
	more:     "%d more goroutines are not shown.",
	started:  "started at %s",
	join:     ", ", and: " and ", stop: ".", space: " ",
	noNumber: "Lines are shown by their text: this kernel numbers them in a program of its own.",
	arrow:    "An arrow leads to who could end the wait.",
	columns:  []string{"goroutine", "started at", "what it does", "holds", "who could wake it"},
	table:    "The same as a table", none: "–",
}

var chinese = vocabulary{
	headline: map[string]string{
		"ok": "没有谁卡住", "deadlock": "死锁", "partial-deadlock": "部分死锁", "leak": "遗留的 goroutine",
		"panic": "panic", "exit": "提前结束",
	},
	waits: map[string]string{
		"lock": "在等锁 `%s`%s", "rlock": "在等读锁 `%s`%s", "wlock": "在等写锁 `%s`%s",
		"once": "在等 `%s` 做完%s", "waitgroup": "在等 `%s` 里的全部做完%s", "cond": "在等 `%s` 的信号%s",
		"send": "等着向 `%s` 发送%s", "receive": "等着从 `%s` 接收%s", "forever": "永远等着值为 nil 的通道 `%s`%s",
		"select": "停在 `%s` 里%s",
	},
	plain: map[string]string{
		"lock": "在等锁%s", "rlock": "在等读锁%s", "wlock": "在等写锁%s", "once": "在等 sync.Once%s",
		"waitgroup": "在等其他 goroutine 做完%s", "cond": "在等信号%s", "send": "等着发送%s", "receive": "等着接收%s",
		"select": "停在 select 里%s", "forever": "在等永远不会来的东西%s", "coroutine": "在等迭代器的另一边%s",
		"sleep": "在睡眠%s", "network": "在等网络%s", "syscall": "在操作系统里%s", "running": "正在运行%s", "other": "在等待%s",
	},
	does: map[string]string{
		"unlock": "解开它", "send": "向它发送", "receive": "从它接收", "close": "关闭它", "done": "做完它那一份", "signal": "发出信号",
	},
	at:         "，位置 ",
	all:        "死锁：全部 %d 个 goroutine 都在等别人，没有谁还能唤醒谁。",
	allOne:     "死锁：唯一的 goroutine 在等待，没有谁能唤醒它。",
	allUnsure:  "再没有任何动静：每个 goroutine 都在等另一个。除非还有定时器在走，否则这就是死锁。",
	partial:    "部分死锁：共 %[2]d 个 goroutine，其中 %[1]d 个永远卡住了；其余的还在继续，但再也无法唤醒它们。",
	somebody:   "%s %s。",
	ok:         "没有谁卡住：函数用了 %s 返回，其中启动的 goroutine 都结束了。",
	okAlone:    "没有谁卡住：函数用了 %s 返回。",
	leak:       "函数已经返回，但它启动的 %d 个 goroutine 还在，而且谁也无法再唤醒它们。",
	leakOne:    "函数已经返回，但它启动的一个 goroutine 还在，而且谁也无法再唤醒它。",
	leakMaybe:  "函数没有等它启动的 %d 个 goroutine 就返回了：它们还在，还在等待。",
	leakOneMay: "函数没有等它启动的一个 goroutine 就返回了：它还在，还在等待。",
	panicked:   "%s 发生了 panic%s：%s",
	panicPlain: "函数以 panic 结束。",
	exited:     "函数还没返回，程序就结束了。",
	waited:     "在那之前，这些 goroutine 一直在等别人：",
	stillBusy:  "%s %s；函数没有等它结束。",
	says:       "%s %s。",
	holds:      "占着 %s",
	held:       "`%s`（加锁于 %s）",
	onlyBy:     "%s 本可以%s%s，但它自己也在等。",
	orBy:       "%s 可以%s%s。",
	onlyAt:     "从源代码看，能结束这次等待的只有 %s。",
	noOneBy:    "能结束这次等待的只有 %s，而没有谁还能执行到那里。",
	nothing: map[string]string{
		"send": "这个单元格里，没有哪一行用 `%s` 这个名字从它接收。", "receive": "这个单元格里，没有哪一行用 `%s` 这个名字向它发送或关闭它。",
		"waitgroup": "源代码里没有任何地方调用 `%s.Done()` 或 `%[1]s.Go(…)`。", "cond": "源代码里没有任何地方调用 `%s.Signal()` 或 `%[1]s.Broadcast()`。",
	},
	circle:   "它们等成了一个环：%s。",
	selfLock: "%s 在等锁 `%s`，而这把锁正是它自己占着的%s。同一把锁不能加两次：先解锁，或者让里面的函数约定“调用时已加锁”。",
	forgot:   "%s 占着 `%s`，后面却没有任何一行解锁。",
	order:    "只要大家按同样的顺序加锁，就不会这样。",
	closeIt:  "对通道的 `range` 要等通道关闭才结束：最后一个发送者必须调用 `close(%s)`。",
	source:   "谁在等，是 Go 自己报告的；谁占着锁、谁能唤醒谁，是从源代码读出来的。",
	holders:  "谁在等、谁占着锁，是 Go 自己报告的；谁能唤醒谁，是从源代码读出来的。",
	proven:   "这一点得到了证明：Go 的垃圾回收器检查了所有还在使用的内存，没有别的 goroutine 还能碰到它们在等的东西。",
	unproven: "lanebook 无法证明会一直这样：到目前为止没有谁结束这次等待，但程序的其他部分还能碰到所等的东西，例如通过包级变量。",
	unasked:  "lanebook 无法证明会一直这样：到目前为止没有谁结束这次等待，而在这个内核里无法询问 Go 的垃圾回收器是否还有谁能做到。",
	more:     "还有 %d 个 goroutine 没有画出来。",
	started:  "启动于 %s",
	join:     "、", and: " 和 ", stop: "。", space: "",
	noNumber: "这里用源代码来指明行：这个内核的行号属于它自己生成的程序。",
	arrow:    "箭头指向能结束这次等待的那一个。",
	columns:  []string{"goroutine", "启动于", "在做什么", "占着", "谁能唤醒它"},
	table:    "用表格看", none: "–",
}
