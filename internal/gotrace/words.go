package gotrace

import "strings"

// words are everything a picture says, in one language. Where a word is a
// format, the comment names what goes in.
type words struct {
	states     map[string]string // by look: what the legend says
	waitsFor   map[Reason]string // "waited ... for a lock"
	waitsForIt map[Reason]string // the same with the name of what is waited for
	calls      map[string]string // by Wake.Call: what woke several at once
	label      map[Reason]string // on a wait in the picture
	born       string
	wakes      string
	collect    string
	stopped    string
	cores      string
	cut        string
	goesOn     string
	timer      string // what set it: the name of a goroutine that it started
	timeUp     string // its name

	alone       string // who: it started nobody
	one         string // who: it started one
	many        string // who, how many
	took        string // all of them, how long, cores, of all cores
	oneCore     string // of all cores, if there is one
	allCores    string // procs
	longest     string // who, share, for what, where
	crowd       string // how many, for what, where, total, who longest, share
	slept       string // who, share, where
	crowdSlept  string // how many, where, total, who longest, share
	noCore      string // total, procs
	lateCore    string // total
	never       string // who
	neverAny    string
	stillAlive  string // who, for what, where
	allAlive    string // the same for several
	aliveBusy   string // who
	stillness   string // all of them, for how long, watched for
	wentOn      string
	deadlock    string
	maybeDead   string
	stuckIn     string // who, for what, where
	moreStuck   string // how many more
	panicked    string
	cutShort    string
	collector   string // how often
	onceGC      string
	someLanes   string // shown, all
	decided     string // who, doing what
	moreCores   string // how long it would have taken
	chain       string // in the legend
	onCore      string // in the legend
	lockCost    string // lock, how often, in all, longest, who
	lockFreed   string // who, where
	lostRace    string // how often, lock
	lostOnce    string // lock
	handOver    string // channel, how many, from whom, to whom
	several     string // how many goroutines
	wokeMany    string // who, how many, by what, where, how often
	rounds      string // how often
	semaphore   string // channel, how many waited
	signalled   string // who, how often, where
	selectEnded string // where, by whom
	timesBy     string // who, how often
	aTimer      string
	lastDone    string // who, waited for what, for whom
	groupDoes   string // how many, name, most at once, what they did
	groupOne    string // one: name, what it did
	unnamed     string // a function without a name
	groupShare  string // share, what
	others      string // a group of all other functions
	noNumbers   string
	broken      string

	objects objectWords
	pool    poolWords

	at      string // before a place
	and     string
	andMore string // how many others, after some names
	comma   string
	space   string // between sentences
	table   string
	columns []string
	none    string

	flags      string // above the list of them
	moreListed string // how many are not listed
}

func wordsOf(lang string) *words {
	if strings.HasPrefix(lang, "zh") {
		return &chinese
	}
	return &english
}

var english = words{
	objects: englishObjects, pool: englishPool,
	states: map[string]string{
		"running": "running", "ready": "ready, waits for a core", "lock": "waiting for a lock",
		"chan": "waiting at a channel", "group": "waiting for others", "sleep": "sleeping",
		"net": "waiting for the network", "syscall": "in the operating system",
	},
	waitsFor: map[Reason]string{
		Lock: "for a lock", RLock: "for a lock (to read)", WLock: "for a lock (to write)", Once: "for a sync.Once",
		WaitGroup: "for others to finish", Cond: "for a signal", Send: "to send", Receive: "to receive",
		Select: "in a select", Place: "for a free place", Sleep: "asleep", Network: "for the network", Forever: "for ever",
		Collector: "for the garbage collector", Coroutine: "for the other side of iter.Pull", Other: "for something",
	},
	label: map[Reason]string{
		Lock: "lock", RLock: "read lock", WLock: "write lock", Once: "once", WaitGroup: "wait group", Cond: "cond",
		Send: "send", Receive: "receive", Select: "select", Place: "free place", Sleep: "sleep", Network: "network", Forever: "for ever",
		Collector: "GC", Coroutine: "coroutine", Other: "waits",
	},
	born: "starts a goroutine", wakes: "wakes another", collect: "garbage collection", stopped: "all stopped",
	cores: "cores busy", cut: "recording ends", goesOn: "still there",
	timer:      "timer (%s)",
	timeUp:     "%s is a goroutine that Go started because the time of a context was up: it cancels the context and is gone.",
	alone:      "%s alone",
	one:        "%s and the one goroutine started in it",
	many:       "%s and the %d goroutines started in it",
	took:       "%s took %s and kept %s of %s busy on average.",
	oneCore:    "1 core",
	allCores:   "%d cores",
	longest:    "%s spent %d %% of its life waiting %s%s.",
	crowd:      "%d goroutines waited %s%s, %s in all; longest of them %s, %d %% of its life.",
	slept:      "%s spent %d %% of its life asleep%s.",
	crowdSlept: "%d goroutines slept%s, %s in all; longest of them %s, %d %% of its life.",
	noCore:     "Goroutines that were ready to run waited %s in all because no core was free.",
	lateCore:   "Goroutines that were ready to run got a core %s late in all, although one was free: the machine was busy with other programs, or slow to wake.",
	never:      "%s never had to wait.",
	neverAny:   "Nobody had to wait for anybody.",
	stillAlive: "%s was still there when the function returned, waiting %s%s: nobody waited for it to end.",
	allAlive:   "%s were still there when the function returned, waiting %s%s: nobody waited for them to end.",
	aliveBusy:  "%s was still at work when the function returned: nobody waited for it to end.",
	stillness:  "%s moved for %s. Then nothing moved any more, and when that had lasted %s the recording was ended.",
	wentOn:     "Later the program went on: a timer was behind it.",
	deadlock:   "This is a deadlock: everybody waits for somebody else, and nobody is left to wake anyone.",
	maybeDead:  "Unless a timer was still running, this is a deadlock: everybody waits for somebody else.",
	stuckIn:    "%s waits %s%s.",
	moreStuck:  "%d more wait like this.",
	panicked:   "The function ended in a panic; the picture shows everything up to it.",
	cutShort:   "The program ended before the function returned; the picture shows what arrived until then.",
	collector:  "The garbage collector, which frees memory that nobody uses any more, ran %d times.",
	onceGC:     "The garbage collector, which frees memory that nobody uses any more, ran once.",
	someLanes:  "The picture shows the %d most telling of %s goroutines one by one; below them stands how many of each kind did what.",
	waitsForIt: map[Reason]string{
		Lock: "for the lock `%s`", RLock: "for the lock `%s` (to read)", WLock: "for the lock `%s` (to write)",
		WaitGroup: "for the group `%s` to finish", Cond: "for a signal on `%s`", Send: "to send on `%s`", Receive: "to receive from `%s`", Place: "for a free place in `%s`",
	},
	calls:       map[string]string{"close": "by closing the channel", "broadcast": "by a broadcast", "cancel": "by cancelling the context"},
	decided:     "One after the other, %s decided when it was over (the red line): all others could have been slower without making the whole slower. Of that time: %s.",
	moreCores:   "With a free core at every moment it could have been over after about %s.",
	chain:       "decided the end",
	onCore:      "on core 0, 1, …",
	lockCost:    "The lock `%s` made others wait %d times, %s in all; the longest wait was %s, of %s.",
	lockFreed:   "It ended when %s unlocked it%s.",
	lostOnce:    "Once somebody was woken for `%s` and had to wait again at once: another goroutine had been faster.",
	lostRace:    "%d times somebody was woken for `%s` and had to wait again at once: another goroutine had been faster.",
	handOver:    "Through `%s` %d values went straight from %s to %s: one side was already waiting.",
	several:     "%d goroutines",
	wokeMany:    "%s woke %d goroutines at once %s%s%s.",
	rounds:      ", %d times",
	semaphore:   "`%s` works as a semaphore: sending takes a place, receiving gives it back. Goroutines that had to wait for a place: %d.",
	signalled:   "%s woke somebody %d times%s.",
	selectEnded: "The waits in the select%s were ended by %s.",
	timesBy:     "%s (%d ×)", aTimer: "a timer",
	lastDone:   "%s waited %s; the last to be done was %s.",
	groupOne:   "One goroutine ran %s; of its time it spent %s.",
	unnamed:    "a function without a name",
	groupDoes:  "%s goroutines ran %s, at most %s of them at once; of their time they spent %s.",
	groupShare: "%d %% %s",
	others:     "all others",
	noNumbers:  "Lines are shown by their text: this kernel numbers them in a program of its own.",
	broken:     "The recording is damaged and could be read up to here only.",
	at:         " at ", and: " and ", andMore: " and %d others", comma: ", ", space: " ", table: "The same as a table",
	columns: []string{"goroutine", "started at", "lived", "ran", "ready", "waited", "longest wait"},
	none:    "–",
	flags:   "Flags, in the order in which they were set:", moreListed: "and %d more",
}

var chinese = words{
	objects: chineseObjects, pool: chinesePool,
	states: map[string]string{
		"running": "正在运行", "ready": "就绪，等一个核", "lock": "等锁",
		"chan": "在通道上等待", "group": "等其他 goroutine", "sleep": "睡眠",
		"net": "等网络", "syscall": "在操作系统里",
	},
	waitsFor: map[Reason]string{
		Lock: "等锁", RLock: "等读锁", WLock: "等写锁", Once: "等 sync.Once",
		WaitGroup: "等其他 goroutine 做完", Cond: "等信号", Send: "等着发送", Receive: "等着接收",
		Select: "等 select 的某个分支", Place: "等空位", Sleep: "睡眠", Network: "等网络", Forever: "永远等下去",
		Collector: "等垃圾回收", Coroutine: "等 iter.Pull 的另一边", Other: "等待",
	},
	label: map[Reason]string{
		Lock: "锁", RLock: "读锁", WLock: "写锁", Once: "once", WaitGroup: "等待组", Cond: "条件变量",
		Send: "发送", Receive: "接收", Select: "select", Place: "空位", Sleep: "睡眠", Network: "网络", Forever: "永远",
		Collector: "垃圾回收", Coroutine: "协程", Other: "等待",
	},
	born: "启动 goroutine", wakes: "唤醒另一个", collect: "垃圾回收", stopped: "全部暂停",
	cores: "在忙的核", cut: "记录到此为止", goesOn: "还在",
	timer:      "定时器（%s）",
	timeUp:     "%s 是 Go 在 context 的期限已到时启动的 goroutine：它取消这个 context，随即结束。",
	alone:      "只有 %s 一个，",
	one:        "%s 和其中启动的 1 个 goroutine ",
	many:       "%s 和其中启动的 %d 个 goroutine ",
	took:       "%s用时 %s，平均用满 %s 个核（%s）。",
	oneCore:    "共 1 个",
	allCores:   "共 %d 个",
	longest:    "%s 有 %d%% 的时间在%s%s。",
	crowd:      "有 %d 个 goroutine %s%s，合计 %s；最久的是 %s，占它 %d%% 的时间。",
	slept:      "%s 有 %d%% 的时间在睡眠%s。",
	crowdSlept: "有 %d 个 goroutine 睡眠%s，合计 %s；最久的是 %s，占它 %d%% 的时间。",
	noCore:     "已经就绪的 goroutine 合计等了 %s，因为没有空闲的核。",
	lateCore:   "已经就绪的 goroutine 合计晚了 %s 才得到核，尽管有空闲的核：机器在忙别的程序，或者唤醒得慢。",
	never:      "%s 从来不用等。",
	neverAny:   "谁也不用等谁。",
	stillAlive: "函数返回时 %s 还在，正在%s%s：没有人等它结束。",
	allAlive:   "函数返回时 %s 还在，都在%s%s：没有人等它们结束。",
	aliveBusy:  "函数返回时 %s 还在忙：没有人等它结束。",
	stillness:  "%s动了 %s，之后再没有任何动静；这样持续 %s 后，记录就停止了。",
	wentOn:     "后来程序又继续了：背后有一个定时器。",
	deadlock:   "这是死锁：每个都在等别人，没有谁还能唤醒谁。",
	maybeDead:  "除非还有定时器在走，否则这就是死锁：每个都在等别人。",
	stuckIn:    "%s 正在%s%s。",
	moreStuck:  "还有 %d 个也这样等着。",
	panicked:   "函数以 panic 结束；图中是 panic 之前的一切。",
	cutShort:   "函数还没返回，程序就结束了；图中是到那时为止收到的记录。",
	collector:  "垃圾回收（释放不再有人使用的内存）运行了 %d 次。",
	onceGC:     "垃圾回收（释放不再有人使用的内存）运行了 1 次。",
	someLanes:  "共有 %[2]s 个 goroutine，图中逐个画出最有代表性的 %[1]d 个；下面画的是每一类里各有多少个在做什么。",
	waitsForIt: map[Reason]string{
		Lock: "等锁 `%s`", RLock: "等读锁 `%s`", WLock: "等写锁 `%s`",
		WaitGroup: "等 `%s` 里的全部做完", Cond: "等 `%s` 的信号", Send: "等着向 `%s` 发送", Receive: "等着从 `%s` 接收", Place: "等 `%s` 里的空位",
	},
	calls:       map[string]string{"close": "（关闭了通道）", "broadcast": "（广播）", "cancel": "（取消了 context）"},
	decided:     "决定何时结束的是 %s，一环接一环（红线）；其余的再慢一点，整体也不会更慢。这段时间里：%s。",
	moreCores:   "如果随时都有空闲的核，大约 %s 就能结束。",
	chain:       "决定了何时结束",
	onCore:      "在核 0、1、… 上",
	lockCost:    "锁 `%s` 让别人等了 %d 次，合计 %s；最长的一次等了 %s，是 %s。",
	lockFreed:   "等到 %s 解锁才结束%s。",
	lostOnce:    "有一次，某个 goroutine 因 `%s` 被唤醒，却马上又得等：别的 goroutine 抢先了。",
	lostRace:    "有 %d 次，某个 goroutine 因 `%s` 被唤醒，却马上又得等：别的 goroutine 抢先了。",
	handOver:    "通道 `%s` 上有 %d 个值从 %s 直接交到 %s 手里：其中一方当时已经在等。",
	several:     "%d 个 goroutine",
	wokeMany:    "%s 一下子唤醒了 %d 个 goroutine%s%s%s。",
	rounds:      "，共 %d 次",
	semaphore:   "`%s` 被当作信号量来用：发送是占一个位置，接收是把位置还回去。等过空位的 goroutine 有 %d 个。",
	signalled:   "%s 有 %d 次唤醒了别的 goroutine%s。",
	selectEnded: "停在 select 里的等待%s，是被这些结束的：%s。",
	timesBy:     "%s（%d 次）", aTimer: "定时器",
	lastDone:   "%s 在%s；最后做完的是 %s。",
	groupOne:   "有 1 个 goroutine 运行 %s；它的时间里 %s。",
	unnamed:    "没有名字的函数",
	groupDoes:  "有 %s 个 goroutine 运行 %s，同时最多 %s 个；它们的时间里 %s。",
	groupShare: "%d%% %s",
	others:     "其他全部",
	noNumbers:  "这里用源代码来指明行：这个内核的行号属于它自己生成的程序。",
	broken:     "记录已损坏，只能读到这里。",
	at:         "，位置 ", and: " 和 ", andMore: " 和另外 %d 个", comma: "、", table: "用表格看",
	columns: []string{"goroutine", "启动于", "存活", "运行", "就绪", "等待", "最长的等待"},
	none:    "–",
	flags:   "小旗，按插下的先后：", moreListed: "还有 %d 个",
}

// look is how an interval is drawn, which is coarser than why it is: all waits
// at channels look the same.
func (i Interval) look() string {
	if i.State != Waiting {
		return string(i.State)
	}
	switch i.Reason {
	case Lock, RLock, WLock:
		return "lock"
	case Send, Receive, Select, Forever:
		return "chan"
	case Sleep:
		return "sleep"
	case Network:
		return "net"
	}
	return "group"
}

// looks in the order of the legend.
var looks = []string{"running", "ready", "lock", "chan", "group", "sleep", "net", "syscall"}
