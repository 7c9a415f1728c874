package verdict

import "strings"

// words are all that verdicts say, in one language. A text between backquotes
// is code.
type words struct {
	passed, failed, running, title string // title: mark, title, status
	open                           string
	tried, got, want, expect       string
	look, printed, picture         string
	met, meet                      string // how many
	exitCode                       string
	noRace, foundRace, looking     string
	notChecked                     string // why
	needsFlag, needsCompiler       string
	kinds, hints                   map[string]string // by check.Kind
}

func wordsFor(lang string) *words {
	if strings.HasPrefix(lang, "zh") {
		return &chinese
	}
	return &english
}

var english = words{
	passed: "Passed", failed: "Not yet", running: "So far, so good",
	title: "%s %s: %s",
	open:  " (not tried yet)",
	tried: "tried", got: "came out", want: "expected", expect: "waited for", look: "where to look",
	printed: "What your code printed",
	picture: "Picture: what the goroutines did in this case (recorded in another run of it)",
	met:     "%d under way, and no further call began",
	meet:    "%d calls under way at the same time",

	exitCode:   "the whole program ended, with exit status %s",
	noRace:     "no data race was found",
	foundRace:  "a data race was found",
	looking:    "looking for data races; the first time this takes a while",
	notChecked: "data races: not checked. %s",
	needsFlag:  "To have them looked for, put the line `%goflags -race` at the top of the cell.",
	needsCompiler: "Go's race detector needs a C compiler here. On Debian or Ubuntu: `sudo apt install gcc`; on Fedora: `sudo dnf install gcc`; " +
		"then run the cell again.",
	kinds: map[string]string{
		"wrong":      "Something else came out than expected.",
		"panic":      "The code panics.",
		"deadlock":   "Everybody waits, for ever.",
		"leak":       "The function has returned, but a goroutine was left behind: nobody can ever wake it.",
		"race":       "Two goroutines use the same variable, and nothing keeps them in order.",
		"sequential": "The calls do not overlap: one waits until the one before is over.",
		"crowded":    "Too many calls at once.",
		"order":      "The calls are not the ones expected.",
		"late":       "New work is begun although the end is known.",
		"costly":     "It asks for memory more often than allowed.",
		"endless":    "It computes and computes, and does not come to an end.",
		"stuck":      "For a long time nothing has happened.",
		"exit":       "The code ends the whole program. `os.Exit` and `log.Fatal` do that.",
		"crash":      "The program was ended by a fatal error.",
	},
	hints: map[string]string{
		"sequential": "Let each call begin before another has ended: start it in a goroutine of its own, up to the limit, before you wait for any; and hold no lock while it runs.",
		"crowded":    "Before a call begins there must be a free place: think of a fixed number of workers, `SetLimit`, or a buffered channel with room for one value for each call under way.",
		"leak":       "Who was to send to it, receive from it, close its channel, or call the `stop` of its `iter.Pull`? Let it end before the function returns, or give it a way to notice that nobody is interested any more.",
		"late":       "Look at the context, or at the error, before each new piece of work.",
		"endless":    "Which condition should end the loop, and what changes it?",
		"stuck":      "Is somebody waiting for a time, or asking again and again for something that never comes?",
		"exit":       "Return an error instead.",
	},
}

var chinese = words{
	passed: "通过", failed: "还没有通过", running: "到目前为止都正确",
	title: "%s %s：%s",
	open:  "（还没有试）",
	tried: "试的是", got: "结果", want: "应为", expect: "在等", look: "看哪里",
	printed: "你的代码打印的内容",
	picture: "图：这一项里各个 goroutine 做了什么（另外运行一次录下来的）",
	met:     "%d 个在进行，此后再没有新的调用开始",
	meet:    "%d 个调用同时在进行",

	exitCode:   "整个程序结束了，退出状态是 %s",
	noRace:     "没有发现数据竞争",
	foundRace:  "发现了数据竞争",
	looking:    "正在检查数据竞争，第一次需要多等一会儿",
	notChecked: "数据竞争：没有检查。%s",
	needsFlag:  "要检查，请在单元格最上面加一行 `%goflags -race`。",
	needsCompiler: "Go 的竞争检测器在这里需要 C 编译器。Debian、Ubuntu：`sudo apt install gcc`；Fedora：`sudo dnf install gcc`。" +
		"装好之后再运行一次这个单元格。",
	kinds: map[string]string{
		"wrong":      "结果与预期不同。",
		"panic":      "代码发生了 panic。",
		"deadlock":   "所有 goroutine 都在等待，永远等不到。",
		"leak":       "函数已经返回，却留下了 goroutine，再也没有谁能唤醒它。",
		"race":       "两个 goroutine 使用同一个变量，却没有任何东西规定先后。",
		"sequential": "这些调用没有同时进行：后一个要等前一个结束才开始。",
		"crowded":    "同时进行的调用太多。",
		"order":      "发生的调用与预期的不一样。",
		"late":       "已经知道该结束了，却又开始了新的工作。",
		"costly":     "申请内存的次数超过了上限。",
		"endless":    "一直在计算，停不下来。",
		"stuck":      "很久没有任何动静了。",
		"exit":       "代码结束了整个程序。`os.Exit` 和 `log.Fatal` 会这样做。",
		"crash":      "程序被致命错误终止。",
	},
	hints: map[string]string{
		"sequential": "一个调用还没结束，另一个就该开始：先让它们各自在自己的 goroutine 里开始，直到上限为止，再去等待；调用期间不要一直拿着锁。",
		"crowded":    "开始一个调用之前必须先有空位：固定数量的 worker、`SetLimit`，或者带缓冲的通道：每个进行中的调用占一个位置。",
		"leak":       "本该由谁向它发送、从它接收、关闭它的通道，或者调用它那个 `iter.Pull` 的 `stop`？让它在函数返回之前结束，或者让它能知道已经没有人需要结果了。",
		"late":       "每次开始新的工作之前，先看看 context 或者错误。",
		"endless":    "哪个条件应该结束这个循环？又是什么在改变它？",
		"stuck":      "是不是有谁在等一段时间，或者在反复询问一件永远不会发生的事？",
		"exit":       "应该改为返回错误。",
	},
}
