package engine

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// phrase puts into the learner's language what our own packages say in
// English about a mistake. What the toolchain said stays as it is: it is what
// people search for.
func (e *Engine) phrase(text string) string {
	if !strings.HasPrefix(e.Lang(), "zh") || text == "" {
		return text
	}
	return inChinese(text)
}

// inChinese translates a phrase of phrases.
func inChinese(text string) string {
	if rest, ok := strings.CutPrefix(text, "syntax error: "); ok {
		return "语法错误：" + inChinese(rest)
	}
	for _, p := range compiled() {
		if at := p.english.FindStringSubmatchIndex(text); at != nil {
			return string(p.english.ExpandString(nil, p.chinese, text, at))
		}
	}
	return text
}

// compiledPhrase is a phrase whose parts marked $1 are groups.
type compiledPhrase struct {
	english *regexp.Regexp
	chinese string
}

var marks = regexp.MustCompile(`\\\$[1-9]`)

// compiled is the table made ready, at the first mistake in Chinese: the longer
// phrases first, for "write $1" fits much of what begins with "write".
var compiled = sync.OnceValue(func() []compiledPhrase {
	var all []compiledPhrase
	for _, p := range slices.SortedStableFunc(slices.Values(phrases), longerFirst) {
		pattern := marks.ReplaceAllString(regexp.QuoteMeta(p.english), `(.+?)`)
		all = append(all, compiledPhrase{regexp.MustCompile(`(?s)^` + pattern + `$`), p.chinese})
	}
	return all
})

// phrase is one in both languages. $1 to $9 stand for what is put in, in the
// order of the English text.
type phrase struct{ english, chinese string }

func longerFirst(a, b phrase) int { return len(b.english) - len(a.english) }

// phrases holds what packages program and toolchain say.
var phrases = []phrase{
	// Syntax: package program.
	{"add the missing ` at the end of the text", "在文本末尾补上缺少的 `"},
	{"add the missing */", "补上缺少的 */"},
	{"add the missing $1", "补上缺少的 $1"},
	{`'x' is a single character; text stands in double quotes: "text"`, `'x' 是单个字符；文本要用双引号："text"`},
	{"add the missing quote; text over several lines stands in backquotes: `…`", "补上缺少的引号；跨行的文本要用反引号：`…`"},
	{"end the line with a comma; the last line, too", "行末要加逗号，最后一行也一样"},
	{"put the { at the end of this line", "把 { 放到这一行的末尾"},
	{"put the { at the end of the line that starts with func", "把 { 放到 func 那一行的末尾"},
	{"a condition compares with ==; = assigns", "条件里用 == 比较；= 是赋值"},
	{"put else on the line of the } before it", "把 else 和它前面的 } 写在同一行"},
	{"imports stand above the %% line", "import 要写在 %% 行的上面"},
	{"the left side of := is a list of new names; use = to change what exists", ":= 的左边是新的名字；要改已有的变量，用 ="},
	{"an if needs a condition: if x > 0 {", "if 需要一个条件：if x > 0 {"},
	{"for i := 0; i < n; i++ {", "这样写：for i := 0; i < n; i++ {"},
	{`the path stands in quotes: import "fmt"`, `路径要放在引号里：import "fmt"`},
	{"something is missing after the last word", "最后一个词后面还缺点什么"},
	{"a statement ends with its line; is an operator, a comma or a bracket missing?", "语句到行末就结束了：是不是少了运算符、逗号或括号？"},
	{"special lines start at the first column", "特殊行要从第一列开始"},
	{"Go writes for i := range 10 {, and for i, x := range list {", "Go 的写法是 for i := range 10 {，或者 for i, x := range list {"},
	{"inside a function, functions are values: f := func() { … }; below %% everything is inside main", "函数里面的函数是值：f := func() { … }；%% 下面的内容都在 main 里面"},
	{"Go writes while as for: for x < 10 {", "Go 没有 while，用 for：for x < 10 {"},
	{"Go declares functions with func: func name(x int) int {", "Go 用 func 声明函数：func name(x int) int {"},
	{"Go writes elif as } else if x {", "Go 没有 elif，写成 } else if x {"},
	{"fmt.Println(…) prints; the parentheses are needed", "用 fmt.Println(…) 打印，括号不能省"},
	{"Go has no try: functions return an error, compare it with nil", "Go 没有 try：函数返回一个错误，拿它和 nil 比较"},
	{"x := 1 declares a variable", "用 x := 1 声明变量"},
	{"Go writes a class as type Name struct { … } and methods as func (n Name) …", "Go 没有 class：类型写成 type Name struct { … }，方法写成 func (n Name) …"},
	{`imports look like import "strings"`, `导入的写法是 import "strings"`},
	{"Go writes with as defer: defer f.Close()", "Go 没有 with，用 defer：defer f.Close()"},
	{"return an error instead, or panic", "改为返回一个错误，或者 panic"},
	{`if !ok { panic("…") }`, `这样写：if !ok { panic("…") }`},
	{"go f() runs f at the same time", "go f() 让 f 同时运行"},
	{"receive from a channel to wait: v := <-ch", "要等待，就从通道接收：v := <-ch"},
	{"a function value: func(x int) int { return x + 1 }", "用函数值：func(x int) int { return x + 1 }"},
	{"an empty block {} needs nothing in it", "空的 {} 里什么都不用写"},
	{"comments start with //", "注释以 // 开头"},
	{"Go has no ?: operator; use if and else", "Go 没有 ?: 运算符，用 if 和 else"},
	{"names consist of letters, digits and _", "名字由字母、数字和 _ 组成"},
	{`a line does not need \ to continue; end it with an operator or a comma`, `续行不需要 \；让这一行以运算符或逗号结尾`},
	{"this is a full-width blank; type an ordinary one", "这是全角空格，请改用普通空格"},
	{"this is a full-width comma; type , instead", "这是全角的逗号或顿号，请改用 ,"},
	{"this is a full-width full stop; type . instead", "这是全角句号，请改用 ."},
	{"this is a typographic quote; type $1 instead", "这是中文引号，请改用 $1"},
	{"this is a full-width character; type $1 instead", "这是全角字符，请改用 $1"},
	{"type * to multiply", "乘号写作 *"},
	{"type / to divide", "除号写作 /"},
	{"type <=", "写作 <="},
	{"type >=", "写作 >="},
	{"type !=", "写作 !="},
	{"this $1 is never closed", "这个 $1 没有闭合"},
	{"unexpected $1, expected $2", "多出了 $1，这里应该是 $2"},
	{"unexpected newline before {", "{ 前面不能换行"},
	{"this $1 closes nothing", "这个 $1 没有可以闭合的括号"},
	{"remove it, or add the bracket that it should close", "删掉它，或者补上与它配对的括号"},
	{"the $1 in line $2, column $3 is still open", "第 $2 行第 $3 列的 $1 还没有闭合"},
	{"statement outside main", "语句不在 main 里面"},
	{"statements belong below the %% line; above it stand declarations only", "语句要写在 %% 行的下面；它的上面只能有声明"},
	{"this cell has func main and statements outside of it", "这个单元格既有 func main，又有它外面的语句"},
	{"keep one of the two: only one of them can be what runs", "两者只留一个：运行的只能是其中之一"},
	{"undefined: $1 (a variable of main, which $2 cannot see)", "undefined: $1（它是 main 里的变量，$2 看不见它）"},
	{"pass $1 as a parameter, or declare it with var above the first statement", "把 $1 作为参数传进去，或者在第一条语句之前用 var 声明它"},
	// Special lines: package program.
	{"unknown special line $1", "没有这样的特殊行：$1"},
	{"$1 must be the first line of its cell", "$1 必须是单元格的第一行"},
	{"give it a cell of its own", "给它一个单独的单元格"},
	{"$1 without a command", "$1 后面缺少命令"},
	{"write the shell command on the same line: !ls", "把 shell 命令写在同一行：!ls"},
	{"% without a name", "% 后面缺少名字"},
	{"%help lists the special lines", "%help 列出所有特殊行"},
	{"a double quote is not closed", "双引号没有闭合"},
	{`write "…" around text with blanks, \" for a quote itself`, `含空格的文本用 "…" 括起来，引号本身写作 \"`},
	{"wrong arguments for $1", "$1 的参数不对"},
	{"a second %% in one cell", "一个单元格里出现了第二个 %%"},
	{"a cell has one main; put the second program in a cell of its own", "一个单元格只有一个 main；把第二个程序放到单独的单元格里"},
	{"nothing called $1 is remembered", "没有记住名为 $1 的声明"},
	{"%list shows all names", "%list 列出所有名字"},
	{"did you mean $1? %list shows all names", "是不是想写 $1？%list 列出所有名字"},
	{"did you mean $1? %help lists them all", "是不是想写 $1？%help 列出全部"},
	{"did you mean $1?", "是不是想写 $1？"},
	{`kernelext.Time("name", func() { … }) measures a piece of code`, `用 kernelext.Time("名字", func() { … }) 给一段代码计时`},
	{"%list shows what the notebook remembers", "%list 列出笔记本记住的声明"},
	{"%cd without a folder shows where cells run", "%cd 不带文件夹时，显示单元格在哪里运行"},
	{"!*go get PATH@latest fetches a Go module", "用 !*go get 路径@latest 下载 Go 模块"},
	{"%%script python3 gives the rest of the cell to Python", "%%script python3 把单元格其余的内容交给 Python"},
	{"$1 is not the name of a function", "$1 不是函数名"},
	{"a second %exec in one cell", "一个单元格里出现了第二个 %exec"},
	{"this cell has %exec and statements", "这个单元格既有 %exec，又有语句"},
	{"keep one of the two", "两者只留一个"},
	{"package syscall/js is for programs in the browser", "包 syscall/js 只能用于浏览器里的程序"},
	{"write %wasm above the code: the cell is then compiled for the browser", "在代码上面写 %wasm：单元格就会编译成浏览器程序"},
	{"%$1 and %$2 in one cell", "%$1 和 %$2 出现在同一个单元格里"},
	{"%$1 does not go with func main", "%$1 不能与 func main 一起用"},
	{"write %% and below it the body of main", "写 %%，在它下面写 main 的函数体"},
	{"%%time times the cell; kernelext.Time(\"name\", func() { … }) a piece of it", "%%time 给整个单元格计时；kernelext.Time(\"名字\", func() { … }) 给其中一段计时"},
	{"%%race runs the cell under the race detector", "%%race 用竞态检测器运行单元格"},
	{"%%watch runs the cell and explains a deadlock", "%%watch 运行单元格，并解释死锁"},
	{"write %exec function [arguments]", "写法：%exec 函数 [参数]"},
	{"write %test [flags]", "写法：%test [选项]"},
	{"write %capture [-a] file", "写法：%capture [-a] 文件"},
	{"write %track [folder or file]", "写法：%track [文件夹或文件]"},
	{"write %untrack [folder or file]", "写法：%untrack [文件夹或文件]"},
	{"write %main [arguments]", "写法：%main [参数]"},
	{"write %args [arguments]", "写法：%args [参数]"},
	{"write %env NAME value (with quotes around a value that has blanks)", "写法：%env 名字 值（值里有空格时加引号）"},
	{"write %cd [folder]", "写法：%cd [文件夹]"},
	{"write %goflags [flags]", "写法：%goflags [选项]"},
	{"write %rm names; %list shows them", "写法：%rm 名字；%list 列出所有名字"},
	{"write %remove names; %list shows them", "写法：%remove 名字；%list 列出所有名字"},
	{"write %reset or %reset go.mod", "写法：%reset 或者 %reset go.mod"},
	{"write %%writefile [-a] path", "写法：%%writefile [-a] 路径"},
	{"write %%script command [arguments]", "写法：%%script 命令 [参数]"},
	{"write $1", "写法：$1"},
	// Compiling: package toolchain.
	{"use $1, or write _ in its place", "用上 $1，或者用 _ 代替它"},
	{"remove the import of $1", "删掉对 $1 的导入"},
	{"every way through the function must end in return", "函数的每条路径都要以 return 结束"},
	{"outside a function write var x = 1 in place of x := 1; statements go into a function", "在函数外面，x := 1 要写成 var x = 1；语句要放在函数里"},
	{"use = to change a variable that exists", "要改已有的变量，用 ="},
	{"a function that returns something says so: func f() int {; main returns nothing", "有返回值的函数要写明类型：func f() int {；main 没有返回值"},
	{"append is a function: s = append(s, x)", "append 是函数：s = append(s, x)"},
	{"len(x) is the length of x", "len(x) 是 x 的长度"},
	{"nothing is called $1 here: declare it with :=, or run the cell that declares it; what is inside main does not carry over", "这里没有叫 $1 的东西：用 := 声明它，或者先运行声明它的单元格；main 里面的内容不会带到后面"},
	{"call it: put () behind the last }", "要调用它：在最后的 } 后面加上 ()"},
	{"constants and parts of a string cannot be changed", "常量和字符串里的字节都不能修改"},
	{"valid indexes go from 0 to the length minus 1", "下标的范围是 0 到长度减 1"},
	{"take both values: x, err := ...", "两个值都要接：x, err := ..."},
	{"the two sides must have the same number of values", "左右两边的个数要一样"},
	{"Go's word is $1", "Go 里写作 $1"},
	{"Go's type is $1", "Go 的类型是 $1"},
	{"Go has no async and await: start a goroutine with go f()", "Go 没有 async 和 await：用 go f() 启动一个 goroutine"},
	{"use a map, such as map[string]int{}, or a slice, such as []int{}", "用 map，例如 map[string]int{}；或者用切片，例如 []int{}"},
	{"turn a number into text with strconv.Itoa or fmt.Sprint", "用 strconv.Itoa 或 fmt.Sprint 把数字变成文本"},
	{"turn text into a number with strconv.Atoi", "用 strconv.Atoi 把文本变成数字"},
	{"text and a number cannot be joined: fmt.Sprint(n) makes text of a number", "文本和数字不能直接相接：用 fmt.Sprint(n) 把数字变成文本"},
	{"convert one side, as in $1(x)", "把其中一边转换类型，例如 $1(x)"},
	{"a condition must be true or false: compare, as in n != 0 or p != nil", "条件必须是真或假：写成比较，例如 n != 0 或 p != nil"},
	{"this end can only receive; the sender needs chan<-", "这一端只能接收；发送方要用 chan<-"},
	{"this end can only send; the receiver needs <-chan", "这一端只能发送；接收方要用 <-chan"},
	{"the sender closes a channel", "通道由发送方关闭"},
	{"to see a value, print it: fmt.Println(x); or give it to a variable", "想看这个值，就打印出来：fmt.Println(x)；或者把它交给变量"},
	{"pass a pointer: put & before the value", "传指针：在值前面加 &"},
	{"add a method $1 with that signature", "加上方法 $1，参数和返回值要与要求的一致"},
	{"write the call, with its brackets: $1 f()", "写成带括号的调用：$1 f()"},
	{"rename one of them, or remove one", "给其中一个换个名字，或者删掉一个"},
	{"only pointers, slices, maps, channels, functions and interfaces can be nil", "只有指针、切片、map、通道、函数和接口可以是 nil"},
	{"have is what was given, want is what is expected", "have 是给出的，want 是需要的"},
	{"close the string with \", or use `...` for several lines", "用 \" 结束字符串；跨行的文本用 `...`"},
	{"a { is never closed", "有一个 { 没有闭合"},
	{"a ( is not closed, or a comma is missing at the end of a line", "有一个 ( 没有闭合，或者某一行末尾少了逗号"},
	{"package $1 is internal: only its own module may import it", "包 $1 是内部包，只有它自己的模块才能导入"},
	{"$1 is a program, not a package to import", "$1 是程序，不是可以导入的包"},
	{"module not found: nothing here provides package $1", "找不到模块：这里没有提供包 $1 的模块"},
	{"run !*go get $1; it needs the network", "运行 !*go get $1（需要网络）"},
	{"module not found: package $1 could not be fetched", "找不到模块：包 $1 下载不下来"},
	{"is the path right, and is there a network?", "路径对吗？网络通吗？"},
	{"there is no package $1", "没有包 $1"},
	{"package $1 cannot be imported: $2", "无法导入包 $1：$2"},
	{"names that other packages may use begin with a capital letter: $1", "别的包能用的名字以大写字母开头：$1"},
	{"slices have no methods: s = append(s, x), len(s), slices.Sort(s)", "切片没有方法：用 s = append(s, x)、len(s)、slices.Sort(s)"},
	{"maps have no methods: m[key] = x, v, ok := m[key], delete(m, key), len(m)", "map 没有方法：用 m[key] = x、v, ok := m[key]、delete(m, key)、len(m)"},
	{"channels have no methods: ch <- x, x := <-ch, close(ch)", "通道没有方法：用 ch <- x、x := <-ch、close(ch)"},
	{"this is a function: put () behind it to use what it returns", "这是一个函数：在后面加上 () 才能用它返回的值"},
	{"$1 is a word of the language; what other packages offer begins with a capital letter", "$1 是语言的关键字；别的包提供的名字以大写字母开头"},
	{"return as many values as the function promises; nil stands for no error", "函数声明返回几个值，就要返回几个；没有错误写 nil"},
	{"convert it: $2($1)", "转换类型：$2($1)"},
	{"a whole number has no fraction: use a float64, or convert on purpose", "整数没有小数部分：用 float64，或者有意地转换"},
	{"$1 belongs into a loop", "$1 要写在循环里"},
	{"parameters need types: func($1 int)", "参数要写类型：func($1 int)"},
	{"write the type before the {, as in []int{1, 2} or map[string]int{}", "在 { 前面写上类型，例如 []int{1, 2} 或 map[string]int{}"},
	{"this function returns nothing: call it on a line of its own", "这个函数没有返回值：让它单独占一行"},
	{"say which type $1 is, in brackets: f[int](…)", "用方括号说明 $1 是什么类型：f[int](…)"},
	{"range needs a number, a slice, a map, a string, a channel or an iterator", "range 后面要写整数、切片、map、字符串、通道或迭代器"},
	{"only functions can be called: is another variable in the way that has the same name?", "只有函数才能调用：是不是有同名的变量挡住了它？"},
	{"call Add before the go statement, or write wg.Go(f): Wait may otherwise be over before Add", "在 go 语句之前调用 Add，或者写成 wg.Go(f)：否则 Wait 可能在 Add 之前就结束了"},
	{"range over the indexes and use &list[i]: a copy of a lock is another lock", "按下标遍历，用 &list[i]：锁的副本是另一把锁"},
	{"use a pointer, *sync.WaitGroup: Done on a copy does not count for the original, whose Wait then never ends", "用指针 *sync.WaitGroup：在副本上调用 Done，原来的 WaitGroup 不会知道，它的 Wait 就永远等下去"},
	{"use a pointer: a copy of a lock is another lock, and protects nothing", "用指针：锁的副本是另一把锁，什么也保护不了"},
	{"use a pointer: a copy does not notice what happens to the original", "用指针：副本感觉不到原件的变化"},
	{"the call changes the variable by itself: leave out the assignment", "这个调用本身就会修改变量：去掉赋值"},
	{"only the last call of a defer is deferred: wrap all of it in func() { … }()", "defer 只推迟最外层的那次调用：把整句放进 func() { … }()"},
	{`%goflags shows the flags, %goflags "" clears them`, `%goflags 显示这些选项，%goflags "" 清空它们`},
	{"the race detector and cgo need a C compiler: install gcc or clang", "竞态检测器和 cgo 需要 C 编译器：请安装 gcc 或 clang"},
}
