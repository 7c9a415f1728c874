package engine

import "strings"

// words is all the engine says to a learner by itself.
type words struct {
	dialectWords
	building, interrupted, memory, raiseMemory, processes, signal, exit         string
	outputLimit, outputToFile, outputCut, outputKept, junk, noAnswer, noWidgets string
	noPicture, noDir, noProgram, wrote, nothing                                 string
	diskFull, noGo, brokenModule                                                string
	deepening, noDeep                                                           string
	warning, andMore, races, stuck, help                                        string
}

func wordsFor(lang string) words {
	if strings.HasPrefix(lang, "zh") {
		return chinese
	}
	return english
}

var english = words{
	dialectWords: dialectEnglish,
	building:     "building the cell …",
	interrupted:  "the cell was stopped",
	memory:       "the cell was stopped: it used %s of memory, and %s is the limit",
	raiseMemory:  "%%env LANEBOOK_MEMORY %q raises the limit for the cells after it; off removes it",
	diskFull:     "the disk is full: there is no room left in %s; free some space and run the cell again",
	noGo:         "Go is gone: there is no %s any more; install Go again, or restart the kernel if it was moved or updated",
	brokenModule: "the go.mod of this session cannot be used: %reset go.mod makes a fresh one",
	processes:    "the cell was stopped: it had started %d processes",
	signal:       "the program was ended by a signal: %v",
	exit:         "the program ended with exit status %d (0 means: all went well)",
	outputLimit:  "[%s of text were printed; the rest is not shown]",
	outputCut:    "[%s more were printed and are not kept]",
	outputToFile: "[%s of text were printed, as much as can be shown; the rest goes into a file]",
	outputKept:   "[%s more are in %[2]s until the kernel ends; !cp '%[2]s' . keeps them]",
	junk:         "[the display pipe holds something that is no display, so nothing more is shown: %s]",
	noAnswer:     "[the program asked %q, but nobody can answer here]",
	noWidgets:    "[there is no place for widgets here: they need a page of JupyterLab]",
	noPicture:    "the recording could not be drawn: %v",
	deepening:    "preparing deep recording: about 20 s, once",
	noDeep:       "recorded without channels and locks: %v",
	noDir:        "there is no folder %s",
	noProgram:    "there is no program %q on this machine",
	wrote:        "wrote %s",
	nothing:      "nothing is remembered yet",
	andMore:      " (and %d more)",
	warning:      "go vet: ",
	stuck:        "the cell was stopped: nothing in it moved any more",
	races:        "the race detector found data races, between %d pairs of places",
	help: `A cell is Go. Imports, types, functions, constants and variables are remembered
and can be used in later cells; a new definition replaces the old one.
Statements run as func main. Every cell is a new process: values are not kept.

%%  or  %main [arguments]   what follows is the body of main
%args arguments             arguments of main
%exec function [arguments]  main calls that function
%test [flags]               run the cell's tests and benchmarks; with flags, all that are remembered
%%race  %%time  %%watch  %%deep  run the cell under the race detector; time it;
                            explain a deadlock; draw its goroutines, channels and locks
%env NAME value             set an environment variable
%cd [folder]                change, or show, the folder where cells run
%goflags [flags]            flags for go build, such as -race; "" for none
%list                       what is remembered
%rm names                   forget some of it
%reset [go.mod]             forget all of it and fetched modules (or only these)
%autoget  %noautoget        fetch missing modules, or do not
%capture [-a] file          copy what the cell puts out to a file
%track  %goworkfix          local packages that cells see; take those of go.work
%widgets  %widgets_hb       the script for GoNB's widgets; is the page there?
%wasm                       compile the cell for the browser and run it in the page
%version  %help
%with_inputs  %with_password  the next command may ask for lines, or for a password
!command                    run a shell command in the notebook's folder
!*command                   run it in the folder where cells are built
%%writefile [-a] path       first line of a cell: write the rest to a file
%%bash  %%sh  %%script cmd  first line of a cell: give the rest to a program
`,
}

var chinese = words{
	dialectWords: dialectChinese,
	building:     "正在构建单元格……",
	interrupted:  "单元格已停止",
	memory:       "单元格已停止：它占用了 %s 内存，上限是 %s",
	raiseMemory:  "%%env LANEBOOK_MEMORY %q 为后面的单元格提高上限；写 off 则取消上限",
	diskFull:     "磁盘已满：%s 里没有空间了；腾出一些空间，再运行这个单元格",
	noGo:         "Go 不见了：%s 已经不存在；请重新安装 Go，如果它被移动或更新过，就重启内核",
	brokenModule: "这个会话的 go.mod 用不了：%reset go.mod 会重新建一个",
	processes:    "单元格已停止：它启动了 %d 个进程",
	signal:       "程序被信号终止：%v",
	exit:         "程序结束时的退出状态是 %d（0 才表示一切正常）",
	outputLimit:  "[已输出 %s 文本，其余不再显示]",
	outputCut:    "[另有 %s 输出没有保留]",
	outputToFile: "[已输出 %s 文本，显示到此为止；其余写入文件]",
	outputKept:   "[另有 %s 在 %[2]s，内核结束时删除；用 !cp '%[2]s' . 保留]",
	junk:         "[显示管道里的内容不是可显示的对象，后面的都不再显示：%s]",
	noAnswer:     "[程序询问 %q，但这里没有人能回答]",
	noWidgets:    "[这里没有放控件的地方：控件需要 JupyterLab 的页面]",
	noPicture:    "无法绘制记录：%v",
	deepening:    "正在准备深度记录：约 20 秒，只需一次",
	noDeep:       "这次记录不含通道和锁的信息：%v",
	noDir:        "没有这个文件夹：%s",
	noProgram:    "这台机器上没有程序 %q",
	wrote:        "已写入 %s",
	nothing:      "目前还没有记住任何声明",
	andMore:      "（另有 %d 处）",
	warning:      "go vet：",
	stuck:        "单元格已停止：里面没有任何东西在动了",
	races:        "竞态检测器发现了数据竞争，共 %d 组位置",
	help: `单元格里写 Go。导入、类型、函数、常量和变量会被记住，后面的单元格可以使用；
重新定义会替换旧的定义。语句作为 func main 运行。每个单元格是一个新进程，变量的值不会保留。

%%  或  %main [参数]        后面的内容是 main 的函数体
%args 参数                  main 的参数
%exec 函数 [参数]           main 调用这个函数
%test [选项]                运行单元格里的测试和基准测试；有选项时运行记住的全部测试
%%race  %%time  %%watch  %%deep  用竞态检测器运行单元格；给它计时；解释死锁；
                            画出它的 goroutine、通道和锁
%env 名字 值                设置环境变量
%cd [文件夹]                切换或显示单元格运行所在的文件夹
%goflags [选项]             go build 的选项，例如 -race；"" 表示清空
%list                       列出记住的声明
%rm 名字                    忘掉其中一些
%reset [go.mod]             全部忘掉，连同下载的模块（或者只忘掉模块）
%autoget  %noautoget        自动下载缺少的模块，或者不下载
%capture [-a] 文件          把单元格的输出另存一份到文件
%track  %goworkfix          单元格能看到的本地包；采用 go.work 里的
%widgets  %widgets_hb       GoNB 控件所需的脚本；页面是否有回应
%wasm                       把单元格编译成浏览器程序，在页面里运行
%version  %help
%with_inputs  %with_password  下一条命令可以要求输入文字，或者输入密码
!命令                       在笔记本所在的文件夹运行 shell 命令
!*命令                      在构建单元格的文件夹运行
%%writefile [-a] 路径       放在单元格第一行：其余内容写入文件
%%bash  %%sh  %%script 命令  放在单元格第一行：其余内容交给该程序
`,
}
