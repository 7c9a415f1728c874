package crash

import "strings"

// raceWords are what a verdict on a race says.
type raceWords struct {
	head                     string // the first sentence
	short                    string // one line: where, where
	sameLine, sameInside     string
	one, other, lost         string
	writes, reads            string // "writes"
	writesToo, readsMap      string
	writesMap, inside        string
	calledFrom               string
	main, started, startedGo string
	unknownStart, try        string
	hints                    raceHints
	turns                    allTurns
}

// raceHints are what to try, by the kind of race.
type raceHints struct {
	maps, slices, count, main, other string
}

func raceWordsFor(lang string) *raceWords {
	if strings.HasPrefix(lang, "zh") {
		return &raceChinese
	}
	return &raceEnglish
}

var raceEnglish = raceWords{
	head:         "Data race: two goroutines use the same memory, at least one of them writes, and nothing makes one wait for the other.",
	short:        "data race between %s and %s",
	sameLine:     "Both are at the same line: one %s, the other %s.",
	sameInside:   "Both are at the same line, inside %[3]s: one %[1]s, the other %[2]s.",
	one:          "One goroutine %s:",
	other:        "Another goroutine %s:",
	lost:         "the detector no longer knows where",
	writes:       "writes",
	reads:        "reads",
	writesToo:    "writes, too",
	writesMap:    "writes to a map",
	readsMap:     "reads a map",
	inside:       "%s inside %s",
	calledFrom:   "called from %s",
	main:         "in main",
	started:      "in a goroutine started at %s",
	startedGo:    "in a goroutine started by %s",
	unknownStart: "in a goroutine whose start the detector no longer knows",
	try:          "Try: ",
	turns:        englishTurns,
	hints: raceHints{
		maps:   "a map must not be written while another goroutine uses it. Lock the same sync.Mutex around every use, reads included, or let one goroutine own the map.",
		slices: "append reads and changes the length. Send the results through a channel, or give each goroutine an index of its own in a slice that is long enough.",
		count:  "this one line is three steps: read, compute, write, and another goroutine comes in between. Lock a sync.Mutex around it, or use a type of sync/atomic, such as atomic.Int64.",
		main:   "main goes on while the goroutine works. Wait for it first, with wg.Wait() or a receive from a channel, or lock the same sync.Mutex at both places.",
		other:  "lock the same sync.Mutex at both places, or hand the value over through a channel.",
	},
}

var raceChinese = raceWords{
	head:         "数据竞争：两个 goroutine 使用同一块内存，其中至少有一个在写，而且谁也不等谁。",
	short:        "数据竞争：%s 与 %s",
	sameLine:     "两者在同一行：一个%s，另一个%s。",
	sameInside:   "两者在同一行，都在 %[3]s 内部：一个%[1]s，另一个%[2]s。",
	one:          "一个 goroutine %s：",
	other:        "另一个 goroutine %s：",
	lost:         "位置已无从得知（检测器只保留最近的几次访问）",
	writes:       "在写",
	reads:        "在读",
	writesToo:    "也在写",
	writesMap:    "在写 map",
	readsMap:     "在读 map",
	inside:       "%[1]s（在 %[2]s 内部）",
	calledFrom:   "调用自 %s",
	main:         "在 main 里",
	started:      "所在的 goroutine 启动于 %s",
	startedGo:    "所在的 goroutine 由 %s 启动",
	unknownStart: "所在的 goroutine 在哪里启动，已无从得知",
	try:          "试一试：",
	turns:        chineseTurns,
	hints: raceHints{
		maps:   "一个 goroutine 在用 map 时，别的 goroutine 不能写它。每次使用（读也算）都用同一把 sync.Mutex 锁住，或者只让一个 goroutine 拥有这个 map。",
		slices: "append 既读又改切片的长度。把结果从通道送出来，或者先准备好足够长的切片，每个 goroutine 只写自己的下标。",
		count:  "这一行其实是三步：读、算、写，另一个 goroutine 会插到中间。用 sync.Mutex 把它锁住，或者改用 sync/atomic 里的类型，例如 atomic.Int64。",
		main:   "goroutine 还在工作，main 已经往下走了。先等它（wg.Wait()，或者从通道接收），或者两处都用同一把 sync.Mutex 锁住。",
		other:  "两处都用同一把 sync.Mutex 锁住，或者通过通道把值交出去。",
	},
}
