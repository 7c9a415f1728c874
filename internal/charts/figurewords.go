package charts

// figureWords are what the teaching figures say. Where a word is a format, the
// comment names what goes in.
type figureWords struct {
	inOrder      string // how many
	moreSteps    string // how many
	oneStack     string
	twoStacks    string // whose, whose
	stackOf      string // whose
	afterStep    string
	stepColumns  []string
	mostLeast    string // name, value, ratio, name, value
	mostOnly     string // name, value
	spread       string // how many, from, to, median, 95th
	binColumns   []string
	moved        string // from, to, last
	lost         string // how many
	gaugeColumns []string
	overlap      string // how many, all, one by one, at once
	moreSpans    string // how many
	unfinished   string
	spanColumns  []string
	sliceNil     string // name
	sliceFull    string // name
	sliceRoom    string // name, how many
	sliceShared  string // names
	noArray      string
	arrayAt      string // address
	moreCells    string // how many
	sliceColumns []string
	structFull   string // type, bytes
	structPadded string // type, bytes, fields, padding
	structBetter string // bytes
	bytes        string // how many
	padding      string
	fieldColumns []string
	noInterface  string // name, type
	nilInterface string // name
	nilInside    string // name, type
	holds        string // name, type, value
	typeWord     string
	valueWord    string
	nodes        string // how many, how deep
	processes    string // how many
	selectNone   string // name
	selectOne    string // name, where, depth
	selectClash  string // name, where, depth
	foundHere    string // step, name
	clashes      string // step, name
	notHere      string // step, name
	notSearched  string
	graph        string // variables, objects, references
	cycle        string
	graphColumns []string
}

var englishFigures = figureWords{
	inOrder: "%d steps, in the order in which they happened.", moreSteps: "%d more steps are not drawn.", oneStack: "One stack holds both: the loop calls the producer, and the producer calls the loop's body.",
	twoStacks: "There are two stacks: “%s” and “%s” each keep their own, and control jumps between them.",
	stackOf:   "stack of %s", afterStep: "after this step", stepColumns: []string{"step", "who", "what", "after it", "at"},
	mostLeast: "The largest is “%s” (%s), %s times as much as the smallest, “%s” (%s).", mostOnly: "The largest is “%s” (%s).",
	spread: "%s values from %s to %s; half of them are below %s, and 95 of 100 below %s.", binColumns: []string{"from – to", "how many"},
	moved: "The value lay between %s and %s; in the end it was %s.", lost: "%d later changes were not recorded.", gaugeColumns: []string{"when", "value", "note"},
	overlap:   "All %d together took %s. One after the other they would have taken %s: on average %s ran at once.",
	moreSpans: "%d more are not drawn.", unfinished: "not over", spanColumns: []string{"what", "began at", "took"},
	sliceNil: "“%s” is nil: there is no array behind it.", sliceFull: "“%s” is full: append moves it to a new array.",
	sliceRoom: "“%s” has room for %d more: append writes into this array.", sliceShared: "%s look into the same array: what one writes, the others see.",
	noArray: "no array", arrayAt: "array at %s", moreCells: "… and %d more", sliceColumns: []string{"slice", "type", "len", "cap", "array"},
	structFull: "%s takes %d bytes, without a gap.", structPadded: "%s takes %d bytes: %d for its fields and %d of padding, left empty so that each field begins where the processor reads it at once.",
	structBetter: "In another order of fields, %d would do.", bytes: "%d bytes", padding: "padding: nothing is stored here",
	fieldColumns: []string{"field", "type", "offset", "bytes"},
	noInterface:  "%s is declared as %s, which is no interface.", nilInterface: "%s is a nil interface: no type and no value, so it equals nil.",
	nilInside: "%s holds a %s that is nil. The interface itself has a type, so it does not equal nil.", holds: "%s holds a %s: %s.",
	typeWord: "type", valueWord: "value",
	nodes: "%d in all, on %d levels.", processes: "Processes: %d, each under the one that started it.",
	selectNone:  "Nothing is called %s, at any depth, so the code does not compile.",
	selectOne:   "%s is the one of %s, at depth %d: the first depth that has the name decides.",
	selectClash: "%s is ambiguous: %s have it at the same depth %d, so the code does not compile.",
	foundHere:   "%d. %s is here", clashes: "%d. %s is here, too", notHere: "%d. no %s here", notSearched: "not searched any more",
	graph: "%d variables, %d objects, %d references between them.", cycle: "There is a circle: some object leads back to itself. Go's garbage collector does not mind.",
	graphColumns: []string{"object", "field", "holds"},
}

var chineseFigures = figureWords{
	inOrder: "共 %d 步，按发生的先后排列。", moreSteps: "另有 %d 步没有画出。", oneStack: "两者在同一个栈上：循环调用生产者，生产者再调用循环体。",
	twoStacks: "有两个栈：“%s”和“%s”各用各的，控制权在两者之间来回切换。",
	stackOf:   "%s 的栈", afterStep: "这一步之后", stepColumns: []string{"步骤", "谁", "做什么", "之后", "时刻"},
	mostLeast: "最大的是“%s”（%s），是最小的“%[4]s”（%[5]s）的 %[3]s 倍。", mostOnly: "最大的是“%s”（%s）。",
	spread: "%s 个值，从 %s 到 %s；一半小于 %s，95%% 小于 %s。", binColumns: []string{"范围", "个数"},
	moved: "这个值在 %s 和 %s 之间变化，最后是 %s。", lost: "后面 %d 次变化没有记录。", gaugeColumns: []string{"时刻", "值", "备注"},
	overlap:   "%d 项一共用了 %s。如果一项接一项，要用 %s：平均有 %s 项同时进行。",
	moreSpans: "另有 %d 项没有画出。", unfinished: "未结束", spanColumns: []string{"名称", "开始于", "用时"},
	sliceNil: "“%s”是 nil：背后没有数组。", sliceFull: "“%s”已满：append 会换到一个新数组。",
	sliceRoom: "“%s”还能放 %d 个：append 会写进这个数组。", sliceShared: "%s 看的是同一个数组：一个写入，其他的也看得到。",
	noArray: "没有数组", arrayAt: "数组 %s", moreCells: "……还有 %d 个", sliceColumns: []string{"切片", "类型", "len", "cap", "数组"},
	structFull: "%s 占 %d 字节，没有空隙。", structPadded: "%s 占 %d 字节：字段 %d，填充 %d（空着不用，好让每个字段从处理器能一次读取的位置开始）。",
	structBetter: "换一种字段顺序，%d 字节就够了。", bytes: "%d 字节", padding: "填充：这里不存任何东西",
	fieldColumns: []string{"字段", "类型", "偏移", "字节"},
	noInterface:  "%s 声明的类型是 %s，不是接口。", nilInterface: "%s 是 nil 接口：既没有类型也没有值，所以等于 nil。",
	nilInside: "%s 里是一个值为 nil 的 %s。接口本身有类型，所以不等于 nil。", holds: "%s 里是一个 %s：%s。",
	typeWord: "类型", valueWord: "值",
	nodes: "共 %d 个，深 %d 层。", processes: "共 %d 个进程，每个都在启动它的进程下面。",
	selectNone:  "任何一层都没有 %s，所以代码无法通过编译。",
	selectOne:   "%s 取的是 %s 的，在第 %d 层：最先出现这个名字的那一层说了算。",
	selectClash: "%s 有歧义：%s 在同一层（第 %d 层）都有它，所以代码无法通过编译。",
	foundHere:   "%d. %s 在这里", clashes: "%d. 这里也有 %s", notHere: "%d. 这里没有 %s", notSearched: "不再查找",
	graph: "%d 个变量，%d 个对象，%d 个引用。", cycle: "图里有环：有的对象绕回到自己。Go 的垃圾回收器不在乎。",
	graphColumns: []string{"对象", "字段", "内容"},
}
