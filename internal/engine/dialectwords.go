package engine

// dialectWords is what special lines say.
type dialectWords struct {
	nobody, tracks, tracksNothing, untracked, replaced, noGoWork string
	testFailed, broke, brokeHint, pong, noPong                   string
	inBrowser, browserExit                                       string
}

var dialectEnglish = dialectWords{
	nobody:        "[nobody can be asked here, so the command has no input]",
	tracks:        "lanebook follows local packages by itself:",
	tracksNothing: "go.mod replaces no module by a local folder yet",
	untracked:     "lanebook follows the packages of %s as long as go.mod names it",
	replaced:      "go.mod: %s => %s",
	noGoWork:      "there is no go.work in the build folder; !*go work init . makes one",
	testFailed:    "%s failed",
	broke:         "%s, remembered from this line, no longer fits: ",
	brokeHint:     "change it in its cell and run that again, or forget it: %%rm %s",
	pong:          "the page has answered: widgets work",
	noPong:        "the page has not answered; %widgets sends it the script that widgets need",
	inBrowser:     "this cell runs in the browser; it needs a page that runs scripts, such as JupyterLab",
	browserExit:   "the program ended with exit status %d; what it printed is in the console of the browser",
}

var dialectChinese = dialectWords{
	nobody:        "[这里没有人能回答，所以命令没有输入]",
	tracks:        "lanebook 会自动跟踪本地的包：",
	tracksNothing: "go.mod 里还没有用本地文件夹替换的模块",
	untracked:     "只要 go.mod 里还有 %s，lanebook 就会跟踪它的包",
	replaced:      "go.mod：%s => %s",
	noGoWork:      "构建文件夹里没有 go.work；可以用 !*go work init . 创建",
	testFailed:    "%s 没有通过",
	broke:         "从这一行记住的 %s 不再适用：",
	brokeHint:     "到它的单元格里改好再运行一次，或者忘掉它：%%rm %s",
	pong:          "页面有回应，控件可以使用",
	noPong:        "页面没有回应；%widgets 会把控件所需的脚本发给它",
	inBrowser:     "这个单元格在浏览器里运行，需要能执行脚本的页面，例如 JupyterLab",
	browserExit:   "程序结束时的退出状态是 %d；它输出的内容在浏览器的控制台里",
}
